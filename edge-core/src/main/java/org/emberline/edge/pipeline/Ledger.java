package org.emberline.edge.pipeline;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The books of a detector, or of a run, at one moment. They balance at every moment, what is still on its way included:
 *
 * <pre>
 *   triggers = frames - TRIGGER_MISSING
 *              + FRAME_MISSING + TRIGGER_SPURIOUS + TRIGGER_UNREAD + TRIGGER_ABORTED + SOURCE_LOST + {@link #openTriggers}
 *   received = frames + DUPLICATE + LATE + STRAY
 *   frames   = reduced   + QUEUE_FULL + DISCARDED + REDUCTION_FAILED + {@link #unreduced}
 *            = published + QUEUE_FULL + DISCARDED                    + {@link #unpublished}
 *            = archived  + QUEUE_FULL + DISCARDED + ARCHIVE_FAILED   + {@link #waiting}
 * </pre>
 *
 * @param triggers edges on the trigger line as far as their indices tell, those included that its reader missed; frames announced where
 *     there is no line
 * @param matched edges that began a frame of {@code frames}
 * @param received frames that the source delivered
 * @param frames frames that entered the pipeline, or found no room in it
 * @param reduced frames with a pattern or a map, measured
 * @param published frames that reached the publisher (each may have been shown, or overtaken by a later one)
 * @param archived frames committed to the archive
 * @param lost losses by the name of {@link Loss}; a reason without losses is absent
 */
public record Ledger(
        long triggers,
        long matched,
        long received,
        long frames,
        long reduced,
        long published,
        long archived,
        Map<String, Long> lost) {

    /** The books before anything happened. */
    public static final Ledger EMPTY = new Ledger(0, 0, 0, 0, 0, Map.of());

    public Ledger {
        lost = Map.copyOf(lost);
    }

    /** Books in which every frame that came was let in or turned away, and every frame that was let in has the edge that it should have. */
    public Ledger(long triggers, long frames, long reduced, long published, long archived, Map<String, Long> lost) {
        this(
                triggers,
                frames - sum(lost, Loss.Zone.FRAME_WITHOUT_EDGE),
                frames + sum(lost, Loss.Zone.ARRIVAL),
                frames,
                reduced,
                published,
                archived,
                lost);
    }

    /** The books of several detectors as one. Ask each of them whether it closes: in the sum two errors may cancel. */
    static Ledger sum(Collection<Ledger> ledgers) {
        Ledger sum = EMPTY;
        for (Ledger each : ledgers) {
            sum = sum.plus(each);
        }
        return sum;
    }

    private Ledger plus(Ledger other) {
        Map<String, Long> both = new HashMap<>(lost);
        other.lost.forEach((name, n) -> both.merge(name, n, Long::sum));
        return new Ledger(
                triggers + other.triggers,
                matched + other.matched,
                received + other.received,
                frames + other.frames,
                reduced + other.reduced,
                published + other.published,
                archived + other.archived,
                both);
    }

    /** Edges of which it is not known yet what they led to. */
    public long openTriggers() {
        return triggers - frames + lostIn(Loss.Zone.FRAME_WITHOUT_EDGE) - lostIn(Loss.Zone.EDGE);
    }

    /** Frames on their way to being reduced and measured. */
    public long unreduced() {
        return carried() - reduced - lostIn(Loss.Zone.REDUCTION);
    }

    /** Frames on their way to the publisher. */
    public long unpublished() {
        return carried() - published;
    }

    /** Frames that have entered and that the archive has neither kept nor given up. */
    public long waiting() {
        return carried() - archived - lostIn(Loss.Zone.ARCHIVE);
    }

    /** Frames that were not lost to all outlets at once. */
    private long carried() {
        return frames - lostIn(Loss.Zone.FRAME);
    }

    /** Whether all balances hold with what is on its way, none of which is negative. */
    public boolean closes() {
        return received == frames + lostIn(Loss.Zone.ARRIVAL)
                && frames == matched + lostIn(Loss.Zone.FRAME_WITHOUT_EDGE)
                && openTriggers() >= 0
                && unreduced() >= 0
                && unpublished() >= 0
                && waiting() >= 0;
    }

    /** Whether the books close and nothing is on its way any more: what they must be after the end. */
    public boolean settled() {
        return closes() && openTriggers() == 0 && unreduced() == 0 && unpublished() == 0 && waiting() == 0;
    }

    /** All losses together: not what only came without its counterpart, or late without harm. */
    public long lostTotal() {
        long sum = 0;
        for (Loss.Zone zone : Loss.Zone.values()) {
            sum += zone == Loss.Zone.NOTE || zone == Loss.Zone.FRAME_WITHOUT_EDGE ? 0 : lostIn(zone);
        }
        return sum;
    }

    private long lostIn(Loss.Zone zone) {
        return sum(lost, zone);
    }

    private static long sum(Map<String, Long> lost, Loss.Zone zone) {
        long sum = 0;
        for (Loss loss : Loss.values()) {
            sum += loss.zone() == zone ? lost.getOrDefault(loss.name(), 0L) : 0;
        }
        return sum;
    }
}
