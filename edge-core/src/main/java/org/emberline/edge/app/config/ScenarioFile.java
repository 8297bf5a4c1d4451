package org.emberline.edge.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.emberline.edge.twin.SimulationSettings;

/**
 * A scenario of the simulation: the table {@code [simulation]} of a TOML file. A file with a {@code base} says only what differs from
 * that file; tables are merged key by key, lists are replaced.
 */
public final class ScenarioFile {
    private static final String BASE = "base";
    private static final String DESCRIPTION = "description";
    private static final int MOST_BASES = 8;
    private static final Map<String, Double> DEFAULTS = Map.of(
            "frames_per_second",
            0.0,
            "at_celsius",
            Double.NaN,
            "at_seconds",
            Double.NaN,
            "duration_seconds",
            0.0,
            "magnitude",
            Double.NaN,
            "repeat_seconds",
            0.0);

    private ScenarioFile() {}

    /** @throws ConfigException with all complaints, each with its path */
    public static SimulationSettings read(Path file) throws ConfigException {
        List<String> complaints = new ArrayList<>();
        SimulationSettings settings = read(TomlSection.root(merged(file, 0), complaints));
        if (complaints.isEmpty()) {
            complaints.addAll(settings.problems());
        }
        if (!complaints.isEmpty()) {
            throw new ConfigException(file.toString(), complaints);
        }
        return settings;
    }

    static SimulationSettings read(TomlSection root) {
        var _ = root.text(DESCRIPTION, "");
        SimulationSettings settings =
                new RecordReader(DEFAULTS).read(root.section("simulation"), SimulationSettings.class);
        root.finish();
        return settings;
    }

    /**
     * The scenarios of a folder: their descriptions by name, in alphabetical order.
     *
     * @throws ConfigException when one of them is not TOML
     * @throws IOException when the folder cannot be read
     */
    public static Map<String, String> list(Path folder) throws ConfigException, IOException {
        Map<String, String> descriptions = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.toml")) {
            for (Path file : files) {
                String name = file.getFileName().toString().replaceFirst("\\.toml$", "");
                descriptions.put(name, ConfigFile.read(file).path(DESCRIPTION).asText());
            }
        }
        return descriptions;
    }

    private static ObjectNode merged(Path file, int depth) throws ConfigException {
        ObjectNode tree = ConfigFile.read(file);
        JsonNode base = tree.remove(BASE);
        if (base == null) {
            return tree;
        }
        if (!base.isTextual() || depth == MOST_BASES) {
            throw new ConfigException(file.toString(), List.of("base must be the name of a file, is " + base));
        }
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "an absolute file has a folder");
        ObjectNode result = merged(folder.resolve(base.textValue()), depth + 1);
        overlay(result, tree);
        return result;
    }

    private static void overlay(ObjectNode under, ObjectNode over) {
        for (Map.Entry<String, JsonNode> entry : over.properties()) {
            JsonNode below = under.get(entry.getKey());
            if (below instanceof ObjectNode table && entry.getValue() instanceof ObjectNode changes) {
                overlay(table, changes);
            } else {
                under.set(entry.getKey(), entry.getValue());
            }
        }
    }
}
