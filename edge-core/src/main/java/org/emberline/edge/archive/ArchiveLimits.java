package org.emberline.edge.archive;

/**
 * How much a run may take.
 *
 * @param quotaBytes of the run folder; 0 for no limit
 * @param minimumFreeBytes that its disk keeps for others
 */
public record ArchiveLimits(long quotaBytes, long minimumFreeBytes) {
    private static final long MEBIBYTE = 1L << 20;

    /** Whatever the disk has. */
    public static final ArchiveLimits NONE = new ArchiveLimits(0, 0);

    /** In MiB. */
    public static ArchiveLimits ofMebibytes(long quota, long minimumFree) {
        return new ArchiveLimits(quota * MEBIBYTE, minimumFree * MEBIBYTE);
    }
}
