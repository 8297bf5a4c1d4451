package org.emberline.gpu.opencl;

import java.util.Arrays;
import java.util.Map;
import org.emberline.gpu.DeviceType;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.cells.CellMap;
import org.jocl.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Host side of {@code gather.cl}.
 *
 * <pre>
 * arg  buffer         type            entries           written        meaning
 * 0    frame          RAW             pixels            every frame    raw pixels as in host memory
 * 1    segment_start  int             segments + 1      once           first entry of each segment
 * 2    pixel          int             entries           once           pixel of each entry, sign bit on a pixel's first entry
 * 3    share          double          entries or 1      once           share of the pixel
 * 4    dark           float           pixels or 1       once           dark counts
 * 5    norm           double          pixels or 1       once           flat * solid angle * polarisation
 * 6    result         long or double  header + sums     by the device  header: set to 0 for scan.cl; sums: segments * words
 * </pre>
 *
 * Sums per segment: sum(r) without splitting; sum(w r), sum(r) over first entries, sum(w^2 r) with it; sum(w r), sum(r) over first
 * entries, sum(w^2 s^2), sum(w^2 s n) for the azimuthal error model.
 */
final class Gather implements SumKernel {
    private static final int SEGMENT_LENGTH = 2048;
    private static final int GROUP = 64;
    /** A cell of fewer pixels is not worth a whole group of work-items. */
    private static final int SHARED_CELL = 256;

    private final ClResources resources;
    private final CellMap map;
    private final boolean exact;
    private final int words;
    private final int[] rowSegment;
    private final Kernel kernel;
    private final @Nullable Scan scan;

    Gather(ClResources resources, IntegrationPlan plan, CellMap map) {
        this.resources = resources;
        this.map = map;
        exact = KernelOptions.exact(plan, map);
        boolean azimuthal = plan.errorModel() == ErrorModel.AZIMUTHAL;
        words = azimuthal ? 4 : map.isSplit() ? 3 : 1;
        boolean cpu = resources.context().device().info().type() == DeviceType.CPU;
        CellRows rows = CellRows.of(map, SEGMENT_LENGTH);
        rowSegment = rows.rowSegment();
        int group = cpu ? 1 : GROUP;
        int lanes = rows.pixel().length / map.cells() >= SHARED_CELL ? group : 1;
        KernelOptions options = new KernelOptions(plan, map)
                .with("SUM", exact ? "long" : "double")
                .with("LANES", lanes)
                .with("HEADER", FrameResult.headerWords(1))
                .with("GROUP", group)
                .with("SEGMENTS", rows.segments())
                .with("WORDS", words);
        kernel = new Kernel(resources, Gather.class, "gather", options, (long) rows.segments() * lanes, group);
        float[] dark = plan.corrections().dark();
        kernel.constant(1, resources.constant("segment_start", rows.segmentStart()));
        kernel.constant(2, resources.constant("pixel", rows.pixel()));
        kernel.constant(3, resources.constant("share", map.isSplit() ? rows.share() : new double[1]));
        kernel.constant(4, resources.constant("dark", azimuthal && dark != null ? dark : new float[1]));
        kernel.constant(5, resources.constant("norm", azimuthal ? map.normalisation() : new double[1]));
        scan = KernelOptions.looks(plan) ? new Scan(resources, plan, map, group) : null;
    }

    @Override
    public FrameResult newResult() {
        long segments = rowSegment[rowSegment.length - 1];
        return new FrameResult(resources, segments * words, 1, KernelOptions.groups(map), scan != null);
    }

    @Override
    public Launch bind(Pointer frame, FrameResult into) {
        Kernel.Bound summing = kernel.bind(Map.of(0, frame, 6, into.words().argument()));
        return new Launch(frame, summing, scan == null ? null : scan.bind(frame, into));
    }

    @Override
    public void sector(FrameResult from, int sector, double[] raw, double[] second, double[] cross) {
        int bins = map.bins();
        for (int b = 0; b < bins; b++) {
            int row = sector * bins + b;
            raw[b] = sum(from, row, 0);
            second[b] = words > 1 ? sum(from, row, 2) : raw[b];
        }
        if (words > 3) {
            for (int b = 0; b < bins; b++) {
                cross[b] = sum(from, sector * bins + b, 3);
            }
        } else {
            Arrays.fill(cross, 0);
        }
    }

    private double sum(FrameResult sums, int row, int word) {
        return exact ? (double) integer(sums, row) : real(sums, row, word);
    }

    private long integer(FrameResult sums, int row) {
        long sum = 0;
        for (int segment = rowSegment[row]; segment < rowSegment[row + 1]; segment++) {
            sum += sums.integer(segment);
        }
        return sum;
    }

    private double real(FrameResult sums, int row, int word) {
        double sum = 0;
        for (int segment = rowSegment[row]; segment < rowSegment[row + 1]; segment++) {
            sum += sums.real((long) segment * words + word);
        }
        return sum;
    }

    @Override
    public double totalCounts(FrameResult from, double inCells) {
        long integers = 0;
        double reals = 0;
        for (int row = 0; row < rowSegment.length - 1; row++) {
            if (exact) {
                integers += integer(from, row);
            } else {
                reals += real(from, row, words > 1 ? 1 : 0);
            }
        }
        return exact ? (double) integers : reals;
    }
}
