package org.emberline.edge.metrics.imaging;

import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.maps.CubicShift;
import org.emberline.gpu.imaging.maps.MinimumFlux;

/**
 * The first set of a run, against which the later ones are held: mass, outline, and where the metal was. The sample is laid over its
 * reference by the centre of its mass, which moving mass within the sample changes least; turning about the beam is not undone. Metal is
 * compared in squares of {@value #SQUARE} pixels. One thread.
 */
final class Reference {
    private static final int SQUARE = 4;
    private static final double NANOS = 1e9;
    /** A square belongs to the sample when this share of it does. */
    private static final double LEAST_SHARE = 0.01;

    private final ImageShape shape;
    private final CubicShift shifter;
    private final float[] aligned;
    private final float[] first;
    private final float[] last;
    private final float[] change;
    private final boolean[] sample;
    private final boolean[] wide;
    private final BoxTable boxes;
    private final CoarseMap now;
    private final MinimumFlux flux;
    private final NoiseFlux noiseFlux;
    private boolean known;
    private boolean hasLast;
    private double mass;
    private double massSigma;
    private double radius;
    private double row;
    private double column;
    private long lastNanos;
    private double lastNoise;
    private double squareNoise;
    private double moved;
    private double rawMoved;
    private double floor;
    private int squares;
    private double fluxRaw;
    private double fluxFloor;
    private boolean isFirst;

    Reference(ImageShape shape) {
        this.shape = shape;
        shifter = new CubicShift(shape);
        now = new CoarseMap(shape, SQUARE);
        aligned = new float[shape.pixels()];
        first = new float[now.shape().pixels()];
        last = new float[first.length];
        change = new float[first.length];
        sample = new boolean[shape.pixels()];
        wide = new boolean[shape.pixels()];
        boxes = new BoxTable(shape);
        flux = new MinimumFlux(now.shape());
        noiseFlux = new NoiseFlux(now.shape());
    }

    /** Holds the analysed set against the first one, which it becomes when there is none. */
    void compare(ImageAnalysis analysis) {
        isFirst = !known;
        if (!known) {
            remember(analysis);
        }
        align(analysis);
        now.of(aligned);
        if (isFirst) {
            System.arraycopy(now.values(), 0, first, 0, first.length);
        }
        regions(analysis);
        measureMoved();
        measureFlux(analysis);
        System.arraycopy(now.values(), 0, last, 0, last.length);
        lastNanos = analysis.midNanos();
        lastNoise = squareNoise;
        hasLast = true;
    }

    private void remember(ImageAnalysis analysis) {
        known = true;
        mass = analysis.mass();
        massSigma = analysis.massSigma();
        radius = analysis.outline().equalRadius();
        row = analysis.row();
        column = analysis.column();
        System.arraycopy(analysis.around(), 0, sample, 0, sample.length);
    }

    private void align(ImageAnalysis analysis) {
        shifter.move(analysis.materials().metal(), row - analysis.row(), column - analysis.column(), aligned);
        for (int i = 0; i < aligned.length; i++) {
            // What comes in from beyond the field is empty.
            aligned[i] = Float.isNaN(aligned[i]) ? 0 : aligned[i];
        }
    }

    /** Where metal is now or was at first, and, with a margin left out, where none is or was. */
    private void regions(ImageAnalysis analysis) {
        int down = (int) Math.rint(row - analysis.row());
        int right = (int) Math.rint(column - analysis.column());
        boolean[] around = analysis.around();
        for (int i = 0; i < sample.length; i++) {
            int fromRow = i / shape.columns() - down;
            int fromColumn = i % shape.columns() - right;
            boolean inside = fromRow >= 0 && fromRow < shape.rows() && fromColumn >= 0 && fromColumn < shape.columns();
            wide[i] = sample[i] || (inside && around[fromRow * shape.columns() + fromColumn]);
        }
    }

    private void measureMoved() {
        boxes.of(aligned, wide);
        double squaresSum = 0;
        int empty = 0;
        for (int i = 0; i < first.length; i++) {
            change[i] = now.values()[i] - first[i];
            if (farOut(i)) {
                squaresSum += (double) change[i] * change[i];
                empty++;
            }
        }
        squareNoise = Math.sqrt(squaresSum / Math.max(1, empty));
        double whole = 0;
        double raw = 0;
        double clean = 0;
        squares = 0;
        for (int i = 0; i < first.length; i++) {
            if (now.share(wide, i) > LEAST_SHARE) {
                whole += first[i];
                raw += Math.abs(change[i]);
                clean += Math.sqrt(Math.max(0, (double) change[i] * change[i] - squareNoise * squareNoise));
                squares++;
            }
        }
        rawMoved = raw / (2 * whole);
        moved = clean / (2 * whole);
        floor = Math.sqrt(2 / Math.PI) * squareNoise * squares / (2 * whole);
    }

    private boolean farOut(int square) {
        int fineRow = square / now.shape().columns() * SQUARE + SQUARE / 2;
        int fineColumn = square % now.shape().columns() * SQUARE + SQUARE / 2;
        return boxes.count(fineRow, fineColumn, SQUARE) == 0;
    }

    /** Between this set and the one before, micrometres of metal to mg/cm2. */
    private void measureFlux(ImageAnalysis analysis) {
        double seconds = (analysis.midNanos() - lastNanos) / NANOS;
        if (!hasLast || !(seconds > 0)) {
            fluxRaw = Double.NaN;
            fluxFloor = Double.NaN;
            return;
        }
        double milligramsPerMicrometre = analysis.settings().gramsPerCm3() * 0.1;
        for (int i = 0; i < change.length; i++) {
            boolean inside = now.share(wide, i) > LEAST_SHARE;
            change[i] = inside ? (float) ((now.values()[i] - last[i]) * milligramsPerMicrometre / seconds) : 0;
        }
        double centimetres = analysis.pixelMicrometres() * SQUARE * 1e-4;
        flux.solve(change, centimetres);
        fluxRaw = flux.meanFlux();
        double noise = Math.hypot(squareNoise, lastNoise) / Math.sqrt(2) * milligramsPerMicrometre / seconds;
        fluxFloor = noise * centimetres * noiseFlux.perNoise((double) squares / change.length);
    }

    ImageShape shape() {
        return shape;
    }

    /** Whether the analysed set is the reference itself. */
    boolean isFirst() {
        return isFirst;
    }

    double mass() {
        return mass;
    }

    double massSigma() {
        return massSigma;
    }

    /** Radius of the first outline, pixels. */
    double radius() {
        return radius;
    }

    /** Half the sum of |m - m0| over the sum of m0, the noise of each square taken off in squares. */
    double moved() {
        return moved;
    }

    /** The same with noise and all. */
    double rawMoved() {
        return rawMoved;
    }

    /** What noise alone would make of {@link #rawMoved}: sqrt(2 / pi) sigma N / (2 sum of m0). */
    double floor() {
        return floor;
    }

    /** Squares compared. */
    int squares() {
        return squares;
    }

    /** Mean magnitude of the least flux since the set before, mg/cm/s; NaN for the first set. */
    double flux() {
        return fluxRaw;
    }

    /** The flux behind {@link #flux}, in squares; on pixels of {@link #fluxFactor} map pixels. */
    MinimumFlux leastFlux() {
        return flux;
    }

    /** Its shape. */
    ImageShape fluxShape() {
        return now.shape();
    }

    /** Pixels of the metal map along each side of a pixel of the flux. */
    int fluxFactor() {
        return SQUARE;
    }

    /** What noise alone would make of it. */
    double fluxFloor() {
        return fluxFloor;
    }
}
