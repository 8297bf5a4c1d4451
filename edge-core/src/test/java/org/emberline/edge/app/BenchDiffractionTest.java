package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class BenchDiffractionTest {

    @Test
    void everyFrameHasACellAndNoneTakesHeap() throws Exception {
        Cli cli = Cli.run("bench", "diffraction", "--rounds", "2", "--json");
        assertEquals(ExitCode.DONE, cli.code(), cli.err());
        JsonNode root = new ObjectMapper().readTree(cli.out());
        assertEquals(1000, root.path("bins").asInt());
        assertEquals(4, root.path("phases").asInt());
        assertEquals(2, root.path("cases").size());
        for (JsonNode each : root.path("cases")) {
            assertEquals(1, each.path("frames_with_cell").asDouble(), each::toString);
            assertTrue(each.path("frames_per_second").asDouble() > 0, each::toString);
            assertTrue(each.path("bytes_per_frame").asDouble() < 200, each::toString);
        }
    }

    @Test
    void aPatternOfFewBinsIsRefused() {
        Cli cli = Cli.run("bench", "diffraction", "--npt", "3");
        assertEquals(ExitCode.USAGE, cli.code());
        assertTrue(cli.err().contains("--npt must lie in 500..20000, is 3"), cli.err());
    }
}
