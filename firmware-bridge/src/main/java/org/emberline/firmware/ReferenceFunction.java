package org.emberline.firmware;

/** The emf of a type over its whole range, in pieces that follow each other. Immutable; nothing here allocates. */
final class ReferenceFunction {
    /** What rounding does to the emf of a temperature within the range, at most: it must not fall off the end. */
    private static final double ROUNDING_MILLIVOLTS = 1e-10;

    private final double leastInvertibleCelsius;
    private final ReferencePiece[] pieces;
    private final double lowestMillivolts;
    /** At the upper end of each piece. */
    private final double[] highestMillivolts;

    /** @param leastInvertibleCelsius in the first piece; from here on up the emf rises and says one temperature */
    ReferenceFunction(double leastInvertibleCelsius, ReferencePiece... pieces) {
        this.leastInvertibleCelsius = leastInvertibleCelsius;
        this.pieces = pieces;
        lowestMillivolts = pieces[0].millivolts(leastInvertibleCelsius);
        highestMillivolts = new double[pieces.length];
        for (int i = 0; i < pieces.length; i++) {
            highestMillivolts[i] = pieces[i].millivolts(pieces[i].mostCelsius());
        }
    }

    double leastCelsius() {
        return pieces[0].leastCelsius();
    }

    double mostCelsius() {
        return pieces[pieces.length - 1].mostCelsius();
    }

    double leastInvertibleCelsius() {
        return leastInvertibleCelsius;
    }

    double millivolts(double celsius) {
        return covers(celsius) ? piece(celsius).millivolts(celsius) : Double.NaN;
    }

    double millivoltsPerKelvin(double celsius) {
        return covers(celsius) ? piece(celsius).millivoltsPerKelvin(celsius) : Double.NaN;
    }

    double celsius(double millivolts) {
        int last = pieces.length - 1;
        if (!(millivolts >= lowestMillivolts - ROUNDING_MILLIVOLTS
                && millivolts <= highestMillivolts[last] + ROUNDING_MILLIVOLTS)) {
            return Double.NaN;
        }
        int i = 0;
        while (i < last && millivolts > highestMillivolts[i]) {
            i++;
        }
        return pieces[i].celsius(i == 0 ? leastInvertibleCelsius : pieces[i].leastCelsius(), millivolts);
    }

    private boolean covers(double celsius) {
        return celsius >= leastCelsius() && celsius <= mostCelsius();
    }

    private ReferencePiece piece(double celsius) {
        int i = 0;
        while (i + 1 < pieces.length && celsius > pieces[i].mostCelsius()) {
            i++;
        }
        return pieces[i];
    }
}
