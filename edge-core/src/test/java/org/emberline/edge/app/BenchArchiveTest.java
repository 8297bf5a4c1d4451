package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No figure of speed is judged: it is the machine's. */
class BenchArchiveTest {

    @Test
    void theArchiveIsMeasuredAndLeavesNothing(@TempDir Path folder) throws Exception {
        Cli cli = Cli.done(
                "bench",
                "archive",
                "--frames",
                "400",
                "--rounds",
                "2",
                "--paced",
                "1",
                "--export",
                "--folder",
                folder.toString(),
                "--json");
        JsonNode json = new ObjectMapper().readTree(cli.out());
        assertEquals(400, json.path("frames").asInt());
        assertTrue(json.path("cpu_share_at_100_hz").asDouble() > 0, cli.out());
        double least = json.path("frames_per_s_lowest").asDouble();
        double median = json.path("frames_per_s").asDouble();
        assertTrue(least > 0 && least <= median, cli.out());
        assertTrue(median <= json.path("frames_per_s_highest").asDouble(), cli.out());
        // In 20 rows of metrics, value and sigma as float64; three arrays of 1000 float32, of which one is constant.
        assertTrue(json.path("database_bytes_per_frame").asDouble() > 20 * 2 * 8, cli.out());
        double segments = json.path("segment_bytes_per_frame").asDouble();
        assertTrue(segments > 1000 && segments < 3 * 4 * 1000 + 20 * 3 * 8 + 1000, cli.out());
        assertEquals(1, json.path("export_files").asInt());
        assertTrue(json.path("export_frames_per_s").asDouble() > 0, cli.out());
        assertTrue(json.path("export_table_frames_per_s").asDouble() > 0, cli.out());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void aNumberOfFramesThatShowsNothingIsRefused() {
        Cli cli = Cli.run("bench", "archive", "--frames", "0");
        assertEquals(ExitCode.USAGE, cli.code());
        assertTrue(cli.err().contains("--frames must lie in 1..10000000, is 0"), cli.err());
    }
}
