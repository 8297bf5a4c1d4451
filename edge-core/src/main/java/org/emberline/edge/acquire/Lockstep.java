package org.emberline.edge.acquire;

import java.io.IOException;
import java.util.Arrays;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource;

/**
 * One order for the frames of several sources that make their own times: whoever has the earliest next frame goes first, and at equal
 * times the lower number. A source is at work on its frame until it asks for its next turn; only one is at work at a time, so that what
 * they do, the temperatures they deliver included, does not depend on how fast their threads are. A source that has ended, failed or been
 * closed holds nobody up. Sources with a clock of their own need none of this.
 *
 * <p>Any number of threads; each participant is used by one thread at a time, its close by any.
 */
public final class Lockstep {
    private static final long ENDED = Long.MAX_VALUE;

    /** The begin of the frame that each has asked for or is at work on; {@link Long#MIN_VALUE} before its first. */
    private final long[] frontiers;

    /** @param participants how many sources take turns; each must come to its first turn before any frame may pass */
    public Lockstep(int participants) {
        frontiers = new long[participants];
        Arrays.fill(frontiers, Long.MIN_VALUE);
    }

    /** The turns of a participant; its times must not decrease. */
    public Turn turn(int participant) {
        return nanos -> await(participant, nanos);
    }

    /** The same source, which leaves when it ends, fails or is closed. It must ask {@link #turn} of the same number before each frame. */
    public FrameSource leaving(int participant, FrameSource source) {
        return new FrameSource() {
            @Override
            public Next next(FrameSlot slot) throws IOException {
                boolean more = false;
                try {
                    Next next = source.next(slot);
                    more = next != Next.END;
                    return next;
                } finally {
                    if (!more) {
                        leave(participant);
                    }
                }
            }

            @Override
            public void close() {
                leave(participant);
                source.close();
            }
        };
    }

    private synchronized boolean await(int participant, long nanos) {
        if (frontiers[participant] == ENDED) {
            // Closed meanwhile by another thread: nobody waits for this one any more, so it may not go on either.
            return false;
        }
        frontiers[participant] = nanos;
        notifyAll();
        try {
            while (!first(participant)) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return frontiers[participant] != ENDED && !Thread.currentThread().isInterrupted();
    }

    private boolean first(int participant) {
        long mine = frontiers[participant];
        if (mine == ENDED) {
            return true;
        }
        for (int i = 0; i < frontiers.length; i++) {
            if (frontiers[i] < mine || (frontiers[i] == mine && i < participant)) {
                return false;
            }
        }
        return true;
    }

    private synchronized void leave(int participant) {
        frontiers[participant] = ENDED;
        notifyAll();
    }
}
