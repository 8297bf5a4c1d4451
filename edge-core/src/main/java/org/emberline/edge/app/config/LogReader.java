package org.emberline.edge.app.config;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.emberline.firmware.bridge.ChannelSettings;
import org.emberline.firmware.bridge.LogSettings;
import org.emberline.firmware.csv.CsvFormat;
import org.emberline.firmware.csv.CsvSettings;
import org.jspecify.annotations.Nullable;

/** Reads {@code [temperature_log]}. */
final class LogReader {
    private static final CsvFormat.Value NONE = new CsvFormat.Value("none", "none");

    private LogReader() {}

    /** How a log says when. */
    private enum Time {
        EPOCH_SECONDS,
        ISO,
        ELAPSED
    }

    /** @param channels what is sampled already */
    static LogSettings read(TomlSection section, Path folder, List<ChannelSettings> channels) {
        Path file = section.file("file", folder);
        if (file == null) {
            section.complain("file", "is missing");
        }
        if (!channels.isEmpty()) {
            section.complain("file", "does not go with [[thermocouple]]: temperatures come from chips or from a log");
        }
        CsvFormat format = new CsvFormat(
                separator(section),
                time(section),
                values(section),
                new HashSet<>(section.texts("missing", List.of("-1"))),
                section.number("sigma_celsius", 0.5, 0, 100));
        CsvSettings following = new CsvSettings(
                ConfigReader.seconds(section.number("poll_seconds", 0.5, 0.01, 60))
                        .toNanos(),
                ConfigReader.seconds(section.number("stale_seconds", 30, 0.1, 3600))
                        .toNanos(),
                section.flag("from_begin", false));
        section.finish();
        return new LogSettings(file == null ? folder : file, format, following);
    }

    private static char separator(TomlSection section) {
        String text = section.text("separator", ",");
        if (text.length() != 1) {
            section.complain("separator", "must be one character, is \"" + text + "\"");
            return ',';
        }
        return text.charAt(0);
    }

    private static CsvFormat.Time time(TomlSection section) {
        String column = section.requiredText("time_column");
        Time format = section.choice("time_format", Time.EPOCH_SECONDS, Time.class);
        ZoneId zone = zone(section);
        double unit = section.number("time_unit_seconds", 1, 1e-9, 86_400);
        return switch (format) {
            case EPOCH_SECONDS -> new CsvFormat.Time.EpochSeconds(column);
            case ISO -> new CsvFormat.Time.Iso(column, zone);
            case ELAPSED -> new CsvFormat.Time.Elapsed(column, unit, null);
        };
    }

    private static @Nullable ZoneId zone(TomlSection section) {
        String text = section.text("time_zone", "");
        try {
            return text.isEmpty() ? null : ZoneId.of(text);
        } catch (DateTimeException e) {
            section.complain("time_zone", "is no time zone, such as \"UTC\" or \"Europe/Berlin\": \"" + text + "\"");
            return null;
        }
    }

    private static List<CsvFormat.Value> values(TomlSection section) {
        List<String> columns = section.texts("columns", List.of());
        List<String> names = section.texts("names", List.of("furnace"));
        if (columns.isEmpty() || columns.size() != names.size() || new HashSet<>(names).size() != names.size()) {
            section.complain(
                    "columns",
                    "must be as many as names=" + names + ", which must differ, and at least one, is " + columns);
            return List.of(NONE);
        }
        List<CsvFormat.Value> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            values.add(new CsvFormat.Value(columns.get(i), names.get(i)));
        }
        return values;
    }
}
