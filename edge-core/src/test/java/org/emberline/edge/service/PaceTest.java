package org.emberline.edge.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often observers hear, and peers are heard; all with a clock of the test's. */
class PaceTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void pminHoldsNewsBackAndLosesNone() {
        Observer observer = new Observer("/metrics", "x", Pace.parse(List.of("pmin=5")), 0);
        assertFalse(observer.due(SECOND, true));
        assertFalse(observer.due(4 * SECOND, false));
        assertTrue(observer.due(5 * SECOND, false), "what was held back comes when its time has come");
        assertFalse(observer.due(20 * SECOND, false));
        assertTrue(observer.due(21 * SECOND, true));
    }

    @Test
    void pmaxSpeaksThoughNothingHasChanged() {
        Observer observer = new Observer("/metrics", "x", Pace.parse(List.of("pmax=60", "pmin=1")), 0);
        assertFalse(observer.due(59 * SECOND, false));
        assertTrue(observer.due(60 * SECOND, false));
        assertFalse(observer.due(61 * SECOND, false));
        assertTrue(observer.due(62 * SECOND, true));
    }

    @Test
    void withoutEitherEveryChangeIsTold() {
        Observer observer = new Observer("/metrics", "x", Pace.parse(List.of()), 0);
        assertTrue(observer.due(1, true));
        assertTrue(observer.due(2, true));
        assertFalse(observer.due(3, false));
        assertEquals(2, observer.lost());
        observer.counting().onSent(false);
        observer.counting().onSent(true);
        assertEquals(1, observer.lost());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pmin | pmin is not a number",
                "pmin=x | pmin is not a number",
                "pmin=0 | pmin must lie above 0",
                "pmin=NaN | pmin must lie above 0",
                "pmax=1e9 | pmax must lie above 0",
                "pmin=1&pmin=2 | pmin is there twice",
                "pmin=3&pmax=2 | pmax is less than pmin",
                "st=1 | unknown parameter st",
            })
    void whatCannotBeMeantIsSaid(String query, String expected) {
        List<String> queries = List.of(query.split("&"));
        String said = String.valueOf(assertThrows(IllegalArgumentException.class, () -> Pace.parse(queries))
                .getMessage());
        assertTrue(said.startsWith(expected), said);
    }

    @Test
    void aPeerMayAskSoOftenAndTwiceThatAtOnce() {
        AtomicLong clock = new AtomicLong(7);
        RateLimit limit = new RateLimit(10, clock::get);
        for (int i = 0; i < 20; i++) {
            assertTrue(limit.allows("a"));
        }
        assertFalse(limit.allows("a"));
        assertTrue(limit.allows("b"), "another peer has its own");
        clock.addAndGet(SECOND / 10);
        assertTrue(limit.allows("a"));
        assertFalse(limit.allows("a"));
        clock.addAndGet(1000 * SECOND);
        for (int i = 0; i < 20; i++) {
            assertTrue(limit.allows("a"));
        }
        assertFalse(limit.allows("a"), "what was not used is not saved up beyond two seconds");
    }

    @Test
    void whatStrangersTryIsToldOnceInTenSecondsAndCounted() {
        AtomicLong clock = new AtomicLong();
        StringBuilder told = new StringBuilder();
        Notices notices = new Notices(
                (kind, text) -> told.append(kind).append(' ').append(text).append('\n'), clock::get);
        for (int i = 0; i < 1000; i++) {
            notices.tried("A", "one");
        }
        notices.tried("B", "other");
        clock.addAndGet(10 * SECOND);
        notices.tried("A", "two");
        assertEquals("A one\nB other\nA two; and 999 more before\n", told.toString());
    }
}
