package org.emberline.edge.twin;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.emberline.edge.twin.TimedEvent.Kind;
import org.emberline.edge.twin.TriggerSettings.FrameIndex;
import org.emberline.firmware.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * The trigger line of a run. Each exposure has one edge. A double adds an edge but no exposure, so that from there on the line
 * counts one more than the detector. A dropped frame leaves an edge without a frame and a gap in the detector's count; a missed edge
 * leaves a frame without a known trigger and a gap in the line's. The events of these kinds add to the probabilities of the settings
 * for the exposures that begin while they last.
 *
 * <p>Immutable; any thread, any order, given a {@link Noise} of one's own.
 */
final class TriggerSignal {
    private static final long DOUBLES = 7003;
    private static final long EDGES = 7004;

    private final TriggerSettings settings;
    private final Exposures exposures;
    private final EventTimeline events;
    private final int[] doubled;

    /** @throws IllegalArgumentException naming every key that makes no sense */
    TriggerSignal(TriggerSettings settings, long seed, Exposures exposures, EventTimeline events) {
        if (!settings.problems(exposures.periodNanos()).isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", settings.problems(exposures.periodNanos())));
        }
        this.settings = settings;
        this.exposures = exposures;
        this.events = events;
        Noise noise = new Noise(seed);
        doubled = IntStream.range(0, exposures.frames())
                .filter(frame -> draws(DOUBLES, frame, Kind.DOUBLE_TRIGGER, settings.doubleFraction(), noise))
                .toArray();
    }

    /**
     * What happens for a frame; allocates the {@link Trigger} records only.
     *
     * @param noise of the run's seed; overwritten
     * @param into overwritten
     */
    void plan(long frame, Noise noise, TriggerPlan into) {
        int position = Arrays.binarySearch(doubled, (int) frame);
        int earlierDoubles = position >= 0 ? position : -position - 1;
        noise.restart(EDGES, frame);
        long begin = exposures.beginNanos(frame);
        long stamp = exposures.startNanos() + begin + stampErrorNanos(noise);
        double loss = events.probability(Kind.TRIGGER_LOSS, settings.lossFraction(), begin);
        double drop = events.probability(Kind.DETECTOR_DROP, settings.dropFraction(), begin);
        into.lineIndex = frame + earlierDoubles;
        into.triggerIndexOnFrame = settings.frameIndex() == FrameIndex.LINE ? into.lineIndex : -1;
        into.frameDelivered = noise.uniform() >= drop;
        into.doubled = position >= 0;
        into.edge = edge(noise.uniform() >= loss, into.lineIndex, stamp);
        boolean extraSeen = noise.uniform() >= loss && into.doubled;
        into.extraEdge = edge(extraSeen, into.lineIndex + 1, stamp + nanos(settings.doubleGapMicroseconds()));
    }

    /** Number of edges on the line over the whole run, seen or missed. */
    long edgesOnLine() {
        return (long) exposures.frames() + doubled.length;
    }

    private static @Nullable Trigger edge(boolean seen, long index, long timestampNanos) {
        return seen ? new Trigger(index, timestampNanos) : null;
    }

    private long stampErrorNanos(Noise noise) {
        double limit = settings.jitterLimitMicroseconds();
        double jitter = Math.clamp(settings.jitterMicroseconds() * noise.gaussian(), -limit, limit);
        return nanos(settings.delayMicroseconds() + jitter);
    }

    private boolean draws(long stream, long frame, Kind kind, double fraction, Noise noise) {
        noise.restart(stream, frame);
        return noise.uniform() < events.probability(kind, fraction, exposures.beginNanos(frame));
    }

    private static long nanos(double microseconds) {
        return Math.round(microseconds * 1e3);
    }
}
