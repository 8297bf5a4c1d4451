package org.emberline.edge.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.emberline.edge.RealData;
import org.emberline.edge.twin.SimulationSettings;
import org.emberline.edge.twin.TimedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioFileTest {
    private static final Path SHIPPED = RealData.repositoryRoot().resolve("config/scenarios");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    static Set<String> names() throws Exception {
        return ScenarioFile.list(SHIPPED).keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyShippedScenarioIsSoundDescribedAndUnlikeTheDefault(String name) throws Exception {
        SimulationSettings settings = ScenarioFile.read(SHIPPED.resolve(name + ".toml"));
        Map<String, String> descriptions = ScenarioFile.list(SHIPPED);
        assertFalse(descriptions.getOrDefault(name, "").isBlank());
        SimulationSettings plain = ScenarioFile.read(SHIPPED.resolve("calcination.toml"));
        assertEquals(name.equals("calcination"), settings.equals(plain));
    }

    @Test
    void aScenarioSaysOnlyWhatDiffersFromItsBase() throws Exception {
        SimulationSettings plain = ScenarioFile.read(SHIPPED.resolve("calcination.toml"));
        SimulationSettings slump = ScenarioFile.read(SHIPPED.resolve("slump.toml"));
        assertEquals(plain.chemistry(), slump.chemistry());
        TimedEvent event = slump.event().getFirst();
        assertEquals(TimedEvent.Kind.SLUMP, event.kind());
        assertEquals(720, event.atCelsius());
        assertTrue(Double.isNaN(event.atSeconds()));
        SimulationSettings poor = ScenarioFile.read(SHIPPED.resolve("li-poor.toml"));
        assertEquals(0.95, poor.chemistry().lithiation().lithiumRatio());
        assertEquals(plain.chemistry().growth(), poor.chemistry().growth());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[simulation]#frames = 0                  | simulation.frames=0 must be at least 1",
                "[simulation]#frames = \"many\"           | simulation.frames must be a whole number, is \"many\"",
                "[simulation]#frame = 5                   | simulation.frame is not a key, did you mean simulation.frames?",
                "[simulation.chemistry.growth]#exponent = -3.0 | simulation.chemistry.growth.exponent=-3.0 must be",
                "[simulation.chemistry.growth]#rate_constant = -1e-5 | simulation.chemistry.growth.rate_constant=-1.0E-5 must be",
                "[simulation.chemistry.barium]#film_kinetics = 1 | simulation.chemistry.barium.film_kinetics must be true or false",
                "[simulation.phases]#oxide = \"rust\"     | simulation.phases.oxide must be one of [spinel, rock_salt",
                "[[simulation.programme]]#kelvin_per_minute = 5.0#target_celsius = 1450.0#hold_seconds = 0.0 | target_celsius=1450.0",
                "[[simulation.event]]#kind = \"slump\"    | simulation.event[0].at_celsius=NaN with at_seconds=NaN",
                "[[simulation.event]]#kind = \"slump\"#at_celsius = 1390.0 | is never reached on heating",
                "[[simulation.event]]#kind = \"flood\"#at_seconds = 5.0 | simulation.event[0].kind must be one of",
                "[simulation.grains]#beam_height_micrometres = 0.05 | growth.initial_micrometres=0.08 must not exceed the narrowest side",
                "[simulations]#frames = 5                 | simulations is not a key, did you mean simulation?",
            })
    void anImpossibleValueIsNamedWithItsPath(String lines, String complaint) throws Exception {
        Path base = Files.copy(SHIPPED.resolve("calcination.toml"), folder.resolve("base.toml"));
        Path file = Files.writeString(
                folder.resolve("test.toml"),
                "base = \"" + base.getFileName() + "\"\n" + lines.replace('#', '\n') + "\n");
        ConfigException wrong = assertThrows(ConfigException.class, () -> ScenarioFile.read(file));
        assertTrue(String.valueOf(wrong.getMessage()).contains(complaint), wrong.getMessage());
    }

    @Test
    void aBaseThatIsNotThereOrIsItselfIsRefused() throws Exception {
        Path absent = Files.writeString(folder.resolve("a.toml"), "base = \"none.toml\"\n");
        assertTrue(assertThrows(ConfigException.class, () -> ScenarioFile.read(absent))
                .toString()
                .contains("none.toml: no such file"));
        Path circle = Files.writeString(folder.resolve("b.toml"), "base = \"b.toml\"\n");
        assertTrue(assertThrows(ConfigException.class, () -> ScenarioFile.read(circle))
                .toString()
                .contains("base must be the name of a file"));
    }
}
