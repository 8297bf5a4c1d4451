package org.emberline.gpu;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code key: value} lines of a PONI file, with the line each stands in. */
final class PoniText {
    /** Java's own parser would also take {@code 1d}, {@code NaN} and hexadecimal numbers. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][+-]?\\d++)?");

    private static final int SHOWN_CHARACTERS = 80;

    private record Entry(String value, int line) {}

    private final String name;
    private final Map<String, Entry> entries;

    private PoniText(String name, Map<String, Entry> entries) {
        this.name = name;
        this.entries = entries;
    }

    static PoniText parse(String text, String name) throws PoniException {
        Map<String, Entry> entries = new HashMap<>();
        int line = 0;
        for (String raw : text.lines().toList()) {
            line++;
            String content = (line == 1 && raw.startsWith("\uFEFF") ? raw.substring(1) : raw).strip();
            if (content.isEmpty() || content.startsWith("#")) {
                continue;
            }
            int colon = content.indexOf(':');
            if (colon < 1) {
                throw new PoniException(name + ":" + line + ": not a 'key: value' line: " + shown(content));
            }
            String key = content.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            entries.put(key, new Entry(content.substring(colon + 1).strip(), line));
        }
        return new PoniText(name, entries);
    }

    /** Whether the key stands there with a value; pyFAI writes {@code None} for no value. */
    boolean isGiven(String key) {
        Entry entry = find(key);
        return entry != null && !entry.value.isEmpty() && !entry.value.equalsIgnoreCase("none");
    }

    String value(String key) throws PoniException {
        Entry entry = find(key);
        if (entry == null) {
            throw missing(key, "");
        }
        return entry.value;
    }

    double number(String key) throws PoniException {
        String value = value(key);
        if (!NUMBER.matcher(value).matches()) {
            throw refuse(key, "is not a finite number");
        }
        double number = Double.parseDouble(value);
        if (Double.isInfinite(number)) {
            throw refuse(key, "is not a finite number");
        }
        return number;
    }

    double positive(String key) throws PoniException {
        double number = number(key);
        if (!(number > 0)) {
            throw refuse(key, "must be positive");
        }
        return number;
    }

    PoniException missing(String key, String why) {
        return new PoniException(name + ": key " + key + " is missing" + why);
    }

    /** Complains about the value of a key that is there. */
    PoniException refuse(String key, String complaint) {
        Entry entry = find(key);
        return entry == null
                ? missing(key, "")
                : new PoniException(name + ":" + entry.line + ": " + key + "=" + shown(entry.value) + " " + complaint);
    }

    /** Text from a file, fit for one line of a message. */
    static String shown(String value) {
        String visible = value.replaceAll("\\p{Cntrl}", "?");
        return visible.length() <= SHOWN_CHARACTERS ? visible : visible.substring(0, SHOWN_CHARACTERS) + "...";
    }

    private @Nullable Entry find(String key) {
        return entries.get(key.toLowerCase(Locale.ROOT));
    }
}
