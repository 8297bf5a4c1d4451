package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchSyncTest {
    private static final List<String> KEYS = List.of(
            "case", "frames", "wrong_matches", "ledger_closed", "temperature_rms_K", "coverage95", "ns_per_frame");

    @Test
    void everyCaseHasItsKeysAndNothingIsWrongUnsaid() throws Exception {
        Cli cli = Cli.run("bench", "sync", "--frames", "2000", "--seed", "3", "--json");
        assertEquals(ExitCode.DONE, cli.code(), cli.err());
        JsonNode cases = new ObjectMapper().readTree(cli.out()).path("cases");
        assertTrue(cases.size() >= 16, cli.out());
        int triggers = 0;
        int temperatures = 0;
        for (JsonNode each : cases) {
            KEYS.forEach(key -> assertTrue(each.has(key), key));
            assertTrue(each.path("frames").asLong() > 1000, each::toString);
            if (each.path("wrong_matches").isNumber()) {
                triggers++;
                assertEquals(0, each.path("wrong_matches").asLong(), each::toString);
                assertTrue(each.path("ledger_closed").asBoolean(), each::toString);
            }
            temperatures += each.path("coverage95").isNumber() ? 1 : 0;
        }
        assertEquals(9, triggers);
        assertEquals(3, temperatures);
    }

    @Test
    void aNumberOfFramesThatShowsNothingIsRefused() {
        Cli cli = Cli.run("bench", "sync", "--frames", "3");
        assertEquals(ExitCode.USAGE, cli.code());
        assertTrue(cli.err().contains("--frames must lie in 1000..10000000, is 3"), cli.err());
    }
}
