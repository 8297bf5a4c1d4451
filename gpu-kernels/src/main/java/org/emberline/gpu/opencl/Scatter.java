package org.emberline.gpu.opencl;

import java.util.Arrays;
import java.util.Map;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.cells.CellMap;
import org.emberline.gpu.cells.ExtraShares;
import org.jocl.Pointer;

/**
 * Host side of {@code scatter.cl}.
 *
 * <pre>
 * arg  buffer        type            entries                   written        meaning
 * 0    frame         RAW             pixels                    every frame    raw pixels as in host memory
 * 1    cells         ushort or int   pixels                    once           the only or first cell of each pixel
 * 2    share         double          pixels or 1               once           share of the first cell
 * 3    extra_start   int             workers + 1               once           first extra of each worker
 * 4    extra_pixel   int             extras or 1               once           see ExtraShares
 * 5    extra_cell    int             extras or 1               once
 * 6    extra_share   double          extras or 1               once
 * 7    extra_square  double          extras or 1               once
 * 8    dark          float           pixels or 1               once           dark counts
 * 9    norm          double          pixels or 1               once           flat * solid angle * polarisation
 * 10   invalid       ulong           groups                    by the device  bits of the pixels that are invalid
 * 11   result        long or double  header + sums             by the device  header: see FrameResult; sums: workers * places * words, uint when none can overflow
 * 12   changes       ulong           3 * groups                by the device  see FrameResult
 * 13   touched       uchar           workers * sectors         once           whether a worker has pixels in a sector
 * </pre>
 *
 * Sums per place: sum(r) without splitting; R, T, Q of the CPU's SplitSums, then what extras add to sum(w r) and sum(w^2 r), with it;
 * sum(w r), sum(w^2 s^2), sum(w^2 s n) and, for the pixels whose first cell it is, sum(r) for the azimuthal error model.
 */
final class Scatter implements SumKernel {
    private static final int MOST_WORKERS = 16;
    private static final int PIXELS_PER_WORKER = 1 << 15;

    private final ClResources resources;
    private final IntegrationPlan plan;
    private final CellMap map;
    private final boolean exact;
    private final boolean small;
    private final boolean azimuthal;
    private final int workers;
    private final int words;
    private final Kernel kernel;
    /** Per worker and sector whether any of the worker's pixels is in it; the sums of the others are neither cleared nor read. */
    private final byte[] touched;
    /** Room for the sums of a sector, copied at one go: reading native memory number by number takes several times as long. */
    private final ThreadLocal<int[]> rows;

    Scatter(ClResources resources, IntegrationPlan plan, CellMap map) {
        this.resources = resources;
        this.plan = plan;
        this.map = map;
        rows = ThreadLocal.withInitial(() -> new int[map.bins()]);
        exact = KernelOptions.exact(plan, map);
        small = KernelOptions.small(plan, map);
        azimuthal = plan.errorModel() == ErrorModel.AZIMUTHAL;
        boolean extras = map.extras().count() > 0;
        int units = resources.context().device().info().computeUnits();
        workers = Math.clamp(map.pixels() / PIXELS_PER_WORKER, 1, Math.min(units, MOST_WORKERS));
        words = azimuthal ? 4 : map.isSplit() ? (extras ? 5 : 3) : 1;
        touched = touched();
        KernelOptions options = new KernelOptions(plan, map)
                .with("BINS", map.bins())
                .with("SECTORS", map.sectors())
                .with("SUM", small ? "uint" : exact ? "long" : "double")
                .with("WORKERS", workers)
                .with("HEADER", FrameResult.headerWords(workers))
                .with("PLACES", map.places())
                .with("WORDS", words)
                .with("HAS_EXTRAS", extras ? 1 : 0);
        kernel = new Kernel(resources, Scatter.class, "scatter", options, workers, 1);
        setArguments();
    }

    private void setArguments() {
        ExtraShares extras = map.extras();
        boolean any = extras.count() > 0;
        kernel.constant(1, resources.constant("cells", map.index()));
        kernel.constant(2, resources.constant("share", map.isSplit() ? map.firstShare() : new double[1]));
        kernel.constant(3, resources.constant("extra_start", extraStarts()));
        kernel.constant(4, resources.constant("extra_pixel", any ? extras.pixel() : new int[1]));
        kernel.constant(5, resources.constant("extra_cell", any ? extras.cell() : new int[1]));
        kernel.constant(6, resources.constant("extra_share", any ? extras.share() : new double[1]));
        kernel.constant(7, resources.constant("extra_square", any ? extras.square() : new double[1]));
        float[] dark = plan.corrections().dark();
        kernel.constant(8, resources.constant("dark", azimuthal && dark != null ? dark : new float[1]));
        kernel.constant(9, resources.constant("norm", azimuthal ? map.normalisation() : new double[1]));
        kernel.constant(13, resources.constant("touched", touched));
        kernel.constant(10, resources.constant("invalid", new long[KernelOptions.groups(map)]));
    }

    private byte[] touched() {
        byte[] sectors = new byte[workers * map.sectors()];
        long groups = KernelOptions.groups(map);
        for (int worker = 0; worker < workers; worker++) {
            int end = (int) Math.min(groups * (worker + 1) / workers * Long.SIZE, map.pixels());
            for (int p = (int) (groups * worker / workers) * Long.SIZE; p < end; p++) {
                int cell = map.index().at(p);
                if (cell < map.cells()) {
                    sectors[worker * map.sectors() + cell / map.bins()] = 1;
                }
            }
        }
        return sectors;
    }

    private boolean touches(int worker, long place) {
        return place >= map.cells() || touched[worker * map.sectors() + (int) place / map.bins()] != 0;
    }

    private int[] extraStarts() {
        int[] starts = new int[workers + 1];
        long groups = KernelOptions.groups(map);
        Arrays.setAll(starts, worker -> map.extras().firstOf((int) (groups * worker / workers) * Long.SIZE));
        return starts;
    }

    @Override
    public FrameResult newResult() {
        long sums = (long) workers * map.places() * words;
        long sumWords = small ? Math.ceilDiv(sums, 2) : sums;
        return new FrameResult(resources, sumWords, workers, KernelOptions.groups(map), KernelOptions.looks(plan));
    }

    @Override
    public Launch bind(Pointer frame, FrameResult into) {
        return new Launch(
                frame,
                kernel.bind(Map.of(
                        0,
                        frame,
                        11,
                        into.words().argument(),
                        12,
                        into.changes().argument())),
                null);
    }

    @Override
    public void sector(FrameResult from, int sector, double[] raw, double[] second, double[] cross) {
        int bins = map.bins();
        Arrays.fill(raw, 0, bins, 0);
        long first = (long) sector * bins;
        if (azimuthal) {
            Arrays.fill(second, 0, bins, 0);
            Arrays.fill(cross, 0, bins, 0);
            for (int worker = 0; worker < workers; worker++) {
                if (!touches(worker, first)) {
                    continue;
                }
                addScatter(from, word(worker, first), raw, second, cross);
            }
        } else if (map.isSplit()) {
            Arrays.fill(second, 0, bins, 0);
            for (int worker = 0; worker < workers; worker++) {
                if (!touches(worker, first)) {
                    continue;
                }
                addSplit(from, word(worker, first), raw, second);
            }
        } else {
            whole(from, first, raw);
            System.arraycopy(raw, 0, second, 0, bins);
        }
    }

    private long word(int worker, long place) {
        return ((long) worker * map.places() + place) * words;
    }

    private void whole(FrameResult sums, long first, double[] raw) {
        if (exact && !small) {
            integers(sums, first, raw);
            return;
        }
        for (int worker = 0; worker < workers; worker++) {
            if (!touches(worker, first)) {
                continue;
            }
            long word = word(worker, first);
            if (small) {
                addSmall(sums, word, raw);
            } else {
                sums.addReals(word, raw, map.bins());
            }
        }
    }

    private void addSmall(FrameResult sums, long word, double[] raw) {
        int[] row = rows.get();
        sums.copySmall(word, row);
        for (int b = 0; b < row.length; b++) {
            raw[b] += (double) (row[b] & 0xffff_ffffL);
        }
    }

    /** Sums beyond 2^53 are added as integers. */
    private void integers(FrameResult sums, long first, double[] raw) {
        for (int b = 0; b < map.bins(); b++) {
            long sum = 0;
            for (int worker = 0; worker < workers; worker++) {
                sum += touches(worker, first) ? sums.integer(word(worker, first + b)) : 0;
            }
            raw[b] = (double) sum;
        }
    }

    private void addScatter(FrameResult sums, long word, double[] raw, double[] second, double[] cross) {
        for (int b = 0; b < map.bins(); b++) {
            raw[b] += sums.real(word + 4L * b);
            second[b] += sums.real(word + 4L * b + 1);
            cross[b] += sums.real(word + 4L * b + 2);
        }
    }

    private void addSplit(FrameResult sums, long word, double[] raw, double[] second) {
        double restRaw = 0;
        double restSecond = 0;
        for (int b = 0; b < map.bins(); b++) {
            long place = word + (long) words * b;
            double r = sums.real(place);
            double t = sums.real(place + 1);
            double q = sums.real(place + 2);
            raw[b] += t + restRaw;
            second[b] += q + restSecond;
            if (words == 5) {
                raw[b] += sums.real(place + 3);
                second[b] += sums.real(place + 4);
            }
            restRaw = r - t;
            restSecond = r - 2 * t + q;
        }
    }

    @Override
    public double totalCounts(FrameResult from, double inCells) {
        long integers = 0;
        double reals = 0;
        for (int worker = 0; worker < workers; worker++) {
            if (small) {
                integers += from.small(word(worker, map.outside()));
                continue;
            }
            for (int place = 0; place < map.masked(); place++) {
                if (!touches(worker, place)) {
                    place += map.bins() - 1; // on to the next sector
                } else if (exact) {
                    integers += from.integer(word(worker, place));
                } else {
                    reals += from.real(word(worker, place) + (azimuthal ? 3 : 0));
                }
            }
        }
        return small ? inCells + integers : exact ? (double) integers : reals;
    }
}
