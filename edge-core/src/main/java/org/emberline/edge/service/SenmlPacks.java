package org.emberline.edge.service;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.ChannelView;
import org.emberline.edge.pipeline.Snapshot.DetectorView;
import org.emberline.edge.pipeline.Snapshot.FrameView;
import org.emberline.edge.pipeline.Snapshot.MetricView;
import org.emberline.edge.service.senml.SenmlBase;
import org.emberline.edge.service.senml.SenmlNames;
import org.emberline.edge.service.senml.SenmlRecord;

/**
 * Snapshots as SenML: {@code NAME}, {@code NAME:sigma} and, where there are flags, {@code NAME:flags} with the names joined by
 * commas. NaN has no record. The first record carries the base time, so that all share it.
 */
final class SenmlPacks {
    private static final String SIGMA = ":sigma";

    private final List<SenmlRecord> records = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private SenmlPacks() {}

    /**
     * All of the latest frame of every detector, each with its own time; before the first frame the phase of the run alone, because a pack
     * has at least one record. Temperature and flags of a detector beside the first begin with its name.
     */
    static List<SenmlRecord> metrics(Snapshot snapshot) {
        SenmlPacks pack = new SenmlPacks();
        List<SenmlRecord> all = new ArrayList<>();
        for (int i = 0; i < snapshot.detectors().size(); i++) {
            DetectorView detector = snapshot.detectors().get(i);
            if (detector.frame() != null) {
                String prefix = i == 0 ? "" : ResourceTree.segment(detector.name()) + ":";
                pack.frame(prefix, prefix.isEmpty() ? "frame" : prefix + "frame", detector.frame());
                all.addAll(pack.taken(detector.frame().midNanos(), all));
            }
        }
        return all.isEmpty()
                ? List.of(SenmlRecord.text("phase", snapshot.run().state().phase()))
                : all;
    }

    private void frame(String prefix, String name, FrameView frame) {
        measured(prefix + "temperature", "Cel", frame.temperatureCelsius(), frame.temperatureSigma());
        flags(name, frame.flags());
        for (MetricView metric : frame.metrics()) {
            String metricName = measured(metric.name(), metric.unit(), metric.value(), metric.sigma());
            flags(metricName, metric.flags());
        }
    }

    /** The records made since the last call, with their time: the base of the pack's first, and what is missing to it in others. */
    private List<SenmlRecord> taken(long midNanos, List<SenmlRecord> before) {
        List<SenmlRecord> made = new ArrayList<>(records);
        records.clear();
        double seconds = Documents.unixSeconds(midNanos);
        if (made.isEmpty()) {
            return made;
        }
        if (before.isEmpty()) {
            return at(midNanos, made);
        }
        double base = Objects.requireNonNull(before.getFirst().base().time(), "the first record carries the base time");
        return made.stream().map(senml -> senml.later(seconds - base)).toList();
    }

    /** One thermocouple channel: {@code t:CHANNEL}, or its fault as the flag. */
    static List<SenmlRecord> channel(ChannelView channel) {
        SenmlPacks pack = new SenmlPacks();
        String name =
                pack.measured("t:" + ResourceTree.segment(channel.name()), "Cel", channel.celsius(), channel.sigma());
        String fault = channel.fault();
        pack.flags(name, fault == null ? List.of() : List.of(fault));
        if (pack.records.isEmpty()) {
            pack.flags(name, List.of("NO_READING"));
        }
        return at(channel.timestampNanos(), pack.records);
    }

    private static List<SenmlRecord> at(long nanos, List<SenmlRecord> records) {
        SenmlRecord first = records.getFirst();
        SenmlBase time = new SenmlBase(null, Documents.unixSeconds(nanos), null, null, null, null);
        records.set(0, first.with(time, first.name()));
        return records;
    }

    /** The name as used: mended to the rule, and numbered when it is taken. */
    private String measured(String wanted, String unit, double value, double sigma) {
        String mended = SenmlNames.mended(wanted);
        String name = mended;
        for (int i = 2; !names.add(name); i++) {
            name = mended + ":" + i;
        }
        if (Double.isFinite(value)) {
            records.add(SenmlRecord.number(name, unit, value));
            if (Double.isFinite(sigma)) {
                records.add(SenmlRecord.number(name + SIGMA, unit.equals("Cel") ? "K" : unit, sigma));
            }
        }
        return name;
    }

    private void flags(String name, List<String> flags) {
        if (!flags.isEmpty()) {
            records.add(SenmlRecord.text(name + ":flags", String.join(",", flags)));
        }
    }

    static boolean isSigma(SenmlRecord senml) {
        String name = senml.name();
        return name != null && name.endsWith(SIGMA);
    }
}
