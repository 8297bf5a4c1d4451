package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.emberline.edge.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "run",
                "replay",
                "integrate",
                "flatfield",
                "acquire",
                "thermocouple",
                "devices",
                "sensors",
                "check-config",
                "poll",
                "watch",
                "tell",
                "keys",
                "bench"
            })
    void everyVerbExplainsItsOptionsAndExitCodes(String verb) {
        Cli help = Cli.done(verb, "--help");
        assertEquals("", help.err());
        assertTrue(help.out().contains("Exit codes:"), help.out());
        CommandLine line = Objects.requireNonNull(
                new CommandLine(new Emberline()).getSubcommands().get(verb));
        for (OptionSpec option : line.getCommandSpec().options()) {
            String text = String.join(" ", option.description());
            boolean sayable = option.arity().max() == 0
                    || option.required()
                    || text.contains("default: ")
                    || text.contains("(needed");
            assertTrue(sayable, option.longestName() + " says its default: " + text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "replay",
                "integrate",
                "flatfield",
                "acquire",
                "thermocouple",
                "sensors",
                "poll",
                "run",
                "watch"
            })
    void theVerbsOfEveryDayShowExamples(String verb) {
        assertTrue(Cli.done(verb, "--help").out().contains("Examples:\n  emberline " + verb));
    }

    @Test
    void choicesAreShownInLowerCase() {
        String help = Cli.done("integrate", "--help").out().replaceAll("\\s+", " ");
        assertTrue(help.contains("(default: no)"), help);
        assertTrue(help.contains("(default: poisson)"), help);
        assertTrue(help.contains("(default: auto)"), help);
    }

    @Test
    void versionIsOneLine() {
        assertEquals(
                "emberline " + Emberline.VERSION + "\n", Cli.done("--version").out());
    }

    @Test
    void devicesCanBeReadByMachines() throws Exception {
        JsonNode json =
                new ObjectMapper().readTree(Cli.done("devices", "--json").out());
        assertTrue(json.get("devices").isArray(), json.toString());
        String text = Cli.done("devices").out();
        assertTrue(json.get("timings").get(0).get("mpix_per_s").asDouble() > 0, json.toString());
        // Which is faster may change from one measurement to the next.
        assertTrue(json.get("auto").asText().matches("cpu|opencl, .+"), json.toString());
        assertTrue(text.matches("(?s).*\nauto: (cpu|opencl, [^\n]+)\n\n(no )?SPI devices.*\nclock: [^\n]+\n"), text);
        for (String kind : List.of("spi", "i2c", "iio", "gpiochips")) {
            assertTrue(json.get(kind).isArray(), kind);
        }
        assertTrue(json.get("clock").has("synchronised") || json.get("clock").has("problem"), json.toString());
        assertTrue(text.contains(" Mpixel/s, "), text);
        assertTrue(text.contains("\ncpu (") || text.startsWith("cpu ("), text);
    }

    @Test
    void theShippedConfigurationIsSound() {
        Path shipped = RealData.repositoryRoot().resolve("config/appliance.toml");
        assertEquals(
                shipped + ": ok\n", Cli.done("check-config", shipped.toString()).out());
    }
}
