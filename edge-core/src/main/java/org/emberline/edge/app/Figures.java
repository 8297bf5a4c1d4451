package org.emberline.edge.app;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers for people: a value is shown to the digit that its sigma makes worth reading. */
final class Figures {
    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);

    /** Below this a number has more zeros than digits. */
    private static final double SMALL = 1e-4;

    private Figures() {}

    /** For example {@code 2.86812 +- 0.00013}, {@code 2.912e-15 +- 0.052e-15}; {@code -} for NaN; a sigma that is NaN or 0 is left out. */
    static String withSigma(double value, double sigma) {
        if (Double.isNaN(value)) {
            return "-";
        }
        if (!(sigma > 0) || Double.isInfinite(sigma)) {
            return String.format(Locale.ROOT, "%.6g", value);
        }
        if (value != 0 && Math.abs(value) < SMALL) {
            int exponent = (int) Math.floor(Math.log10(Math.abs(value)));
            double scale = Math.pow(10, -exponent);
            String power = "e" + exponent;
            return plain(value * scale, sigma * scale).replace(" +- ", power + " +- ") + power;
        }
        return plain(value, sigma);
    }

    private static String plain(double value, double sigma) {
        BigDecimal rounded = new BigDecimal(sigma).round(TWO_DIGITS);
        int digits = Math.max(0, rounded.scale());
        return new BigDecimal(value).setScale(digits, RoundingMode.HALF_UP).toPlainString() + " +- "
                + rounded.toPlainString();
    }
}
