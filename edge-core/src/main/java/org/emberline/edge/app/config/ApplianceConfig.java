package org.emberline.edge.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.emberline.edge.archive.ArchiveLimits;
import org.emberline.edge.archive.SegmentSettings;
import org.emberline.edge.frame.DetectorRole;
import org.emberline.edge.metrics.grains.GrainSettings;
import org.emberline.edge.metrics.imaging.ImageMetrics;
import org.emberline.edge.pipeline.WhenFull;
import org.emberline.edge.service.CoapSettings;
import org.emberline.edge.sync.ExposureMean;
import org.emberline.edge.sync.MatchSettings;
import org.emberline.edge.sync.OffsetModel;
import org.emberline.firmware.bridge.ChannelSettings;
import org.emberline.firmware.bridge.LineChoice;
import org.emberline.firmware.bridge.LogSettings;
import org.emberline.firmware.sampling.FaultPolicy;
import org.emberline.gpu.Backend;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.PixelRules;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Splitting;
import org.emberline.gpu.imaging.FlatScaling;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration of one run; every key, unit and default is described in {@code config/README.md}.
 *
 * @param detectors one, or one of each role; the second is that of {@code [beside]}
 */
public record ApplianceConfig(
        RunSection run,
        List<DetectorConfig> detectors,
        TemperatureSection temperature,
        FirmwareSection firmware,
        ArchiveSection archive,
        CoapSection coap) {

    public ApplianceConfig {
        detectors = List.copyOf(detectors);
    }

    /** The detector that is not under {@code [beside]}. */
    public DetectorConfig first() {
        return detectors.getFirst();
    }

    /**
     * One detector with its source and everything that is done to its frames.
     *
     * @param reduction a {@link ReduceSection} or {@link PatternSection} for diffraction, an {@link ImageSection} for imaging
     */
    public record DetectorConfig(
            SourceSection source, DetectorSection detector, Reduction reduction, MetricsSection metrics) {

        public DetectorRole role() {
            return switch (reduction) {
                case ReduceSection _, PatternSection _ -> DetectorRole.DIFFRACTION;
                case ImageSection _ -> DetectorRole.IMAGING;
            };
        }
    }

    /** What is done to the frames of a detector. */
    public sealed interface Reduction {
        Backend backend();
    }

    /**
     * What is wired to the appliance.
     *
     * @param thermocouples the first one stands for the sample; none to take the log or the source's own
     * @param log of another program, or null; not with thermocouples
     * @param trigger the line that announces the first detector's frames, or null
     * @param heartbeat or null
     * @param interlock or null
     */
    public record FirmwareSection(
            List<ChannelSettings> thermocouples,
            FaultPolicy policy,
            @Nullable LogSettings log,
            LineChoice.@Nullable Trigger trigger,
            @Nullable HeartbeatSection heartbeat,
            @Nullable InterlockSection interlock) {

        public FirmwareSection {
            thermocouples = List.copyOf(thermocouples);
        }

        /** Whether anything is measured by the appliance itself. */
        public boolean measures() {
            return measuresTemperature() || trigger != null;
        }

        /** Whether the temperature does not come with the frames. */
        public boolean measuresTemperature() {
            return !thermocouples.isEmpty() || log != null;
        }

        /** The channel that stands for the sample; empty when none is measured here. */
        public String sampleChannel() {
            return log != null
                    ? log.format().values().getFirst().channel()
                    : thermocouples.isEmpty() ? "" : thermocouples.getFirst().name();
        }

        /** Whether anything is wired at all. */
        public boolean wired() {
            return measures() || heartbeat != null || interlock != null;
        }

        /** Longest ordinary time between two readings, 0 without any; of a log, from one look at it to the next. */
        public long readingPeriodNanos() {
            return log != null
                    ? log.following().pollNanos()
                    : thermocouples.stream()
                            .mapToLong(ChannelSettings::periodNanos)
                            .max()
                            .orElse(0);
        }
    }

    /** @param periodNanos of a whole beat */
    public record HeartbeatSection(LineChoice.Output line, long periodNanos) {}

    /**
     * @param latched whether it stays down after a fault
     * @param lostNanos without a temperature of the first channel for so long, the source is lost
     */
    public record InterlockSection(LineChoice.Output line, boolean latched, long lostNanos) {}

    /** Where frames come from. */
    public enum SourceKind {
        SIMULATED,
        /** Images. */
        FILES,
        /** Measured patterns. */
        PATTERNS,
        /** DECTRIS Stream V2. */
        STREAM2
    }

    /**
     * @param segments when patterns leave the database for a file
     * @param limits how much a run may take
     * @param retentionDays after which runs that have ended are deleted; 0 for never
     */
    public record ArchiveSection(SegmentSettings segments, ArchiveLimits limits, double retentionDays) {}

    /**
     * @param folder parent of the run folders
     * @param snapshotPeriod shortest time between two published states
     * @param slots frames in flight, a power of two
     * @param whenFull what becomes of a frame that finds all slots taken
     * @param start when the service begins its first run
     */
    public record RunSection(Path folder, Duration snapshotPeriod, int slots, WhenFull whenFull, RunStart start) {}

    /** When the service begins its first run. */
    public enum RunStart {
        /** As soon as it is up. */
        AT_ONCE,
        /** When an operator says so. */
        ON_COMMAND
    }

    /**
     * @param scenario scenario file of the simulation; null with files
     * @param framesPerSecond pace of the simulation, 0 for as fast as possible; under {@code [beside]} always 0
     * @param frames number of simulated frames of this detector, 0 for the scenario's own
     * @param seed seed of the simulation; negative for the scenario's own
     * @param files frame files in order, one pattern each with {@link SourceKind#PATTERNS}; empty with the simulation
     * @param unit of the first column of patterns that do not say it; null to demand that they do
     * @param modules how many files after one another have a module each of the same frames
     * @param dataset HDF5 dataset, or null to find it
     * @param cadence time from one frame to the next
     * @param exposure exposure of one frame
     * @param realTime whether recorded frames come at the time of their exposures
     * @param temperatureCsv temperature record of the files, or null
     * @param stream of {@link SourceKind#STREAM2}, otherwise null
     */
    public record SourceSection(
            SourceKind kind,
            @Nullable Path scenario,
            double framesPerSecond,
            long frames,
            long seed,
            List<Path> files,
            int modules,
            @Nullable RadialUnit unit,
            @Nullable String dataset,
            Duration cadence,
            Duration exposure,
            boolean realTime,
            @Nullable Path temperatureCsv,
            @Nullable StreamSection stream) {}

    /**
     * A detector that sends its images as it measures.
     *
     * @param address {@code tcp://host:port} of its socket
     * @param channel which of its images, empty for the first by name
     * @param pixels of an image
     * @param rows 0 for those of the geometry
     * @param columns likewise
     * @param series after so many the run ends; 0 for never
     */
    public record StreamSection(
            String address, String channel, PixelFormat pixels, int rows, int columns, long series) {}

    /**
     * @param name CoAP path segment of the detector
     * @param poni geometry, or null for the simulation's own; always null for imaging
     * @param flipRows whether the image's first row is the geometry's last; never for imaging
     * @param rules which pixels count, frame by frame; of imaging the saturation only
     * @param flatAfter flat at the end of the run, or null; imaging only
     * @param triggering how it answers its trigger line
     */
    public record DetectorSection(
            String name,
            @Nullable Path poni,
            boolean flipRows,
            PixelRules rules,
            @Nullable Path mask,
            @Nullable Path dark,
            @Nullable Path flat,
            @Nullable Path flatAfter,
            MatchSettings triggering) {}

    /**
     * @param lower lower edge of the radial range in {@code unit}, NaN for that of the valid pixels
     * @param upper upper edge, NaN likewise
     * @param polarization pyFAI's polarisation factor, NaN for none
     * @param polarizationAngleDegrees turn of the polarisation's main axis, degrees
     * @param error where sigma comes from
     */
    public record ReduceSection(
            Backend backend,
            int bins,
            RadialUnit unit,
            double lower,
            double upper,
            Splitting split,
            boolean solidAngle,
            double polarization,
            double polarizationAngleDegrees,
            ErrorModel error)
            implements Reduction {}

    /**
     * What is done to measured patterns.
     *
     * @param bins 0 for bins as narrow as the closest points of the first pattern
     * @param lower lower edge of the radial range in {@code unit}, NaN for that of the first pattern
     * @param upper upper edge, NaN likewise
     * @param polarization pyFAI's polarisation factor of patterns not yet corrected for it, NaN for the others
     * @param polarizationAngleDegrees azimuth of the detector, degrees from the horizontal
     */
    public record PatternSection(
            int bins,
            RadialUnit unit,
            double lower,
            double upper,
            double polarization,
            double polarizationAngleDegrees,
            Beam beam)
            implements Reduction {

        /** Patterns are rebinned where they are. */
        @Override
        public Backend backend() {
            return Backend.CPU;
        }
    }

    /**
     * The beam that patterns were measured with.
     *
     * @param wavelengthAngstrom of a doublet the stronger line's; NaN for what the files say
     * @param secondWavelengthAngstrom of a doublet; NaN when there is one line
     * @param secondShare its intensity over that of the first; 0 when there is one line
     * @param flatPlate whether the sample's surface reflects, as on a laboratory's diffractometer
     */
    public record Beam(
            double wavelengthAngstrom, double secondWavelengthAngstrom, double secondShare, boolean flatPlate) {}

    /**
     * @param downsample detector pixels per pixel of the maps along each axis
     * @param energiesKev photon energies taken in turn by the announced frames; empty where the source says them
     * @param flat when the flats were taken, seconds after the begin of the run
     * @param countsPerPhoton variance of a pixel's counts over their mean, NaN for the detector's own
     * @param settings what metrics need to know
     */
    public record ImageSection(
            Backend backend,
            int downsample,
            List<Double> energiesKev,
            FlatScaling scaling,
            FlatTimes flat,
            double countsPerPhoton,
            ImageMetrics.Settings settings)
            implements Reduction {

        public ImageSection {
            energiesKev = List.copyOf(energiesKev);
        }
    }

    /**
     * When the flats were taken, after the begin of the run.
     *
     * @param after later than {@code before}; without meaning where there is one flat
     */
    public record FlatTimes(Duration before, Duration after) {}

    /**
     * @param lag first-order time constant of the thermocouple behind the sample
     * @param lagSigma its standard uncertainty
     * @param calibrationSigmaKelvin standard uncertainty common to all readings
     * @param maxGap longest time between two readings that is bridged by a straight line
     * @param patience longest that a frame waits for readings, or null to let it follow from lag and reading period
     * @param maxKelvinPerSecond fastest change that the furnace can make, infinity when nobody has said it
     * @param frozenReadings shortest run of equal readings that is suspicious
     * @param offset from the thermocouple to the sample
     * @param channels those that make up the temperature; empty for the first one alone, with the lag and offset above
     */
    public record TemperatureSection(
            Duration lag,
            Duration lagSigma,
            double calibrationSigmaKelvin,
            Duration maxGap,
            @Nullable Duration patience,
            double maxKelvinPerSecond,
            int frozenReadings,
            OffsetModel offset,
            List<TemperatureChannel> channels) {

        public TemperatureSection {
            channels = List.copyOf(channels);
        }

        /** The longest lag of any channel, ns. */
        public long longestLagNanos() {
            return channels.isEmpty()
                    ? lag.toNanos()
                    : channels.stream().mapToLong(c -> c.lag().toNanos()).max().getAsLong();
        }

        /** How far beyond an exposure the record is of use, ns. */
        public long windowNanos(long periodNanos) {
            return ExposureMean.Reading.window(longestLagNanos(), periodNanos);
        }
    }

    /** One of several channels; the weights of all sum to 1. */
    public record TemperatureChannel(String name, double weight, Duration lag, Duration lagSigma, OffsetModel offset) {}

    /**
     * What is measured.
     *
     * @param phase file of the phase of interest, or null
     * @param phases files of the phases that may be there besides
     * @param instrumentFwhmDegrees width in 2theta that the instrument alone gives a line; NaN when not calibrated
     * @param grains the ring to look at for grains
     */
    public record MetricsSection(
            List<String> enabled,
            @Nullable Path phase,
            List<Path> phases,
            double instrumentFwhmDegrees,
            GrainSettings grains) {}

    /** @param settings where to listen, if it is enabled */
    public record CoapSection(boolean enabled, CoapSettings settings) {}
}
