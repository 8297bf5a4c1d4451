package org.emberline.edge.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The synchronisation, played simulated series. */
public final class SyncBench {
    private static final int WARMING = 50;

    private final int frames;
    private final long seed;
    private final Consumer<String> progress;
    private final ArrayNode cases = new ObjectMapper().createArrayNode();
    private final List<String> lines = new ArrayList<>();
    private boolean sound = true;

    /**
     * @param frames of each case
     * @param seed of all that is random
     * @param progress told what is being done, a line each
     */
    public SyncBench(int frames, long seed, Consumer<String> progress) {
        this.frames = frames;
        this.seed = seed;
        this.progress = progress;
    }

    /** Plays all cases; minutes for many frames. */
    public Report run() {
        lines.add(String.format(
                Locale.ROOT,
                "%-28s %8s %6s %9s %10s %7s %7s %9s %8s",
                "triggers",
                "frames",
                "wrong",
                "unmatched",
                "index-only",
                "reasons",
                "closed",
                "ns/frame",
                "B/frame"));
        for (MatchCase each : MatchSimulation.cases(frames)) {
            progress.accept(each.name());
            add(MatchSimulation.measure(each, seed));
        }
        temperatures();
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("bench", "sync");
        root.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        root.put("java", System.getProperty("java.version"));
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("seed", seed);
        root.set("cases", cases);
        return new Report(root, lines);
    }

    /** Whether nothing was wrong silently, and every ledger closed; after {@link #run}. */
    public boolean sound() {
        return sound;
    }

    /** Every case has the same first keys; null is what it does not measure. */
    private ObjectNode empty() {
        ObjectNode node = cases.addObject();
        for (String key : List.of(
                "case",
                "frames",
                "wrong_matches",
                "ledger_closed",
                "temperature_rms_K",
                "coverage95",
                "ns_per_frame")) {
            node.putNull(key);
        }
        return node;
    }

    private void temperatures() {
        TemperatureSimulation simulation = new TemperatureSimulation(seed);
        int realisations = Math.ceilDiv(frames, TemperatureSimulation.FRAMES_PER_REALISATION);
        progress.accept("temperatures");
        simulation.accuracy(Math.min(realisations, WARMING));
        lines.add("");
        lines.add(String.format(
                Locale.ROOT, "%-28s %8s %8s %11s %9s", "temperature", "frames", "rms K", "coverage95", "ns/frame"));
        simulation.accuracy(realisations).forEach(this::add);
        lines.add("");
        lines.add(String.format(
                Locale.ROOT, "%-28s %8s %8s %8s %8s", "trouble", "frames", "affected", "unsaid", "falsely"));
        simulation.trouble(realisations).forEach(this::add);
    }

    private void add(TemperatureSimulation.Accuracy accuracy) {
        ObjectNode node = empty();
        node.put("case", accuracy.name());
        node.put("frames", accuracy.frames());
        node.put("temperature_rms_K", accuracy.temperatureRmsKelvin());
        node.put("coverage95", accuracy.coverage95());
        node.put("ns_per_frame", accuracy.nsPerFrame());
        lines.add(String.format(
                Locale.ROOT,
                "%-28s %8d %8.3f %9.1f %% %9.0f",
                accuracy.name(),
                accuracy.frames(),
                accuracy.temperatureRmsKelvin(),
                100 * accuracy.coverage95(),
                accuracy.nsPerFrame()));
    }

    private void add(TemperatureSimulation.Flagging flagging) {
        sound &= flagging.missed() == 0;
        ObjectNode node = empty();
        node.put("case", flagging.name());
        node.put("frames", flagging.frames());
        node.put("flag", flagging.flag().name());
        node.put("affected", flagging.expected());
        node.put("affected_unsaid", flagging.missed());
        node.put("falsely_flagged", flagging.falsely());
        lines.add(String.format(
                Locale.ROOT,
                "%-28s %8d %8d %8d %8d",
                flagging.name(),
                flagging.frames(),
                flagging.expected(),
                flagging.missed(),
                flagging.falsely()));
    }

    private void add(MatchOutcome outcome) {
        sound &= outcome.wrongMatches() == 0 && outcome.ledgerClosed();
        ObjectNode node = empty();
        node.put("case", outcome.name());
        node.put("frames", outcome.frames());
        node.put("wrong_matches", outcome.wrongMatches());
        node.put("unmatched", outcome.unmatched());
        node.put("index_only", outcome.indexOnly());
        node.put("wrong_reasons", outcome.wrongReasons());
        node.put("ledger_closed", outcome.ledgerClosed());
        node.put("ns_per_frame", outcome.nsPerFrame());
        node.put("allocated_bytes_per_frame", outcome.bytesPerFrame());
        lines.add(String.format(
                Locale.ROOT,
                "%-28s %8d %6d %9d %10d %7d %7s %9.0f %8.1f",
                outcome.name(),
                outcome.frames(),
                outcome.wrongMatches(),
                outcome.unmatched(),
                outcome.indexOnly(),
                outcome.wrongReasons(),
                outcome.ledgerClosed() ? "yes" : "NO",
                outcome.nsPerFrame(),
                outcome.bytesPerFrame()));
    }
}
