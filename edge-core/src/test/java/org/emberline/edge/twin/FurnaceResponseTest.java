package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.emberline.edge.twin.SimulationSettings.Furnace;
import org.emberline.edge.twin.SimulationSettings.Segment;
import org.junit.jupiter.api.Test;

class FurnaceResponseTest {
    private static final double TAU = 60;
    private static final double KAPPA = 2;
    private static final double START = 25;

    private static final TemperatureProgramme CALCINATION =
            new TemperatureProgramme(START, List.of(new Segment(5, 950, 43_200)));

    /** Up, a short hold, steeper up, down: every lag is still at work when the next piece begins. */
    private static final TemperatureProgramme RESTLESS = new TemperatureProgramme(
            START, List.of(new Segment(10, 75, 30), new Segment(200, 500, 0), new Segment(50, 100, 600)));

    private static FurnaceResponse response(TemperatureProgramme programme) {
        return new FurnaceResponse(new Furnace(START, TAU), KAPPA, programme);
    }

    @Test
    void aProgrammeIsItsRampsAndHolds() {
        assertEquals(925.0 / 5 * 60 + 43_200, CALCINATION.seconds(), 1e-9);
        assertEquals(50.0 / 10 * 60 + 30 + 425.0 / 200 * 60 + 400.0 / 50 * 60 + 600, RESTLESS.seconds(), 1e-9);
    }

    @Test
    void onALongRampTheFurnaceLagsByBothTimeConstants() {
        double seconds = 9_000;
        double setPoint = START + 5.0 / 60 * seconds;
        assertEquals(setPoint - 5.0 / 60 * (TAU + TAU), response(CALCINATION).furnaceCelsius(seconds), 1e-9);
    }

    @Test
    void onALongRampTheThermocoupleLagsBySlopeTimesItsTimeConstant() {
        FurnaceResponse response = response(CALCINATION);
        double lag = response.furnaceCelsius(9_000) - response.thermocoupleCelsius(9_000);
        assertEquals(5.0 / 60 * KAPPA, lag, 1e-9);
    }

    @Test
    void theHoldIsReachedWithoutOvershoot() {
        FurnaceResponse response = response(CALCINATION);
        double begin = 11_100;
        assertTrue(response.furnaceCelsius(begin) < 941);
        for (double seconds = begin; seconds < CALCINATION.seconds(); seconds += 7) {
            assertTrue(response.furnaceCelsius(seconds) < 950 + 1e-9, "overshoot at seconds=" + seconds);
        }
        assertEquals(950, response.furnaceCelsius(begin + 30 * TAU), 1e-8);
        assertEquals(950, response.thermocoupleCelsius(CALCINATION.seconds()), 1e-9);
    }

    /** An independent integration of the three lags by the classical Runge-Kutta rule, whose steps end on the kinks. */
    @Test
    void theClosedFormSolvesTheLags() {
        FurnaceResponse response = response(RESTLESS);
        double step = 0.0125;
        double[] state = {START, START, START};
        double integral = 0;
        int steps = (int) Math.round(1_500 / step);
        for (int i = 0; i < steps; i++) {
            double before = state[1];
            state = rungeKutta(state, i * step, step);
            integral += (before + state[1]) / 2 * step;
            if (i % 800 == 0) {
                double time = (i + 1) * step;
                assertEquals(state[1], response.furnaceCelsius(time), 1e-6, "furnace at seconds=" + time);
                assertEquals(state[2], response.thermocoupleCelsius(time), 1e-6, "thermocouple at seconds=" + time);
            }
        }
        assertEquals(integral / (steps * step), response.meanFurnaceCelsius(0, steps * step), 1e-4);
    }

    @Test
    void meansOfPartsMakeTheMeanOfTheWhole() {
        FurnaceResponse response = response(RESTLESS);
        double sum = 0;
        for (int i = 0; i < 7; i++) {
            sum += response.meanFurnaceCelsius(i * 211.0, (i + 1) * 211.0);
        }
        assertEquals(sum / 7, response.meanFurnaceCelsius(0, 7 * 211.0), 1e-9);
        assertEquals(response.furnaceCelsius(700), response.meanFurnaceCelsius(699.999, 700.001), 1e-6);
    }

    private static double setPoint(double t) {
        if (t < 300) {
            return 25 + t / 6;
        }
        if (t < 330) {
            return 75;
        }
        if (t < 457.5) {
            return 75 + (t - 330) * 200 / 60;
        }
        return Math.max(100, 500 - (t - 457.5) * 50 / 60);
    }

    private static double[] slope(double[] y, double setPoint) {
        return new double[] {(setPoint - y[0]) / TAU, (y[0] - y[1]) / TAU, (y[1] - y[2]) / KAPPA};
    }

    private static double[] moved(double[] y, double[] slope, double step) {
        return new double[] {y[0] + step * slope[0], y[1] + step * slope[1], y[2] + step * slope[2]};
    }

    private static double[] rungeKutta(double[] y, double t, double h) {
        double[] k1 = slope(y, setPoint(t));
        double[] k2 = slope(moved(y, k1, h / 2), setPoint(t + h / 2));
        double[] k3 = slope(moved(y, k2, h / 2), setPoint(t + h / 2));
        double[] k4 = slope(moved(y, k3, h), setPoint(t + h));
        double[] sum = new double[3];
        for (int i = 0; i < 3; i++) {
            sum[i] = y[i] + h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
        }
        return sum;
    }
}
