package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.emberline.edge.pipeline.EndReason;
import org.emberline.edge.pipeline.Ledger;
import org.emberline.edge.sync.ClockView;
import org.emberline.firmware.clock.ClockSynchronisation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of a run that has ended: books, clock and remarks, in {@code summary.json} and in the report. */
class OutcomeTest {
    private static final RunClock.Facts KEPT =
            new RunClock.Facts(new ClockSynchronisation.Known(true, -1500, 20_000, 300_000), 0, 0);
    private static final Ledger SOUND = new Ledger(5, 4, 4, 4, 4, Map.of("FRAME_MISSING", 1L));

    private static Outcome outcome(EndReason reason, Ledger ledger, RunClock.Facts clock) {
        return new Outcome(
                reason,
                Snapshots.of(9, null, List.of(), ledger),
                Map.of(),
                Map.of("wall_seconds", 1.0, "frames_per_second", 4.0),
                Map.of("shared", "panel: another consumer takes 1 of 2 frames since image_id=7"),
                clock,
                Map.of("panel", new ClockView(17, -0.7, 5e-5, 1e-7, 1e-4, 0.001, 1, 2.0)));
    }

    private static JsonNode summary(Outcome outcome) throws Exception {
        return new ObjectMapper().readTree(SummaryJson.of(outcome));
    }

    private static String report(Outcome outcome) {
        StringWriter text = new StringWriter();
        new RunReport(new PrintWriter(text)).print(outcome, Path.of("run"));
        return text.toString();
    }

    @Test
    void whatWasFoundOfADetectorsClockIsToldToMachines() throws Exception {
        JsonNode panel = summary(outcome(EndReason.COMPLETED, SOUND, KEPT))
                .path("detector_clocks")
                .path("panel");
        assertEquals(-0.7, panel.path("offset_s").asDouble());
        assertEquals(5e-5, panel.path("drift").asDouble());
        assertEquals(1e-7, panel.path("drift_sigma").asDouble());
        assertEquals(1e-4, panel.path("spread_s").asDouble());
        assertEquals(0.001, panel.path("latency_s").asDouble());
        assertEquals(1, panel.path("jumps").asInt());
        assertEquals(2.0, panel.path("latest_jump_s").asDouble());
    }

    @Test
    void aClockThatIsKeptIsToldToMachinesOnly() throws Exception {
        Outcome outcome = outcome(EndReason.COMPLETED, SOUND, KEPT);
        assertEquals(
                new ObjectMapper()
                        .readTree(
                                "{\"synchronised\":true,\"offset_s\":-1.5E-6,\"estimated_error_s\":2.0E-5,\"maximum_error_s\":3.0E-4,"
                                        + "\"steps\":0}"),
                summary(outcome).get("clock"));
        assertFalse(report(outcome).contains("clock"), report(outcome));
    }

    @Test
    void aClockThatWasSetIsALine() throws Exception {
        Outcome outcome =
                outcome(EndReason.COMPLETED, SOUND, new RunClock.Facts(KEPT.synchronisation(), 2, -100_000_000));
        JsonNode clock = summary(outcome).get("clock");
        assertEquals(2, clock.get("steps").asInt());
        assertEquals(-0.1, clock.get("latest_step_s").asDouble());
        assertTrue(report(outcome).contains("; set 2 times, the latest by -0.100 s"), report(outcome));
    }

    @Test
    void aClockThatNobodyKeepsHasNoErrors() throws Exception {
        Outcome outcome = outcome(
                EndReason.COMPLETED,
                SOUND,
                new RunClock.Facts(new ClockSynchronisation.Known(false, 5, 16_000_000, 16_000_000), 0, 0));
        JsonNode clock = summary(outcome).get("clock");
        assertFalse(clock.get("synchronised").asBoolean(true));
        for (String error : List.of("offset_s", "estimated_error_s", "maximum_error_s")) {
            assertTrue(clock.get(error).isNull(), error);
        }
        assertTrue(report(outcome).contains("clock      not synchronised"), report(outcome));
    }

    @Test
    void aClockThatIsNotToldOfSaysWhy() throws Exception {
        Outcome outcome = outcome(
                EndReason.COMPLETED,
                SOUND,
                new RunClock.Facts(new ClockSynchronisation.Unavailable("adjtimex: not permitted"), 0, 0));
        JsonNode clock = summary(outcome).get("clock");
        assertTrue(clock.get("synchronised").isNull());
        assertEquals("adjtimex: not permitted", clock.get("unknown").asText());
        assertTrue(report(outcome).contains("unknown (adjtimex: not permitted)"), report(outcome));
    }

    @Test
    void aShareIsInBoth() throws Exception {
        Outcome outcome = outcome(EndReason.COMPLETED, SOUND, KEPT);
        String text = "panel: another consumer takes 1 of 2 frames since image_id=7";
        assertEquals(text, summary(outcome).get("shared").asText());
        assertTrue(report(outcome).contains("shared     " + text), report(outcome));
    }

    /** While a run goes on books close with what is on its way; after its end nothing may be. */
    @Test
    void booksWithSomethingOnItsWayAreNotClosedAtTheEnd() throws Exception {
        Outcome outcome = outcome(EndReason.COMPLETED, new Ledger(5, 5, 5, 5, 4, Map.of()), KEPT);
        assertTrue(outcome.last().closes());
        assertFalse(summary(outcome).get("ledger").get("closes").asBoolean(true));
        assertTrue(report(outcome).contains("DOES NOT CLOSE"), report(outcome));
        assertFalse(outcome.sound());
    }

    @ParameterizedTest
    @EnumSource(EndReason.class)
    void onlyWhatWasAskedForIsSound(EndReason reason) {
        assertEquals(
                reason == EndReason.COMPLETED || reason == EndReason.STOPPED,
                outcome(reason, SOUND, KEPT).sound());
    }
}
