package org.emberline.edge.app.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.emberline.edge.app.config.ApplianceConfig.SourceKind;

/** TOML files as trees: read, overlaid with options of the command line, and written back as used. */
public final class ConfigFile {
    private static final TomlMapper TOML = new TomlMapper();

    private ConfigFile() {}

    /**
     * Reads a TOML file.
     *
     * @throws ConfigException naming the file, and the line when it is not TOML
     */
    public static ObjectNode read(Path file) throws ConfigException {
        try {
            JsonNode tree = TOML.readTree(Files.readString(file));
            return tree instanceof ObjectNode object ? object : TOML.createObjectNode();
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation(); // null where tables or lists lie too deep in each other
            String line = at == null ? "" : "line " + at.getLineNr() + " ";
            throw new ConfigException(
                    file.toString(),
                    List.of(line + "is not TOML: "
                            + e.getOriginalMessage().lines().findFirst().orElse("")));
        } catch (NoSuchFileException e) {
            throw new ConfigException(file.toString(), List.of("no such file"));
        } catch (CharacterCodingException e) {
            throw new ConfigException(file.toString(), List.of("is not UTF-8 text"));
        } catch (IOException e) {
            throw new ConfigException(file.toString(), List.of("cannot be read (" + e.getMessage() + ")"));
        }
    }

    /** The tree of a text that is TOML. */
    static ObjectNode parse(String toml) {
        try {
            return (ObjectNode) TOML.readTree(toml);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(toml, e);
        }
    }

    /** An empty tree. */
    public static ObjectNode empty() {
        return TOML.createObjectNode();
    }

    /** Sets {@code section.key} in the tree; the section may lie in another, {@code beside.source}. */
    public static void set(ObjectNode tree, String section, String key, Object value) {
        ObjectNode table = tree;
        for (String name : section.split("\\.", -1)) {
            table = table.withObjectProperty(name);
        }
        table.set(key, TOML.valueToTree(value));
    }

    /**
     * A copy with the paths made absolute, so that it means the same from anywhere.
     *
     * @param folder what relative paths in the tree refer to
     */
    public static ObjectNode absolute(ObjectNode tree, Path folder) {
        ObjectNode copy = tree.deepCopy();
        for (String path : ConfigReader.PATH_KEYS) {
            int dot = path.lastIndexOf('.');
            JsonNode section = copy.at("/" + path.substring(0, dot).replace('.', '/'));
            String key = path.substring(dot + 1);
            if (section instanceof ObjectNode object && object.hasNonNull(key)) {
                object.set(key, absolute(object.get(key), folder));
            }
        }
        return copy;
    }

    /** The same as TOML. */
    public static String absoluteToml(ObjectNode tree, Path folder) {
        try {
            return TOML.writeValueAsString(absolute(tree, folder));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a tree that came from TOML goes back to TOML", e);
        }
    }

    private static JsonNode absolute(JsonNode value, Path folder) {
        if (value.isArray()) {
            List<String> paths = new java.util.ArrayList<>();
            value.forEach(v -> paths.add(absolute(v.asText(), folder)));
            return TOML.valueToTree(paths);
        }
        return TOML.valueToTree(absolute(value.asText(), folder));
    }

    private static String absolute(String path, Path folder) {
        return path.isEmpty()
                ? ""
                : folder.resolve(path).toAbsolutePath().normalize().toString();
    }

    /** Whether the tree asks for frames of that kind. */
    public static boolean asksFor(SourceKind kind, ObjectNode tree) {
        return kind.name().equalsIgnoreCase(tree.path("source").path("kind").asText());
    }

    /** Takes whole sections out of the tree. */
    public static void remove(ObjectNode tree, String... sections) {
        for (String section : sections) {
            var _ = tree.remove(section);
        }
    }
}
