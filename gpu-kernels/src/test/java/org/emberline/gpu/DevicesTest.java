package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The probe outlives whatever a driver does to the process that asks it. */
final class DevicesTest {
    private static final DeviceInfo GPU = new DeviceInfo(
            "Maker's OpenCL", "Card 7", "Maker", "550.1", DeviceType.GPU, 132, 80L << 30, true, "OpenCL 3.0 X");
    private static final DeviceInfo SMALL_GPU =
            new DeviceInfo("Other", "Embedded", "Other", "1", DeviceType.GPU, 2, 1 << 30, false, "OpenCL 1.2");
    private static final DeviceInfo PROCESSOR =
            new DeviceInfo("Portable", "cpu", "Maker", "3.1", DeviceType.CPU, 2, 1 << 30, true, "OpenCL 3.0");
    private static final Duration SOON = Duration.ofSeconds(10);

    private static ProbeReport probeShell(String script, Duration deadline) {
        return Devices.probe(List.of("/bin/sh", "-c", script), deadline);
    }

    @Test
    void listsTheDevicesOfThisMachine() {
        DeviceInfo device = TestBackend.device();
        assertTrue(device.computeUnits() > 0 && device.memoryBytes() > 1 << 20, device.toString());
        assertTrue(device.openClVersion().startsWith("OpenCL "), device.toString());
    }

    @Test
    void aListingSurvivesTheWayThroughThePipe() {
        List<DeviceInfo> devices = List.of(GPU, SMALL_GPU, PROCESSOR);
        ProbeReport report = DeviceListing.parse("driver chatter\n" + DeviceListing.write(devices) + "more chatter\n");
        assertEquals(new ProbeReport(devices, null), report);
    }

    @Test
    void aNameCannotBreakTheListing() {
        DeviceInfo odd = new DeviceInfo(
                "a\tb", "c\nemberline-devices-end\t0\n", "x".repeat(5000), "", DeviceType.OTHER, 1, 1, true, "\u0000");
        ProbeReport report = DeviceListing.parse(DeviceListing.write(List.of(odd)));
        assertNull(report.problem());
        assertEquals("a b", report.devices().getFirst().platform());
        assertEquals(256, report.devices().getFirst().vendor().length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "emberline-devices-end\t1\n",
                "emberline-devices-end\tx\n",
                "emberline-device\ta\tb\n",
                "emberline-device\ta\tb\tc\td\tGPU\t1\t1\tyes\n",
                "emberline-device\ta\tb\tc\td\tTPU\t1\t1\tyes\t1\n",
                "emberline-device\ta\tb\tc\td\tGPU\t-1\t1\tyes\t1\n",
                "emberline-device\ta\tb\tc\td\tGPU\t1\t1e9\tyes\t1\n",
                "emberline-device\ta\tb\tc\td\tGPU\t1\t1\tmaybe\t1\n",
                "emberline-device\ta\tb\tc\td\tGPU\t99999999999\t1\tyes\t1\n",
                "emberline-device\ta\tb\tc\td\tGPU\t1\t1\tyes\t1\n"
            })
    void anythingElseIsAProblem(String output) {
        ProbeReport report = DeviceListing.parse(output);
        assertNotNull(report.problem());
        assertTrue(report.devices().isEmpty());
    }

    @Test
    void randomBytesAreAProblem() {
        Random random = new Random(5);
        String good = DeviceListing.write(List.of(GPU, PROCESSOR));
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(good);
            text.setLength(random.nextInt(good.length()));
            text.append((char) random.nextInt(256));
            ProbeReport report = DeviceListing.parse(text.toString());
            assertTrue(report.problem() != null && report.usable().isEmpty(), text.toString());
        }
        assertNotNull(DeviceListing.parse("emberline-device\ta\tb\tc\td\tGPU\t1\t1\tyes\t1\n".repeat(65))
                .problem());
    }

    @ParameterizedTest
    @CsvSource({
        "kill -SEGV $$, was ended by signal 11",
        "kill -ABRT $$, was ended by signal 6",
        "exit 3, ended with exit code 3",
        "echo '#'; echo '#  SIGSEGV (0xb) at pc=0x0'; exit 1, was ended by SIGSEGV",
        "echo 'Picked up X' >&2; echo 'no libOpenCL' >&2; exit 1, ended with exit code 1: no libOpenCL"
    })
    void aCrashIsReported(String script, String how) {
        assertEquals(new ProbeReport(List.of(), "the OpenCL probe " + how), probeShell(script, SOON));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exec sleep 60", "sleep 60; exit 0", "while :; do echo chatter; sleep 0.01; done"})
    void aHangEndsAtTheDeadline(String script) {
        ProbeReport report = probeShell(script, Duration.ofMillis(300));
        assertEquals(new ProbeReport(List.of(), "the OpenCL probe gave no answer within 300 ms"), report);
    }

    @Test
    void aChildLeftBehindDoesNotHoldTheProbe() {
        assertNotNull(probeShell("sleep 3 & exit 0", Duration.ofMillis(500)).problem());
    }

    @Test
    void aFloodOfOutputDoesNotFillTheMemory() {
        ProbeReport report = probeShell("head -c 50000000 /dev/zero", SOON);
        assertEquals("the OpenCL probe ended without a complete list of devices", report.problem());
    }

    @Test
    void aProgramThatIsNotThereIsReported() {
        ProbeReport report = Devices.probe(List.of("/nonexistent/java"), SOON);
        assertTrue(String.valueOf(report.problem()).startsWith("the OpenCL probe could not be started: "));
    }

    @Test
    void gpusComeFirstAndDevicesWithoutDoublesNotAtAll() {
        assertEquals(List.of(GPU, PROCESSOR), new ProbeReport(List.of(PROCESSOR, SMALL_GPU, GPU), null).usable());
        assertEquals(
                "Embedded (Other): no double precision (cl_khr_fp64)",
                new ProbeReport(List.of(SMALL_GPU), null).whyNothingUsable());
        assertEquals("no OpenCL device", new ProbeReport(new ArrayList<>(), null).whyNothingUsable());
        assertEquals("it broke", new ProbeReport(List.of(), "it broke").whyNothingUsable());
    }
}
