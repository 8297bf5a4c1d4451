package org.emberline.edge.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One table of a TOML file, read key by key. Nothing is thrown on the way: every complaint goes to a common list with the key's full
 * path, a harmless value is answered in its place, and {@link #finish} complains about the keys that nobody asked for.
 */
final class TomlSection {
    private final String path;
    private final JsonNode node;
    private final List<String> complaints;
    private final Set<String> known = new HashSet<>();
    private final Set<String> asked;

    private TomlSection(String path, JsonNode node, List<String> complaints, Set<String> asked) {
        this.path = path;
        this.node = node;
        this.complaints = complaints;
        this.asked = asked;
    }

    static TomlSection root(JsonNode root, List<String> complaints) {
        return new TomlSection("", root, complaints, new TreeSet<>());
    }

    /** The full paths of all values asked for so far, in this table and below the root of it; the index in a list is left out. */
    Set<String> asked() {
        return Collections.unmodifiableSet(asked);
    }

    /** The sub-table, empty when absent. */
    TomlSection section(String key) {
        JsonNode child = take(key);
        if (child != null && !child.isObject()) {
            complain(key, "must be a table, is " + child);
            child = null;
        }
        asked.remove(pathOf(key));
        return new TomlSection(
                pathOf(key), child == null ? JsonNodeFactory.instance.objectNode() : child, complaints, asked);
    }

    boolean has(String key) {
        return node.has(key);
    }

    String text(String key, String fallback) {
        JsonNode value = take(key);
        if (value == null) {
            return fallback;
        }
        if (!value.isTextual()) {
            complain(key, "must be text, is " + value);
            return fallback;
        }
        return value.textValue();
    }

    /** A path relative to {@code folder}; the empty text means none. */
    @Nullable
    Path file(String key, Path folder) {
        String text = text(key, "");
        try {
            return text.isEmpty() ? null : folder.resolve(text).normalize();
        } catch (InvalidPathException e) {
            complain(key, "is not a path: " + e.getReason());
            return null;
        }
    }

    /** Any number of files, none when absent. */
    List<Path> files(String key, Path folder) {
        List<Path> files = new ArrayList<>();
        for (String name : texts(key, List.of())) {
            try {
                files.add(folder.resolve(name).normalize());
            } catch (InvalidPathException e) {
                complain(key, "holds \"" + name + "\", which is no path: " + e.getReason());
            }
        }
        return List.copyOf(files);
    }

    boolean flag(String key, boolean fallback) {
        JsonNode value = take(key);
        if (value == null) {
            return fallback;
        }
        if (!value.isBoolean()) {
            complain(key, "must be true or false, is " + value);
            return fallback;
        }
        return value.booleanValue();
    }

    long integer(String key, long fallback, long least, long most) {
        JsonNode value = take(key);
        if (value == null) {
            return fallback;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            complain(key, "must be a whole number, is " + value);
            return fallback;
        }
        long number = value.longValue();
        if (number < least || number > most) {
            complain(key, "must lie in " + least + ".." + most + ", is " + number);
            return fallback;
        }
        return number;
    }

    double number(String key, double fallback, double least, double most) {
        JsonNode value = take(key);
        if (value == null) {
            return fallback;
        }
        return inRange(key, value, fallback, least, most);
    }

    /** A number without which nothing goes. */
    double requiredNumber(String key, double least, double most) {
        if (!has(key)) {
            complain(key, "is missing");
        }
        return number(key, least, least, most);
    }

    /** A whole number without which nothing goes. */
    long requiredInteger(String key) {
        if (!has(key)) {
            complain(key, "is missing");
        }
        return integer(key, 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** Exactly {@code size} numbers without which nothing goes; zeros where they are wrong. */
    double[] requiredNumbers(String key, int size, double least, double most) {
        if (!has(key)) {
            complain(key, "is missing");
        }
        double[] numbers = numbers(key, size, least, most);
        return numbers == null ? new double[size] : numbers;
    }

    /** A switch without which nothing goes. */
    boolean requiredFlag(String key) {
        if (!has(key)) {
            complain(key, "is missing");
        }
        return flag(key, false);
    }

    /** A choice without which nothing goes. */
    <E extends Enum<E>> E requiredChoice(String key, Class<E> type) {
        if (!has(key)) {
            complain(key, "is missing");
        }
        return choice(key, type.getEnumConstants()[0], type);
    }

    /** Any number of numbers without which nothing goes; none where they are wrong. */
    List<Double> requiredNumbers(String key) {
        JsonNode value = take(key);
        if (value == null || !value.isArray()) {
            complain(key, value == null ? "is missing" : "must be a list of numbers, is " + value);
            return List.of();
        }
        List<Double> result = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            result.add(inRange(key + "[" + i + "]", value.get(i), 0, -1e300, 1e300));
        }
        return result;
    }

    String requiredText(String key) {
        if (!has(key)) {
            complain(key, "is missing");
        }
        return text(key, "");
    }

    /** One of an enum's constants, written in lower case; words may be joined by hyphens, too. */
    <E extends Enum<E>> E choice(String key, E fallback, Class<E> type) {
        String text = text(key, fallback.name().toLowerCase(Locale.ROOT));
        for (E candidate : type.getEnumConstants()) {
            if (candidate.name().toLowerCase(Locale.ROOT).equals(text.replace('-', '_'))) {
                return candidate;
            }
        }
        List<String> names = List.of(type.getEnumConstants()).stream()
                .map(c -> c.name().toLowerCase(Locale.ROOT))
                .toList();
        complain(key, "must be one of " + names + ", is \"" + text + "\"");
        return fallback;
    }

    List<String> texts(String key, List<String> fallback) {
        return list(key, fallback, JsonNode::isTextual, "text").stream()
                .map(Object::toString)
                .toList();
    }

    /** A list of exactly {@code size} numbers, or the fallback when absent. */
    double @Nullable [] numbers(String key, int size, double least, double most) {
        JsonNode value = take(key);
        if (value == null) {
            return null;
        }
        if (!value.isArray() || value.size() != size) {
            complain(key, "must be a list of " + size + " numbers, is " + value);
            return null;
        }
        double[] result = new double[size];
        for (int i = 0; i < size; i++) {
            result[i] = inRange(key + "[" + i + "]", value.get(i), least, least, most);
        }
        return result;
    }

    /** Any number of numbers, none when absent. */
    List<Double> numbers(String key, double least, double most) {
        JsonNode value = take(key);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            complain(key, "must be a list of numbers, is " + value);
            return List.of();
        }
        List<Double> result = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            result.add(inRange(key + "[" + i + "]", value.get(i), least, least, most));
        }
        return result;
    }

    /** The sub-tables of a list of tables. */
    List<TomlSection> sections(String key) {
        JsonNode value = take(key);
        List<TomlSection> result = new ArrayList<>();
        if (value != null && !value.isArray()) {
            complain(key, "must be a list of tables, is " + value);
        } else if (value != null) {
            for (int i = 0; i < value.size(); i++) {
                result.add(new TomlSection(pathOf(key) + "[" + i + "]", value.get(i), complaints, asked));
            }
        }
        asked.remove(pathOf(key));
        return result;
    }

    /** The raw value, for what has no plain type; null when absent. */
    @Nullable
    JsonNode take(String key) {
        known.add(key);
        asked.add(pathOf(key).replaceAll("\\[\\d+\\]", ""));
        return node.get(key);
    }

    /** A key or table that may stand here, whether or not it was read. */
    void know(String key) {
        known.add(key);
    }

    void complain(String key, String what) {
        complaints.add(pathOf(key) + " " + what);
    }

    /** Complains about every key that was never asked for, with the nearest known one. */
    void finish() {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                String nearest = known.stream()
                        .filter(k -> EditDistance.between(k, name) <= 2)
                        .min(Comparator.comparingInt((String k) -> EditDistance.between(k, name))
                                .thenComparing(Comparator.naturalOrder()))
                        .map(k -> ", did you mean " + pathOf(k) + "?")
                        .orElse(", known here: " + known.stream().sorted().toList());
                complain(name, "is not a key" + nearest);
            }
        });
    }

    private List<?> list(String key, List<?> fallback, Predicate<JsonNode> fits, String what) {
        JsonNode value = take(key);
        if (value == null) {
            return fallback;
        }
        List<String> result = new ArrayList<>();
        boolean sound = value.isArray();
        for (JsonNode element : value) {
            sound &= fits.test(element);
            result.add(element.asText());
        }
        if (!sound) {
            complain(key, "must be a list of " + what + ", is " + value);
            return fallback;
        }
        return result;
    }

    private double inRange(String key, JsonNode value, double fallback, double least, double most) {
        if (!value.isNumber()) {
            complain(key, "must be a number, is " + value);
            return fallback;
        }
        double number = value.doubleValue();
        if (!(number >= least && number <= most)) {
            complain(key, "must lie in " + least + ".." + most + ", is " + value);
            return fallback;
        }
        return number;
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
