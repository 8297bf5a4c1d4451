package org.emberline.edge.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MatchSimulationTest {
    private static final int FRAMES = 20_000;
    /** Series with numbers or times of the detector: nothing may be left in doubt. */
    private static final int KNOWN = 5;

    static Stream<Arguments> everySeries() {
        List<MatchCase> cases = MatchSimulation.cases(FRAMES);
        return IntStream.range(0, cases.size())
                .boxed()
                .flatMap(i -> Stream.of(1L, 2L, 3L).map(seed -> Arguments.of(cases.get(i), i < KNOWN, seed)));
    }

    @ParameterizedTest
    @MethodSource("everySeries")
    void nothingIsWrongUnsaid(MatchCase about, boolean known, long seed) {
        MatchOutcome outcome = MatchSimulation.play(about, seed);
        assertEquals(0, outcome.wrongMatches(), outcome::toString);
        assertTrue(outcome.ledgerClosed(), outcome::toString);
        if (known) {
            assertEquals(0, outcome.unmatched(), outcome::toString);
            assertEquals(0, outcome.wrongReasons(), outcome::toString);
            assertTrue(outcome.indexOnly() <= FRAMES / 1000, outcome::toString);
        }
    }

    /** The flag is no way out where there is something to go by. */
    @ParameterizedTest
    @MethodSource("everySeries")
    void doubtIsTheExceptionUnlessNothingIsKnown(MatchCase about, boolean known, long seed) {
        MatchOutcome outcome = MatchSimulation.play(about, seed);
        boolean hopeless = !about.numbered() && !about.irregular() && !about.latencyKnown();
        assertEquals(hopeless, outcome.indexOnly() > FRAMES / 100, outcome::toString);
    }
}
