package org.emberline.edge.app;

import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.emberline.edge.archive.RunReader.Point;

/**
 * One archived series held against the simulated truth.
 *
 * @param frames frames with a value
 * @param rmsError root mean square of value - truth; NaN without frames
 * @param bias mean of value - truth; NaN without frames
 * @param coverage95 share of truths within 1.96 sigma of the value; NaN without frames
 */
record AgainstTruth(int frames, double rmsError, double bias, double coverage95) {
    private static final double NORMAL_95 = 1.959964;

    /** @param truth true value by frame index, NaN where there is none */
    static AgainstTruth of(List<Point> series, LongToDoubleFunction truth) {
        int frames = 0;
        int covered = 0;
        double sum = 0;
        double squares = 0;
        for (Point point : series) {
            double error = point.value() - truth.applyAsDouble(point.frame());
            if (Double.isNaN(error)) {
                continue;
            }
            frames++;
            sum += error;
            squares += error * error;
            covered += Math.abs(error) <= NORMAL_95 * point.sigma() ? 1 : 0;
        }
        return new AgainstTruth(
                frames,
                Math.sqrt(squares / frames),
                sum / frames,
                frames == 0 ? Double.NaN : (double) covered / frames);
    }
}
