package org.emberline.edge.metrics.grains;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.metrics.grains.TwinGrains.Frame;
import org.emberline.edge.metrics.grains.TwinGrains.Value;
import org.emberline.edge.twin.RingTruth;
import org.emberline.edge.twin.SimulationSettings;
import org.emberline.edge.twin.TwinFrames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grain metrics against what is true of simulated frames, through the real reduction. */
class TwinGrainsTest {
    /** Shorter than the period of frames: every frame shows other grains. */
    private static final double QUICK = 80;

    private static final TwinFrames TURNING = TwinFrames.withRotation(TwinGrains.scenario("calcination", 5), 1);

    private static List<Value> known(List<Frame> frames) {
        return frames.stream().map(Frame::size).filter(Value::known).toList();
    }

    private static double covered(List<Value> values) {
        return values.stream().filter(v -> Math.abs(v.sigmas()) < 1.96).count() / (double) values.size();
    }

    private static double rms(List<Value> values) {
        return Math.sqrt(values.stream()
                .mapToDouble(v -> v.relativeError() * v.relativeError())
                .average()
                .orElseThrow());
    }

    /** Grains that turn make frames independent, so that what is stated of one frame can be counted. */
    @Test
    void sizesOfTheDefaultScenarioAreRightAndSoAreTheirSigmas() {
        List<Value> values = LongStream.rangeClosed(1, 3)
                .parallel()
                .mapToObj(seed -> TwinGrains.run(
                        TwinFrames.withRotation(TwinGrains.scenario("calcination", seed), QUICK),
                        TwinGrains.CALIBRATED,
                        190,
                        4))
                .flatMap(List::stream)
                .map(Frame::size)
                .toList();
        assertEquals(values.size(), values.stream().filter(Value::known).count());
        double bias =
                values.stream().mapToDouble(Value::relativeError).average().orElseThrow();
        System.out.printf(
                "grain_size: %d frames, rms %.4f, bias %.4f, covered %.4f%n",
                values.size(), rms(values), bias, covered(values));
        assertTrue(values.size() > 300);
        assertEquals(0, bias, 0.02);
        assertTrue(rms(values) < 0.1);
        assertEquals(0.95, covered(values), 0.02);
    }

    /** As shipped grains stay; what is wrong is wrong in all frames of a run alike. */
    @Test
    void grainsThatStayAreSeenToStayAndGrow() {
        List<Frame> frames =
                TwinGrains.run(TwinFrames.of(TwinGrains.scenario("calcination", 1)), TwinGrains.CALIBRATED, 400, 10);
        for (Frame frame : frames) {
            Value size = frame.size();
            assertTrue(Math.abs(size.sigmas()) < 3 && Math.abs(size.relativeError()) < 0.15, frame::toString);
            assertEquals(0, size.flags(), frame::toString);
        }
        assertTrue(frames.getLast().size().value() > frames.getFirst().size().value());
        assertTrue(frames.stream().skip(1).allMatch(f -> f.correlation().value() > 0.9), frames::toString);
        List<Frame> turning = TwinGrains.run(
                TwinFrames.withRotation(TwinGrains.scenario("calcination", 1), QUICK), TwinGrains.CALIBRATED, 400, 10);
        for (Frame frame : turning.subList(1, turning.size())) {
            assertEquals(0, frame.correlation().value(), 4 * frame.correlation().sigma(), frame::toString);
        }
    }

    /** The line moves by three widths; spinel 400 lies under it and barium carbonate beside it where there is less of the phase. */
    @ParameterizedTest
    @CsvSource({"27, 1", "500, 1", "1000, 1", "700, 0.6", "600, 0.4"})
    void whereverTheLineIsAndWhateverIsBesideIt(double celsius, double layered) {
        TwinFrames frames = TURNING;
        double measured = 0;
        double expected = 0;
        List<Frame> all = TwinGrains.run(frames, TwinGrains.CALIBRATED, new long[] {2, 42, 2}, (frame, slot) -> {
            frames.expose(frame, celsius, layered, 1.5, slot);
            return frames.truth(frame, celsius, layered, 1.5);
        });
        for (Frame frame : all) {
            measured += frame.graininess().value() / all.size();
            expected += frame.graininess().truth() / all.size();
        }
        double mean = meanRatio(all);
        System.out.printf(
                "%.0f C, %.1f: eps^2 %.5f of %.5f, size %.3f of the truth%n",
                celsius, layered, measured, expected, mean);
        // 20 frames of 17 % each.
        assertEquals(1, measured / expected, 0.12);
        assertEquals(1, mean, 0.05);
    }

    private static double meanRatio(List<Frame> frames) {
        return known(frames).stream()
                .mapToDouble(v -> v.value() / v.truth())
                .average()
                .orElseThrow();
    }

    @Test
    void textureAroundTheRingIsNoGraininess() {
        SimulationSettings settings = TwinGrains.scenario("calcination", 2);
        TwinFrames textured = TwinFrames.withFibre(settings, 0.7);
        TwinFrames plain = TwinFrames.of(settings);
        List<Frame> with = TwinGrains.run(textured, TwinGrains.CALIBRATED, 120, 60);
        List<Frame> without = TwinGrains.run(plain, TwinGrains.CALIBRATED, 120, 60);
        for (int i = 0; i < with.size(); i++) {
            double ratio = with.get(i).graininess().value()
                    / without.get(i).graininess().value();
            assertEquals(1, ratio, 0.25, "frame=" + with.get(i).index());
        }
        assertTrue(FrameFlag.TEXTURED.in(with.getFirst().graininess().flags()), with.getFirst()::toString);
        assertTrue(without.stream()
                .noneMatch(f -> FrameFlag.TEXTURED.in(f.graininess().flags())));
    }

    /** Right within three sigma and 15 %, or flagged. */
    @ParameterizedTest
    @ValueSource(strings = {"texture", "slump", "saturated-spots", "over-fire", "displacement"})
    void rightOrFlaggedWhenThingsGoWrong(String scenario) {
        List<Frame> frames =
                TwinGrains.run(TwinFrames.of(TwinGrains.scenario(scenario, 1)), TwinGrains.CALIBRATED, 84, 24);
        long good = frames.stream().filter(TwinGrainsTest::isRightOrFlagged).count();
        System.out.printf(
                "%s: %d of %d right or flagged, %d with a size%n",
                scenario, good, frames.size(), known(frames).size());
        assertTrue(good >= 0.99 * frames.size(), frames::toString);
    }

    private static boolean isRightOrFlagged(Frame frame) {
        Value size = frame.size();
        boolean right = Math.abs(size.sigmas()) < 3 && Math.abs(size.relativeError()) < 0.15;
        return right || size.flags() != 0;
    }

    @Test
    void powderIsLimitedByNoise() {
        TwinFrames frames = TwinFrames.of(TwinGrains.scenario("calcination", 1));
        for (Frame frame : TwinGrains.run(frames, TwinGrains.CALIBRATED, new long[] {90, 108, 3}, (index, slot) -> {
            frames.expose(index, slot);
            RingTruth truth = frames.truth(index);
            return truth;
        })) {
            assertTrue(FrameFlag.NOISE_LIMITED.in(frame.size().flags()), frame::toString);
            assertTrue(Double.isNaN(frame.size().value()), frame::toString);
            assertEquals(
                    frame.graininess().truth(),
                    frame.graininess().value(),
                    3 * frame.graininess().sigma());
        }
    }
}
