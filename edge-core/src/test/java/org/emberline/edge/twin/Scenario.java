package org.emberline.edge.twin;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emberline.edge.RealData;

/** The shipped scenario, read as strictly as the app must, with single keys changed by a test. */
final class Scenario {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private final JsonNode simulation;

    private Scenario(JsonNode simulation) {
        this.simulation = simulation;
    }

    static Scenario calcination() {
        Path file = RealData.repositoryRoot().resolve("config/scenarios/calcination.toml");
        try {
            ObjectNode simulation = (ObjectNode)
                    new TomlMapper().readTree(Files.readString(file)).get("simulation");
            simulation.putArray("event");
            return new Scenario(simulation);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A small and quick one: 64 x 64 pixels of 1.6 mm on the same area, without gaps and dead pixels. */
    static Scenario small() {
        return calcination()
                .with("detector.rows", 64)
                .with("detector.columns", 64)
                .with("detector.pixel_metres", 1.6e-3)
                .with("detector.module_rows", 64)
                .with("detector.module_columns", 64)
                .with("detector.gap_rows", 0)
                .with("detector.gap_columns", 0)
                .with("detector.dead_fraction", 0)
                .with("trigger_signal.jitter_microseconds", 0)
                .with("frames", 20);
    }

    /** Sets a key such as {@code detector.rows} or {@code programme.0.hold_seconds}. */
    Scenario with(String key, double value) {
        JsonNode table = simulation;
        String[] path = key.split("\\.", -1);
        for (int i = 0; i + 1 < path.length; i++) {
            table = table.isArray() ? table.get(Integer.parseInt(path[i])) : table.get(path[i]);
        }
        String last = path[path.length - 1];
        if (!table.has(last)) {
            throw new IllegalArgumentException("no such key " + key);
        }
        ObjectNode object = (ObjectNode) table;
        if (object.get(last).isIntegralNumber()) {
            object.put(last, (long) value);
        } else {
            object.put(last, value);
        }
        return this;
    }

    SimulationSettings settings() {
        try {
            return MAPPER.treeToValue(simulation, SimulationSettings.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
