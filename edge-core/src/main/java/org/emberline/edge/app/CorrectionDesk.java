package org.emberline.edge.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ApplianceConfig.DetectorConfig;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.archive.ImageOutput;
import org.emberline.edge.service.Commands.Command;
import org.emberline.edge.service.Commands.Outcome;
import org.jspecify.annotations.Nullable;

/** Takes darks and flats for operators, one series at a time on a thread of its own, and says how far it is and what came of it. */
final class CorrectionDesk {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LEAVING_MILLIS = 5000;

    private final BiConsumer<String, String> events;
    private volatile boolean stopped;
    private volatile @Nullable Thread taking;
    private volatile @Nullable ObjectNode latest;

    /** @param events takes kind and text of what is to be remembered; any thread */
    CorrectionDesk(BiConsumer<String, String> events) {
        this.events = events;
    }

    /** Whether frames are being taken. Any thread. */
    boolean busy() {
        Thread thread = taking;
        return thread != null && thread.isAlive();
    }

    /**
     * The latest series: {@code kind detector frames taken state}, with {@code state} one of taking, done, stopped and failed; {@code reason} of the
     * last two; the figures of {@code acquire --json} when done. Null before the first. Any thread.
     */
    @Nullable
    ObjectNode latest() {
        ObjectNode shown = latest;
        return shown == null ? null : shown.deepCopy();
    }

    /** Begins a series. One thread at a time, and not while {@link #busy}. */
    Outcome take(ApplianceConfig config, Command.Take command, String by) {
        CorrectionInput.Kind kind = switch (command.beam()) {
            case NONE -> CorrectionInput.Kind.DARK;
            case WITHOUT_SAMPLE -> CorrectionInput.Kind.FLAT;
        };
        if (command.frames() < 1 || command.frames() > CorrectionSeries.MOST_FRAMES) {
            return new Outcome.Bad(command.frames() + " frames are not between 1 and " + CorrectionSeries.MOST_FRAMES);
        }
        DetectorConfig detector;
        try {
            detector = CorrectionInput.chosen(config, command.detector());
        } catch (UsageException e) {
            return new Outcome.Bad(String.valueOf(e.getMessage()));
        }
        Path target = CorrectionSeries.configured(detector, kind);
        Optional<ImageOutput.Kind> format = target == null ? Optional.empty() : ImageOutput.Kind.of(target);
        if (target == null || format.isEmpty()) {
            return new Outcome.Conflict(
                    "the configuration of " + detector.detector().name() + " names no file for them: "
                            + Choice.word(kind) + " is to end in one of " + ImageOutput.Kind.allEndings());
        }
        begin(config, new CorrectionSeries(detector, kind, command.frames(), target, format.get()), by);
        return new Outcome.Done("taking " + command.frames() + " " + Choice.word(kind) + " frames of "
                + detector.detector().name());
    }

    private void begin(ApplianceConfig config, CorrectionSeries series, String by) {
        stopped = false;
        latest = state(series, "taking", 0);
        taking = Thread.ofPlatform().name("corrections").daemon().start(() -> carry(config, series, by));
    }

    private void carry(ApplianceConfig config, CorrectionSeries series, String by) {
        String what = by + ": " + Choice.word(series.kind()) + " of "
                + series.detector().detector().name() + ": ";
        try {
            CorrectionSeries.Taken taken = series.take(config, count -> {
                latest = state(series, "taking", count);
                return !stopped;
            });
            ObjectNode done = state(series, "done", series.frames());
            done.setAll(JSON.<ObjectNode>valueToTree(taken.fields()));
            taken.doubts().forEach(done.putArray("doubts")::add);
            latest = done;
            events.accept("CORRECTION", by + ": " + taken.line());
            taken.doubts().forEach(doubt -> events.accept("CORRECTION", what + doubt));
        } catch (CancellationException e) {
            end(series, "stopped", what, String.valueOf(e.getMessage()));
        } catch (IOException | ConfigException | RuntimeException e) {
            end(series, "failed", what, Explanation.of(e).lines().findFirst().orElse("no reason"));
        }
    }

    private void end(CorrectionSeries series, String state, String what, String reason) {
        ObjectNode before = latest;
        latest = state(series, state, before == null ? 0 : before.path("taken").asInt())
                .put("reason", reason);
        events.accept("CORRECTION", what + reason);
    }

    private static ObjectNode state(CorrectionSeries series, String state, int taken) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", Choice.word(series.kind()));
        node.put("detector", series.detector().detector().name());
        node.put("frames", series.frames());
        node.put("taken", taken);
        node.put("state", state);
        return node;
    }

    /** Ends the series that is being taken, if any; of its frames nothing is kept. Any thread. */
    void stop() {
        stopped = true;
    }

    /** Likewise, and waits a little for it. */
    void leave() {
        stop();
        Thread thread = taking;
        try {
            if (thread != null) {
                thread.join(LEAVING_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
