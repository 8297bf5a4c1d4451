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
 * arg  buffer        type    entries         written      meaning
 * 0    frame         RAW     pixels          every frame  raw pixels as in host memory
 * 1    dark          float   pixels          once         dark counts
 * 2    before        float   pixels          once         first flat
 * 3    after         float   pixels          once         second flat, or the first again
 * 4    usable        uchar   pixels          once         1 = may be valid
 * 5    plain         uchar   blocks          once         1 = may be summed without a look at every pixel
 * 6    constants     double  blocks or 1     once         see FlatLogarithms; without detail only
 * 7    coefficients  float   terms * blocks  once         likewise; 1 where there are none
 * 8    settings      double  6               every frame  fraction between the flats, then the Chebyshev polynomials
 * 9    density       float   blocks          by the device
 * 10   transmission  float   blocks or 1     by the device
 * 11   variances     float   blocks or 1     by the device
 * 12   valid         int     blocks          by the device  valid pixels
 * 13   beside        int     2 * items       by the device  saturated pixels and unlit ones of each work-item's blocks
 * </pre>
 */
final class Transmit {
    private static final int GPU_GROUP = 64;
    /** Detector pixels side by side that a thread of a CPU device works on: a whole row, if its sums fit into the nearest cache. */
    private static final int CPU_WIDTH = 2048;
    /** Blocks that a thread of a CPU device works on at once, if possible. */
    private static final int CPU_VECTOR = 8;

    private final boolean full;
    private final int blocks;
    private final int items;
    private final Kernel kernel;
    private final HostBuffer settings;
    private final HostBuffer density;
    private final HostBuffer transmission;
    private final HostBuffer variances;
    private final HostBuffer valid;
    private final HostBuffer beside;

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
        valid = new HostBuffer(resources, "valid", (long) blocks * Integer.BYTES);
        beside = new HostBuffer(resources, "beside", 2L * items * Integer.BYTES);
    }

    /** Blocks of a run: few for a narrow detector, where the last run of a row would be empty for the most part. */
    private static int run(ImagingPlan plan) {
        int most = Math.max(CPU_WIDTH / plan.factor() / CPU_VECTOR, 1) * CPU_VECTOR;
        return Math.min(most, Math.ceilDiv(plan.smallShape().columns(), CPU_VECTOR) * CPU_VECTOR);
    }

    private static KernelOptions options(ImagingPlan plan, UsablePixels usable) {
        double scale = 1 / usable.typicalFlat();
        boolean saturates = plan.saturationCounts() <= plan.format().maximum();
        return new KernelOptions()
                .with("RAW", KernelOptions.typeOf(plan.format()))
                .with("REAL_RAW", plan.format() == PixelFormat.F32 ? 1 : 0)
                .with("COLUMNS", plan.shape().columns())
                .with("SMALL_ROWS", plan.smallShape().rows())
                .with("SMALL_COLUMNS", plan.smallShape().columns())
                .with("BLOCKS", plan.smallShape().pixels())
                .with("FACTOR", plan.factor())
                .with("FULL", plan.detail() == ImageDetail.FULL ? 1 : 0)
                .with("HAS_SATURATION", saturates ? 1 : 0)
                .with("SATURATION", KernelOptions.literal(saturates ? plan.saturationCounts() : 0))
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
                12, valid.argument(),
                13, beside.argument()));
    }

    /** Tells the device the fraction between the flats, before the kernel is queued. */
    void set(cl_command_queue queue, double w) {
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
    }

    /** Waits for the kernel and brings the maps to the host. */
    void read(cl_command_queue queue) {
        density.read(queue, (long) blocks * Float.BYTES);
        if (full) {
            transmission.read(queue, (long) blocks * Float.BYTES);
            variances.read(queue, (long) blocks * Float.BYTES);
        }
        valid.read(queue, (long) blocks * Integer.BYTES);
        beside.read(queue, 2L * items * Integer.BYTES);
    }

    /** Copies the maps of some blocks, from the memory that {@link #read} has filled. */
    void copy(int first, int end, ImageReduction into) {
        density.floats(first, end, into.opticalDensity());
        if (full) {
            transmission.floats(first, end, into.transmission());
            variances.floats(first, end, into.variance());
        }
        valid.integers(first, end, into.validPixels());
    }

    /** Saturated pixels of the frame. */
    long saturated() {
        return total(0);
    }

    /** Unlit pixels of the frame. */
    long unlit() {
        return total(1);
    }

    private long total(int kind) {
        long sum = 0;
        for (int item = 0; item < items; item++) {
            sum += beside.host().getAtIndex(ValueLayout.JAVA_INT, 2L * item + kind);
        }
        return sum;
    }
}
