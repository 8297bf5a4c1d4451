package org.emberline.edge.metrics.pattern;

import java.util.Arrays;

/** One phase in the fit: which parameters are its own, and what its lines are in the frame at hand. */
final class PhaseModel {
    static final int NONE = -1;

    final CrystalLines lines;
    /** Index of its volume's parameter, of ln stretch, of Lorentzian widths: constant in q (size) and per q (strain). */
    final int scale;

    final int basal;
    final int axial;
    final int size;
    final int strain;
    /** Index of the parameter of each line's own area; {@link #NONE} while the phase's volume tells it. */
    final int[] area;
    /** m|F|²/V² at the temperature at hand. */
    final double[] strength;
    /** Of the line's share in an area that lines of one place have together. */
    final double[] share;
    /** Place by the parameters at hand, 1/Å. */
    final double[] q;

    /** Whether its shape is given: only its volume is fitted then, and its lines need be drawn but once. */
    boolean rigid;

    /** Whether they have been. */
    boolean drawn;

    double expectedBasal;
    double expectedAxial;

    /**
     * @param next first index that is free
     * @param strained whether its lines may be strained, which takes many lines to tell
     */
    PhaseModel(CrystalLines lines, int next, boolean strained) {
        this.lines = lines;
        scale = next;
        basal = next + 1;
        axial = lines.hasTwoEdges() ? next + 2 : NONE;
        size = next + (axial == NONE ? 2 : 3);
        strain = strained ? size + 1 : NONE;
        int n = lines.size();
        area = new int[n];
        Arrays.fill(area, NONE);
        strength = new double[n];
        share = new double[n];
        q = new double[n];
    }

    /** First index beyond its shape's parameters. */
    int end() {
        return (strain == NONE ? size : strain) + 1;
    }

    /** Takes over what the temperature lets expect. */
    void at(double kelvin) {
        lines.strengths(kelvin, strength);
        expectedBasal = Math.log(lines.basalStretch(kelvin));
        expectedAxial = Math.log(lines.axialStretch(kelvin));
    }

    /** Puts the lines where the parameters say. */
    void place(double[] parameters) {
        double perBasal = Math.exp(-2 * parameters[basal]);
        double perAxial = axial == NONE ? perBasal : Math.exp(-2 * parameters[axial]);
        for (int i = 0; i < q.length; i++) {
            q[i] = 2 * Math.PI * Math.sqrt(lines.basal(i) * perBasal + lines.axial(i) * perAxial);
        }
    }

    /** Of the first edge in the place of a line, by its stretch; the rest is the second's. */
    double basalShare(int line, double[] parameters) {
        if (axial == NONE) {
            return 1;
        }
        double first = lines.basal(line) * Math.exp(-2 * parameters[basal]);
        return first / (first + lines.axial(line) * Math.exp(-2 * parameters[axial]));
    }

    double areaOf(int line, double[] parameters) {
        return area[line] == NONE
                ? parameters[scale] * strength[line] / (q[line] * q[line])
                : parameters[area[line]] * share[line];
    }

    double lorentz(int line, double[] parameters) {
        return parameters[size] + (strain == NONE ? 0 : parameters[strain] * q[line]);
    }
}
