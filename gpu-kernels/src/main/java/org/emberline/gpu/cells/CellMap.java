package org.emberline.gpu.cells;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.emberline.gpu.AzimuthalAxis;
import org.emberline.gpu.Detector;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.Projection;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.Splitting;
import org.jspecify.annotations.Nullable;

/**
 * What is fixed about every pixel, in double precision: its cells, the share of it that each gets, and its normalisation. Made once
 * for a run. Pixels are in the memory order of the frame. The arrays are live: leave them alone.
 *
 * <p>Cell {@code sector * bins + bin}. Besides the cells there are three places where sums may be put without harm: {@link #spare},
 * which receives nothing of weight, {@link #outside} for valid pixels in no cell, and {@link #masked} for pixels that never count.
 *
 * <p>{@link Splitting#NO}: the bin of the pixel's centre, {@code (int) ((q - lower) * (bins / (upper - lower)))}, the end bins
 * also within 4 ulp beyond the ends. Otherwise the bins and shares of {@link SplitRow}, all in the sector of the pixel's centre.
 */
public final class CellMap {
    /** Places beside the cells. */
    public static final int EXTRA_PLACES = 3;

    private final int bins;
    private final int sectors;
    private final CellIndex index;
    private final long mostPixels;
    private final double[] normalisation;
    private final double @Nullable [] firstShare;
    private final ExtraShares extras;

    private CellMap(
            IntegrationPlan plan,
            CellIndex index,
            double[] normalisation,
            double @Nullable [] firstShare,
            ExtraShares extras) {
        bins = plan.axis().bins();
        sectors = plan.sectors().axis().sectors();
        this.index = index;
        mostPixels = fullest(index, bins * sectors + 2);
        this.normalisation = normalisation;
        this.firstShare = firstShare;
        this.extras = extras;
    }

    /**
     * Computes the map, on the common pool.
     *
     * @throws IllegalArgumentException when every pixel is masked
     */
    public static CellMap of(IntegrationPlan plan) {
        double[] normalisation = Normalisation.of(plan);
        if (Arrays.stream(normalisation).noneMatch(n -> n > 0)) {
            throw new IllegalArgumentException(Normalisation.whyNone(plan));
        }
        return plan.splitting() == Splitting.NO ? whole(plan, normalisation) : split(plan, normalisation);
    }

    private static CellMap whole(IntegrationPlan plan, double[] normalisation) {
        RadialAxis axis = plan.axis();
        int columns = plan.geometry().detector().columns();
        double binsPerUnit = axis.bins() / (axis.upper() - axis.lower());
        // Ranges are often the coordinates of pixels, computed elsewhere by a library that rounds a little otherwise.
        double slack = 4 * Math.max(Math.ulp(axis.lower()), Math.ulp(axis.upper()));
        int[] cell = new int[normalisation.length];
        Places places = new Places(plan);
        Projection projection = new Projection(plan.geometry(), plan.flipRows());
        IntStream.range(0, plan.geometry().detector().rows()).parallel().forEach(row -> {
            double[] radii = new double[columns];
            projection.radii(axis.unit(), row + 0.5, 0.5, radii);
            int[] sectors = places.sectors(projection, row);
            for (int column = 0; column < columns; column++) {
                int pixel = row * columns + column;
                double q = radii[column];
                int bin = q >= axis.lower() - slack && q <= axis.upper() + slack
                        ? Math.clamp((int) ((q - axis.lower()) * binsPerUnit), 0, axis.bins() - 1)
                        : SplitRow.OUTSIDE;
                cell[pixel] = normalisation[pixel] > 0 ? places.cell(sectors[column], bin) : places.masked;
            }
        });
        return new CellMap(plan, CellIndex.of(cell, places.limit()), normalisation, null, ExtraShares.NONE);
    }

    private static CellMap split(IntegrationPlan plan, double[] normalisation) {
        Detector detector = plan.geometry().detector();
        int columns = detector.columns();
        int[] cell = new int[normalisation.length];
        double[] firstShare = new double[normalisation.length];
        Places places = new Places(plan);
        Projection projection = new Projection(plan.geometry(), plan.flipRows());
        ExtraShares[] extras = new ExtraShares[detector.rows()];
        SplitRow.all(plan, normalisation, shares -> {
            int first = shares.row() * columns;
            int[] sectors = places.sectors(projection, shares.row());
            for (int column = 0; column < columns; column++) {
                int bin = shares.firstBin()[column];
                cell[first + column] = bin == SplitRow.MASKED ? places.masked : places.cell(sectors[column], bin);
            }
            extras[shares.row()] = SplitCells.place(shares, first, cell, firstShare, places.outside);
        });
        return new CellMap(
                plan, CellIndex.of(cell, places.limit()), normalisation, firstShare, SplitCells.joined(extras));
    }

    private static long fullest(CellIndex index, int places) {
        int[] pixels = new int[places + 1];
        for (int p = 0; p < index.pixels(); p++) {
            pixels[index.at(p)]++;
        }
        return Arrays.stream(pixels, 0, places).max().orElse(0);
    }

    /** Numbers cells. */
    private static final class Places {
        private final AzimuthalAxis azimuths;
        private final int bins;
        private final int columns;
        private final int outside;
        private final int masked;

        Places(IntegrationPlan plan) {
            azimuths = plan.sectors().axis();
            bins = plan.axis().bins();
            columns = plan.geometry().detector().columns();
            outside = azimuths.sectors() * bins + 1;
            masked = outside + 1;
        }

        int limit() {
            return masked + 1;
        }

        int[] sectors(Projection projection, int row) {
            int[] sectors = new int[columns];
            if (!azimuths.isWhole()) {
                double[] chi = new double[columns];
                projection.azimuths(row + 0.5, 0.5, chi);
                Arrays.setAll(sectors, column -> azimuths.sectorOf(chi[column]));
            }
            return sectors;
        }

        int cell(int sector, int bin) {
            return sector < 0 || bin < 0 ? outside : sector * bins + bin;
        }
    }

    public int bins() {
        return bins;
    }

    public int sectors() {
        return sectors;
    }

    /** Number of cells. */
    public int cells() {
        return bins * sectors;
    }

    /** Number of pixels. */
    public int pixels() {
        return index.pixels();
    }

    /** The place after the last cell, which the rest of a pixel in the last cell, always 0, goes to. */
    public int spare() {
        return cells();
    }

    /** The place of valid pixels that are in no cell. */
    public int outside() {
        return cells() + 1;
    }

    /** The place of pixels that never count. */
    public int masked() {
        return cells() + 2;
    }

    /** Cells and the {@link #EXTRA_PLACES} beside them. */
    public int places() {
        return cells() + EXTRA_PLACES;
    }

    /** The number of pixels in the fullest place, the masked ones left out; how many pixels can add up in one sum. */
    public long mostPixels() {
        return mostPixels;
    }

    /** Whether pixels are shared among bins; otherwise each counts wholly in its cell. */
    public boolean isSplit() {
        return firstShare != null;
    }

    /** Per pixel: its only or first cell, or one of the places beside the cells. */
    public CellIndex index() {
        return index;
    }

    /** Per pixel: flat * solid angle * polarisation; 0 for a masked pixel. */
    public double[] normalisation() {
        return normalisation;
    }

    /**
     * Per pixel: the share of its first cell, in (0, 1]; the rest is that of the next cell, but for {@link #extras}. 1 for pixels
     * in no cell.
     *
     * @throws IllegalStateException when pixels are not split
     */
    public double[] firstShare() {
        if (firstShare == null) {
            throw new IllegalStateException("pixels are not split");
        }
        return firstShare;
    }

    /** What pixels over more than two bins add to that; empty when pixels are not split. */
    public ExtraShares extras() {
        return extras;
    }
}
