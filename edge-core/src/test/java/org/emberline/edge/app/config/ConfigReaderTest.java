package org.emberline.edge.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.emberline.edge.RealData;
import org.emberline.edge.app.config.ApplianceConfig.DetectorConfig;
import org.emberline.edge.app.config.ApplianceConfig.ReduceSection;
import org.emberline.edge.frame.DetectorRole;
import org.emberline.gpu.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    private static final String SIMULATED = "[source]\nscenario = \"s.toml\"\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void defaultsHoldWhereAFileIsSilent() throws Exception {
        ApplianceConfig config = read(SIMULATED);
        assertEquals(1, config.detectors().size());
        ReduceSection reduce = (ReduceSection) config.first().reduction();
        assertEquals(1000, reduce.bins());
        assertEquals(Backend.AUTO, reduce.backend());
        assertEquals("127.0.0.1", config.coap().bind());
        assertEquals(5683, config.coap().port());
        assertEquals(Duration.ofMillis(250), config.run().snapshotPeriod());
        assertEquals(folder.resolve("s.toml"), config.first().source().scenario());
    }

    @Test
    void theShippedConfigurationIsSound() throws Exception {
        Path home = RealData.repositoryRoot().resolve("config");
        Path shipped = home.resolve("appliance.toml");
        ApplianceConfig config = ConfigReader.read(ConfigFile.read(shipped), "appliance.toml", home);
        assertEquals(
                ApplianceConfig.SourceKind.SIMULATED, config.first().source().kind());
        assertEquals(
                List.of(DetectorRole.DIFFRACTION, DetectorRole.IMAGING),
                config.detectors().stream().map(DetectorConfig::role).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[reduce]#bins = 0              | reduce.bins must lie in 1..65536, is 0",
                "[reduce]#bins = 2.5            | reduce.bins must be a whole number, is 2.5",
                "[reduce]#bin = 100             | reduce.bin is not a key, did you mean reduce.bins?",
                "[reduce]#unit = \"q\"          | reduce.unit is not a radial unit: \"q\"",
                "[reduce]#range = [2, 1]        | reduce.range is empty or inverted: 2.0, 1.0",
                "[reduce]#range = [2]           | reduce.range must be a list of 2 numbers, is [2]",
                "[reduce]#backend = \"cuda\"    | reduce.backend must be one of [auto, opencl, cpu], is \"cuda\"",
                "[reduce]#polarization = 1.5    | reduce.polarization must lie in -1.0..1.0, is 1.5",
                "[reduce]#solid_angle = 1       | reduce.solid_angle must be true or false, is 1",
                "[run]#slots = 12               | run.slots must be a power of two, is 12",
                "[coap]#port = 70000            | coap.port must lie in 0..65535, is 70000",
                "[coap]#bind = 5                | coap.bind must be text, is 5",
                "[detector]#name = \"A b\"      | detector.name must be lower-case letters, digits and hyphens, is \"A b\"",
                "[detctor]#name = \"a\"         | detctor is not a key, did you mean detector?",
                "run = 5                        | run must be a table, is 5",
                "[metrics]#enabled = \"x\"      | metrics.enabled must be a list of text, is \"x\"",
                "[metrics]#enabled = [1]        | metrics.enabled must be a list of text, is [1]",
                "[run]#folder = \"a\\u0000b\"   | run.folder is not a path: Nul character not allowed",
            })
    void aComplaintNamesThePathAndTheValue(String lines, String complaint) {
        String toml = lines.replace('#', '\n') + "\n" + SIMULATED;
        ConfigException wrong = assertThrows(ConfigException.class, () -> read(toml));
        assertEquals("test.toml: " + complaint, wrong.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[source]#kind = \"files\"                        | source.files is missing or empty",
                "[source]#kind = \"files\"                        | detector.poni is missing",
                "[source]#kind = \"simulated\"                    | source.scenario is missing",
                "[source]#cadence_seconds = 1#exposure_seconds = 2 | source.exposure_seconds must not exceed cadence_seconds=1.0",
            })
    void whatBelongsTogetherIsCheckedTogether(String lines, String complaint) {
        ConfigException wrong = assertThrows(ConfigException.class, () -> read(lines.replace('#', '\n')));
        assertTrue(String.valueOf(wrong.getMessage()).contains(complaint), wrong.getMessage());
    }

    @Test
    void allComplaintsComeAtOnce() {
        ConfigException wrong = assertThrows(
                ConfigException.class, () -> read(SIMULATED + "[reduce]\nbins = 0\nunit = \"x\"\n[coap]\nport = -1\n"));
        assertEquals(3, String.valueOf(wrong.getMessage()).lines().count());
    }

    @Test
    void whatIsNotTomlIsNamedWithItsLine() throws Exception {
        Path file = Files.writeString(folder.resolve("broken.toml"), "[run]\nfolder = \n");
        ConfigException wrong = assertThrows(ConfigException.class, () -> ConfigFile.read(file));
        assertTrue(String.valueOf(wrong.getMessage()).startsWith(file + ": line 2 is not TOML"), wrong.getMessage());
        ConfigException absent =
                assertThrows(ConfigException.class, () -> ConfigFile.read(folder.resolve("none.toml")));
        assertTrue(String.valueOf(absent.getMessage()).endsWith("none.toml: no such file"), absent.getMessage());
    }

    @Test
    void theConfigurationAsUsedReadsBackTheSame() throws Exception {
        Path file = Files.writeString(
                folder.resolve("a.toml"),
                "[run]\nfolder = \"runs\"\n" + SIMULATED
                        + "[detector]\nmask = \"m.tif\"\n[reduce]\nrange = [0.5, 5]\n");
        String toml = ConfigFile.absoluteToml(ConfigFile.read(file), folder);
        Path copy = Files.writeString(
                Files.createDirectory(folder.resolve("elsewhere")).resolve("b.toml"), toml);
        assertEquals(
                ConfigReader.read(ConfigFile.read(file), "a", folder),
                ConfigReader.read(ConfigFile.read(copy), "b", folder.resolve("elsewhere")));
    }

    private ApplianceConfig read(String toml) throws Exception {
        Path file = Files.writeString(folder.resolve("test.toml"), toml);
        return ConfigReader.read(ConfigFile.read(file), "test.toml", folder);
    }
}
