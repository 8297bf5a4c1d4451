package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose temperature is measured by the appliance: a thermocouple behind the kernel's files, which a test can write. */
@Timeout(120)
class WiredRunTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private String config(String wired) throws IOException {
        Npy.u16(folder.resolve("frames.npy"), 30, 16, 16, _ -> 600);
        Npy.u16(folder.resolve("dark.npy"), 1, 16, 16, _ -> 100);
        Npy.u16(folder.resolve("flat.npy"), 1, 16, 16, _ -> 1100);
        Path file = folder.resolve("appliance.toml");
        Files.writeString(file, """
                [run]
                folder = "runs"
                [source]
                kind = "files"
                files = ["frames.npy"]
                cadence_seconds = 0.1
                real_time = true
                [detector]
                role = "imaging"
                dark = "dark.npy"
                flat = "flat.npy"
                [image]
                backend = "cpu"
                flat_scaling = "none"
                pixel_nanometres = 100
                [metrics]
                enabled = []
                [coap]
                enabled = false
                """ + wired);
        return file.toString();
    }

    private Path sensor(String raw) throws IOException {
        Path device = Files.createDirectories(folder.resolve("iio:device0"));
        Files.writeString(device.resolve("name"), "max31856\n");
        Files.writeString(device.resolve("in_temp_raw"), raw + "\n");
        Files.writeString(device.resolve("in_temp_scale"), "7.8125\n");
        return device;
    }

    @Test
    void theTemperatureOfAFrameIsWhatTheWireSays() throws Exception {
        Path device = sensor(String.valueOf(850 * 128));
        Cli cli = Cli.done("run", "--config", config("""
                [[thermocouple]]
                name = "furnace"
                adapter = "iio"
                device = "%s"
                period_seconds = 0.05
                sigma_celsius = 0.25
                """.formatted(device)));
        assertTrue(cli.out().contains("frames 30"), cli.out());
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + run().resolve("run.sqlite"));
                Statement statement = c.createStatement()) {
            // The first exposures begin before the first reading, and say so.
            assertEquals("1", one(statement, "SELECT count(*) >= 25 FROM frame WHERE celsius = 850.0 AND sigma > 0.0"));
            assertEquals("0", one(statement, "SELECT count(*) FROM frame WHERE celsius IS NULL AND id >= 5"));
            assertEquals("0", one(statement, "SELECT count(*) FROM frame WHERE celsius != 850.0"));
            assertEquals("1", one(statement, "SELECT count(*) >= 30 FROM temperature WHERE fault IS NULL"));
            assertTrue(one(statement, "SELECT text FROM event WHERE kind = 'CLOCK'")
                    .contains("utc - monotonic = "));
            assertTrue(one(statement, "SELECT text FROM event WHERE kind = 'THERMOCOUPLE'")
                    .startsWith("furnace: due="));
        }
    }

    @Test
    void aLogOfAnotherProgramIsFollowed() throws Exception {
        Path log = folder.resolve("furnace.csv");
        StringBuilder lines = new StringBuilder("time,TC1,TC2\n");
        double now = System.currentTimeMillis() / 1000.0;
        for (int i = -100; i < 300; i++) {
            lines.append(now + i / 10.0)
                    .append(",725.5,")
                    .append(i % 5 == 0 ? "-1" : "701")
                    .append('\n');
        }
        Files.writeString(log, lines);
        Cli cli = Cli.done("run", "--config", config("""
                [temperature_log]
                file = "furnace.csv"
                time_column = "time"
                columns = ["TC1", "TC2"]
                names = ["sample", "wall"]
                from_begin = true
                poll_seconds = 0.1
                """));
        assertTrue(cli.out().contains("frames 30"), cli.out());
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + run().resolve("run.sqlite"));
                Statement statement = c.createStatement()) {
            assertEquals("1", one(statement, "SELECT count(*) >= 25 FROM frame WHERE celsius = 725.5"));
            assertEquals(
                    "80|320",
                    one(
                            statement,
                            "SELECT (count(*) - count(celsius)) || '|' || count(celsius) FROM temperature WHERE channel = 1"));
            assertEquals(
                    "NO_RESPONSE", one(statement, "SELECT DISTINCT fault FROM temperature WHERE fault IS NOT NULL"));
        }
    }

    private Path run() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            return runs.findFirst().orElseThrow();
        }
    }

    @Test
    void everyDeviceThatIsMissingIsNamedBeforeAnythingStarts() throws Exception {
        Cli cli = Cli.run("run", "--config", config("""
                [[thermocouple]]
                name = "furnace"
                adapter = "max31856"
                device = "/dev/spidev6.9"
                [[thermocouple]]
                name = "sample"
                adapter = "mcp9600"
                device = "/dev/i2c-97"
                [trigger]
                chip = "no-such-chip"
                line = "17"
                [interlock]
                chip = "/dev/gpiochip97"
                line = "22"
                """));
        assertEquals(ExitCode.NO_DEVICE, cli.code(), cli.err());
        for (String named : new String[] {
            "thermocouple furnace: ",
            "/dev/spidev6.9",
            "thermocouple sample: ",
            "/dev/i2c-97",
            "trigger: ",
            "no-such-chip",
            "interlock: ",
            "gpiochip97"
        }) {
            assertTrue(cli.err().contains(named), named + " in " + cli.err());
        }
        assertTrue(Files.notExists(folder.resolve("runs")), "a refused run leaves nothing behind");
    }

    @Test
    void aConfigurationIsCheckedWithoutItsDevices() throws Exception {
        Cli.done("check-config", config("[trigger]\nchip = \"pinctrl-rp1\"\nline = \"GPIO17\"\n"));
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.getString(1);
        }
    }
}
