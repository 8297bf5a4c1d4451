package org.emberline.edge.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether there is still room for a run: below its quota, and on its disk. */
final class ArchiveRoom {
    /** How the reason begins, here and where the disk itself says no. */
    private static final String FULL = "ARCHIVE_FULL: ";

    private static final String DISK_FULL = "database or disk is full";
    private static final long MEBIBYTE = 1L << 20;

    private final RunFolder folder;
    private final ArchiveLimits limits;

    ArchiveRoom(RunFolder folder, ArchiveLimits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /**
     * Why nothing more may be written, null while something may.
     *
     * @param segmentBytes of all segments
     */
    @Nullable
    String full(long segmentBytes) throws IOException {
        if (limits.quotaBytes() > 0) {
            long used = segmentBytes;
            for (String suffix : List.of("", "-wal")) {
                Path file = folder.database().resolveSibling(folder.database().getFileName() + suffix);
                used += Files.exists(file) ? Files.size(file) : 0;
            }
            if (used > limits.quotaBytes()) {
                return FULL + "the run takes " + used / MEBIBYTE + " MiB, archive.quota_mib="
                        + limits.quotaBytes() / MEBIBYTE;
            }
        }
        long free = freeBytes();
        return free < limits.minimumFreeBytes()
                ? FULL + "the disk has " + free / MEBIBYTE + " MiB left, archive.minimum_free_mib="
                        + limits.minimumFreeBytes() / MEBIBYTE
                : null;
    }

    /** What the disk has left for us. */
    long freeBytes() throws IOException {
        return Files.getFileStore(folder.path()).getUsableSpace();
    }

    /** How a run ends whose archive has failed, from the failure in words. */
    static String endReason(String failure) {
        return failure.startsWith(FULL) ? "ARCHIVE_FULL" : "ARCHIVE_FAILED";
    }

    /** A failure of the database in words that say what it means. */
    static String worded(String failure) {
        return failure.contains(DISK_FULL) ? FULL + failure : failure;
    }
}
