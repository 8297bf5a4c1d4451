package org.emberline.edge.twin;

import java.util.ArrayList;
import java.util.List;

/** The set point over time as straight pieces: what the furnace controller is told, before any lag. */
final class TemperatureProgramme {
    private final List<Piece> pieces;
    private final double seconds;

    /**
     * @param beginSeconds begin, from the start of the run
     * @param beginCelsius set point there
     * @param kelvinPerSecond slope
     */
    record Piece(double beginSeconds, double beginCelsius, double kelvinPerSecond) {}

    TemperatureProgramme(double startCelsius, List<SimulationSettings.Segment> segments) {
        List<Piece> made = new ArrayList<>();
        double time = 0;
        double celsius = startCelsius;
        for (SimulationSettings.Segment segment : segments) {
            double slope = Math.copySign(segment.kelvinPerMinute() / 60, segment.targetCelsius() - celsius);
            made.add(new Piece(time, celsius, slope));
            time += (segment.targetCelsius() - celsius) / slope;
            celsius = segment.targetCelsius();
            made.add(new Piece(time, celsius, 0));
            time += segment.holdSeconds();
        }
        pieces = List.copyOf(made);
        seconds = time;
    }

    /** In order of time; the last one is a hold and has no end. */
    List<Piece> pieces() {
        return pieces;
    }

    /** From the start to the end of the last hold. */
    double seconds() {
        return seconds;
    }
}
