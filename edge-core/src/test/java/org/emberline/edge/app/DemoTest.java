package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.emberline.edge.archive.RunReader.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulated calcination from the command line to the archive, against the simulation's own truth. */
class DemoTest {
    private static final List<String> METRICS = List.of("total_counts", "saturated_fraction", "lattice_a", "lattice_c");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "opencl"})
    void findsTheTruthAgain(String backend) throws IOException {
        Cli.needs(backend);
        Path out = folder.resolve("run");
        Cli cli = Cli.done("demo", "--frames", "24", "--backend", backend, "--out", out.toString());
        FinishedRun run = FinishedRun.in(out);
        run.assertComplete(24, 80);
        assertEquals("COMPLETED", run.summary().get("end_reason").asText());
        assertTrue(run.summary().get("backend").asText().startsWith(backend + ": "));
        assertTrue(run.summary().get("clock").has("synchronised"));
        JsonNode truth = run.summary().get("truth");
        assertTrue(truth.get("lattice_a").get("rms_error").asDouble(1) < 3e-4, truth.toString());
        assertTrue(truth.get("lattice_c").get("rms_error").asDouble(1) < 3e-3, truth.toString());
        // 2262 s a frame: the first three end before there is a layered phase, and say so.
        assertEquals(21, truth.get("lattice_c").get("frames").asInt());
        assertTrue(truth.get("temperature").get("rms_error").asDouble(1) < 0.2, truth.toString());
        assertEquals(20, truth.get("porosity").get("frames").asInt(), "one set of energies a sweep");
        assertTrue(truth.get("porosity").get("rms_error").asDouble(1) < 0.015, truth.toString());
        assertTrue(truth.get("moved_fraction").get("rms_error").asDouble(1) < 0.02, truth.toString());
        assertTrue(cli.out().contains("lost 0: closes"), cli.out());
        for (String metric : METRICS) {
            assertEquals(24, run.metric(metric).size());
            assertTrue(cli.out().contains("\n" + metric + " "), cli.out());
        }
        Path config = out.resolve("config.toml");
        assertEquals(
                config + ": ok\n", Cli.done("check-config", config.toString()).out());
    }

    @Test
    void theSeedDecidesEverything() throws IOException {
        FinishedRun first = demo("first", 7);
        FinishedRun again = demo("again", 7);
        FinishedRun other = demo("other", 8);
        for (String metric : METRICS) {
            assertEquals(withoutTimes(first.metric(metric)), withoutTimes(again.metric(metric)));
        }
        assertEquals(withoutTimes(first.temperature()), withoutTimes(again.temperature()));
        for (String metric : List.of("total_counts", "lattice_a", "lattice_c")) {
            assertNotEquals(withoutTimes(first.metric(metric)), withoutTimes(other.metric(metric)));
        }
        assertNotEquals(withoutTimes(first.temperature()), withoutTimes(other.temperature()));
    }

    /** Two runs begin at different times. */
    private static List<Point> withoutTimes(List<Point> points) {
        return points.stream()
                .map(point -> new Point(point.frame(), 0, point.value(), point.sigma()))
                .toList();
    }

    private FinishedRun demo(String name, int seed) throws IOException {
        Path out = folder.resolve(name);
        var _ = Cli.done(
                "demo",
                "--frames",
                "8",
                "--radiographs",
                "0",
                "--seed",
                "" + seed,
                "--backend",
                "cpu",
                "--out",
                out.toString());
        return FinishedRun.in(out);
    }
}
