package org.emberline.edge.app;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.csv.CsvStatus;
import org.emberline.firmware.sampling.SamplingStatus;

/** Sensors for people. */
final class SensorText implements SensorFormat {
    private static final String TRIGGER = "trigger";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final int width;

    /** @param channels are padded to the longest of them */
    SensorText(List<String> channels) {
        width = channels.stream().mapToInt(String::length).reduce(TRIGGER.length(), Math::max);
    }

    @Override
    public String reading(String channel, ThermocoupleReading reading) {
        return line(
                reading.timestampNanos(),
                channel,
                switch (reading) {
                    case ThermocoupleReading.Temperature t ->
                        Figures.withSigma(t.hotJunctionCelsius(), t.sigmaCelsius()) + " Cel";
                    case ThermocoupleReading.Fault f -> "FAULT " + f.kind();
                });
    }

    @Override
    public String edges(long utcNanos, double perSecond, SensorBoard.Edges edges) {
        return line(
                utcNanos,
                TRIGGER,
                String.format(Locale.ROOT, "%.1f edges/s, seen=%d lost=%d", perSecond, edges.seen(), edges.lost()));
    }

    @Override
    public String lost(long utcNanos, String failure) {
        return line(utcNanos, TRIGGER, "LOST " + failure);
    }

    @Override
    public String total(SamplingStatus.Channel channel) {
        return FirmwareWords.of(channel);
    }

    @Override
    public String total(CsvStatus log) {
        return "log: " + FirmwareWords.of(log);
    }

    @Override
    public String total(SensorBoard.Edges edges, Map<String, Long> counts) {
        String adapter = counts.isEmpty() ? "" : "; its adapter: " + FirmwareWords.of(counts);
        return TRIGGER + ": seen=" + edges.seen() + " lost=" + edges.lost() + adapter;
    }

    private String line(long utcNanos, String what, String text) {
        return TIME.format(Instant.EPOCH.plusNanos(utcNanos)) + "  " + what + " ".repeat(width - what.length()) + "  "
                + text;
    }
}
