package org.emberline.edge.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.emberline.edge.service.History.Question;

/** Reads {@code name=…&from=…&to=…&n=…}, each at most once, from anybody. */
final class HistoryQuery {
    static final int USUAL_POINTS = 200;
    static final int FEWEST_POINTS = 2;
    static final int MOST_POINTS = 2000;
    private static final List<String> KEYS = List.of("name", "from", "to", "n");
    private static final int LONGEST = 128;
    /** Java's own parser would also take {@code 1d}, {@code NaN} and hexadecimal numbers. */
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,12}(\\.\\d{1,9})?");

    /** About the year 2286, and within nanoseconds of a long for both signs. */
    private static final double LATEST_SECONDS = 9e9;

    private HistoryQuery() {}

    /** @throws IllegalArgumentException with one line that names what is wrong */
    static Question parse(List<String> options) {
        Map<String, String> values = new HashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            String key = equals < 0 ? option : option.substring(0, equals);
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("unknown " + shown(option) + ", known are " + KEYS);
            }
            if (values.put(key, equals < 0 ? "" : option.substring(equals + 1)) != null) {
                throw new IllegalArgumentException(key + " is there twice");
            }
        }
        String name = values.getOrDefault("name", "");
        if (name.isEmpty() || name.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "name=" + shown(name) + " must be that of a metric, temperature, or t:CHANNEL");
        }
        return new Question(
                name,
                seconds(values, "from", 0),
                seconds(values, "to", LATEST_SECONDS),
                points(values.getOrDefault("n", Integer.toString(USUAL_POINTS))));
    }

    private static double seconds(Map<String, String> values, String key, double fallback) {
        String text = values.get(key);
        if (text == null) {
            return fallback;
        }
        double seconds = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!(Math.abs(seconds) <= LATEST_SECONDS)) {
            throw new IllegalArgumentException(key + "=" + shown(text) + " must be Unix seconds");
        }
        return seconds;
    }

    private static int points(String text) {
        double points = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!(points >= FEWEST_POINTS && points <= MOST_POINTS && points == Math.rint(points))) {
            throw new IllegalArgumentException(
                    "n=" + shown(text) + " must be a whole number from " + FEWEST_POINTS + " to " + MOST_POINTS);
        }
        return (int) points;
    }

    /** What came from outside, in an answer: short and without control characters. */
    private static String shown(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() <= 40 ? plain : plain.substring(0, 40) + "...";
    }
}
