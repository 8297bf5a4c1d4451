package org.emberline.firmware.csv;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a log mean. Its first line that is neither empty nor begins with {@code #} names them, in whatever case.
 *
 * @param separator between cells
 * @param time when a line was measured
 * @param values at least one
 * @param missing what is written for a missing value, besides nothing and {@code nan}; a number such as -1 also stands for -1.0
 * @param sigmaCelsius standard uncertainty of one reading, which no log tells, 0 or more
 */
public record CsvFormat(char separator, Time time, List<Value> values, Set<String> missing, double sigmaCelsius) {

    /** @throws IllegalArgumentException naming what is wrong */
    public CsvFormat {
        values = List.copyOf(values);
        missing = Set.copyOf(missing);
        if (values.isEmpty()
                || values.stream().map(Value::channel).distinct().count() != values.size()
                || !(sigmaCelsius >= 0)
                || Double.isInfinite(sigmaCelsius)) {
            throw new IllegalArgumentException(
                    "a CSV log needs values with different channels, and an uncertainty of 0 or more values=" + values
                            + " sigmaCelsius=" + sigmaCelsius);
        }
    }

    /**
     * A column with a temperature in degrees Celsius.
     *
     * @param column its name in the header
     * @param channel as {@link org.emberline.firmware.Thermocouples#channels()} wants it
     */
    public record Value(String column, String channel) {}

    /** The column with the time. */
    public sealed interface Time {

        /** Its name in the header. */
        String column();

        /** Seconds since the Unix epoch. */
        record EpochSeconds(String column) implements Time {}

        /**
         * Date and time by ISO 8601, parted by a T or a blank.
         *
         * @param zone of times that say nothing of it themselves; null refuses them
         */
        record Iso(String column, @Nullable ZoneId zone) implements Time {}

        /**
         * Time since the log was begun.
         *
         * @param secondsPerUnit 1 for seconds, 60 for minutes
         * @param begin of the log; null takes the file's date for the moment at which the last of its lines was measured, when the file
         *     is first seen and when another takes its place: true as far as its writer writes at once
         */
        record Elapsed(
                String column,
                double secondsPerUnit,
                @Nullable Instant begin) implements Time {
            /** @throws IllegalArgumentException for a unit that is not positive */
            public Elapsed {
                if (!(secondsPerUnit > 0) || Double.isInfinite(secondsPerUnit)) {
                    throw new IllegalArgumentException("must be more than 0: secondsPerUnit=" + secondsPerUnit);
                }
            }
        }
    }
}
