package org.emberline.gpu.opencl;

import java.lang.foreign.ValueLayout;
import java.util.Map;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.imaging.ImageDetail;
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
 * 7    coefficients  float   terms * blocks  once         likewise, or 1
 * 8    settings      double  1 + terms       every frame  fraction between the flats, then the Chebyshev polynomials
 * 9    density       float   blocks          by the device
 * 10   transmission  float   blocks or 1     by the device
 * 11   variances     float   blocks or 1     by the device
 * 12   counts        int     2 * blocks      by the device  valid pixels of all blocks; then saturated ones + 65536 times unlit ones
 * </pre>
 */
final class Transmit {
    private static final int GPU_GROUP = 64;
    /** Detector pixels side by side that a thread of a CPU device works on: as many as keep its sums in the nearest cache. */
    private static final int CPU_WIDTH = 256;

    private final boolean full;
    private final int blocks;
    private final Kernel kernel;
    private final HostBuffer settings;
    private final HostBuffer density;
    private final HostBuffer transmission;
    private final HostBuffer variances;
    private final HostBuffer counts;

    Transmit(ClResources resources, ImagingPlan plan) {
        UsablePixels usable = new UsablePixels(plan);
        FlatLogarithms flats = new FlatLogarithms(plan, usable);
        full = plan.detail() == ImageDetail.FULL;
        blocks = plan.smallShape().pixels();
        boolean shared = resources.shared();
        int run = shared ? Math.max(CPU_WIDTH / plan.factor(), 1) : 1;
        int runs = Math.ceilDiv(plan.smallShape().columns(), run);
        KernelOptions options = options(plan, usable).with("RUN", run).with("RUNS", runs);
        long items = (long) plan.smallShape().rows() * runs;
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
        kernel.constant(7, resources.constant("coefficients", full ? new float[1] : flats.coefficients()));
        settings = new HostBuffer(resources, "settings", (1L + FlatLogarithms.TERMS) * Double.BYTES);
        density = new HostBuffer(resources, "density", (long) blocks * Float.BYTES);
        transmission = new HostBuffer(resources, "transmission", full ? (long) blocks * Float.BYTES : 0);
        variances = new HostBuffer(resources, "variances", full ? (long) blocks * Float.BYTES : 0);
        counts = new HostBuffer(resources, "counts", 2L * blocks * Integer.BYTES);
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
                .with("SATURATION", Double.isInfinite(saturation) ? "INFINITY" : KernelOptions.literal(saturation))
                .with("DARK_SHARE", KernelOptions.literal(1 / plan.noise().darkFrames()))
                .with("FLAT_SHARE", KernelOptions.literal(1 / plan.noise().flatFrames()))
                .with("GAIN", KernelOptions.literal(plan.noise().countsPerPhoton()))
                .with("SCALE", KernelOptions.literal(scale))
                .with("LOG_SCALE", KernelOptions.literal(Math.log(scale)))
                .with("TERMS", FlatLogarithms.TERMS);
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
        counts.read(queue, 2L * blocks * Integer.BYTES);
    }

    HostBuffer density() {
        return density;
    }

    HostBuffer transmission() {
        return transmission;
    }

    HostBuffer variances() {
        return variances;
    }

    HostBuffer counts() {
        return counts;
    }
}
