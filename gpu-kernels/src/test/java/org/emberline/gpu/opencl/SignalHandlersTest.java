package org.emberline.gpu.opencl;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.emberline.gpu.Corrections;
import org.emberline.gpu.DeviceInfo;
import org.emberline.gpu.Devices;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.PixelRules;
import org.emberline.gpu.PoniException;
import org.emberline.gpu.PoniFile;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Reduction;
import org.emberline.gpu.Sectors;
import org.emberline.gpu.Splitting;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SignalHandlersTest {
    /** SIGURG on Linux: ignored by default, and used by nobody here. */
    private static final int SIGNAL = 23;

    private static final long IGNORE = 1;

    private static final String PONI = """
            PixelSize1: 1e-4
            PixelSize2: 1e-4
            Distance: 0.1
            Poni1: 0
            Poni2: 0
            Rot1: 0
            Rot2: 0
            Rot3: 0
            Wavelength: 1e-11
            """;

    @Test
    @SuppressWarnings("restricted")
    void whatForeignCodeChangesIsPutBack() throws Throwable {
        SignalHandlers before = SignalHandlers.now();
        Linker linker = Linker.nativeLinker();
        MethodHandle signal = linker.downcallHandle(
                linker.defaultLookup().find("signal").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        var _ = (MemorySegment) signal.invokeExact(SIGNAL, MemorySegment.ofAddress(IGNORE));
        assertFalse(before.sameAs(SignalHandlers.now(), SIGNAL), "the change is seen");
        before.restore();
        for (int any = 1; any <= 31; any++) {
            assertTrue(before.sameAs(SignalHandlers.now(), any), "signal " + any);
        }
    }

    @Test
    void aDriverThatIsLoadedAndUsedChangesNone() throws PoniException {
        List<DeviceInfo> devices = Devices.probe().usable();
        if (devices.isEmpty() && !"true".equals(System.getenv("EMBERLINE_REQUIRE_OPENCL"))) {
            Assumptions.abort("no OpenCL device");
        }
        IntegrationPlan plan = new IntegrationPlan(
                PoniFile.parse(PONI, "test").withShape(40, 50),
                PixelFormat.I32,
                false,
                new RadialAxis(RadialUnit.Q_PER_ANGSTROM, 100, 0.1, 20),
                Splitting.NO,
                Corrections.SOLID_ANGLE,
                ErrorModel.POISSON,
                PixelRules.GAPS_NEGATIVE,
                Sectors.NONE);
        SignalHandlers before = SignalHandlers.now();
        try (OpenClReducer reducer = new OpenClReducer(devices.getFirst(), plan);
                Arena arena = Arena.ofConfined()) {
            reducer.reduce(arena.allocate(plan.frameBytes(), Long.BYTES), new Reduction(100));
        }
        for (int any = 1; any <= 31; any++) {
            assertTrue(before.sameAs(SignalHandlers.now(), any), "signal " + any);
        }
    }
}
