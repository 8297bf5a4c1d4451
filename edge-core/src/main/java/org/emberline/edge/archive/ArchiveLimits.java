package org.emberline.edge.archive;

/**
 * How much a run may take.
 *
 * @param quotaBytes of the run folder; 0 for no limit
 * @param minimumFreeBytes that its disk keeps for others
 * @param mayDrop what may be left out while the disk does not keep up
 */
public record ArchiveLimits(long quotaBytes, long minimumFreeBytes, MayDrop mayDrop) {
    private static final long MEBIBYTE = 1L << 20;

    /** Whatever the disk has. */
    public static final ArchiveLimits NONE = new ArchiveLimits(0, 0, MayDrop.NOTHING);

    /** In MiB. */
    public static ArchiveLimits ofMebibytes(long quota, long minimumFree) {
        return new ArchiveLimits(quota * MEBIBYTE, minimumFree * MEBIBYTE, MayDrop.NOTHING);
    }

    /** The same with other things that may be left out. */
    public ArchiveLimits dropping(MayDrop permitted) {
        return new ArchiveLimits(quotaBytes, minimumFreeBytes, permitted);
    }
}
