package org.emberline.edge.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The series of the benchmark, a fifth as long. */
class MatchSimulationTest {
    private static final int FRAMES = 20_000;
    private static final List<MatchCase> CASES = MatchSimulation.cases(FRAMES);
    /** Those with stamps: everything is found, and has its true reason. */
    private static final int STAMPED = 5;

    static Stream<Arguments> series() {
        return LongStream.rangeClosed(1, 3)
                .boxed()
                .flatMap(seed -> IntStream.range(0, CASES.size()).mapToObj(i -> Arguments.of(i, seed)));
    }

    @ParameterizedTest
    @MethodSource("series")
    void noFrameIsBoundToAWrongEdgeUnsaid(int index, long seed) {
        MatchOutcome outcome = MatchSimulation.play(CASES.get(index), seed);
        assertEquals(0, outcome.wrongMatches(), outcome::toString);
        assertTrue(outcome.ledgerClosed(), outcome::toString);
        assertTrue(outcome.frames() > 0.97 * FRAMES, outcome::toString);
        if (index < STAMPED) {
            assertEquals(0, outcome.unmatched(), outcome::toString);
            assertEquals(0, outcome.wrongReasons(), outcome::toString);
            assertTrue(outcome.indexOnly() <= FRAMES / 1000, outcome::toString);
        }
    }
}
