package org.emberline.edge.service;

import java.util.List;

/** Where {@code /history} gets what it shows. Asked on a thread of the service that may wait, one question at a time. */
public interface History {

    /**
     * A series over time, thinned to so many points, minima and maxima kept.
     *
     * @param name of a metric, {@code temperature}, or {@code t:CHANNEL}
     * @param fromSeconds since the Unix epoch; negative for so long before the last frame
     * @param toSeconds since the Unix epoch
     * @param points at most
     */
    record Question(String name, double fromSeconds, double toSeconds, int points) {}

    /** What there is to say. */
    sealed interface Answer {}

    /**
     * @param unit SenML's, empty for none
     * @param points by time
     * @param absent frames or readings of the range that have no value
     */
    record Series(String unit, List<Point> points, long absent) implements Answer {
        public Series {
            points = List.copyOf(points);
        }
    }

    /** The run has no series of that name. */
    record Unknown() implements Answer {}

    /**
     * Nothing can be said now.
     *
     * @param reason in one line
     */
    record Unavailable(String reason) implements Answer {}

    /**
     * One value.
     *
     * @param nanos since the Unix epoch
     * @param sigma NaN for none
     */
    record Point(long nanos, double value, double sigma) {}

    /** Answers within some seconds. */
    Answer read(Question question);
}
