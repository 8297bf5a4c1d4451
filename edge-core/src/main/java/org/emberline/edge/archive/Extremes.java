package org.emberline.edge.archive;

import java.util.ArrayList;
import java.util.List;

/**
 * The lowest and the highest value of each of some equal stretches of a series: at most two points a stretch, and no minimum or maximum of any
 * stretch is lost.
 */
final class Extremes {
    private final long first;
    private final double stretch;
    private final int buckets;
    private final Kept[] lowest;
    private final Kept[] highest;
    private long values;

    /** A point that stays. */
    record Kept(long position, double value) {}

    /**
     * @param first position where the first stretch begins
     * @param stretch length of each
     * @param buckets how many, 1 or more
     */
    Extremes(long first, double stretch, int buckets) {
        this.first = first;
        this.stretch = stretch;
        this.buckets = buckets;
        lowest = new Kept[buckets];
        highest = new Kept[buckets];
    }

    int buckets() {
        return buckets;
    }

    /** How many points there were. */
    long values() {
        return values;
    }

    /**
     * Takes a point.
     *
     * @param count how many points it stands for
     */
    void add(long position, double value, long count) {
        values += count;
        int bucket = (int) Math.min(buckets - 1.0, (position - first) / stretch);
        if (lowest[bucket] == null || value < lowest[bucket].value) {
            lowest[bucket] = new Kept(position, value);
        }
        if (highest[bucket] == null || value > highest[bucket].value) {
            highest[bucket] = new Kept(position, value);
        }
    }

    /** The points that stay, by position. */
    List<Kept> kept() {
        List<Kept> kept = new ArrayList<>();
        for (int i = 0; i < buckets; i++) {
            if (lowest[i] != null) {
                boolean lowestFirst = lowest[i].position <= highest[i].position;
                kept.add(lowestFirst ? lowest[i] : highest[i]);
                if (lowest[i].position != highest[i].position) {
                    kept.add(lowestFirst ? highest[i] : lowest[i]);
                }
            }
        }
        return kept;
    }
}
