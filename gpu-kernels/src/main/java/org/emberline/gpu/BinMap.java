package org.emberline.gpu;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is fixed about every pixel, in double precision: its bins, the share of it that each gets, and its normalisation. Made once
 * for a run. Pixels are in the memory order of the frame. The arrays are live: leave them alone.
 *
 * <p>{@link Splitting#NO}: the bin of the pixel's centre, {@code (int) ((q - lower) * (bins / (upper - lower)))}, the last one at
 * {@code q = upper}. {@link Splitting#BBOX}: pyFAI's bounding box. The pixel reaches over {@code q +- d}, where d is the largest
 * distance in q between its centre and a corner, with equal density; what reaches over an end of the axis is given to the end
 * bin, and a pixel wholly outside belongs to none.
 */
public final class BinMap {
    /** In place of a bin: a valid pixel outside the radial range. */
    public static final int OUTSIDE = -1;
    /** In place of a bin: a pixel that never counts. */
    public static final int MASKED = -2;

    private final int bins;
    private final int[] firstBin;
    private final double[] normalisation;
    private final int @Nullable [] shareStart;
    private final double[] share;

    private BinMap(int bins, int[] firstBin, double[] normalisation, int @Nullable [] shareStart, double[] share) {
        this.bins = bins;
        this.firstBin = firstBin;
        this.normalisation = normalisation;
        this.shareStart = shareStart;
        this.share = share;
    }

    /**
     * Computes the map, on the common pool.
     *
     * @throws IllegalArgumentException when every pixel is masked, or splitting makes more shares than an array can hold
     */
    public static BinMap of(IntegrationPlan plan) {
        double[] normalisation = Normalisation.of(plan);
        if (Arrays.stream(normalisation).noneMatch(n -> n > 0)) {
            Detector detector = plan.geometry().detector();
            throw new IllegalArgumentException(
                    "every pixel of the detector " + detector.rows() + "x" + detector.columns() + " is masked");
        }
        return plan.splitting() == Splitting.NO ? whole(plan, normalisation) : split(plan, normalisation);
    }

    private static BinMap whole(IntegrationPlan plan, double[] normalisation) {
        Projection projection = new Projection(plan.geometry(), plan.flipRows());
        RadialAxis axis = plan.axis();
        int columns = plan.geometry().detector().columns();
        double binsPerUnit = axis.bins() / (axis.upper() - axis.lower());
        int[] bin = new int[normalisation.length];
        IntStream.range(0, plan.geometry().detector().rows()).parallel().forEach(row -> {
            double[] radii = new double[columns];
            projection.radii(axis.unit(), row + 0.5, 0.5, radii);
            for (int column = 0; column < columns; column++) {
                int pixel = row * columns + column;
                double q = radii[column];
                if (!(normalisation[pixel] > 0)) {
                    bin[pixel] = MASKED;
                } else if (q >= axis.lower() && q <= axis.upper()) {
                    bin[pixel] = Math.min((int) ((q - axis.lower()) * binsPerUnit), axis.bins() - 1);
                } else {
                    bin[pixel] = OUTSIDE;
                }
            }
        });
        return new BinMap(axis.bins(), bin, normalisation, null, new double[0]);
    }

    private static BinMap split(IntegrationPlan plan, double[] normalisation) {
        Detector detector = plan.geometry().detector();
        int columns = detector.columns();
        SplitRow[] rows = IntStream.range(0, detector.rows())
                .parallel()
                .mapToObj(row -> SplitRow.of(plan, row, normalisation))
                .toArray(SplitRow[]::new);
        long shares = Arrays.stream(rows).mapToLong(SplitRow::shares).sum();
        if (shares > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("splitting makes too many shares of pixels: shares=" + shares
                    + ", use fewer bins than npt=" + plan.axis().bins());
        }
        int[] firstBin = new int[normalisation.length];
        int[] shareStart = new int[normalisation.length + 1];
        double[] share = new double[(int) shares];
        int next = 0;
        for (int row = 0; row < rows.length; row++) {
            SplitRow from = rows[row];
            System.arraycopy(from.firstBin(), 0, firstBin, row * columns, columns);
            System.arraycopy(from.share(), 0, share, next, from.shares());
            for (int column = 0; column < columns; column++) {
                next += from.sharesOfPixel()[column];
                shareStart[row * columns + column + 1] = next;
            }
        }
        return new BinMap(plan.axis().bins(), firstBin, normalisation, shareStart, share);
    }

    /** Number of bins. */
    public int bins() {
        return bins;
    }

    /** Number of pixels. */
    public int pixels() {
        return firstBin.length;
    }

    /** Whether pixels are shared among bins; otherwise each counts wholly in its first bin. */
    public boolean isSplit() {
        return shareStart != null;
    }

    /** Per pixel: its only or first bin, {@link #OUTSIDE} or {@link #MASKED}. */
    public int[] firstBin() {
        return firstBin;
    }

    /** Per pixel: flat * solid angle * polarisation; 0 for a masked pixel. */
    public double[] normalisation() {
        return normalisation;
    }

    /**
     * Where in {@link #share} the shares of each pixel begin, one for each of its consecutive bins; one more entry than pixels.
     *
     * @throws IllegalStateException when pixels are not split
     */
    public int[] shareStart() {
        if (shareStart == null) {
            throw new IllegalStateException("pixels are not split");
        }
        return shareStart;
    }

    /** Shares in (0, 1], those of one pixel adding up to 1; empty when pixels are not split. */
    public double[] share() {
        return share;
    }
}
