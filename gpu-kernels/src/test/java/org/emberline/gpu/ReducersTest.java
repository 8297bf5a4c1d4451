package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReducersTest {
    private static final IntegrationPlan PLAN = new PlanBuilder().build();
    private static final ProbeReport NOTHING = new ProbeReport(List.of(), "no OpenCL platform with a device");
    private static final DeviceInfo GHOST =
            new DeviceInfo("Ghost", "gone", "Nobody", "1", DeviceType.GPU, 1, 1, true, "OpenCL 3.0");

    private static String backendOf(Reducers.Opened opened) {
        try (Reducer reducer = opened.reducer()) {
            return reducer.backend();
        }
    }

    @Test
    void theCpuIsAlwaysThere() throws NoDeviceException {
        Reducers.Opened opened = Reducers.open(Backend.CPU, PLAN);
        assertEquals("cpu: as asked", opened.reason());
        assertEquals("cpu", backendOf(opened));
    }

    @Test
    void withoutADeviceAutoTakesTheCpuAndSaysWhy() throws NoDeviceException {
        Reducers.Opened opened = Reducers.open(Backend.AUTO, PLAN, NOTHING, Reducers.Settings.NONE);
        assertEquals("cpu: no OpenCL platform with a device", opened.reason());
        assertEquals("cpu", backendOf(opened));
    }

    @Test
    void withoutADeviceOpenClIsRefusedInOneLine() {
        NoDeviceException refusal = assertThrows(
                NoDeviceException.class, () -> Reducers.open(Backend.OPENCL, PLAN, NOTHING, Reducers.Settings.NONE));
        assertEquals("no OpenCL device can be used: no OpenCL platform with a device", refusal.getMessage());
    }

    @Test
    void aDeviceTakesTheWorkWhenAsked() throws NoDeviceException {
        DeviceInfo device = TestBackend.device();
        Reducers.Opened opened = Reducers.open(Backend.OPENCL, PLAN);
        assertEquals("opencl: " + device.inWords(), opened.reason());
        assertEquals(device.inWords(), opened.reducer().device());
        assertEquals("opencl", backendOf(opened));
    }

    @Test
    void autoMeasuresAndSaysWhatItMeasured() throws NoDeviceException {
        DeviceInfo device = TestBackend.device();
        ProbeReport report = new ProbeReport(List.of(device), null);
        Reducers.Opened opened = Reducers.open(Backend.AUTO, PLAN, report, Reducers.Settings.NONE);
        String other = opened.reason().startsWith("cpu: ") ? device.inWords() : "cpu";
        assertTrue(
                opened.reason().matches("(cpu: |opencl: .*, )[0-9.e-]+ ms a frame against [0-9.e-]+ ms on .*"),
                opened.reason());
        assertTrue(opened.reason().endsWith(" ms on " + other), opened.reason());
        assertEquals(opened.reason().substring(0, opened.reason().indexOf(':')), backendOf(opened));
    }

    @Test
    void autoRemembersWhatItMeasured(@TempDir Path folder) throws NoDeviceException, IOException {
        ProbeReport report = new ProbeReport(List.of(TestBackend.device()), null);
        Reducers.Settings settings = new Reducers.Settings(folder, text -> {});
        String first = reasonOf(Reducers.open(Backend.AUTO, PLAN, report, settings));
        assertEquals(first + ", as measured before", reasonOf(Reducers.open(Backend.AUTO, PLAN, report, settings)));
        IntegrationPlan other = new PlanBuilder().splitting(Splitting.BBOX).build();
        assertFalse(
                reasonOf(Reducers.open(Backend.AUTO, other, report, settings)).contains("before"));
        for (String nonsense : List.of(
                "",
                "emberline backend timings 1\n-1\tcpu\n",
                "x\n1\tcpu\n",
                "emberline backend timings 1\n1\tghost\n")) {
            for (Path file : files(folder)) {
                Files.writeString(file, nonsense);
            }
            assertFalse(
                    reasonOf(Reducers.open(Backend.AUTO, PLAN, report, settings))
                            .contains("before"),
                    nonsense);
        }
        for (Path file : files(folder)) {
            Files.delete(file);
        }
        Files.delete(folder);
        Files.writeString(folder, "a file where the folder should be");
        assertFalse(
                reasonOf(Reducers.open(Backend.AUTO, PLAN, report, settings)).contains("before"));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static String reasonOf(Reducers.Opened opened) {
        opened.reducer().close();
        return opened.reason();
    }

    @Test
    void aDeviceThatCannotBeOpenedIsPassedOver() throws NoDeviceException {
        DeviceInfo device = TestBackend.device();
        ProbeReport ghostFirst = new ProbeReport(List.of(GHOST, device), null);
        assertEquals("opencl", backendOf(Reducers.open(Backend.OPENCL, PLAN, ghostFirst, Reducers.Settings.NONE)));
        ProbeReport ghostOnly = new ProbeReport(List.of(GHOST), null);
        Reducers.Opened opened = Reducers.open(Backend.AUTO, PLAN, ghostOnly, Reducers.Settings.NONE);
        assertEquals("cpu", backendOf(opened));
        assertTrue(opened.reason().contains("which failed: the device is gone: gone (Ghost)"), opened.reason());
        assertThrows(
                NoDeviceException.class, () -> Reducers.open(Backend.OPENCL, PLAN, ghostOnly, Reducers.Settings.NONE));
    }

    @Test
    void aPlanCanBeTimedWithoutChoosing() {
        List<Timing> timings = Reducers.time(PLAN, new ProbeReport(List.of(GHOST), null));
        assertEquals(
                List.of("cpu", "gone (Ghost)"),
                timings.stream().map(Timing::name).toList());
        assertTrue(timings.getFirst().milliseconds() > 0);
        assertEquals(
                "gone (Ghost), which failed: the device is gone: gone (Ghost)",
                timings.getLast().inWords());
    }
}
