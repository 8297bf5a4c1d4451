package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

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
        Reducers.Opened opened = Reducers.open(Backend.AUTO, PLAN, NOTHING);
        assertEquals("cpu: no OpenCL platform with a device", opened.reason());
        assertEquals("cpu", backendOf(opened));
    }

    @Test
    void withoutADeviceOpenClIsRefusedInOneLine() {
        NoDeviceException refusal =
                assertThrows(NoDeviceException.class, () -> Reducers.open(Backend.OPENCL, PLAN, NOTHING));
        assertEquals("no OpenCL device can be used: no OpenCL platform with a device", refusal.getMessage());
    }

    @Test
    void aDeviceTakesTheWork() throws NoDeviceException {
        DeviceInfo device = TestBackend.device();
        for (Backend choice : List.of(Backend.AUTO, Backend.OPENCL)) {
            Reducers.Opened opened = Reducers.open(choice, PLAN);
            assertEquals("opencl: " + device.inWords(), opened.reason());
            assertEquals(device.inWords(), opened.reducer().device());
            assertEquals("opencl", backendOf(opened));
        }
    }

    @Test
    void aDeviceThatCannotBeOpenedIsPassedOver() throws NoDeviceException {
        DeviceInfo device = TestBackend.device();
        ProbeReport ghostFirst = new ProbeReport(List.of(GHOST, device), null);
        assertEquals("opencl", backendOf(Reducers.open(Backend.AUTO, PLAN, ghostFirst)));
        ProbeReport ghostOnly = new ProbeReport(List.of(GHOST), null);
        Reducers.Opened opened = Reducers.open(Backend.AUTO, PLAN, ghostOnly);
        assertEquals("cpu", backendOf(opened));
        assertTrue(opened.reason().contains("the device is gone: gone (Ghost)"), opened.reason());
        assertThrows(NoDeviceException.class, () -> Reducers.open(Backend.OPENCL, PLAN, ghostOnly));
    }
}
