package org.emberline.edge.twin;

import static org.emberline.edge.twin.SignalCases.DAY;
import static org.emberline.edge.twin.SignalCases.SECOND;
import static org.emberline.edge.twin.SignalCases.at;
import static org.emberline.edge.twin.SignalCases.ramp;
import static org.emberline.edge.twin.SignalCases.timeline;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.emberline.edge.twin.TimedEvent.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventTimelineTest {
    private static final double NONE = Double.NaN;

    private final Disturbances found = new Disturbances();

    private Disturbances during(EventTimeline timeline, double fromSeconds, double toSeconds) {
        timeline.conditions(Math.round(fromSeconds * 1e9), Math.round(toSeconds * 1e9), found);
        return found;
    }

    private static void assertUndisturbed(Disturbances conditions) {
        assertEquals(1, conditions.beamFactor);
        assertEquals(1, conditions.shutterOpenFraction);
        assertEquals(1, conditions.volumeFactor);
        assertEquals(0, conditions.displacementMetres);
        assertFalse(conditions.capillaryBroken);
        assertEquals(0, conditions.saturatedSpots);
        assertFalse(conditions.frozen());
        assertEquals(0, conditions.clockOffsetNanos);
        assertEquals(Junction.SOUND, conditions.junction);
        assertEquals(0, conditions.thermocoupleStepKelvin);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void nothingHappensBeforeTheBeginNorFromTheEndOn(Kind kind) {
        EventTimeline timeline = timeline(at(kind, 100, 90, NONE));
        timeline.conditions(0, 100 * SECOND, found);
        assertUndisturbed(found);
        timeline.conditions(190 * SECOND, 300 * SECOND, found);
        assertUndisturbed(found);
        timeline.conditions(100 * SECOND - 1, 100 * SECOND - 1, found);
        assertUndisturbed(found);
        timeline.conditions(190 * SECOND, 190 * SECOND, found);
        assertUndisturbed(found);
        assertEquals(0, timeline.probability(kind, 0, 100 * SECOND - 1));
        assertEquals(kind.usualMagnitude(), timeline.probability(kind, 0, 100 * SECOND), 1e-12);
        assertEquals(kind.usualMagnitude(), timeline.probability(kind, 0, 190 * SECOND - 1), 1e-12);
        assertEquals(0, timeline.probability(kind, 0, 190 * SECOND));
    }

    @Test
    void aBeamDumpDarkensByTheTimeItTakes() {
        EventTimeline timeline = timeline(at(Kind.BEAM_DUMP, 100, 90, NONE));
        assertEquals(0, during(timeline, 100, 190).beamFactor);
        assertEquals(0.25, during(timeline, 97.5, 107.5).beamFactor, 1e-12);
        assertEquals(0.1, during(timeline, 90, 190).beamFactor, 1e-12);
        assertEquals(1 - 1e-9, during(timeline, 99.000000001, 100.000000001).beamFactor, 1e-15);
        assertEquals(1, found.shutterOpenFraction);
        assertEquals(1, found.volumeFactor);
    }

    @Test
    void topUpDipsComeAgainAndAgain() {
        TimedEvent dips = new TimedEvent(Kind.TOP_UP_DIP, NONE, 100, 2, 0.05, 60);
        EventTimeline timeline = timeline(dips);
        assertEquals(1, during(timeline, 102, 160).beamFactor);
        assertEquals(0.95, during(timeline, 160, 162).beamFactor, 1e-12);
        assertEquals(0.95, during(timeline, 100 + 60 * 777, 102 + 60 * 777).beamFactor, 1e-12);
        // Ten whole periods from anywhere: 2 s in 60 s.
        assertEquals(1 - 0.05 * 2 / 60, during(timeline, 131, 731).beamFactor, 1e-12);
        assertEquals(1 - 0.05 * 3 / 61, during(timeline, 161, 222).beamFactor, 1e-12);
    }

    @Test
    void aClosedShutterIsNoBeamAndSaysSo() {
        EventTimeline timeline = timeline(at(Kind.SHUTTER_CLOSED, 100, 0, NONE), at(Kind.TOP_UP_DIP, 0, 0, 0.5));
        assertEquals(0, during(timeline, 80_000, 80_010).beamFactor);
        assertEquals(0, found.shutterOpenFraction);
        assertEquals(0.3, during(timeline, 97, 107).shutterOpenFraction, 1e-12);
        assertEquals(0.15, found.beamFactor, 1e-12);
    }

    @Test
    void theSampleSlumpsAndTheCapillaryBreaks() {
        EventTimeline timeline = timeline(at(Kind.SLUMP, 100, 0, NONE), at(Kind.CAPILLARY_BREAK, 200, 0, 0.5));
        assertEquals(0.7, during(timeline, 110, 120).volumeFactor, 1e-12);
        assertFalse(found.capillaryBroken);
        assertEquals(1, found.beamFactor);
        assertEquals(0.35, during(timeline, 210, 220).volumeFactor, 1e-12);
        assertTrue(found.capillaryBroken);
    }

    @Test
    void displacementsAddUp() {
        EventTimeline timeline = timeline(at(Kind.DISPLACEMENT, 100, 0, NONE), at(Kind.DISPLACEMENT, 200, 10, -0.1));
        assertEquals(0.3e-3, during(timeline, 110, 120).displacementMetres, 1e-15);
        assertEquals(0.2e-3, during(timeline, 200, 210).displacementMetres, 1e-15);
        assertEquals(0.25e-3, during(timeline, 195, 205).displacementMetres, 1e-15);
    }

    @Test
    void spotsAreInEveryFrameThatTheyTouch() {
        EventTimeline timeline = timeline(at(Kind.SATURATED_SPOTS, 100, 10, 12));
        assertEquals(12, during(timeline, 90, 100.000000001).saturatedSpots);
        assertEquals(12, during(timeline, 109.999999999, 120).saturatedSpots);
    }

    @Test
    void aFrozenImageIsThatOfTheFrameBefore() {
        EventTimeline timeline = timeline(at(Kind.FROZEN_IMAGE, 100, 50, NONE));
        assertFalse(during(timeline, 99.999999999, 101).frozen());
        assertEquals(100 * SECOND, during(timeline, 100, 101).frozenSinceNanos);
        assertEquals(100 * SECOND, during(timeline, 149.999999999, 151).frozenSinceNanos);
        EventTimeline again = timeline(new TimedEvent(Kind.FROZEN_IMAGE, NONE, 100, 10, NONE, 60));
        assertEquals(160 * SECOND, during(again, 165, 166).frozenSinceNanos);
    }

    @Test
    void theClockOfTheDetectorJumps() {
        EventTimeline timeline = timeline(at(Kind.CLOCK_JUMP, 100, 0, NONE), at(Kind.CLOCK_JUMP, 200, 0, -0.5));
        assertEquals(0, during(timeline, 99.999999999, 101).clockOffsetNanos);
        assertEquals(2 * SECOND, during(timeline, 100, 101).clockOffsetNanos);
        assertEquals(3 * SECOND / 2, during(timeline, 80_000, 80_001).clockOffsetNanos);
    }

    @Test
    void theWorstStateOfTheThermocoupleCounts() {
        EventTimeline timeline = timeline(
                at(Kind.THERMOCOUPLE_SHORT_TO_SUPPLY, 100, 100, NONE),
                at(Kind.THERMOCOUPLE_OPEN, 150, 10, NONE),
                at(Kind.THERMOCOUPLE_STEP, 100, 10, NONE),
                at(Kind.BEAM_DUMP, 0, 0, NONE));
        assertEquals(Junction.SHORT_TO_SUPPLY, during(timeline, 100, 110).junction);
        assertEquals(8, found.thermocoupleStepKelvin);
        assertEquals(4, during(timeline, 95, 105).thermocoupleStepKelvin, 1e-12);
        assertEquals(Junction.OPEN, during(timeline, 140, 170).junction);
        assertEquals(Junction.OPEN, timeline.junction(150 * SECOND));
        assertEquals(Junction.SHORT_TO_SUPPLY, timeline.junction(160 * SECOND));
        assertEquals(Junction.SOUND, timeline.junction(200 * SECOND));
    }

    @Test
    void causesOfALossAreIndependent() {
        EventTimeline timeline = timeline(at(Kind.DETECTOR_DROP, 100, 10, 0.5), at(Kind.DETECTOR_DROP, 105, 10, 0.2));
        assertEquals(0.1, timeline.probability(Kind.DETECTOR_DROP, 0.1, 0), 1e-12);
        assertEquals(1 - 0.9 * 0.5, timeline.probability(Kind.DETECTOR_DROP, 0.1, 100 * SECOND), 1e-12);
        assertEquals(1 - 0.9 * 0.5 * 0.8, timeline.probability(Kind.DETECTOR_DROP, 0.1, 105 * SECOND), 1e-12);
        assertEquals(0, timeline.probability(Kind.TRIGGER_LOSS, 0, 105 * SECOND));
    }

    @Test
    void aTemperatureIsReachedToTheNanosecond() {
        TimedEvent slump = new TimedEvent(Kind.SLUMP, 720, NONE, 60, NONE, 0);
        EventTimeline timeline = new EventTimeline(List.of(slump), ramp(), DAY);
        // 695 K at 5 K/min.
        long begin = 8_340 * SECOND;
        timeline.conditions(begin - 1, begin - 1, found);
        assertEquals(1, found.volumeFactor);
        timeline.conditions(begin, begin, found);
        assertEquals(0.7, found.volumeFactor, 1e-12);
        timeline.conditions(begin + 60 * SECOND - 1, begin + 60 * SECOND - 1, found);
        assertEquals(0.7, found.volumeFactor, 1e-12);
        timeline.conditions(begin + 60 * SECOND, begin + 60 * SECOND, found);
        assertEquals(1, found.volumeFactor);
    }

    /** On its long ramp the furnace is both lags, 120 s, late: 675 K at 5 K/min and 120 s. */
    @Test
    void inTheCalcinationSevenHundredDegreesComeAfter8220Seconds() {
        SimulationSettings settings = Scenario.calcination().settings();
        TemperatureProgramme programme =
                new TemperatureProgramme(settings.furnace().startCelsius(), settings.programme());
        FurnaceResponse furnace =
                new FurnaceResponse(settings.furnace(), settings.thermocouple().lagSeconds(), programme);
        TimedEvent open = new TimedEvent(Kind.THERMOCOUPLE_OPEN, 700, NONE, 0, NONE, 0);
        EventTimeline timeline = new EventTimeline(List.of(open), furnace::furnaceCelsius, programme.seconds());
        assertEquals(Junction.SOUND, timeline.junction(8220 * SECOND - 10));
        assertEquals(Junction.OPEN, timeline.junction(8220 * SECOND + 10));
        ThermocoupleSignal signal = new ThermocoupleSignal(
                SignalCases.ideal(Emf.K), 1, furnace::thermocoupleCelsius, programme.seconds(), timeline);
        // The junction is its own lag of 2 s behind.
        assertEquals(700 - 2 / 12.0, signal.noiselessCelsius(8220 * SECOND - 10), 1e-8);
        assertTrue(Double.isNaN(signal.noiselessCelsius(8220 * SECOND + 10)));
    }

    @Test
    void onlyTheFirstHeatingCounts() {
        TimedEvent open = new TimedEvent(Kind.THERMOCOUPLE_OPEN, 700, NONE, 10, NONE, 0);
        EventTimeline timeline =
                new EventTimeline(List.of(open), seconds -> 500 + 400 * Math.sin(2 * Math.PI * seconds / 7200), DAY);
        // sin x = 1/2 at x = pi/6: a twelfth of the period.
        assertEquals(Junction.SOUND, timeline.junction(600 * SECOND - 1000));
        assertEquals(Junction.OPEN, timeline.junction(600 * SECOND + 1000));
        assertEquals(Junction.SOUND, timeline.junction(7800 * SECOND + 1000));
    }

    @Test
    void whatMakesNoSenseIsNamed() {
        List<TimedEvent> events = List.of(
                new TimedEvent(Kind.SLUMP, NONE, NONE, 0, NONE, 0),
                new TimedEvent(Kind.SLUMP, 700, 10, 0, NONE, 0),
                new TimedEvent(Kind.SLUMP, NONE, -1, 0, NONE, 0),
                new TimedEvent(Kind.SLUMP, NONE, 1, -1, NONE, 0),
                new TimedEvent(Kind.SLUMP, NONE, 1, 0, 1.5, 0),
                new TimedEvent(Kind.SHUTTER_CLOSED, NONE, 1, 0, 0.5, 0),
                new TimedEvent(Kind.TOP_UP_DIP, NONE, 1, 2, NONE, 2),
                new TimedEvent(Kind.TOP_UP_DIP, NONE, 1, 0, NONE, 60),
                new TimedEvent(Kind.SLUMP, 951, NONE, 0, NONE, 0),
                new TimedEvent(Kind.SLUMP, 20, NONE, 0, NONE, 0),
                new TimedEvent(Kind.SLUMP, NONE, DAY, 0, NONE, 0),
                new TimedEvent(Kind.SLUMP, 700, NONE, 0, NONE, 0));
        List<String> problems = EventTimeline.problems(events, ramp(), DAY);
        assertEquals(11, problems.size(), problems.toString());
        for (int i = 0; i < 11; i++) {
            assertTrue(problems.get(i).startsWith("simulation.event[" + i + "]."), problems.get(i));
        }
        assertEquals("simulation.event[4].magnitude=1.5 must be at least 0.0 and at most 1.0", problems.get(4));
        assertEquals(
                "simulation.event[8].at_celsius=951.0 is never reached on heating startCelsius=25.0 mostCelsius=950.0",
                problems.get(8));
        assertThrows(IllegalArgumentException.class, () -> new EventTimeline(events, ramp(), DAY));
    }
}
