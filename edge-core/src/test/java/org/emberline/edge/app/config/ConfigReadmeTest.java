package org.emberline.edge.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        List.of("phases/lithium_carbonate.toml", "phases/barium_carbonate.toml").forEach(file -> {
            TomlSection other = shippedOrFail(file);
            var _ = PhaseFile.read(other);
            known.addAll(other.asked());
        });
        TomlSection triclinic =
                TomlSection.root(JsonNodeFactory.instance.objectNode().put("system", "triclinic"), new ArrayList<>());
        var _ = PhaseFile.read(triclinic);
        known.addAll(triclinic.asked());
        assertEquals(String.join("\n", known), String.join("\n", described));
    }

    private static TomlSection shippedOrFail(String file) {
        try {
            return shipped(file);
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TomlSection shipped(String file) throws ConfigException {
        return TomlSection.root(ConfigFile.read(CONFIG.resolve(file)), new ArrayList<>());
    }
}
