package org.emberline.edge.twin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.LongFunction;
import org.emberline.edge.frame.FrameSource;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.sim.SimulatedThermocouples;
import org.emberline.firmware.sim.SimulatedTriggerInput;
import org.emberline.gpu.Geometry;
import org.emberline.gpu.PixelFormat;
import org.jspecify.annotations.Nullable;

/**
 * One simulated calcination: what its detector looks like, when its frames, triggers and readings happen, and what is true of every
 * frame. Immutable and thread-safe; the moving part is the {@link #source}.
 *
 * <p>Time is virtual. Frame k of period P is exposed in the middle of [k P, (k + 1) P) after the start of the run, and the trigger is
 * the begin of its exposure. Reading j of n per frame happens at j P / n. The sample has the temperature of the furnace.
 */
public final class Twin {
    /** Name of the simulated detector in resources and archives. */
    public static final String DETECTOR_NAME = "panel";

    /** Pixels are signed: any negative value is a gap or a dead pixel, not a count. */
    public static final PixelFormat PIXEL_FORMAT = PixelFormat.I32;

    /** Exposure of a radiograph: short, because what is drawn is the sample of one moment. */
    public static final long RADIOGRAPH_NANOS = 1_000_000_000;

    /** Pixels of a radiograph. */
    public static final PixelFormat RADIOGRAPH_FORMAT = PixelFormat.U16;

    private static final double NANOS = 1e9;
    /** In a micrometre. */
    private static final double METRES = 1e-6;

    private final SimulationSettings settings;
    private final long startNanos;
    private final long periodNanos;
    private final long exposureNanos;
    private final FurnaceResponse furnace;
    private final Calcination calcination;
    private final EventTimeline events;
    private final ThermocoupleSignal thermocouple;
    private final TriggerSignal triggers;
    private final Geometry geometry;

    /**
     * @param startNanos begin of the run, nanoseconds since the Unix epoch: the zero of virtual time
     * @throws IllegalArgumentException naming every key of the settings that makes no sense
     */
    public Twin(SimulationSettings settings, long startNanos) {
        if (!settings.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", settings.problems()));
        }
        this.settings = settings;
        this.startNanos = startNanos;
        geometry = PanelGeometry.of(settings.detector());
        TemperatureProgramme programme =
                new TemperatureProgramme(settings.furnace().startCelsius(), settings.programme());
        double runSeconds = programme.seconds();
        periodNanos = Math.max(1, Math.round(runSeconds * NANOS / settings.frames()));
        exposureNanos = Math.max(1, Math.round(periodNanos * settings.exposureFraction()));
        furnace =
                new FurnaceResponse(settings.furnace(), settings.thermocouple().lagSeconds(), programme);
        calcination = new Calcination(settings.chemistry(), furnace::furnaceCelsius, runSeconds);
        events = new EventTimeline(settings.event(), furnace::furnaceCelsius, runSeconds);
        thermocouple = new ThermocoupleSignal(
                settings.thermocoupleSignal(), settings.seed(), furnace::thermocoupleCelsius, runSeconds, events);
        triggers = new TriggerSignal(
                settings.triggerSignal(),
                settings.seed(),
                new Exposures(startNanos, periodNanos, exposureNanos, settings.frames()),
                events);
    }

    /** The frames; triggers and readings go to the two inputs, whose one channel is 0, on the thread that asks for frames. */
    public FrameSource source(SimulatedThermocouples thermocouples, SimulatedTriggerInput triggers, Pacer pacer) {
        return source(readings(thermocouples, 0), triggers, pacer);
    }

    /**
     * The readings of this twin's thermocouple, for all its sources together; they go to channel 0 of the input.
     *
     * @param lagNanos how much later than an exposure its temperature is read from the record
     */
    public TwinReadings readings(SimulatedThermocouples thermocouples, long lagNanos) {
        return new TwinReadings(this, thermocouples, lagNanos + readingPeriodNanos());
    }

    /** The frames; their triggers go to the input, readings as far as they need them to theirs, on the thread that asks for frames. */
    public FrameSource source(TwinReadings readings, SimulatedTriggerInput triggers, Pacer pacer) {
        return new TwinSource(this, readings, triggers, pacer);
    }

    /**
     * The {@link #radiographs} as frames; readings as far as they need them go to their input, on the thread that asks for frames.
     *
     * @throws IllegalStateException when the settings ask for none
     */
    public FrameSource radiographSource(TwinReadings readings, Pacer pacer) {
        return new RadiographSource(this, readings, pacer);
    }

    /** Number of frames until the end. */
    public int frames() {
        return settings.frames();
    }

    /** Virtual time from frame to frame. */
    public long framePeriodNanos() {
        return periodNanos;
    }

    /** Longest virtual time from reading to reading. */
    public long readingPeriodNanos() {
        return Math.ceilDiv(periodNanos, settings.thermocouple().readingsPerFrame());
    }

    /** Where the simulated panel stands. */
    public Geometry geometry() {
        return geometry;
    }

    /** Bytes of one frame. */
    public long frameBytes() {
        return (long) geometry.detector().pixels() * PIXEL_FORMAT.bytes();
    }

    /** Largest value of a pixel; a pixel that shows it may have counted more. */
    public int saturationCounts() {
        return settings.detector().saturationCounts();
    }

    /** The factor with which a reduction must correct the polarisation. */
    public double polarizationFactor() {
        return settings.beam().polarizationFactor();
    }

    /** The geometry as the text of a PONI file, version 2.1. */
    public String poni() {
        return PanelGeometry.poni(geometry);
    }

    /** Mean of a dark frame, row by row, which a reduction must subtract; null when the panel has none. */
    public float @Nullable [] dark() {
        PanelEffects effects = settings.panel();
        boolean none = effects.darkCounts() == 0 && effects.offsetCounts() == 0 && effects.hotFraction() == 0;
        return none ? null : panel().darkFrame();
    }

    /** Sensitivity of every pixel, row by row, by which a reduction must divide; null when they are all alike. */
    public float @Nullable [] flat() {
        PanelEffects effects = settings.panel();
        boolean none = effects.flatSmoothFraction() == 0 && effects.flatPixelFraction() == 0;
        return none ? null : panel().flatField();
    }

    /**
     * The radiographs of the same calcination, in step with it but not with its frames; one thread.
     *
     * @throws IllegalStateException when the settings ask for none
     */
    public Radiograph radiographs() {
        if (settings.radiographs() == 0) {
            throw new IllegalStateException("simulation.radiographs=0");
        }
        Disturbances scratch = new Disturbances();
        return new Radiograph(
                settings.radiograph(),
                settings.seed(),
                calcination,
                settings.radiographs(),
                runNanos() / NANOS,
                seconds -> volumeFactor(seconds, scratch));
    }

    private double volumeFactor(double seconds, Disturbances scratch) {
        long nanos = Math.round(seconds * NANOS);
        events.conditions(nanos, nanos + 1, scratch);
        return scratch.volumeFactor;
    }

    private long runNanos() {
        return settings.frames() * periodNanos;
    }

    /** Begin of a radiograph's exposure, of {@link #RADIOGRAPH_NANOS} at most. */
    public long radiographBegin(long radiograph) {
        return startNanos + Math.round(schedule().middle(radiograph) * NANOS) - radiographExposure() / 2;
    }

    long radiographEnd(long radiograph) {
        return radiographBegin(radiograph) + radiographExposure();
    }

    private long radiographExposure() {
        return Math.clamp(Math.round(schedule().longestExposureSeconds() * NANOS), 1, RADIOGRAPH_NANOS);
    }

    /** The radiograph that was exposed nearest to a moment. */
    public long radiographAt(long nanos) {
        return schedule().nearest(seconds(nanos));
    }

    private RadiographSchedule schedule() {
        return settings.radiograph().schedule(settings.radiographs(), runNanos() / NANOS);
    }

    /** A way to ask for the truth of radiographs by their index; one thread, a tenth of a second each. */
    public LongFunction<SequencedMap<String, Double>> radiographTruths() {
        RadiographTruths truths = new RadiographTruths(radiographs());
        return radiograph -> {
            SequencedMap<String, Double> values = new LinkedHashMap<>();
            double middle = seconds(radiographBegin(radiograph) + radiographExposure() / 2);
            values.put("temperature", furnace.furnaceCelsius(middle));
            values.putAll(truths.values(radiograph));
            return values;
        };
    }

    /** A way to ask for the truth of many frames; one thread. */
    public LongFunction<TwinTruth> truths() {
        RingPanel panel = panel();
        Disturbances scratch = new Disturbances();
        CountTruths counts = new CountTruths(panel, settings.detector().saturationCounts());
        return frame -> {
            SequencedMap<String, Double> values = truth(frame, panel, scratch);
            // Spots are beyond what the panel's expectation knows.
            if (scratch.saturatedSpots == 0) {
                counts.addTo(values, state(frame), conditions(frame, scratch));
            }
            return new TwinTruth(frame, values);
        };
    }

    private SequencedMap<String, Double> truth(long frame, RingPanel panel, Disturbances scratch) {
        SampleState state = state(frame);
        RingTruth rings = panel.truth(state, conditions(frame, scratch));
        SequencedMap<String, Double> values = new LinkedHashMap<>();
        values.put("temperature", state.celsius());
        double middle = (exposureBegin(frame) + exposureNanos / 2 - startNanos) / NANOS;
        values.put("thermocouple", furnace.thermocoupleCelsius(middle));
        if (state.layered() > 0) {
            values.put("lattice_a", rings.latticeA());
            values.put("lattice_c", rings.latticeC());
            values.put("c_over_a", rings.latticeC() / rings.latticeA());
            values.put("disorder", state.disorder());
            values.put("lithium_loss", state.lithiumLoss());
            values.put("grain_size", rings.volumeWeightedMicrometres() * METRES);
        }
        rings.rings().stream()
                .filter(ring -> ring.h() == 1 && ring.k() == 0 && ring.l() == 4)
                .forEach(ring -> values.put("graininess", ring.graininess()));
        values.put("porosity", state.porosity());
        values.put("relative_density", 1 - state.porosity());
        values.put("barium_coverage", state.bariumCoverage());
        rings.volumeFractions().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(phase -> values.put("phase:" + phase.getKey(), phase.getValue()));
        return values;
    }

    RingPanel panel() {
        return new RingPanel(settings.detector(), settings.beam(), settings.rings(), settings.seed());
    }

    TriggerSignal triggers() {
        return triggers;
    }

    /** The sample in the middle of an exposure, at the temperature of the mean over it. */
    SampleState state(long frame) {
        double begin = seconds(exposureBegin(frame));
        SampleState middle = calcination.at(begin + exposureNanos / NANOS / 2);
        return middle.atCelsius(furnace.meanFurnaceCelsius(begin, begin + exposureNanos / NANOS));
    }

    /** What events do to an exposure. */
    FrameConditions conditions(long frame, Disturbances into) {
        events.conditions(exposureBegin(frame) - startNanos, exposureEnd(frame) - startNanos, into);
        return new FrameConditions(
                into.beamFactor, into.volumeFactor, into.displacementMetres, into.shutterOpenFraction > 0);
    }

    /** The exposure whose image the detector shows in place of {@code frame}: itself, or the last one before it froze. */
    long shown(long frame, Disturbances conditions) {
        long shown = frame;
        while (conditions.frozen() && shown > 0 && exposureBegin(shown) - startNanos >= conditions.frozenSinceNanos) {
            shown--;
        }
        return shown;
    }

    long startNanos() {
        return startNanos;
    }

    /** The exposure in whose period a moment lies, the first or last one for moments outside the run. */
    public long exposureAt(long nanos) {
        return Math.clamp(Math.floorDiv(nanos - startNanos, periodNanos), 0L, settings.frames() - 1L);
    }

    /** Begin of an exposure. */
    public long exposureBegin(long frame) {
        return startNanos + frame * periodNanos + (periodNanos - exposureNanos) / 2;
    }

    long exposureEnd(long frame) {
        return exposureBegin(frame) + exposureNanos;
    }

    long readingTime(long reading) {
        return startNanos + reading * periodNanos / settings.thermocouple().readingsPerFrame();
    }

    ThermocoupleReading reading(long reading, Noise noise) {
        return thermocouple.reading(reading, readingTime(reading) - startNanos, startNanos, noise);
    }

    Noise noise() {
        return new Noise(settings.seed());
    }

    private double seconds(long nanos) {
        return (nanos - startNanos) / NANOS;
    }
}
