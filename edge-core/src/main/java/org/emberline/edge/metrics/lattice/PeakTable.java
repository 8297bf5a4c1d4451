package org.emberline.edge.metrics.lattice;

import org.emberline.edge.metrics.phase.Phase;

/** What is known of each reflection of the phase in the frame at hand; index as in the phase. Lengths in 1/ångström. */
public final class PeakTable {
    public final int size;
    public final double[] basal;
    public final double[] axial;
    public final double[] expected;
    /** Where the cell at hand puts it. */
    public final double[] predicted;
    /** Whether the predicted position lies on the axis with room for a peak. */
    public final boolean[] inRange;
    /** Whether there is something to fit a position to. */
    public final boolean[] free;
    /** Whether its fit converged, its net area is significant and its position came to rest: only then do the rest hold. */
    public final boolean[] found;

    public final double[] position;
    public final double[] positionSigma;
    public final double[] area;
    public final double[] significance;
    public final double[] width;
    public final double[] eta;

    public PeakTable(Phase phase) {
        size = phase.reflections().size();
        basal = new double[size];
        axial = new double[size];
        expected = new double[size];
        for (int i = 0; i < size; i++) {
            basal[i] = phase.basal(i);
            axial[i] = phase.axial(i);
            expected[i] = phase.reflections().get(i).intensity();
        }
        predicted = new double[size];
        inRange = new boolean[size];
        free = new boolean[size];
        found = new boolean[size];
        position = new double[size];
        positionSigma = new double[size];
        area = new double[size];
        significance = new double[size];
        width = new double[size];
        eta = new double[size];
    }

    /** Predicts all positions from a cell. */
    public void predict(Cell cell) {
        double perA = 1 / (cell.a * cell.a);
        double perC = 1 / (cell.c * cell.c);
        for (int i = 0; i < size; i++) {
            predicted[i] = 2 * Math.PI * Math.sqrt(basal[i] * perA + axial[i] * perC);
        }
    }

    /** Share of the intensity expected on the axis that the marked reflections carry; 0 when nothing is expected there. */
    public double share(boolean[] marked) {
        double all = 0;
        double some = 0;
        for (int i = 0; i < size; i++) {
            all += inRange[i] ? expected[i] : 0;
            some += inRange[i] && marked[i] ? expected[i] : 0;
        }
        return all > 0 ? some / all : 0;
    }

    public static int count(boolean[] marked) {
        int n = 0;
        for (boolean mark : marked) {
            n += mark ? 1 : 0;
        }
        return n;
    }
}
