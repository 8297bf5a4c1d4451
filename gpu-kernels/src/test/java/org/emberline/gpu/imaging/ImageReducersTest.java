package org.emberline.gpu.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.emberline.gpu.Backend;
import org.emberline.gpu.Ceiling;
import org.emberline.gpu.DeviceInfo;
import org.emberline.gpu.DeviceType;
import org.emberline.gpu.NoDeviceException;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.ProbeReport;
import org.emberline.gpu.Reducers;
import org.emberline.gpu.TestBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which backend is taken, and why. */
final class ImageReducersTest {
    private static final ProbeReport NOTHING = new ProbeReport(List.of(), "no OpenCL platform");
    private static final DeviceInfo GHOST =
            new DeviceInfo("Ghost", "gone", "Nobody", "1", DeviceType.GPU, 1, 1, true, "OpenCL 3.0");

    private static ImagingPlan plan(Consumer<PlanMaker> change) {
        PlanMaker maker = new PlanMaker().fields(new Random(1), 100, 9000);
        change.accept(maker);
        return maker.plan();
    }

    private static String taken(Backend choice, ProbeReport probe) throws NoDeviceException {
        return taken(choice, plan(maker -> {}), probe, Reducers.Settings.NONE);
    }

    private static String taken(Backend choice, ImagingPlan plan, ProbeReport probe, Reducers.Settings settings)
            throws NoDeviceException {
        ImageReducers.Opened opened = ImageReducers.open(choice, plan, probe, settings);
        try (ImageReducer reducer = opened.reducer()) {
            assertEquals(plan, reducer.plan());
            assertEquals(opened.reason().startsWith("cpu: "), reducer.backend().equals("cpu"), opened.reason());
        }
        return opened.reason();
    }

    @Test
    void withoutADeviceTheCpuIsTakenUnlessOneIsDemanded() throws NoDeviceException {
        assertEquals("cpu: as asked", taken(Backend.CPU, NOTHING));
        assertEquals("cpu: no OpenCL platform", taken(Backend.AUTO, NOTHING));
        NoDeviceException refusal = assertThrows(NoDeviceException.class, () -> taken(Backend.OPENCL, NOTHING));
        assertEquals("no OpenCL device can be used: no OpenCL platform", refusal.getMessage());
    }

    @Test
    void aDeviceIsTakenWhenDemanded() throws NoDeviceException {
        DeviceInfo device = TestBackend.device();
        assertEquals(
                "opencl: " + device.inWords(), taken(Backend.OPENCL, new ProbeReport(List.of(GHOST, device), null)));
    }

    @Test
    void autoMeasuresBothAndSaysWhatItMeasured() throws NoDeviceException {
        DeviceInfo device = TestBackend.device();
        String reason = taken(Backend.AUTO, new ProbeReport(List.of(device), null));
        String other = reason.startsWith("cpu: ") ? device.inWords() : "cpu";
        assertTrue(
                reason.matches("(cpu: |opencl: .*, )[0-9.e-]+ ms a frame against [0-9.e-]+ ms on .*")
                        && reason.endsWith(" ms on " + other),
                reason);
    }

    @Test
    void aDeviceThatCannotBeOpenedIsPassedOver() throws NoDeviceException {
        ProbeReport ghost = new ProbeReport(List.of(GHOST), null);
        String reason = taken(Backend.AUTO, ghost);
        assertTrue(reason.startsWith("cpu: ") && reason.contains("which failed: the device is gone: gone"), reason);
        assertThrows(NoDeviceException.class, () -> taken(Backend.OPENCL, ghost));
    }

    @Test
    void autoRemembersEachKindOfPlanOnItsOwn(@TempDir Path folder) throws NoDeviceException {
        ProbeReport probe = new ProbeReport(List.of(TestBackend.device()), null);
        Reducers.Settings settings = new Reducers.Settings(folder, text -> {});
        ImagingPlan plan = plan(maker -> {});
        String first = taken(Backend.AUTO, plan, probe, settings);
        assertEquals(first + ", as measured before", taken(Backend.AUTO, plan, probe, settings));
        List<Consumer<PlanMaker>> others = List.of(
                maker -> maker.detail = ImageDetail.DENSITY,
                maker -> maker.factor = 2,
                maker -> maker.format = PixelFormat.I32,
                maker -> maker.scaling = new FlatScaling.Rim(1));
        for (Consumer<PlanMaker> other : others) {
            assertFalse(taken(Backend.AUTO, plan(other), probe, settings).contains("before"));
        }
    }

    @Test
    void everyFormatCanBeTimed() throws NoDeviceException {
        for (PixelFormat format : PixelFormat.values()) {
            ImagingPlan plan = plan(maker -> {
                maker.format = format;
                maker.dark[3] = Float.NaN;
            });
            try (ImageReducer reducer = ImageBackend.CPU.open(plan)) {
                assertTrue(ImageTrial.millisecondsPerFrame(reducer) > 0);
            }
        }
    }

    @Test
    void theCeilingIsMeasuredWhereTheReducerWorks() throws NoDeviceException {
        ProbeReport probe = new ProbeReport(List.of(TestBackend.device()), null);
        for (Backend backend : new Backend[] {Backend.CPU, Backend.OPENCL}) {
            try (ImageReducer reducer = ImageReducers.open(backend, plan(maker -> {}), probe)
                            .reducer();
                    Ceiling ceiling = ImageReducers.ceiling(reducer, probe)) {
                assertEquals(backend == Backend.OPENCL, ceiling.device().equals(reducer.device()), ceiling.device());
            }
        }
    }
}
