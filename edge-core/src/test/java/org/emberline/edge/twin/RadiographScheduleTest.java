package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RadiographScheduleTest {
    private static final double EXACT = 1e-9;
    /** Full sweeps, a short last sweep, one sweep that is all there is, one energy, and a sweep that would not fit. */
    private static final List<RadiographSchedule> SCHEDULES = List.of(
            new RadiographSchedule(80, 4, 2, 3600),
            new RadiographSchedule(83, 4, 2, 3600),
            new RadiographSchedule(81, 4, 44, 3600),
            new RadiographSchedule(3, 4, 10, 100),
            new RadiographSchedule(7, 1, 3, 70),
            new RadiographSchedule(80, 4, 0, 3600),
            new RadiographSchedule(80, 4, 50, 3600));

    @Test
    void withoutSweepsRadiographsFollowEachOtherEvenly() {
        for (double between : new double[] {0, 10, 50}) {
            RadiographSchedule even = new RadiographSchedule(10, 4, between, 100);
            for (int frame = 0; frame < 10; frame++) {
                assertEquals(10 * frame + 5, even.middle(frame), EXACT);
            }
            assertEquals(10, even.longestExposureSeconds(), EXACT);
        }
    }

    @Test
    void aSweepIsCentredInItsShareOfTheRun() {
        RadiographSchedule sweeps = new RadiographSchedule(8, 4, 2, 800);
        double[] expected = {197, 199, 201, 203, 597, 599, 601, 603};
        for (int frame = 0; frame < 8; frame++) {
            assertEquals(expected[frame], sweeps.middle(frame), EXACT);
        }
        assertEquals(2, sweeps.longestExposureSeconds(), EXACT);
    }

    @Test
    void whatIsLeftForTheLastSweepIsCentredInWhatIsLeftOfTheRun() {
        RadiographSchedule sweeps = new RadiographSchedule(6, 4, 2, 600);
        assertEquals(197, sweeps.middle(0), EXACT);
        // Frames 4 and 5 share the seconds from 400 to 600.
        assertEquals(499, sweeps.middle(4), EXACT);
        assertEquals(501, sweeps.middle(5), EXACT);
    }

    @Test
    void noExposureOverlapsTheNextOrLeavesTheRun() {
        for (RadiographSchedule schedule : SCHEDULES) {
            double half = schedule.longestExposureSeconds() / 2;
            assertTrue(schedule.middle(0) - half >= -EXACT, schedule.toString());
            assertTrue(schedule.middle(schedule.frames() - 1L) + half <= schedule.runSeconds() + EXACT);
            for (int frame = 1; frame < schedule.frames(); frame++) {
                double gap = schedule.middle(frame) - schedule.middle(frame - 1L);
                assertTrue(gap >= 2 * half - EXACT, schedule + " frame " + frame + " gap " + gap);
            }
        }
    }

    @Test
    void theNearestToAMiddleIsThatRadiograph() {
        for (RadiographSchedule schedule : SCHEDULES) {
            for (int frame = 0; frame < schedule.frames(); frame++) {
                assertEquals(frame, schedule.nearest(schedule.middle(frame)), schedule.toString());
            }
        }
    }

    @Test
    void theNearestIsTheOneThatASearchOverAllFinds() {
        for (RadiographSchedule schedule : SCHEDULES) {
            // Odd steps, so that no moment lies in the middle of two.
            double step = schedule.runSeconds() / 997;
            for (double seconds = -10 * step; seconds < schedule.runSeconds() + 10 * step; seconds += step) {
                double distance = Double.POSITIVE_INFINITY;
                for (int frame = 0; frame < schedule.frames(); frame++) {
                    distance = Math.min(distance, Math.abs(schedule.middle(frame) - seconds));
                }
                long nearest = schedule.nearest(seconds);
                assertEquals(
                        distance, Math.abs(schedule.middle(nearest) - seconds), EXACT, schedule + " at " + seconds);
            }
        }
    }

    @Test
    void onlyTheLastEnergyEndsASweep() {
        RadiographSchedule schedule = new RadiographSchedule(10, 4, 2, 600);
        assertEquals(
                List.of(3L, 7L),
                LongStream.range(0, 10).filter(schedule::endsSweep).boxed().toList());
        RadiographSchedule single = new RadiographSchedule(10, 1, 0, 600);
        assertTrue(LongStream.range(0, 10).allMatch(single::endsSweep));
    }

    @Test
    void theFirstSetIsCompleteWithTheFirstSweep() {
        for (RadiographSchedule schedule : SCHEDULES) {
            long expected = LongStream.range(0, schedule.frames())
                    .filter(schedule::endsSweep)
                    .findFirst()
                    .orElse(schedule.frames() - 1L);
            assertEquals(expected, schedule.firstSet(), schedule.toString());
        }
    }
}
