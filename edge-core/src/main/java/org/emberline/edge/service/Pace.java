package org.emberline.edge.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often an observer wants to hear: {@code pmin} and {@code pmax} of its query, in seconds, as in the conditional attributes of CoRE.
 *
 * @param minNanos between two notifications at least; 0 when it does not say
 * @param maxNanos between two notifications at most, changed or not; 0 when it does not say
 */
record Pace(long minNanos, long maxNanos) {
    static final Pace NONE = new Pace(0, 0);

    private static final double LONGEST_SECONDS = 86_400;
    private static final double NANOS = 1e9;

    /** @throws IllegalArgumentException in one line, for a parameter that is unknown, twice there, no number, or out of range */
    static Pace parse(List<String> queries) {
        Double least = null;
        Double most = null;
        for (String query : queries) {
            int equals = query.indexOf('=');
            String name = equals < 0 ? query : query.substring(0, equals);
            String value = equals < 0 ? "" : query.substring(equals + 1);
            switch (name) {
                case "pmin" -> least = seconds(name, value, least);
                case "pmax" -> most = seconds(name, value, most);
                default ->
                    throw new IllegalArgumentException(
                            "unknown parameter " + Documents.line(name) + "; observers may give pmin and pmax");
            }
        }
        if (least != null && most != null && most < least) {
            throw new IllegalArgumentException("pmax is less than pmin");
        }
        return least == null && most == null ? NONE : new Pace(nanos(least), nanos(most));
    }

    private static long nanos(@Nullable Double seconds) {
        return seconds == null ? 0 : Math.round(seconds * NANOS);
    }

    private static Double seconds(String name, String text, @Nullable Double before) {
        if (before != null) {
            throw new IllegalArgumentException(name + " is there twice");
        }
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is not a number of seconds", e);
        }
        if (!(value > 0) || value > LONGEST_SECONDS) {
            throw new IllegalArgumentException(name + " must lie above 0 and not above " + LONGEST_SECONDS);
        }
        return value;
    }
}
