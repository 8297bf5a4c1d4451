package org.emberline.edge.pipeline;

import java.util.List;
import org.emberline.edge.frame.DetectorRole;
import org.emberline.edge.frame.MapLayout;
import org.emberline.edge.frame.MetricLayout;
import org.emberline.edge.frame.TemperatureMethod;
import org.jspecify.annotations.Nullable;

/**
 * What the appliance knows at one moment, for readers of any thread. Immutable: the arrays of patterns and previews are copies that
 * nobody writes to.
 *
 * @param sequence grows with every snapshot; 0 before the first frame
 * @param run the run as a whole
 * @param channels the latest reading of every thermocouple channel
 * @param detectors in the order of the configuration; none before the first run
 * @param events what has happened to the run
 * @param stations how the parts of the appliance stand, those that have been looked at
 */
public record Snapshot(
        long sequence,
        RunView run,
        List<ChannelView> channels,
        List<DetectorView> detectors,
        Events events,
        List<StationView> stations) {

    public Snapshot {
        channels = List.copyOf(channels);
        detectors = List.copyOf(detectors);
        stations = List.copyOf(stations);
    }

    /** Of a run to which nothing has happened. */
    public Snapshot(long sequence, RunView run, List<ChannelView> channels, List<DetectorView> detectors) {
        this(sequence, run, channels, detectors, Events.NONE, List.of());
    }

    /** How a part of the appliance stands. */
    public enum Condition {
        OK,
        /** Works, and somebody should know. */
        WARN,
        FAIL
    }

    /**
     * A part of the appliance.
     *
     * @param sinceNanos when condition or reason changed last, nanoseconds since the Unix epoch
     * @param reason in one line
     */
    public record StationView(Name name, Condition condition, long sinceNanos, String reason) {

        /** The parts, in the order of a frame's way. */
        public enum Name {
            SOURCE,
            TEMPERATURE,
            SYNC,
            REDUCE,
            ARCHIVE,
            DISK,
            CLOCK
        }
    }

    /**
     * @param count how many there were since the begin of the run
     * @param latest the last of them, the newest last
     */
    public record Events(long count, List<EventView> latest) {
        public static final Events NONE = new Events(0, List.of());

        public Events {
            latest = List.copyOf(latest);
        }
    }

    /**
     * Something that happened to the run and not to a frame.
     *
     * @param number from 1
     * @param nanos when, nanoseconds since the Unix epoch
     * @param kind one word, for example {@code ARCHIVE_BEHIND}
     */
    public record EventView(long number, long nanos, String kind, String text) {}

    /** The books of all detectors together. */
    public Ledger ledger() {
        return Ledger.sum(detectors.stream().map(DetectorView::ledger).toList());
    }

    /** Whether the books of every detector close, with what is on its way. */
    public boolean closes() {
        return detectors.stream().allMatch(detector -> detector.ledger().closes());
    }

    /** Whether the books of every detector close and nothing is on its way any more. */
    public boolean settled() {
        return detectors.stream().allMatch(detector -> detector.ledger().settled());
    }

    /** The latest measured frame of the first detector, or null before its first. */
    public @Nullable FrameView frame() {
        return detectors.isEmpty() ? null : detectors.getFirst().frame();
    }

    /**
     * What is known of one detector.
     *
     * @param name unique within the run
     * @param backend backend and device of its reduction, in words
     * @param ledger its books
     * @param frame its latest measured frame, or null before the first
     * @param pattern the latest reduced pattern of a diffraction detector, or null
     * @param preview the latest reduced radiograph of an imaging detector, or null; that of an earlier frame than {@code frame} when
     *     that one is CORRUPT
     * @param metrics what is measured, in catalogue order
     * @param maps the latest map of every metric that has made one
     */
    public record DetectorView(
            String name,
            DetectorRole role,
            String backend,
            Ledger ledger,
            @Nullable FrameView frame,
            @Nullable PatternView pattern,
            @Nullable PreviewView preview,
            List<MetricLayout> metrics,
            List<MetricMapView> maps) {

        public DetectorView {
            metrics = List.copyOf(metrics);
            maps = List.copyOf(maps);
        }
    }

    /**
     * The map of one metric.
     *
     * @param detector name of the detector
     * @param frameIndex the frame that completed it
     * @param values plane by plane, row by row
     */
    public record MetricMapView(
            String detector, MetricLayout metric, MapLayout layout, long frameIndex, long midNanos, float[] values) {}

    /**
     * @param frameIndex running number from 0
     * @param midNanos middle of the exposure, nanoseconds since the Unix epoch
     * @param temperatureCelsius mean over the exposure, or NaN when {@code flags} says why
     * @param temperatureSigma standard uncertainty, or NaN
     * @param temperature how it came about
     * @param energyKev photon energy, or NaN when nobody has said it
     * @param flags names of the frame's flags
     * @param metrics all metrics of the detector, in catalogue order
     */
    public record FrameView(
            long frameIndex,
            long midNanos,
            double temperatureCelsius,
            double temperatureSigma,
            TemperatureView temperature,
            double energyKev,
            List<String> flags,
            List<MetricView> metrics) {

        public FrameView {
            flags = List.copyOf(flags);
            metrics = List.copyOf(metrics);
        }
    }

    /**
     * How the temperature of a frame came about.
     *
     * @param least within the exposure, degrees Celsius, or NaN
     * @param greatest likewise
     * @param kelvinPerSecond dT/dt, or NaN
     * @param readings that have a share in the mean
     * @param largestGapNanos between two of them
     */
    public record TemperatureView(
            double least,
            double greatest,
            double kelvinPerSecond,
            int readings,
            long largestGapNanos,
            TemperatureMethod method) {}

    /** One metric; {@code value} and {@code sigma} are NaN where {@code flags} says why. {@code unit} as in SenML, may be empty. */
    public record MetricView(String name, String unit, double value, double sigma, List<String> flags) {

        public MetricView {
            flags = List.copyOf(flags);
        }
    }

    /** One thermocouple channel: a temperature (then {@code fault} is null) or the name of the fault (then it is NaN). */
    public record ChannelView(
            String name,
            long timestampNanos,
            double celsius,
            double sigma,
            @Nullable String fault) {}

    /**
     * One pattern; arrays have one entry per bin, NaN intensity and count 0 in an empty one.
     *
     * @param detector name of the detector
     * @param radialUnit pyFAI name of the radial unit
     * @param radial bin centres
     */
    public record PatternView(
            String detector,
            long frameIndex,
            long midNanos,
            String radialUnit,
            double[] radial,
            float[] intensity,
            float[] sigma,
            float[] count) {}

    /**
     * One radiograph in several sizes.
     *
     * @param detector name of the detector
     * @param energyKev photon energy, or NaN when nobody has said it
     * @param maps at least one, the largest first, each half the one before
     */
    public record PreviewView(String detector, long frameIndex, long midNanos, double energyKev, List<MapView> maps) {

        public PreviewView {
            maps = List.copyOf(maps);
        }
    }

    /**
     * @param factor detector pixels per pixel of the map along each axis
     * @param opticalDensity row by row, NaN where nothing is known
     */
    public record MapView(int rows, int columns, int factor, float[] opticalDensity) {}
}
