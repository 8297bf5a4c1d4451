package org.emberline.edge.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emberline.edge.RealData;
import org.junit.jupiter.api.Test;

/** {@code config/README.md} has a line for every key that is read, and for no other. */
class ConfigReadmeTest {
    private static final Path CONFIG = RealData.repositoryRoot().resolve("config");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z0-9_.]+)` \\| .*\\|.*\\|.*\\|$", Pattern.MULTILINE);

    @Test
    void everyKeyIsDescribedAndNoOther() throws Exception {
        Set<String> described = new TreeSet<>();
        Matcher rows = ROW.matcher(Files.readString(CONFIG.resolve("README.md")));
        while (rows.find()) {
            described.add(rows.group(1));
        }
        Set<String> known = new TreeSet<>(ConfigReader.keys());
        TomlSection scenario = shipped("scenarios/calcination.toml");
        var _ = ScenarioFile.read(scenario);
        known.addAll(scenario.asked());
        TomlSection events = shipped("scenarios/beam-dump.toml");
        var _ = ScenarioFile.read(events);
        known.addAll(events.asked());
        TomlSection phase = shipped("phases/nmc532.toml");
        var _ = PhaseFile.read(phase);
        known.addAll(phase.asked());
        assertEquals(String.join("\n", known), String.join("\n", described));
    }

    private static TomlSection shipped(String file) throws ConfigException {
        return TomlSection.root(ConfigFile.read(CONFIG.resolve(file)), new ArrayList<>());
    }
}
