package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code sensors} on a thermocouple behind the kernel's files, which a test can write. The frames of the configuration do not exist. */
@Timeout(60)
class SensorsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private String config(String wired) throws IOException {
        Path file = folder.resolve("appliance.toml");
        Files.writeString(file, """
                [source]
                kind = "files"
                files = ["not-taken-yet.npy"]
                cadence_seconds = 0.1
                real_time = true
                [detector]
                role = "imaging"
                dark = "dark.npy"
                flat = "flat.npy"
                [image]
                pixel_nanometres = 100
                """ + wired);
        return file.toString();
    }

    private String channel(String name, String raw) throws IOException {
        Path device = Files.createDirectories(folder.resolve("iio-" + name));
        Files.writeString(device.resolve("name"), "max31856\n");
        Files.writeString(device.resolve("in_temp_raw"), raw + "\n");
        Files.writeString(device.resolve("in_temp_scale"), "7.8125\n");
        return """
                [[thermocouple]]
                name = "%s"
                adapter = "iio"
                device = "%s"
                period_seconds = 0.05
                sigma_celsius = 0.25
                """.formatted(name, device);
    }

    @Test
    void everyChannelIsShownAndCounted() throws Exception {
        String config = config(channel("furnace", String.valueOf(850 * 128)) + channel("sample", "2560"));
        Cli cli = Cli.done("sensors", "--config", config, "--seconds", "1.3");
        assertEquals("opened: furnace, sample\n", cli.err());
        List<String> lines = cli.out().lines().toList();
        String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z  ";
        assertTrue(lines.getFirst().matches(time + "furnace  850\\.00 \\+- 0\\.25 Cel"), cli.out());
        assertTrue(lines.get(1).matches(time + "sample   20\\.00 \\+- 0\\.25 Cel"), cli.out());
        assertTrue(lines.get(lines.size() - 2).matches("furnace: due=\\d+ readings=[12]\\d .*"), cli.out());
        assertTrue(lines.getLast().matches("sample: due=\\d+ readings=[12]\\d faults=\\{\\} .*"), cli.out());
    }

    @Test
    void machinesReadALineAReading() throws Exception {
        Cli cli = Cli.done("sensors", "--config", config(channel("furnace", "128")), "--seconds", "0.5", "--json");
        List<String> lines = cli.out().lines().toList();
        assertEquals(2, lines.size(), cli.out());
        JsonNode reading = new ObjectMapper().readTree(lines.getFirst());
        assertEquals("furnace", reading.get("channel").asText());
        assertEquals(1.0, reading.get("celsius").asDouble());
        JsonNode total = new ObjectMapper().readTree(lines.getLast());
        assertEquals("furnace", total.get("total").asText());
        assertTrue(total.get("readings").asLong() >= 5, cli.out());
    }

    @Test
    void aFaultIsShownAndIsNoFailureOfTheCommand() throws Exception {
        String config = config(channel("furnace", "2560"));
        Files.writeString(folder.resolve("iio-furnace").resolve("fault_oc"), "1\n");
        Cli cli = Cli.done("sensors", "--config", config, "--seconds", "0.9");
        assertTrue(cli.out().contains("  furnace  FAULT OPEN_CIRCUIT\n"), cli.out());
        assertTrue(cli.out().contains("furnace: due=") && cli.out().contains("faults={OPEN_CIRCUIT="), cli.out());
    }

    @Test
    void aGrowingLogIsShownToo() throws Exception {
        long now = System.currentTimeMillis() / 1000;
        Files.writeString(folder.resolve("furnace.csv"), "time,TC1\n" + (now - 2) + ",700\n" + (now - 1) + ",701.25\n");
        Cli cli = Cli.done("sensors", "--config", config("""
                [temperature_log]
                file = "furnace.csv"
                time_column = "time"
                columns = ["TC1"]
                from_begin = true
                """), "--seconds", "0.5");
        List<String> lines = cli.out().lines().toList();
        assertEquals(2, lines.size(), cli.out());
        assertTrue(lines.getFirst().endsWith("Z  furnace  701.3 +- 0.5 Cel"), cli.out());
        assertTrue(lines.getLast().startsWith("log: lines=3 readings=2 missing=0 "), cli.out());
    }

    @Test
    void everyDeviceThatIsMissingIsNamed() throws Exception {
        String config = config("""
                [[thermocouple]]
                name = "furnace"
                adapter = "iio"
                device = "no-such-sensor"
                [trigger]
                chip = "/dev/gpiochip97"
                line = "17"
                """);
        Cli cli = Cli.run("sensors", "--config", config, "--seconds", "1");
        assertEquals(ExitCode.NO_DEVICE, cli.code(), cli.err());
        assertEquals("", cli.out());
        assertTrue(cli.err().contains("thermocouple furnace: ") && cli.err().contains("no-such-sensor"), cli.err());
        assertTrue(cli.err().contains("trigger: ") && cli.err().contains("gpiochip97"), cli.err());
    }

    @Test
    void whatMakesNoSenseIsRefused() throws Exception {
        Cli nothing = Cli.run("sensors", "--config", config(""));
        assertEquals(ExitCode.USAGE, nothing.code());
        assertTrue(nothing.err().contains("no [[thermocouple]], [temperature_log] or [trigger]"), nothing.err());
        Cli never = Cli.run("sensors", "--config", config(channel("furnace", "128")), "--seconds", "0");
        assertEquals(ExitCode.USAGE, never.code());
        assertTrue(never.err().contains("--seconds must be more than 0 and at most 1e7, is 0.0"), never.err());
        Cli typo = Cli.run("sensors", "--config", config("[thermocuple]\nname = \"x\"\n"));
        assertEquals(ExitCode.CONFIGURATION, typo.code());
        Cli absent = Cli.run("sensors", "--config", folder.resolve("no.toml").toString());
        assertEquals(ExitCode.CONFIGURATION, absent.code(), absent.err());
    }

    @Test
    void anInterlockThatDropsBetweenTwoReadingsIsRefused() throws Exception {
        String config = config(channel("furnace", "128") + """
                [interlock]
                chip = "pinctrl-rp1"
                line = "22"
                temperature_lost_seconds = 0.3
                """);
        Cli cli = Cli.run("check-config", config);
        assertEquals(ExitCode.CONFIGURATION, cli.code());
        assertTrue(cli.err().contains("interlock.temperature_lost_seconds must be at least two periods"), cli.err());
        assertTrue(cli.err().contains("together 0.35, is 0.3\n"), cli.err());
    }
}
