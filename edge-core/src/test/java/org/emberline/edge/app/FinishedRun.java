package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emberline.edge.archive.RunFolder;
import org.emberline.edge.archive.RunReader;
import org.emberline.edge.archive.RunReader.Point;

/** What a run left in its folder. */
record FinishedRun(Path folder, JsonNode summary) {

    /** Reads the folder; the database must be closed, with nothing beside it. */
    static FinishedRun in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of("config.toml", "manifest.json", "run.sqlite", "segments", "summary.json"),
                    List.copyOf(files.map(file -> file.getFileName().toString())
                            .collect(Collectors.toCollection(TreeSet::new))));
        }
        return new FinishedRun(
                folder,
                new ObjectMapper().readTree(folder.resolve("summary.json").toFile()));
    }

    List<Point> temperature() throws IOException {
        try (RunReader reader = new RunReader(new RunFolder(folder))) {
            return reader.temperature();
        }
    }

    List<Point> metric(String name) throws IOException {
        try (RunReader reader = new RunReader(new RunFolder(folder))) {
            return reader.metric(name);
        }
    }

    /** Frames of a detector in the archive, by its books. */
    int archived(String detector) {
        return summary.get("detectors")
                .get(detector)
                .get("ledger")
                .get("archived")
                .asInt();
    }

    /** Every frame of the only detector is in every book, none is lost. */
    void assertComplete(int frames) throws IOException {
        assertComplete(frames, 0);
    }

    /** Every frame of panel and microscope is in every book, none is lost. */
    void assertComplete(int frames, int radiographs) throws IOException {
        assertComplete(summary.get("ledger"), frames + radiographs);
        JsonNode detectors = summary.get("detectors");
        assertComplete(detectors.get("panel").get("ledger"), frames);
        if (radiographs > 0) {
            assertComplete(detectors.get("microscope").get("ledger"), radiographs);
        } else {
            assertEquals(1, detectors.size());
        }
        assertTrue(summary.get("fault").isNull());
        assertEquals(frames, temperature().size());
    }

    private static void assertComplete(JsonNode ledger, int frames) {
        for (String book : List.of("triggers", "frames", "reduced", "published", "archived")) {
            assertEquals(frames, ledger.get(book).asInt(), book);
        }
        assertTrue(ledger.get("lost").isEmpty(), ledger.toString());
        assertTrue(ledger.get("closes").asBoolean());
    }
}
