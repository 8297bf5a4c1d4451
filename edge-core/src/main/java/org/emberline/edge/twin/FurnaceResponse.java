package org.emberline.edge.twin;

import java.util.List;

/**
 * Temperatures of furnace and thermocouple in closed form, so that they depend on no step size and on no number of frames. The
 * furnace is two first-order lags tau in a row behind the set point, the thermocouple one lag kappa behind the furnace. On a piece
 * u0 + r s of the set point, s seconds after its begin,
 *
 * <pre>
 *   furnace      = u0 + r (s - 2 tau)         + (B + A s / tau) exp(-s / tau)
 *   thermocouple = u0 + r (s - 2 tau - kappa) + (D + G s) exp(-s / tau) + H exp(-s / kappa)
 * </pre>
 *
 * with A, B, H from the state at the begin of the piece and G = A / (tau - kappa), D = (B - kappa G) tau / (tau - kappa).
 *
 * <p>Immutable; times are seconds from the start of the run, not negative.
 */
final class FurnaceResponse {
    private final double tau;
    private final double kappa;
    private final Transient[] transients;

    private record Transient(TemperatureProgramme.Piece piece, double a, double b, double d, double g, double h) {}

    FurnaceResponse(SimulationSettings.Furnace furnace, double thermocoupleLagSeconds, TemperatureProgramme programme) {
        tau = furnace.lagSeconds();
        kappa = thermocoupleLagSeconds;
        List<TemperatureProgramme.Piece> pieces = programme.pieces();
        transients = new Transient[pieces.size()];
        double middle = furnace.startCelsius();
        double end = middle;
        double thermocouple = middle;
        for (int i = 0; i < transients.length; i++) {
            transients[i] = begin(pieces.get(i), middle, end, thermocouple);
            if (i + 1 < transients.length) {
                double s = pieces.get(i + 1).beginSeconds() - pieces.get(i).beginSeconds();
                middle = line(transients[i], s - tau) + transients[i].a * Math.exp(-s / tau);
                end = furnace(transients[i], s);
                thermocouple = thermocouple(transients[i], s);
            }
        }
    }

    private Transient begin(TemperatureProgramme.Piece piece, double middle, double end, double thermocouple) {
        double u0 = piece.beginCelsius();
        double r = piece.kelvinPerSecond();
        double a = middle - u0 + r * tau;
        double b = end - u0 + 2 * r * tau;
        double g = a / (tau - kappa);
        double d = (b - kappa * g) * tau / (tau - kappa);
        double h = thermocouple - u0 + r * (2 * tau + kappa) - d;
        return new Transient(piece, a, b, d, g, h);
    }

    /** Furnace, and therefore sample. */
    double furnaceCelsius(double seconds) {
        Transient piece = transients[at(seconds)];
        return furnace(piece, seconds - piece.piece.beginSeconds());
    }

    /** Thermocouple junction, without noise and offset. */
    double thermocoupleCelsius(double seconds) {
        Transient piece = transients[at(seconds)];
        return thermocouple(piece, seconds - piece.piece.beginSeconds());
    }

    /** Exact mean of {@link #furnaceCelsius} over an interval of positive length. */
    double meanFurnaceCelsius(double fromSeconds, double toSeconds) {
        double sum = 0;
        double from = fromSeconds;
        for (int i = at(fromSeconds); i < transients.length && from < toSeconds; i++) {
            double begin = transients[i].piece.beginSeconds();
            double to =
                    i + 1 < transients.length ? Math.min(toSeconds, transients[i + 1].piece.beginSeconds()) : toSeconds;
            sum += integral(transients[i], to - begin) - integral(transients[i], from - begin);
            from = to;
        }
        return sum / (toSeconds - fromSeconds);
    }

    private int at(double seconds) {
        int i = transients.length - 1;
        while (i > 0 && seconds < transients[i].piece.beginSeconds()) {
            i--;
        }
        return i;
    }

    private static double line(Transient t, double s) {
        return t.piece.beginCelsius() + t.piece.kelvinPerSecond() * s;
    }

    private double furnace(Transient t, double s) {
        return line(t, s - 2 * tau) + (t.b + t.a * s / tau) * Math.exp(-s / tau);
    }

    private double thermocouple(Transient t, double s) {
        return line(t, s - 2 * tau - kappa) + (t.d + t.g * s) * Math.exp(-s / tau) + t.h * Math.exp(-s / kappa);
    }

    private double integral(Transient t, double s) {
        double straight = t.piece.beginCelsius() * s + t.piece.kelvinPerSecond() * s * (s / 2 - 2 * tau);
        return straight - Math.exp(-s / tau) * (t.b * tau + t.a * (s + tau));
    }
}
