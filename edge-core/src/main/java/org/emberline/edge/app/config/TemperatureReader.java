package org.emberline.edge.app.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.emberline.edge.app.config.ApplianceConfig.TemperatureChannel;
import org.emberline.edge.app.config.ApplianceConfig.TemperatureSection;
import org.emberline.edge.sync.OffsetModel;
import org.jspecify.annotations.Nullable;

/** Reads {@code [temperature]}: how the sample's temperature follows from the thermocouples'. */
final class TemperatureReader {
    private static final int COEFFICIENTS = 3;
    private static final int COVARIANCES = 6;
    private static final double WEIGHTS_ROUNDING = 1e-6;
    private static final double MINUTE_SECONDS = 60;

    private final TomlSection section;
    private final Duration lag;
    private final Duration lagSigma;
    private final OffsetModel offset;

    private TemperatureReader(TomlSection section) {
        this.section = section;
        lag = lag(section, Duration.ZERO);
        lagSigma = lagSigma(section, Duration.ZERO);
        offset = offset(section, OffsetModel.NONE);
    }

    static TemperatureSection read(TomlSection section) {
        return new TemperatureReader(section).read();
    }

    private TemperatureSection read() {
        List<TomlSection> tables = section.sections("channel");
        List<TemperatureChannel> channels = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (TomlSection table : tables) {
            TemperatureChannel channel = channel(table);
            if (!names.add(channel.name())) {
                table.complain("name", "is given twice: \"" + channel.name() + "\"");
            }
            channels.add(channel);
        }
        double sum = channels.stream().mapToDouble(TemperatureChannel::weight).sum();
        if (!channels.isEmpty() && !(Math.abs(sum - 1) <= WEIGHTS_ROUNDING)) {
            section.complain("channel", "weights must sum to 1, sum to " + sum);
        }
        double fastest = section.number("max_kelvin_per_minute", Double.POSITIVE_INFINITY, 1e-3, 1e9);
        TemperatureSection temperature = new TemperatureSection(
                lag,
                lagSigma,
                section.number("calibration_sigma_kelvin", 0, 0, 1000),
                ConfigReader.seconds(section.number("max_gap_seconds", 300, 1e-3, ConfigReader.YEAR_SECONDS)),
                wait(section),
                fastest / MINUTE_SECONDS,
                (int) section.integer("frozen_readings", 8, 3, 1_000_000),
                offset,
                channels);
        section.finish();
        return temperature;
    }

    private TemperatureChannel channel(TomlSection table) {
        TemperatureChannel channel = new TemperatureChannel(
                table.requiredText("name"),
                table.number("weight", 1, 1e-6, 1),
                lag(table, lag),
                lagSigma(table, lagSigma),
                offset(table, offset));
        table.finish();
        return channel;
    }

    private static @Nullable Duration wait(TomlSection section) {
        double seconds = section.number("wait_seconds", -1, 0, 3600);
        return seconds < 0 ? null : ConfigReader.seconds(seconds);
    }

    private static Duration lag(TomlSection table, Duration fallback) {
        return ConfigReader.seconds(table.number("lag_seconds", fallback.toNanos() / 1e9, 0, 3600));
    }

    private static Duration lagSigma(TomlSection table, Duration fallback) {
        return ConfigReader.seconds(table.number("lag_sigma_seconds", fallback.toNanos() / 1e9, 0, 3600));
    }

    private static OffsetModel offset(TomlSection table, OffsetModel fallback) {
        boolean given = table.has("offset");
        double[] b = table.numbers("offset", COEFFICIENTS, -1e4, 1e4);
        double[] c = table.numbers("offset_covariance", COVARIANCES, -1e8, 1e8);
        if (!given && c != null) {
            table.complain("offset_covariance", "belongs to offset, which is missing");
        }
        if (b == null) {
            return fallback;
        }
        OffsetModel.Covariance covariance = c == null
                ? new OffsetModel.Covariance(0, 0, 0, 0, 0, 0)
                : new OffsetModel.Covariance(c[0], c[1], c[2], c[3], c[4], c[5]);
        if (!covariance.positive()) {
            table.complain(
                    "offset_covariance",
                    "must be the upper triangle [00, 01, 02, 11, 12, 22] of a positive semidefinite matrix, is "
                            + covariance);
        }
        return new OffsetModel(b[0], b[1], b[2], covariance);
    }
}
