package org.emberline.firmware.iio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.chip.Conversion.Faulty;
import org.emberline.firmware.chip.Conversion.Junctions;
import org.emberline.firmware.sampling.Probe.Sample;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Folders as the kernel's drivers make them. */
class IioTest {
    @TempDir
    private Path root;

    private IioDevices devices = new IioDevices();

    @BeforeEach
    void root() {
        devices = new IioDevices(root);
    }

    private Path device(int number, String... namesAndTexts) throws IOException {
        Path folder = Files.createDirectories(root.resolve("iio:device" + number));
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            Files.writeString(folder.resolve(namesAndTexts[i]), namesAndTexts[i + 1] + "\n");
        }
        return folder;
    }

    private static IioSettings settings(String device, String channel, @Nullable String type) {
        return new IioSettings(device, channel, type, 0.05, 0);
    }

    private Sample read(IioSettings settings) throws IOException {
        try (IioProbe probe = new IioProbe(devices, settings)) {
            probe.restart();
            return probe.read();
        }
    }

    @Test
    void listsDevicesByNumberWithTheirChannels() throws IOException {
        device(10, "name", "ads1115", "in_voltage0_raw", "5", "in_voltage0_scale", "1");
        device(2, "name", "tmp117", "in_temp_raw", "3200", "in_temp_scale", "7.8125", "in_temp_calibbias", "0");
        device(3, "in_temp_ambient_raw", "1", "in_temp_object_raw", "2", "label", "furnace");
        List<IioDevice> list = devices.list();
        assertEquals(
                List.of("iio:device2", "iio:device3", "iio:device10"),
                list.stream().map(IioDevice::id).toList());
        assertEquals(List.of("temp"), list.get(0).channels());
        assertEquals(List.of("temp_ambient", "temp_object"), list.get(1).temperatures());
        assertEquals("furnace", list.get(1).label());
        assertEquals("", list.get(1).name());
        assertEquals(List.of(), list.get(2).temperatures());
        assertEquals(List.of("voltage0"), list.get(2).channels());
        assertEquals(List.of(), new IioDevices(root.resolve("none")).list());
    }

    @Test
    void rawTimesScaleIsMillidegrees() throws IOException {
        // TMP117: 7.8125 m degC a step; 25 degC = 3200 steps. Negative as well.
        Path folder = device(0, "name", "tmp117", "in_temp_raw", "3200", "in_temp_scale", "7.812500");
        IioSettings settings = settings("tmp117", "temp", null);
        Junctions junctions = (Junctions) read(settings).conversion();
        assertEquals(25, junctions.hotCelsius(), 1e-12);
        assertEquals(0.05, junctions.sigmaCelsius());
        assertTrue(Double.isNaN(junctions.coldCelsius()));
        Files.writeString(folder.resolve("in_temp_raw"), "-1280\n");
        assertEquals(-10, ((Junctions) read(settings).conversion()).hotCelsius(), 1e-12);
    }

    @Test
    void offsetIsAddedBeforeTheScale() throws IOException {
        device(0, "name", "lm", "in_temp_raw", "100", "in_temp_offset", "-28", "in_temp_scale", "500");
        assertEquals(36, ((Junctions) read(settings("lm", "temp", null)).conversion()).hotCelsius(), 1e-12);
    }

    @Test
    void inputIsMillidegreesAsItStands() throws IOException {
        device(0, "name", "sht", "in_temp0_input", "23456");
        assertEquals(23.456, ((Junctions) read(settings("sht", "temp0", null)).conversion()).hotCelsius(), 1e-12);
    }

    @Test
    void coldJunctionComesFromTheAmbientChannel() throws IOException {
        device(
                0,
                "name",
                "max31855",
                "in_temp_raw",
                "3600",
                "in_temp_scale",
                "250",
                "in_temp_ambient_raw",
                "400",
                "in_temp_ambient_scale",
                "62.5");
        assertEquals(
                new Junctions(900, 25, 0.05),
                read(settings("max31855", "temp", null)).conversion());
        assertEquals(
                25,
                ((Junctions) read(settings("max31855", "temp_ambient", null)).conversion()).hotCelsius());
    }

    @Test
    void faultFilesOfMax31856AreFaults() throws IOException {
        Path folder = device(
                0,
                "name",
                "max31856",
                "in_temp_raw",
                "1",
                "in_temp_scale",
                "7.8125",
                "fault_oc",
                "1",
                "fault_ovuv",
                "0");
        assertEquals(
                Faulty.of(FaultKind.OPEN_CIRCUIT),
                read(settings("max31856", "temp", null)).conversion());
        Files.writeString(folder.resolve("fault_ovuv"), "1\n");
        assertEquals(
                Set.of(FaultKind.OPEN_CIRCUIT, FaultKind.OVER_UNDER_VOLTAGE),
                ((Faulty) read(settings("max31856", "temp", null)).conversion()).kinds());
        Files.writeString(folder.resolve("fault_ovuv"), "0\n");
        Files.writeString(folder.resolve("fault_oc"), "0\n");
        assertTrue(read(settings("max31856", "temp", null)).conversion() instanceof Junctions);
    }

    @Test
    void typeIsSetWhereItDiffers() throws IOException {
        Path folder = device(
                0, "name", "max31856", "in_temp_raw", "1", "in_temp_scale", "7.8125", "in_temp_thermocouple_type", "K");
        read(settings("max31856", "temp", "K"));
        read(settings("max31856", "temp", "S"));
        assertEquals(
                "S",
                Files.readString(folder.resolve("in_temp_thermocouple_type")).strip());
    }

    @Test
    void stampIsTheMiddleOfTheCallLessHalfTheWindow() throws IOException {
        device(0, "name", "tmp117", "in_temp_raw", "1", "in_temp_scale", "1");
        Iterator<Long> times = List.of(1_000L, 1_300L).iterator();
        try (IioProbe probe = new IioProbe(devices, new IioSettings("tmp117", "temp", null, 0, 500), times::next)) {
            probe.restart();
            assertEquals(1_150 - 250, probe.read().centreNanos());
        }
    }

    @Test
    void deviceThatComesBackUnderAnotherNumberIsFoundAgain() throws IOException {
        Path folder = device(0, "name", "tmp117", "in_temp_raw", "3200", "in_temp_scale", "7.8125");
        try (IioProbe probe = new IioProbe(devices, settings("tmp117", "temp", null))) {
            probe.restart();
            probe.read();
            Files.move(folder, root.resolve("unplugged"));
            assertMessage(
                    folder.resolve("in_temp_raw") + ": there is no such attribute; was the device unplugged?",
                    probe::read);
            assertMessage(
                    root
                            + ": no such IIO device device=tmp117 there=[]; its driver's module must be loaded and the chip described to"
                            + " the kernel",
                    probe::restart);
            Files.move(root.resolve("unplugged"), root.resolve("iio:device7"));
            probe.restart();
            assertEquals(25, ((Junctions) probe.read().conversion()).hotCelsius(), 1e-12);
        }
    }

    @Test
    void mistakesAreNamed() throws IOException {
        Path folder = device(0, "name", "tmp117", "in_temp_raw", "soon", "in_temp_scale", "1");
        device(1, "name", "tmp117", "in_temp_raw", "1");
        assertMessage(
                root
                        + ": more than one IIO device of that name device=tmp117 there=[iio:device0=tmp117, iio:device1=tmp117]",
                () -> read(settings("tmp117", "temp", null)));
        assertMessage(
                folder + ": no such channel channel=temp_object there=[temp]",
                () -> read(settings("iio:device0", "temp_object", null)));
        assertMessage(
                folder.resolve("in_temp_raw") + ": is no number: \"soon\"",
                () -> read(settings(folder.toString(), "temp", null)));
        assertMessage(
                folder.resolve("in_temp_thermocouple_type") + ": there is no such attribute; was the device unplugged?",
                () -> read(settings("iio:device0", "temp", "K")));
        assertThrows(IllegalArgumentException.class, () -> settings("x", "voltage0", null));
    }

    private static void assertMessage(String expected, Executable action) {
        assertEquals(expected, assertThrows(IOException.class, action).getMessage());
    }
}
