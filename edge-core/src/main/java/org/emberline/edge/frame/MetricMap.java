package org.emberline.edge.frame;

/**
 * The latest map of one metric. It stays from frame to frame until there is a newer one: a slot may show the map of an earlier frame, whose
 * index it says. Owned by whoever owns the slot or the copy that it is in.
 */
public final class MetricMap {
    /** Number of the metric in the slot. */
    public final int metric;

    public final MapLayout layout;
    /** Plane by plane, row by row. */
    public final float[] values;
    /** The frame that completed the map, -1 before the first. */
    public long frameIndex = -1;
    /** Middle of that frame's exposure, nanoseconds since the Unix epoch. */
    public long midNanos;

    public MetricMap(int metric, MapLayout layout) {
        this.metric = metric;
        this.layout = layout;
        values = new float[layout.values()];
    }

    /** Overwrites this map with another of the same layout. */
    public void take(MetricMap other) {
        if (frameIndex != other.frameIndex) {
            System.arraycopy(other.values, 0, values, 0, values.length);
            frameIndex = other.frameIndex;
            midNanos = other.midNanos;
        }
    }
}
