package org.emberline.edge.pipeline;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The books of a detector, or of a run, at one moment.
 *
 * @param triggers edges on the trigger line as far as their indices tell, those included that its reader missed; frames announced where
 *     there is no line
 * @param frames frames that entered the pipeline
 * @param reduced frames with a pattern
 * @param published frames that reached the publisher (each may have been shown, or overtaken by a later one)
 * @param archived frames committed to the archive
 * @param lost losses by the name of {@link Loss}; a reason without losses is absent
 */
public record Ledger(long triggers, long frames, long reduced, long published, long archived, Map<String, Long> lost) {

    /** The books before anything happened. */
    public static final Ledger EMPTY = new Ledger(0, 0, 0, 0, 0, Map.of());

    public Ledger {
        lost = Map.copyOf(lost);
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
                frames + other.frames,
                reduced + other.reduced,
                published + other.published,
                archived + other.archived,
                both);
    }

    /** Whether every trigger and every frame is accounted for; true only once the pipeline is drained. */
    public boolean closes() {
        return triggers == frames + lostIn(Loss.Zone.ACQUISITION)
                && frames == reduced + lostIn(Loss.Zone.REDUCTION)
                && frames == archived + lostIn(Loss.Zone.ARCHIVE)
                && frames == published;
    }

    /** Frames that have entered and that the archive has neither kept nor given up. */
    public long waiting() {
        return frames - archived - lostIn(Loss.Zone.ARCHIVE);
    }

    /** All losses together. */
    public long lostTotal() {
        return lost.values().stream().mapToLong(Long::longValue).sum();
    }

    private long lostIn(Loss.Zone zone) {
        long sum = 0;
        for (Loss loss : Loss.values()) {
            sum += loss.zone() == zone ? lost.getOrDefault(loss.name(), 0L) : 0;
        }
        return sum;
    }
}
