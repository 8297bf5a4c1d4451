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
import org.emberline.edge.app.config.ApplianceConfig.ImageSection;
import org.emberline.edge.app.config.ApplianceConfig.ReduceSection;
import org.emberline.edge.frame.DetectorRole;
import org.emberline.edge.metrics.imaging.ImageMetrics;
import org.emberline.gpu.Backend;
import org.emberline.gpu.imaging.FlatScaling;
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
        assertEquals("127.0.0.1", config.coap().settings().bindAddress());
        assertEquals(5683, config.coap().settings().port());
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

    private static final String IMAGING =
            SIMULATED + "[detector]\nrole = \"imaging\"\n[image]\npixel_nanometres = 50\n";

    private static final String BESIDE = SIMULATED + "[beside.image]\npixel_nanometres = 50\n";

    @Test
    void anImagingDetectorHasItsOwnSections() throws Exception {
        ApplianceConfig config = read(IMAGING
                + "energies_kev = [5.24, 8.3]\nflat_scaling = \"region\"\nempty_region = [1, 2, 3, 4]\n"
                + "[[image.absorption]]\nkev = 8.3\noxide_per_micrometre = 0.04\nbarium_cm2_per_gram = 300\n");
        ImageSection image = (ImageSection) config.first().reduction();
        assertEquals(List.of(5.24, 8.3), image.energiesKev());
        assertEquals(new FlatScaling.Region(1, 2, 3, 4), image.scaling());
        assertEquals(
                new ImageMetrics.Settings(
                        50, List.of(new ImageMetrics.Absorption(8.3, 0.04, 300)), 4.74, 32, Duration.ofMinutes(10), 5),
                image.settings());
        assertEquals("microscope", config.first().detector().name());
        assertEquals(List.of(), config.first().metrics().enabled());
    }

    @Test
    void theOneBesideIsOfTheOtherRoleAndSharesTheSimulation() throws Exception {
        ApplianceConfig config = read(BESIDE + "[beside.source]\nframes = 7\n");
        DetectorConfig beside = config.detectors().getLast();
        assertEquals(DetectorRole.IMAGING, beside.role());
        assertEquals(7, beside.source().frames());
        assertEquals(folder.resolve("s.toml"), beside.source().scenario());
        assertEquals(
                DetectorRole.DIFFRACTION,
                read(IMAGING + "[beside]\n").detectors().getLast().role());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[reduce]#bins = 5                           | reduce is not a key",
                "[metrics]#phase = \"p\"                     | metrics.phase is not a key",
                "[metrics]#enabled = [\"total_counts\"]      | metrics.enabled holds \"total_counts\", known are",
                "[image]#downsample = 65                     | image.downsample must lie in 1..64, is 65",
                "[image]#rim_with = 2                        | image.rim_with is not a key, did you mean image.rim_width?",
                "[image]#empty_region = [0, 0, 2, 2]         | image.empty_region is not a key",
                "[image]#flat_scaling = \"region\"           | image.empty_region is missing",
                "[image]#flat_scaling = \"region\"#empty_region = [0, 0, 0, 2] | image.empty_region is empty",
                "[image]#flat_scaling = \"region\"#empty_region = [0, 0, 1.5, 2] | image.empty_region must be whole numbers",
                "[image]#energies_kev = 5                    | image.energies_kev must be a list of numbers, is 5",
                "[image]#energies_kev = [5, -1]              | image.energies_kev[1] must lie in 0.1..1000.0, is -1",
                "[image]#flat_time_seconds = 3               | image.flat_time_seconds is not a key",
                "[[image.absorption]]#kev = 5                | image.absorption[0].oxide_per_micrometre is missing",
                "[[image.absorption]]#kev = 5#[[image.absorption]]#kev = 5 | image.absorption[1].kev stands twice, is 5.0",
                "[detector]#poni = \"p\"                     | detector.poni is not a key",
                "[detector]#flip_rows = true                 | detector.flip_rows is not a key",
                "[detector]#flat_after = \"f\"               | detector.flat_after needs detector.flat",
                "[detector]#role = \"both\"                  | detector.role must be one of [diffraction, imaging], is \"both\"",
            })
    void keysOfTheOtherRoleAndWrongOnesAreRefused(String lines, String complaint) {
        String own = lines.replace('#', '\n');
        String role = own.contains("role =") ? "" : "role = \"imaging\"\n";
        String detector =
                own.startsWith("[detector]") ? own.replace("[detector]", "[detector]\n" + role) : "[detector]\n" + role;
        String image = own.startsWith("[image]") ? own : "[image]";
        String rest = own.startsWith("[detector]") || own.startsWith("[image]") ? "" : own;
        ConfigException wrong = assertThrows(
                ConfigException.class,
                () -> read(SIMULATED + detector + "\n" + image + "\npixel_nanometres = 50\n" + rest));
        assertTrue(String.valueOf(wrong.getMessage()).contains("test.toml: " + complaint), wrong.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[beside.source]#kind = \"files\"         | beside.source.kind must be that of source.kind, is \"files\"",
                "[beside.source]#scenario = \"t.toml\"    | beside.source.scenario is not a key",
                "[beside.source]#seed = 3                 | beside.source.seed is not a key",
                "[beside.source]#temperature = \"t.csv\"  | beside.source.temperature is not a key",
                "[beside.detector]#name = \"panel\"       | beside.detector.name must not be that of detector.name, is \"panel\"",
                "[beside.detector]#role = \"diffraction\" | beside.detector.role must not be that of detector.role, is \"diffraction\"",
                "[beside.coap]#port = 3                   | beside.coap is not a key",
            })
    void theOneBesideMustFitTheFirst(String lines, String complaint) {
        ConfigException wrong = assertThrows(ConfigException.class, () -> read(BESIDE + lines.replace('#', '\n')));
        assertTrue(String.valueOf(wrong.getMessage()).contains("test.toml: " + complaint), wrong.getMessage());
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
                        + "[detector]\nmask = \"m.tif\"\n[reduce]\nrange = [0.5, 5]\n"
                        + "[beside.detector]\ndark = \"d.tif\"\n[beside.image]\npixel_nanometres = 50\n");
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
