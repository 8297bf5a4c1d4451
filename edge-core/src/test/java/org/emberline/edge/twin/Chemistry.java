package org.emberline.edge.twin;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The default chemistry with single keys changed by a test, under the names that they have in a file. */
final class Chemistry {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final ObjectNode tree;

    private Chemistry(ChemistrySettings settings) {
        tree = MAPPER.valueToTree(settings);
    }

    static Chemistry of(ChemistrySettings settings) {
        return new Chemistry(settings);
    }

    static Chemistry standard() {
        return new Chemistry(ChemistrySettings.DEFAULTS);
    }

    /** Sets a key such as {@code growth.exponent}. */
    Chemistry with(String key, double value) {
        table(key).put(last(key), value);
        return this;
    }

    Chemistry with(String key, boolean value) {
        table(key).put(last(key), value);
        return this;
    }

    private ObjectNode table(String key) {
        JsonNode table = tree.get(key.substring(0, key.indexOf('.')));
        if (table == null || !table.has(last(key))) {
            throw new IllegalArgumentException("no such key " + key);
        }
        return (ObjectNode) table;
    }

    private static String last(String key) {
        return key.substring(key.indexOf('.') + 1);
    }

    /** All keys that hold numbers. */
    List<String> numbers() {
        return tree.properties().stream()
                .flatMap(table -> table.getValue().properties().stream()
                        .filter(entry -> entry.getValue().isNumber())
                        .map(entry -> table.getKey() + "." + entry.getKey()))
                .toList();
    }

    ChemistrySettings settings() {
        try {
            return MAPPER.treeToValue(tree, ChemistrySettings.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
