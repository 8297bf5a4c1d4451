package org.emberline.edge.archive;

/**
 * What may be left out while the disk does not keep up; each includes those before it. Frames, their temperatures and metrics are never left
 * out.
 */
public enum MayDrop {
    /** Frames wait instead. */
    NOTHING(Double.POSITIVE_INFINITY),
    /** Optical density of radiographs, from when half of the room in front of the archive is taken. */
    PREVIEWS(1.0 / 2),
    /** Maps of metrics. */
    MAPS(5.0 / 8),
    PATTERNS(3.0 / 4);

    private final double from;

    MayDrop(double from) {
        this.from = from;
    }

    /**
     * Whether this may be left out now.
     *
     * @param permitted the last that may be
     * @param fill share of the room that is taken, 0 to 1
     */
    boolean now(MayDrop permitted, double fill) {
        return compareTo(permitted) <= 0 && fill >= from;
    }
}
