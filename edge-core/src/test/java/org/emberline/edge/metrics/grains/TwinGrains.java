package org.emberline.edge.metrics.grains;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.emberline.edge.RealData;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.PhaseFile;
import org.emberline.edge.app.config.ScenarioFile;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.diffraction.Metrics;
import org.emberline.edge.metrics.diffraction.Sample;
import org.emberline.edge.metrics.pattern.Optics;
import org.emberline.edge.metrics.phase.PhaseDescription;
import org.emberline.edge.twin.RingTruth;
import org.emberline.edge.twin.SimulationSettings;
import org.emberline.edge.twin.Twin;
import org.emberline.edge.twin.TwinFrames;
import org.emberline.gpu.Backend;
import org.emberline.gpu.Corrections;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.NoDeviceException;
import org.emberline.gpu.PixelRules;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Reducers;
import org.emberline.gpu.Sectors;
import org.emberline.gpu.Splitting;
import org.jspecify.annotations.Nullable;

/** The grain metrics over frames of the twin's panel, through the real reduction. */
final class TwinGrains {
    static final List<String> NAMES = List.of("graininess", "grain_size", "grain_correlation", "phase");
    static final GrainCalibration CALIBRATION = new GrainCalibration(0.5, 200, 200, 700, 1e-3, 0.313, 0.05);
    static final GrainSettings CALIBRATED = new GrainSettings(1, 0, 4, 360, 0.8, CALIBRATION);

    private static final RadialAxis AXIS = new RadialAxis(RadialUnit.Q_PER_ANGSTROM, 1500, 0.5, 5.5);
    private static final List<String> OTHERS =
            List.of("hydroxide", "spinel", "rock_salt", "lithium_carbonate", "barium_carbonate", "barium_oxide");
    private static final double MICROMETRE = 1e-6;

    /** One metric of one frame; truth is NaN where there is none. */
    record Value(double value, double sigma, long flags, double truth) {
        boolean known() {
            return !Double.isNaN(value) && !Double.isNaN(truth);
        }

        double relativeError() {
            return value / truth - 1;
        }

        double sigmas() {
            return (value - truth) / sigma;
        }
    }

    /** @param realised graininess of the grains that are there */
    record Frame(
            long index,
            double celsius,
            Value graininess,
            double realised,
            Value size,
            Value correlation,
            double layered) {}

    private TwinGrains() {}

    static SimulationSettings scenario(String name, long seed) {
        try {
            return ScenarioFile.read(config("scenarios/" + name)).withSeed(seed);
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path config(String name) {
        return RealData.repositoryRoot().resolve("config/" + name + ".toml");
    }

    private static PhaseDescription phase(String name) {
        try {
            return PhaseFile.read(config("phases/" + name));
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Something that lights a slot. */
    interface Exposure {
        /** Returns what is true of it. */
        RingTruth fill(long frame, FrameSlot slot);
    }

    /** All frames from a first one on, in steps. */
    static List<Frame> run(TwinFrames frames, GrainSettings settings, long first, long step) {
        return run(frames, settings, new long[] {first, frames.frames(), step}, (frame, slot) -> {
            frames.expose(frame, slot);
            return frames.truth(frame);
        });
    }

    /** @param range first frame, one beyond the last, step */
    static List<Frame> run(TwinFrames frames, GrainSettings settings, long[] range, Exposure exposure) {
        Optics optics = new Optics(0.1845, Double.NaN, 0, 0.0398, false);
        Sample sample = new Sample(
                phase("nmc532"), OTHERS.stream().map(TwinGrains::phase).toList(), optics);
        IntegrationPlan plan = plan(frames).withSectors(GrainStrips.of(settings, phase("nmc532"), optics, AXIS));
        List<Metric> metrics = Metrics.of(NAMES, sample, AXIS, settings);
        List<Frame> all = new ArrayList<>();
        try (Arena arena = Arena.ofConfined();
                var reducer = Reducers.open(Backend.CPU, plan).reducer()) {
            FrameSlot slot =
                    new FrameSlot(arena, frames.twin().frameBytes(), AXIS.bins(), plan.sectors(), metrics.size());
            for (long frame = range[0]; frame < range[1]; frame += range[2]) {
                slot.reset(frame);
                RingTruth truth = exposure.fill(frame, slot);
                reducer.reduce(slot.pixels(), slot.reduction());
                for (int i = 0; i < metrics.size(); i++) {
                    metrics.get(i).measure(slot, i);
                }
                all.add(frame(slot, metrics, truth));
            }
        } catch (NoDeviceException e) {
            throw new IllegalStateException(e);
        }
        return all;
    }

    private static IntegrationPlan plan(TwinFrames frames) {
        Twin twin = frames.twin();
        return new IntegrationPlan(
                twin.geometry(),
                Twin.PIXEL_FORMAT,
                false,
                AXIS,
                Splitting.NO,
                new Corrections(true, twin.polarizationFactor(), frames.dark(), frames.flat(), null),
                ErrorModel.POISSON,
                PixelRules.of(false, twin.saturationCounts()),
                Sectors.NONE);
    }

    private static Frame frame(FrameSlot slot, List<Metric> metrics, RingTruth truth) {
        RingTruth.@Nullable Ring ring = truth.rings().stream()
                .filter(one -> one.h() == 1 && one.k() == 0 && one.l() == 4)
                .findFirst()
                .orElse(null);
        Function<String, Integer> index =
                name -> metrics.stream().map(Metric::name).toList().indexOf(name);
        return new Frame(
                slot.frameIndex,
                slot.temperatureCelsius,
                value(slot, index.apply("graininess"), ring == null ? Double.NaN : ring.graininess()),
                ring == null ? Double.NaN : ring.realisedGraininess(),
                value(slot, index.apply("grain_size"), truth.volumeWeightedMicrometres() * MICROMETRE),
                value(slot, index.apply("grain_correlation"), 1),
                slot.metricValue(index.apply("phase:nmc532")));
    }

    private static Value value(FrameSlot slot, int index, double truth) {
        return new Value(slot.metricValue(index), slot.metricSigma(index), slot.metricFlags(index), truth);
    }
}
