package org.emberline.edge.twin;

import static org.emberline.edge.twin.SignalCases.NO_EVENTS;
import static org.emberline.edge.twin.SignalCases.SECOND;
import static org.emberline.edge.twin.SignalCases.at;
import static org.emberline.edge.twin.SignalCases.timeline;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.emberline.edge.twin.TimedEvent.Kind;
import org.emberline.edge.twin.TriggerSettings.FrameIndex;
import org.emberline.firmware.Trigger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TriggerSignalTest {
    private static final long START = 1_790_000_000_000_000_000L;
    private static final int FRAMES = 50_000;
    private static final Exposures EXPOSURES = new Exposures(START, SECOND, SECOND / 10, FRAMES);

    private final Noise noise = new Noise(7);
    private final TriggerPlan plan = new TriggerPlan();

    private static TriggerSettings settings(double loss, double drop, double twice, FrameIndex index) {
        return new TriggerSettings(20, 10, 100, loss, drop, twice, 500, index);
    }

    private static TriggerSignal signal(TriggerSettings settings) {
        return new TriggerSignal(settings, 7, EXPOSURES, NO_EVENTS);
    }

    private static Trigger seen(@Nullable Trigger trigger) {
        assertNotNull(trigger);
        return Objects.requireNonNull(trigger);
    }

    @Test
    void anUndisturbedLineHasOneEdgePerFrame() {
        TriggerSignal signal = signal(new TriggerSettings(0, 0, 0, 0, 0, 0, 1, FrameIndex.DETECTOR));
        for (int frame = 0; frame < 100; frame++) {
            signal.plan(frame, noise, plan);
            assertEquals(new Trigger(frame, START + frame * SECOND + SECOND * 9 / 20), plan.edge);
            assertNull(plan.extraEdge);
            assertTrue(plan.frameDelivered);
            assertEquals(-1, plan.triggerIndexOnFrame);
        }
        assertEquals(FRAMES, signal.edgesOnLine());
    }

    @Test
    void stampsAreDelayedAndScatter() {
        TriggerSignal signal = signal(settings(0, 0, 0, FrameIndex.LINE));
        double sum = 0;
        double squares = 0;
        for (int frame = 0; frame < FRAMES; frame++) {
            double micros = stampError(signal, frame);
            sum += micros - 20;
            squares += (micros - 20) * (micros - 20);
        }
        // Five standard errors of a mean, and of a standard deviation.
        assertEquals(0, sum / FRAMES, 5 * 10 / Math.sqrt(FRAMES));
        assertEquals(10, Math.sqrt(squares / FRAMES), 5 * 10 / Math.sqrt(2.0 * FRAMES));
    }

    private double stampError(TriggerSignal signal, int frame) {
        signal.plan(frame, noise, plan);
        return (seen(plan.edge).timestampNanos() - START - EXPOSURES.beginNanos(frame)) / 1e3;
    }

    /** Of a Gaussian clipped at one standard deviation, 31.73 % lie on the limits. */
    @Test
    void theScatterIsClipped() {
        TriggerSignal signal = signal(new TriggerSettings(20, 10, 10, 0, 0, 0, 500, FrameIndex.LINE));
        int clipped = 0;
        for (int frame = 0; frame < FRAMES; frame++) {
            double error = stampError(signal, frame) - 20;
            assertTrue(Math.abs(error) <= 10, "error=" + error);
            clipped += Math.abs(error) == 10 ? 1 : 0;
        }
        assertShare(0.3173, clipped);
    }

    /** Five standard errors of a counted share. */
    private static void assertShare(double probability, int count) {
        double tolerance = 5 * Math.sqrt(probability * (1 - probability) / FRAMES);
        assertEquals(probability, (double) count / FRAMES, tolerance);
    }

    @Test
    void lossesDropsAndDoublesHaveTheirRates() {
        TriggerSignal signal = signal(settings(0.05, 0.03, 0.02, FrameIndex.LINE));
        int lost = 0;
        int dropped = 0;
        int twice = 0;
        int lostAndDropped = 0;
        for (int frame = 0; frame < FRAMES; frame++) {
            signal.plan(frame, noise, plan);
            lost += plan.edge == null ? 1 : 0;
            dropped += plan.frameDelivered ? 0 : 1;
            twice += plan.doubled ? 1 : 0;
            lostAndDropped += plan.edge == null && !plan.frameDelivered ? 1 : 0;
        }
        assertShare(0.05, lost);
        assertShare(0.03, dropped);
        assertShare(0.02, twice);
        assertShare(0.05 * 0.03, lostAndDropped);
        assertEquals(FRAMES + twice, signal.edgesOnLine());
    }

    /** The contract of a trigger's index: every edge on the line counts, seen or missed, and times never go back. */
    @Test
    void indicesRunWithoutGapsOnTheLineItself() {
        TriggerSignal signal = signal(settings(0.05, 0.03, 0.2, FrameIndex.LINE));
        long onLine = 0;
        long lost = 0;
        List<Trigger> edges = new ArrayList<>();
        for (int frame = 0; frame < FRAMES; frame++) {
            signal.plan(frame, noise, plan);
            assertEquals(onLine, plan.lineIndex);
            assertEquals(onLine, plan.triggerIndexOnFrame);
            lost += collect(plan.edge, onLine++, edges);
            if (plan.doubled) {
                lost += collect(plan.extraEdge, onLine++, edges);
            } else {
                assertNull(plan.extraEdge);
            }
        }
        assertEquals(onLine, signal.edgesOnLine());
        assertEquals(onLine, edges.size() + lost, "the ledger closes");
        for (int i = 1; i < edges.size(); i++) {
            assertTrue(edges.get(i).timestampNanos() > edges.get(i - 1).timestampNanos());
        }
    }

    private static int collect(@Nullable Trigger edge, long index, List<Trigger> edges) {
        if (edge == null) {
            return 1;
        }
        assertEquals(index, edge.index());
        edges.add(edge);
        return 0;
    }

    @Test
    void theDetectorDoesNotCountDoubles() {
        TriggerSignal signal = new TriggerSignal(
                settings(0, 0, 0, FrameIndex.DETECTOR), 7, EXPOSURES, timeline(at(Kind.DOUBLE_TRIGGER, 10, 3, 1)));
        signal.plan(9, noise, plan);
        assertNull(plan.extraEdge);
        assertEquals(9, plan.lineIndex);
        signal.plan(10, noise, plan);
        Trigger edge = seen(plan.edge);
        assertEquals(new Trigger(11, edge.timestampNanos() + 500_000), plan.extraEdge);
        assertEquals(10, edge.index());
        // Frames 10, 11 and 12 begin within the event.
        signal.plan(13, noise, plan);
        assertNull(plan.extraEdge);
        assertEquals(-1, plan.triggerIndexOnFrame, "the detector does not know the line");
        assertEquals(16, plan.lineIndex, "the line's count");
        assertEquals(16, seen(plan.edge).index());
    }

    @Test
    void eventsActOnTheFramesThatBeginWhileTheyLast() {
        TriggerSignal signal = new TriggerSignal(
                settings(0, 0, 0, FrameIndex.LINE),
                7,
                EXPOSURES,
                timeline(at(Kind.TRIGGER_LOSS, 10.45, 1, 1), at(Kind.DETECTOR_DROP, 20.45, 2, 1)));
        for (int frame = 0; frame < 30; frame++) {
            signal.plan(frame, noise, plan);
            assertEquals(frame == 10, plan.edge == null, "frame=" + frame);
            assertEquals(frame != 20 && frame != 21, plan.frameDelivered, "frame=" + frame);
        }
    }

    @Test
    void aPlanDependsOnSeedAndFrameOnly() {
        TriggerSettings settings = settings(0.05, 0.03, 0.02, FrameIndex.LINE);
        TriggerSignal signal = signal(settings);
        signal.plan(40_000, noise, plan);
        Trigger once = seen(plan.edge);
        long line = plan.lineIndex;
        signal.plan(5, noise, plan);
        signal(settings).plan(40_000, new Noise(7), plan);
        assertEquals(once, plan.edge);
        assertEquals(line, plan.lineIndex);
        signal(settings).plan(40_000, new Noise(8), plan);
        assertNotEquals(once, plan.edge);
    }

    @Test
    void aPlanAllocatesItsEdgesOnly() {
        TriggerSignal signal = new TriggerSignal(
                settings(0, 0, 0, FrameIndex.LINE), 7, EXPOSURES, timeline(at(Kind.TRIGGER_LOSS, 0, 0, 1)));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int frame = 0; frame < 20_000; frame++) {
            signal.plan(frame, noise, plan);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int frame = 20_000; frame < FRAMES; frame++) {
            signal.plan(frame, noise, plan);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        // Every edge is lost: what is left over 30 000 frames is the measurement's own.
        assertTrue(bytes < 1_000, "bytes=" + bytes);
    }

    @Test
    void whatMakesNoSenseIsNamed() {
        TriggerSettings wrong = new TriggerSettings(Double.NaN, -1, -1, 1.1, -0.1, 2, 0, FrameIndex.LINE);
        assertEquals(7, wrong.problems(SECOND).size());
        assertTrue(wrong.problems(SECOND)
                .contains("simulation.trigger_signal.loss_fraction=1.1 must be at least 0.0 and at most 1.0"));
        TriggerSettings crowded = settings(0, 0, 0, FrameIndex.LINE);
        assertEquals(List.of(), crowded.problems(700_001));
        assertEquals(1, crowded.problems(700_000).size());
        Exposures quick = new Exposures(START, 700_000, 1000, 10);
        assertThrows(IllegalArgumentException.class, () -> new TriggerSignal(crowded, 7, quick, NO_EVENTS));
    }
}
