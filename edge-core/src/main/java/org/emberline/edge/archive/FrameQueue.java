package org.emberline.edge.archive;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameCopy;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.Stage;

/**
 * What stands between the archive stage of one detector and the writer: rooms for frames that wait for the disk, and the counts of what became
 * of them. The stage's thread waits only when all rooms are taken.
 */
final class FrameQueue implements Stage {
    private static final long BYTES = 1L << 24;
    private static final int FEWEST = 8;
    private static final int MOST = 1024;
    /** Behind is who has half of the rooms taken, until a quarter is. */
    private static final double BEHIND = 0.5;

    private static final double CAUGHT_UP = 0.25;

    final int detector;
    final RowRing<FrameCopy> ring;
    final AtomicLong committed = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    private final String name;
    private final MayDrop permitted;
    private final Map<MayDrop, AtomicLong> dropped = Map.of(
            MayDrop.PREVIEWS, new AtomicLong(), MayDrop.MAPS, new AtomicLong(), MayDrop.PATTERNS, new AtomicLong());
    /** Frames inserted since the last commit, and those of them that wait for a segment. */
    long uncommitted;

    long unsegmented;
    long lastNanos;
    private boolean behind;

    /** @param permitted what need not be kept while the disk does not keep up */
    FrameQueue(int detector, DetectorLayout layout, int largestSide, MayDrop permitted) {
        this.detector = detector;
        this.permitted = permitted;
        name = layout.name();
        Supplier<FrameCopy> rooms = layout.copies(largestSide);
        ring = new RowRing<>(Math.clamp(BYTES / rooms.get().bytes(), FEWEST, MOST), rooms);
    }

    @Override
    public void process(FrameSlot slot) {
        ring.claim().take(slot);
        ring.publish();
    }

    /** Whether a part of a frame is to be stored; counts it when it is not. Writer only. */
    boolean keeps(MayDrop part) {
        boolean kept = !part.now(permitted, ring.fill());
        if (!kept) {
            dropped(part).incrementAndGet();
        }
        return kept;
    }

    /** How often a part of a frame was not stored. Any thread. */
    long droppedSoFar(MayDrop part) {
        return part == MayDrop.NOTHING ? 0 : dropped(part).get();
    }

    private AtomicLong dropped(MayDrop part) {
        AtomicLong counter = dropped.get(part);
        if (counter == null) {
            throw new IllegalArgumentException(part.name());
        }
        return counter;
    }

    /** The frame is inserted. Writer only. */
    void inserted(FrameCopy row, boolean withContent) {
        lastNanos = row.stopNanos;
        uncommitted++;
        unsegmented += withContent ? 1 : 0;
    }

    /** What was inserted is committed, or will never be. Writer only. */
    void settle(boolean kept) {
        (kept ? committed : failed).addAndGet(uncommitted);
        uncommitted = 0;
        unsegmented = 0;
    }

    /** Whether the disk has just fallen behind, or just caught up. Writer only. */
    boolean turned() {
        double fill = ring.fill();
        boolean now = behind ? fill > CAUGHT_UP : fill >= BEHIND;
        boolean turned = now != behind;
        behind = now;
        return turned;
    }

    boolean behind() {
        return behind;
    }

    /** How far behind, and what it has cost so far, in words. */
    String account() {
        return String.format(
                Locale.ROOT,
                "%s: %d frames wait for the disk; left out so far: %d patterns, %d previews, %d maps",
                name,
                ring.waiting(),
                droppedSoFar(MayDrop.PATTERNS),
                droppedSoFar(MayDrop.PREVIEWS),
                droppedSoFar(MayDrop.MAPS));
    }
}
