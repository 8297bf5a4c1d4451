package org.emberline.edge.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.emberline.edge.app.config.ApplianceConfig.FirmwareSection;
import org.emberline.edge.app.config.ApplianceConfig.HeartbeatSection;
import org.emberline.edge.app.config.ApplianceConfig.InterlockSection;
import org.emberline.firmware.bridge.ChannelSettings;
import org.emberline.firmware.bridge.LineChoice;
import org.emberline.firmware.gpiochip.Bias;
import org.emberline.firmware.gpiochip.Drive;
import org.emberline.firmware.gpiochip.Edge;
import org.emberline.firmware.gpiochip.EventClock;
import org.emberline.firmware.gpiochip.GpioOutputSettings;
import org.emberline.firmware.gpiochip.GpioTriggerSettings;
import org.emberline.firmware.pi4j.LineSettings;
import org.emberline.firmware.sampling.FaultPolicy;

/** Reads what is wired to the appliance: thermocouples, trigger line, outputs. All of it may be absent. */
final class FirmwareReader {
    private static final int LONGEST_DEBOUNCE = 1_000_000;

    private FirmwareReader() {}

    /** Who has a GPIO line. */
    private enum LineAdapter {
        GPIOCHIP,
        PI4J
    }

    /** @param folder what relative paths refer to */
    static FirmwareSection read(TomlSection root, Path folder) {
        List<ChannelSettings> channels = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (TomlSection section : root.sections("thermocouple")) {
            ChannelSettings channel = ThermocoupleReader.read(section);
            if (!names.add(channel.name())) {
                section.complain("name", "is that of another channel, \"" + channel.name() + "\"");
            }
            channels.add(channel);
        }
        return new FirmwareSection(
                channels,
                policy(root.section("firmware")),
                root.has("temperature_log") ? LogReader.read(root.section("temperature_log"), folder, channels) : null,
                root.has("trigger") ? trigger(root.section("trigger")) : null,
                root.has("heartbeat") ? heartbeat(root.section("heartbeat")) : null,
                root.has("interlock") ? interlock(root.section("interlock")) : null);
    }

    private static FaultPolicy policy(TomlSection section) {
        FaultPolicy usual = FaultPolicy.STANDARD;
        long firstPause = nanos(section, "first_pause_seconds", usual.firstPauseNanos(), 1e-3, 60);
        long longestPause = nanos(section, "longest_pause_seconds", usual.longestPauseNanos(), 1e-3, 3600);
        if (longestPause < firstPause) {
            section.complain("longest_pause_seconds", "must not be less than first_pause_seconds");
            longestPause = firstPause;
        }
        FaultPolicy policy = new FaultPolicy(
                (int) section.integer("retries", usual.retries(), 0, 100),
                firstPause,
                longestPause,
                (int) section.integer("confirm", usual.confirmCount(), 1, 1000),
                nanos(section, "confirm_seconds", usual.confirmNanos(), 0, 3600),
                nanos(section, "deadline_seconds", usual.deadlineNanos(), 1e-3, 60),
                nanos(section, "stale_seconds", usual.staleNanos(), 1e-3, 3600));
        section.finish();
        return policy;
    }

    private static long nanos(TomlSection section, String key, long usual, double least, double most) {
        return ConfigReader.seconds(section.number(key, usual / 1e9, least, most))
                .toNanos();
    }

    private static LineChoice.Trigger trigger(TomlSection section) {
        Line line = Line.read(section);
        int debounce = (int) section.integer("debounce_microseconds", 0, 0, LONGEST_DEBOUNCE);
        Edge edge = section.choice("edge", Edge.RISING, Edge.class);
        Bias bias = section.choice("bias", Bias.AS_IS, Bias.class);
        EventClock clock = section.choice("clock", EventClock.MONOTONIC, EventClock.class);
        int buffer = (int)
                section.integer("buffer_edges", GpioTriggerSettings.MAX_BUFFER, 1, GpioTriggerSettings.MAX_BUFFER);
        section.finish();
        return line.adapter == LineAdapter.PI4J
                ? new LineChoice.Pi4jLine(line.pi4j(debounce))
                : new LineChoice.KernelTrigger(new GpioTriggerSettings(
                        line.chip, line.line, edge, line.activeLow, bias, debounce, clock, buffer));
    }

    private static HeartbeatSection heartbeat(TomlSection section) {
        LineChoice.Output line = output(section);
        long period = nanos(section, "period_seconds", 1_000_000_000, 0.2, 3600);
        section.finish();
        return new HeartbeatSection(line, period);
    }

    private static InterlockSection interlock(TomlSection section) {
        LineChoice.Output line = output(section);
        boolean latched = section.flag("latched", true);
        long lost = nanos(section, "temperature_lost_seconds", 10_000_000_000L, 0.1, 3600);
        section.finish();
        return new InterlockSection(line, latched, lost);
    }

    private static LineChoice.Output output(TomlSection section) {
        Line line = Line.read(section);
        Drive drive = section.choice("drive", Drive.PUSH_PULL, Drive.class);
        Bias bias = section.choice("bias", Bias.AS_IS, Bias.class);
        return line.adapter == LineAdapter.PI4J
                ? new LineChoice.Pi4jLine(line.pi4j(0))
                : new LineChoice.KernelOutput(
                        new GpioOutputSettings(line.chip, line.line, line.activeLow, drive, bias));
    }

    /** What input and output lines have in common. */
    private record Line(LineAdapter adapter, String chip, String line, boolean activeLow) {
        static Line read(TomlSection section) {
            LineAdapter adapter = section.choice("adapter", LineAdapter.GPIOCHIP, LineAdapter.class);
            String chip = named(section, "chip");
            String line = named(section, "line");
            if (adapter == LineAdapter.PI4J && !line.matches("\\d{1,4}")) {
                section.complain("line", "must be the line's number for Pi4J, is \"" + line + "\"");
                line = "0";
            }
            return new Line(adapter, chip, line, section.flag("active_low", false));
        }

        private static String named(TomlSection section, String key) {
            String text = section.requiredText(key);
            if (section.has(key) && text.isBlank()) {
                section.complain(key, "is empty");
            }
            return text.isBlank() ? "0" : text;
        }

        LineSettings pi4j(int debounce) {
            return new LineSettings(chip, Integer.parseInt(line), activeLow, debounce);
        }
    }
}
