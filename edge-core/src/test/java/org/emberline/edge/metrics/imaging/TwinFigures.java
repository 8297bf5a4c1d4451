package org.emberline.edge.metrics.imaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints what the image metrics make of the twin: arguments are the scenario and the seeds. */
final class TwinFigures {
    private TwinFigures() {}

    public static void main(String[] arguments) throws Exception {
        List<TwinRun> runs = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            runs.add(TwinRun.of(arguments[0], Long.parseLong(arguments[i]), 256));
        }
        System.out.printf(
                "%-30s %5s %10s %10s %8s %8s %7s%n", "metric", "n", "rms", "bias", "rel rms", "rel bias", "in 95%");
        for (String name : runs.getFirst().names()) {
            List<TwinRun.Point> points =
                    runs.stream().flatMap(run -> run.known(name).stream()).toList();
            if (!points.isEmpty()) {
                line(name, points);
            }
        }
    }

    private static void line(String name, List<TwinRun.Point> points) {
        double squares = 0;
        double sum = 0;
        double relativeSquares = 0;
        double relativeSum = 0;
        int inside = 0;
        for (TwinRun.Point point : points) {
            squares += point.error() * point.error();
            sum += point.error();
            relativeSquares += point.relativeError() * point.relativeError();
            relativeSum += point.relativeError();
            inside += Math.abs(point.error()) <= 1.96 * point.sigma() ? 1 : 0;
        }
        int n = points.size();
        if (name.equals(System.getProperty("detail"))) {
            points.forEach(System.out::println);
        }
        System.out.printf(
                Locale.ROOT,
                "%-30s %5d %10.3g %+10.3g %8.3f %+8.3f %6.1f%%%n",
                name,
                n,
                Math.sqrt(squares / n),
                sum / n,
                Math.sqrt(relativeSquares / n),
                relativeSum / n,
                100.0 * inside / n);
    }
}
