package org.emberline.gpu.opencl;

import java.util.Locale;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.PixelRules;
import org.emberline.gpu.cells.CellIndex;
import org.emberline.gpu.cells.CellMap;

/** What the kernels are compiled for, as the compiler wants to be told. */
final class KernelOptions {
    private final StringBuilder text = new StringBuilder();

    /** Nothing yet. */
    KernelOptions() {}

    /** All that {@code pixels.cl} asks for, and what several kernels share. */
    KernelOptions(IntegrationPlan plan, CellMap map) {
        PixelRules rules = plan.rules();
        PixelFormat format = plan.format();
        boolean dummy = !Double.isNaN(rules.dummy());
        with("RAW", typeOf(format));
        with("REAL_RAW", format == PixelFormat.F32);
        with("PIXELS", map.pixels());
        with("GROUPS", groups(map));
        with("LOOK", looks(plan));
        with("KEEP_NEGATIVE", rules.keepNegative());
        with("HAS_DUMMY", dummy);
        with("DUMMY", literal(dummy ? rules.dummy() : 0));
        with("TOLERANCE", literal(rules.dummyTolerance()));
        with("HAS_SATURATION", rules.canSaturate(format));
        with("SATURATION", literal(rules.canSaturate(format) ? rules.saturationCounts() : 0));
        with("DROP_SATURATED", rules.dropSaturated());
        with("MASKED", map.masked());
        with("CELL", map.index() instanceof CellIndex.Narrow ? "ushort" : "int");
        with("MODE", plan.errorModel() == ErrorModel.AZIMUTHAL ? 2 : map.isSplit() ? 1 : 0);
        with("IS_SPLIT", map.isSplit());
        with("HAS_DARK", plan.corrections().dark() != null);
    }

    /** For a kernel that takes every pixel as it is. */
    private KernelOptions(PixelFormat format, int pixels) {
        with("RAW", typeOf(format));
        with("REAL_RAW", format == PixelFormat.F32);
        with("PIXELS", pixels);
        with("LOOK", false);
        with("KEEP_NEGATIVE", true);
        with("HAS_DUMMY", false);
        with("HAS_SATURATION", false);
        with("DROP_SATURATED", false);
        with("SUM", format == PixelFormat.F32 ? "double" : "long");
    }

    /** For a kernel that takes every pixel as it is. */
    static KernelOptions everyPixel(PixelFormat format, int pixels) {
        return new KernelOptions(format, pixels);
    }

    KernelOptions with(String name, Object value) {
        text.append(" -D").append(name).append('=').append(value);
        return this;
    }

    private void with(String name, boolean value) {
        with(name, value ? 1 : 0);
    }

    /** Groups of 64 pixels. */
    static int groups(CellMap map) {
        return Math.ceilDiv(map.pixels(), Long.SIZE);
    }

    /** Whether pixels can be invalid or saturated. */
    static boolean looks(IntegrationPlan plan) {
        return plan.rules().canDrop(plan.format()) || plan.rules().canSaturate(plan.format());
    }

    /** Whether sums are 64-bit integers. */
    static boolean exact(IntegrationPlan plan, CellMap map) {
        return plan.format() != PixelFormat.F32 && !map.isSplit() && plan.errorModel() != ErrorModel.AZIMUTHAL;
    }

    /** Whether sums are unsigned integers of 32 bits: half the memory, which matters for the many cells of a cake. */
    static boolean small(IntegrationPlan plan, CellMap map) {
        boolean unsigned = plan.format() == PixelFormat.U8 || plan.format() == PixelFormat.U16;
        return exact(plan, map) && unsigned && map.mostPixels() * plan.format().maximum() < 0x1p32;
    }

    /** A double in the kernel language, exactly. */
    static String literal(double value) {
        return String.format(Locale.ROOT, "(%s)", Double.toHexString(value));
    }

    /** The kernel language's type of a pixel in memory. */
    static String typeOf(PixelFormat format) {
        return switch (format) {
            case U8 -> "uchar";
            case U16 -> "ushort";
            case I16 -> "short";
            case U32 -> "uint";
            case I32 -> "int";
            case F32 -> "float";
        };
    }

    @Override
    public String toString() {
        return text.substring(1);
    }
}
