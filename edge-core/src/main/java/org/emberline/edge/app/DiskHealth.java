package org.emberline.edge.app;

import java.util.function.LongConsumer;
import org.emberline.edge.archive.ArchiveLimits;
import org.emberline.edge.pipeline.HealthBoard;
import org.emberline.edge.pipeline.Snapshot.Condition;
import org.emberline.edge.pipeline.Snapshot.StationView.Name;

/** Judges how much room the archive's disk has left. Of bounds only, so that a reason does not change with every byte. */
final class DiskHealth implements LongConsumer {
    private static final long MEBIBYTE = 1L << 20;
    /** Of the room that is to be kept free, so that somebody has the time to do something. */
    private static final long WARNED_EARLIER = 10;

    private final HealthBoard health;
    private final long minimumFree;

    DiskHealth(HealthBoard health, ArchiveLimits limits) {
        this.health = health;
        minimumFree = limits.minimumFreeBytes();
        health.report(Name.DISK, Condition.OK, "not looked at yet");
    }

    @Override
    public void accept(long freeBytes) {
        long early = Math.max(minimumFree, MEBIBYTE) * WARNED_EARLIER;
        if (freeBytes < minimumFree) {
            health.report(
                    Name.DISK,
                    Condition.FAIL,
                    "less than archive.minimum_free_mib=" + minimumFree / MEBIBYTE + " left");
        } else if (freeBytes < early) {
            health.report(Name.DISK, Condition.WARN, "less than " + early / MEBIBYTE + " MiB left");
        } else {
            health.report(Name.DISK, Condition.OK, "has room");
        }
    }
}
