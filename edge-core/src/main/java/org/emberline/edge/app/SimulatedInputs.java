package org.emberline.edge.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import org.emberline.edge.acquire.Lockstep;
import org.emberline.edge.acquire.Turn;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ApplianceConfig.DetectorConfig;
import org.emberline.edge.app.config.ApplianceConfig.SourceSection;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.ScenarioFile;
import org.emberline.edge.frame.DetectorRole;
import org.emberline.edge.twin.Pacer;
import org.emberline.edge.twin.Radiograph;
import org.emberline.edge.twin.RadiographSettings;
import org.emberline.edge.twin.SimulationSettings;
import org.emberline.edge.twin.Twin;
import org.emberline.edge.twin.TwinReadings;
import org.emberline.edge.twin.TwinTruth;
import org.emberline.firmware.sim.SimulatedThermocouples;
import org.emberline.firmware.sim.SimulatedTriggerInput;
import org.emberline.gpu.imaging.ImageShape;
import org.jspecify.annotations.Nullable;

/** Opens the simulation that a configuration names; its detectors see the same sample in the same furnace. */
final class SimulatedInputs {
    /** Frames averaged into the dark and the flat of the simulated microscope. */
    static final int CORRECTION_FRAMES = 32;

    private static final double SATURATED_U16 = 65_535;

    private final Twin twin;
    private final SimulationSettings settings;
    private final SimulatedThermocouples thermocouples = new SimulatedThermocouples(List.of("furnace"));
    private final TwinReadings readings;
    private final Lockstep lockstep;
    private final boolean alone;

    private SimulatedInputs(ApplianceConfig config, SimulationSettings settings, long startedNanos) {
        this.settings = settings;
        twin = new Twin(settings, startedNanos);
        readings = twin.readings(thermocouples, config.temperature().windowNanos(twin.readingPeriodNanos()));
        lockstep = new Lockstep(config.detectors().size());
        alone = config.detectors().size() == 1;
    }

    /** The scenario that the configuration names, with what the configuration says instead. */
    static SimulationSettings settings(ApplianceConfig config) throws ConfigException {
        SourceSection first = config.first().source();
        Path scenario = Objects.requireNonNull(first.scenario(), "the reader demands a scenario");
        SimulationSettings settings = ScenarioFile.read(scenario).withFramesPerSecond(first.framesPerSecond());
        for (DetectorConfig detector : config.detectors()) {
            int frames = (int) detector.source().frames();
            boolean imaging = detector.role() == DetectorRole.IMAGING;
            if (frames > 0) {
                settings = imaging ? settings.withRadiographs(frames) : settings.withFrames(frames);
            }
            if (imaging && settings.radiographs() == 0) {
                throw new ConfigException(
                        scenario.toString(),
                        List.of("simulation.radiographs=0 leaves nothing for the imaging detector "
                                + detector.detector().name()));
            }
        }
        if (first.seed() >= 0) {
            settings = settings.withSeed(first.seed());
        }
        if (!settings.problems().isEmpty()) {
            throw new ConfigException(scenario.toString(), settings.problems());
        }
        return settings;
    }

    /** @param startedNanos begin of the run, the zero of all made-up times */
    static Inputs open(ApplianceConfig config, SimulationSettings settings, long startedNanos) {
        SimulatedInputs simulation = new SimulatedInputs(config, settings, startedNanos);
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < config.detectors().size(); i++) {
            DetectorConfig detector = config.detectors().get(i);
            // Only the first has a pace: the others keep step with it.
            Pacer pacer = Pacer.of(detector.source().framesPerSecond());
            inputs.add(
                    detector.role() == DetectorRole.IMAGING
                            ? simulation.radiographs(i, pacer)
                            : simulation.rings(i, pacer));
        }
        Furnace furnace = new Furnace(simulation.thermocouples, simulation.twin.readingPeriodNanos());
        return new Inputs(furnace, inputs);
    }

    private Input rings(int participant, Pacer pacer) {
        SimulatedTriggerInput triggers = new SimulatedTriggerInput();
        Pacer paced = inTurn(participant, twin::exposureBegin, pacer);
        LongFunction<TwinTruth> truths = twin.truths();
        return new Input(
                lockstep.leaving(participant, twin.source(readings, triggers, paced)),
                new Input.Rings(
                        twin.geometry(),
                        Twin.PIXEL_FORMAT,
                        twin.saturationCounts(),
                        twin.polarizationFactor(),
                        twin.dark(),
                        twin.flat()),
                triggers,
                twin.frames(),
                midNanos -> truths.apply(twin.exposureAt(midNanos)).values(),
                () -> null);
    }

    private Input radiographs(int participant, Pacer pacer) {
        Pacer paced = inTurn(participant, twin::radiographBegin, pacer);
        RadiographSettings.Camera camera = settings.radiograph().camera();
        Radiograph apart = twin.radiographs();
        return new Input(
                lockstep.leaving(participant, twin.radiographSource(readings, paced)),
                new Input.Radiographs(
                        new ImageShape(camera.rows(), camera.columns()),
                        Twin.RADIOGRAPH_FORMAT,
                        SATURATED_U16,
                        camera.countsPerPhoton(),
                        new Input.Averages(
                                apart.meanDark(CORRECTION_FRAMES),
                                apart.meanFlat(CORRECTION_FRAMES),
                                CORRECTION_FRAMES)),
                null,
                settings.radiographs(),
                new RadiographTruth(twin),
                () -> null);
    }

    private Pacer inTurn(int participant, LongUnaryOperator begin, Pacer pacer) {
        if (alone) {
            return pacer;
        }
        Turn turn = lockstep.turn(participant);
        return frame -> turn.await(begin.applyAsLong(frame)) && pacer.await(frame);
    }

    /** Made when it is first asked for: it takes as long as a radiograph. */
    private static final class RadiographTruth implements Input.Truth {
        private final Twin twin;
        private @Nullable LongFunction<? extends Map<String, Double>> truths;

        RadiographTruth(Twin twin) {
            this.twin = twin;
        }

        @Override
        public Map<String, Double> at(long midNanos) {
            LongFunction<? extends Map<String, Double>> known = truths == null ? twin.radiographTruths() : truths;
            truths = known;
            return known.apply(twin.radiographAt(midNanos));
        }
    }
}
