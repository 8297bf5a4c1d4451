package org.emberline.firmware.csv;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.emberline.firmware.csv.CsvFormat.Time;
import org.jspecify.annotations.Nullable;

/** Turns the lines of one file into rows. Pure but for the header it remembers; one thread. */
final class CsvLines {
    private static final double ABSOLUTE_ZERO_CELSIUS = -273.15;
    /** Beyond what any thermocouple measures. */
    private static final double ABSURD_CELSIUS = 3_000;
    /** In seconds: beyond the year 2200, and short of the ends of a long of nanoseconds. */
    private static final double ABSURD_SECONDS = 8e9;

    private final CsvFormat format;
    private final Pattern separator;
    private final Set<String> missingTexts = new HashSet<>();
    private final Set<Double> missingNumbers = new HashSet<>();
    private int columns;
    private int timeColumn;
    private int @Nullable [] valueColumns;

    /** What one cell holds. */
    enum Cell {
        VALUE,
        MISSING,
        ABSURD
    }

    /**
     * One line.
     *
     * @param nanos since the epoch, or since the begin of the log
     * @param cells one for each value of the format
     * @param celsius where the cell is a VALUE; else NaN
     */
    record Row(long nanos, List<Cell> cells, double[] celsius) {}

    /** Why a line, or the header, makes no sense. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        Refusal(String message) {
            super(message);
        }
    }

    CsvLines(CsvFormat format) {
        this.format = format;
        separator = Pattern.compile(Pattern.quote(String.valueOf(format.separator())));
        missingTexts.addAll(List.of("", "nan"));
        for (String mark : format.missing()) {
            missingTexts.add(mark.strip().toLowerCase(Locale.ROOT));
            if (isNumber(mark)) {
                missingNumbers.add(Double.parseDouble(mark));
            }
        }
    }

    private static boolean isNumber(String text) {
        try {
            return !Double.isNaN(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** A row; null for the header, comments and empty lines. */
    @Nullable
    Row accept(String text) throws Refusal {
        String line = text.strip();
        if (line.isEmpty() || line.startsWith("#")) {
            return null;
        }
        String[] cells = separator.split(line, -1);
        int[] at = valueColumns;
        if (at == null) {
            header(cells);
            return null;
        }
        if (cells.length != columns) {
            throw new Refusal(cells.length + " columns instead of " + columns);
        }
        List<Cell> kinds = new ArrayList<>(at.length);
        double[] celsius = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            celsius[i] = Double.NaN;
            kinds.add(cell(cells[at[i]].strip(), celsius, i));
        }
        return new Row(nanos(cells[timeColumn].strip()), kinds, celsius);
    }

    private void header(String[] cells) throws Refusal {
        List<String> names = new ArrayList<>();
        for (String cell : cells) {
            names.add(cell.strip().toLowerCase(Locale.ROOT));
        }
        timeColumn = column(names, format.time().column());
        int[] at = new int[format.values().size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = column(names, format.values().get(i).column());
        }
        columns = cells.length;
        valueColumns = at;
    }

    private static int column(List<String> names, String wanted) throws Refusal {
        String name = wanted.strip().toLowerCase(Locale.ROOT);
        int at = names.indexOf(name);
        if (at < 0 || at != names.lastIndexOf(name)) {
            throw new Refusal(
                    "the header has " + (at < 0 ? "no" : "more than one") + " column=" + wanted + " there=" + names);
        }
        return at;
    }

    private Cell cell(String text, double[] celsius, int at) {
        if (missingTexts.contains(text.toLowerCase(Locale.ROOT))) {
            return Cell.MISSING;
        }
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Cell.ABSURD;
        }
        if (Double.isNaN(value) || missingNumbers.contains(value)) {
            return Cell.MISSING;
        }
        if (!(value >= ABSOLUTE_ZERO_CELSIUS && value <= ABSURD_CELSIUS)) {
            return Cell.ABSURD;
        }
        celsius[at] = value;
        return Cell.VALUE;
    }

    private long nanos(String text) throws Refusal {
        return switch (format.time()) {
            case Time.EpochSeconds _ -> nanos(text, 1);
            case Time.Elapsed elapsed -> nanos(text, elapsed.secondsPerUnit());
            case Time.Iso iso -> nanosOf(instant(text.replace(' ', 'T'), iso.zone()));
        };
    }

    private static long nanos(String text, double secondsPerUnit) throws Refusal {
        double seconds;
        try {
            seconds = Double.parseDouble(text) * secondsPerUnit;
        } catch (NumberFormatException e) {
            throw new Refusal("the time is no number: \"" + quote(text) + "\"");
        }
        if (!(Math.abs(seconds) < ABSURD_SECONDS)) {
            throw new Refusal("the time is absurd: \"" + quote(text) + "\"");
        }
        boolean plain =
                secondsPerUnit == 1 && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == '-');
        // A double holds the seconds of today to 0.2 microseconds only.
        return plain
                ? new BigDecimal(text)
                        .movePointRight(9)
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .longValueExact()
                : Math.round(seconds * 1e9);
    }

    private static Instant instant(String text, @Nullable ZoneId zone) throws Refusal {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            // Perhaps it only lacks the offset.
        }
        LocalDateTime local;
        try {
            local = LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            throw new Refusal("the time is not of ISO 8601: \"" + quote(text) + "\"");
        }
        if (zone == null) {
            throw new Refusal("the time lacks its offset from UTC, and no zone is set: \"" + quote(text) + "\"");
        }
        return local.atZone(zone).toInstant();
    }

    private static long nanosOf(Instant instant) throws Refusal {
        if (Math.abs((double) instant.getEpochSecond()) >= ABSURD_SECONDS) {
            throw new Refusal("the time is absurd: " + instant);
        }
        return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }

    static String quote(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
