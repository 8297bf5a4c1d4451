package org.emberline.gpu.opencl;

import java.lang.foreign.ValueLayout;
import java.util.Map;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.imaging.ImageDetail;
import org.emberline.gpu.imaging.ImageReduction;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.blocks.FlatLogarithms;
import org.emberline.gpu.imaging.blocks.UsablePixels;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;

/**
 * Host side of {@code transmit.cl}.
 *
 * <pre>
 * arg  buffer        type    entries         written        meaning
 * 0    frame         RAW     pixels          every frame    raw pixels as in host memory
 * 1    dark          float   pixels          once           dark counts
 * 2    before        float   pixels          once           first flat
 * 3    after         float   pixels          once           second flat, or the first again
 * 4    usable        uchar   pixels          once           1 = may be valid
 * 5    plain         uchar   blocks          once           1 = may be summed without a look at every pixel
 * 6    constants     double  blocks or 1     once           see FlatLogarithms; without detail only
 * 7    coefficients  float   terms * blocks  once           likewise; 1 where there are none
 * 8    settings      double  6               as it changes  fraction between the flats, then the Chebyshev polynomials
 * 9    density       float   blocks          by the device
 * 10   transmission  float   blocks or 1     by the device
 * 11   variances     float   blocks or 1     by the device
 * 12   counts        int     blocks + items  by the device  valid pixels of all blocks; then of each work-item saturated ones + 65536 times unlit ones
 * </pre>
 */
final class Transmit {
    private static final int GPU_GROUP = 64;
    /** Detector pixels side by side that a thread of a CPU device works on: a whole row, if its sums fit into the nearest cache. */
    private static final int CPU_WIDTH = 2048;
    /** Blocks that a thread of a CPU device works on at once, if possible. */
    private static final int CPU_VECTOR = 8;
    /** Pixels of a work-item, whose numbers have to fit into half an int. */
    private static final int MOST_PIXELS = (1 << Short.SIZE) - 1;

    private final boolean full;
    private final int blocks;
    private final int items;
    private final Kernel kernel;
    private final HostBuffer settings;
    private double told = Double.NaN;
    private final HostBuffer density;
    private final HostBuffer transmission;
    private final HostBuffer variances;
    private final HostBuffer counts;
    private final int[] beside;

    Transmit(ClResources resources, ImagingPlan plan) {
        UsablePixels usable = new UsablePixels(plan);
        FlatLogarithms flats = new FlatLogarithms(plan, usable);
        full = plan.detail() == ImageDetail.FULL;
        blocks = plan.smallShape().pixels();
        boolean shared = resources.shared();
        int run = shared ? run(plan) : 1;
        int runs = Math.ceilDiv(plan.smallShape().columns(), run);
        items = plan.smallShape().rows() * runs;
        KernelOptions options =
                options(plan, usable).with("RUN", run).with("RUNS", runs).with("TERMS", flats.terms());
        kernel = new Kernel(resources, Transmit.class, "transmit", options, items, shared ? 1 : GPU_GROUP);
        kernel.constant(1, resources.constant("dark", plan.flatfield().dark()));
        kernel.constant(2, resources.constant("before", plan.flatfield().before()));
        kernel.constant(3, resources.constant("after", plan.flatfield().last()));
        kernel.constant(4, resources.constant("usable", usable.usable()));
        byte[] plain = new byte[blocks];
        for (int block = 0; block < blocks; block++) {
            plain[block] = (byte) ((full ? usable.plain(block) : flats.known(block)) ? 1 : 0);
        }
        kernel.constant(5, resources.constant("plain", plain));
        kernel.constant(6, resources.constant("constants", full ? new double[1] : flats.constants()));
        kernel.constant(
                7,
                resources.constant("coefficients", full || flats.terms() == 0 ? new float[1] : flats.coefficients()));
        settings = new HostBuffer(resources, "settings", (1L + FlatLogarithms.TERMS) * Double.BYTES);
        density = new HostBuffer(resources, "density", (long) blocks * Float.BYTES);
        transmission = new HostBuffer(resources, "transmission", full ? (long) blocks * Float.BYTES : 0);
        variances = new HostBuffer(resources, "variances", full ? (long) blocks * Float.BYTES : 0);
        counts = new HostBuffer(resources, "counts", ((long) blocks + items) * Integer.BYTES);
        beside = new int[items];
    }

    /** Blocks of a run: few for a narrow detector, where the last run of a row would be empty for the most part. */
    private static int run(ImagingPlan plan) {
        int factor = plan.factor();
        int most = Math.min(CPU_WIDTH / factor, MOST_PIXELS / (factor * factor));
        int vectors = Math.min(most / CPU_VECTOR, Math.ceilDiv(plan.smallShape().columns(), CPU_VECTOR));
        return Math.max(vectors, 1) * CPU_VECTOR;
    }

    private static KernelOptions options(ImagingPlan plan, UsablePixels usable) {
        double scale = 1 / usable.typicalFlat();
        double saturation = plan.saturationCounts();
        return new KernelOptions()
                .with("RAW", KernelOptions.typeOf(plan.format()))
                .with("REAL_RAW", plan.format() == PixelFormat.F32 ? 1 : 0)
                .with("COLUMNS", plan.shape().columns())
                .with("SMALL_ROWS", plan.smallShape().rows())
                .with("SMALL_COLUMNS", plan.smallShape().columns())
                .with("BLOCKS", plan.smallShape().pixels())
                .with("FACTOR", plan.factor())
                .with("FULL", plan.detail() == ImageDetail.FULL ? 1 : 0)
                .with("HAS_SATURATION", saturation <= plan.format().maximum() ? 1 : 0)
                .with("SATURATION", Double.isInfinite(saturation) ? "INFINITY" : KernelOptions.literal(saturation))
                .with("DARK_SHARE", KernelOptions.literal(1 / plan.noise().darkFrames()))
                .with("FLAT_SHARE", KernelOptions.literal(1 / plan.noise().flatFrames()))
                .with("GAIN", KernelOptions.literal(plan.noise().countsPerPhoton()))
                .with("SCALE", KernelOptions.literal(scale))
                .with("LOG_SCALE", KernelOptions.literal(Math.log(scale)));
    }

    Kernel.Bound bind(Pointer frame) {
        return kernel.bind(Map.of(
                0, frame,
                8, settings.argument(),
                9, density.argument(),
                10, transmission.argument(),
                11, variances.argument(),
                12, counts.argument()));
    }

    /** Tells the device the fraction between the flats, before the kernel is queued. */
    void set(cl_command_queue queue, double w) {
        if (w == told) {
            return;
        }
        double x = 2 * w - 1;
        double previous = 1;
        double chebyshev = x;
        settings.host().setAtIndex(ValueLayout.JAVA_DOUBLE, 0, w);
        for (int k = 1; k <= FlatLogarithms.TERMS; k++) {
            settings.host().setAtIndex(ValueLayout.JAVA_DOUBLE, k, chebyshev);
            double next = 2 * x * chebyshev - previous;
            previous = chebyshev;
            chebyshev = next;
        }
        settings.write(queue, (1L + FlatLogarithms.TERMS) * Double.BYTES);
        told = w;
    }

    /** Waits for the kernel and brings the maps to the host. */
    void read(cl_command_queue queue) {
        density.read(queue, (long) blocks * Float.BYTES);
        if (full) {
            transmission.read(queue, (long) blocks * Float.BYTES);
            variances.read(queue, (long) blocks * Float.BYTES);
        }
        counts.read(queue, ((long) blocks + items) * Integer.BYTES);
    }

    /** Copies the maps of some blocks, from the memory that {@link #read} has filled. */
    void copy(int first, int end, ImageReduction into) {
        density.floats(first, into.opticalDensity(), first, end - first);
        if (full) {
            transmission.floats(first, into.transmission(), first, end - first);
            variances.floats(first, into.variance(), first, end - first);
        }
        counts.integers(first, into.validPixels(), first, end - first);
    }

    /** Sets the numbers of pixels of each kind, once all blocks are copied. */
    void count(ImageReduction into) {
        long total = 0;
        for (int pixels : into.validPixels()) {
            total += pixels;
        }
        counts.integers(blocks, beside, 0, items);
        long saturated = 0;
        long unlit = 0;
        for (int both : beside) {
            saturated += both & MOST_PIXELS;
            unlit += both >>> Short.SIZE;
        }
        into.pixelTotals(total, saturated, unlit);
    }
}
