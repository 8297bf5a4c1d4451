package org.emberline.firmware.sim;

import org.emberline.firmware.ThermocoupleReading.FaultKind;

/**
 * A stretch of time in which a {@link ScriptedProbe} is in trouble.
 *
 * @param fromNanos begin, since the begin of the script
 * @param untilNanos end, after the begin
 */
public record Episode(long fromNanos, long untilNanos, Trouble trouble) {

    public Episode {
        if (fromNanos < 0 || untilNanos <= fromNanos) {
            throw new IllegalArgumentException("an episode needs a begin and a later end fromNanos=" + fromNanos
                    + " untilNanos=" + untilNanos + " trouble=" + trouble);
        }
    }

    boolean covers(long nanos) {
        return nanos >= fromNanos && nanos < untilNanos;
    }

    /** What is wrong. */
    public sealed interface Trouble {

        /** The chip reports a fault. */
        record Signals(FaultKind kind) implements Trouble {}

        /** A call that begins does not return before the end of the episode. */
        record Stuck() implements Trouble {}

        /** A call takes that much longer. */
        record Slow(long extraNanos) implements Trouble {}

        /** No device: calls fail. When it is back it has forgotten what it was told, and says so until it is restarted. */
        record Unplugged() implements Trouble {}
    }
}
