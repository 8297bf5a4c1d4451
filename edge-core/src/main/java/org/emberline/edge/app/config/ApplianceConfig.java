package org.emberline.edge.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.emberline.gpu.Backend;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.PixelRules;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Splitting;
import org.jspecify.annotations.Nullable;

/** The whole configuration of one run; every key, unit and default is described in {@code config/README.md}. */
public record ApplianceConfig(
        RunSection run,
        SourceSection source,
        DetectorSection detector,
        ReduceSection reduce,
        TemperatureSection temperature,
        MetricsSection metrics,
        CoapSection coap) {

    /** Where frames come from. */
    public enum SourceKind {
        SIMULATED,
        FILES
    }

    /**
     * @param folder parent of the run folders
     * @param snapshotPeriod shortest time between two published states
     * @param slots frames in flight, a power of two
     */
    public record RunSection(Path folder, Duration snapshotPeriod, int slots) {}

    /**
     * @param scenario scenario file of the simulation; null with files
     * @param framesPerSecond pace of the simulation, 0 for as fast as possible
     * @param frames number of simulated frames, 0 for the scenario's own
     * @param seed seed of the simulation; negative for the scenario's own
     * @param files frame files in order; empty with the simulation
     * @param dataset HDF5 dataset, or null to find it
     * @param cadence time from one frame to the next
     * @param exposure exposure of one frame
     * @param temperatureCsv temperature record of the files, or null
     */
    public record SourceSection(
            SourceKind kind,
            @Nullable Path scenario,
            double framesPerSecond,
            long frames,
            long seed,
            List<Path> files,
            @Nullable String dataset,
            Duration cadence,
            Duration exposure,
            @Nullable Path temperatureCsv) {}

    /**
     * @param name CoAP path segment of the detector
     * @param poni geometry, or null for the simulation's own
     * @param flipRows whether the image's first row is the geometry's last
     * @param rules which pixels count, frame by frame
     */
    public record DetectorSection(
            String name,
            @Nullable Path poni,
            boolean flipRows,
            PixelRules rules,
            @Nullable Path mask,
            @Nullable Path dark,
            @Nullable Path flat) {}

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
            ErrorModel error) {}

    /**
     * @param lag first-order time constant of the thermocouple behind the sample
     * @param calibrationSigmaKelvin standard uncertainty common to all readings
     * @param maxGap longest time between two readings that is bridged by a straight line
     */
    public record TemperatureSection(Duration lag, double calibrationSigmaKelvin, Duration maxGap) {}

    /** @param phase phase file for the lattice parameters, or null */
    public record MetricsSection(
            List<String> enabled, @Nullable Path phase) {}

    /** @param port 0 for any free port */
    public record CoapSection(boolean enabled, String bind, int port) {}
}
