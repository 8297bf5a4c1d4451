package org.emberline.edge.service.view;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Values as text for a terminal. */
final class Cell {
    private static final MathContext NINE_DIGITS = new MathContext(9);
    private static final int MAX_PLAIN_DIGITS = 12;
    private static final int MAX_PLAIN_SCALE = 9;
    private static final int MAX_LENGTH = 200;
    /** The end of the year 9999. */
    private static final double LAST_SECOND = 253_402_300_799.0;

    private Cell() {}

    /** Foreign text: control characters would move the cursor or ring the bell, so they become {@code ?}. */
    static String safe(String text) {
        String cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "..." : text;
        // Cc control, Cf format (bidirectional overrides), Co/Cn/Cs without a glyph, line and paragraph separators
        return cut.replaceAll("[\\p{C}\\u2028\\u2029]", "?");
    }

    /** Nine significant digits, without an exponent where that stays short; empty for NaN. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "" : Double.toString(value);
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(NINE_DIGITS).stripTrailingZeros();
        boolean plain = rounded.precision() - rounded.scale() <= MAX_PLAIN_DIGITS
                && rounded.scale() - rounded.precision() <= 3
                && rounded.scale() <= MAX_PLAIN_SCALE + 3;
        return plain ? rounded.toPlainString() : rounded.toString();
    }

    /** Unix seconds as UTC with milliseconds, or as they are where no calendar reaches. */
    static String time(double seconds) {
        if (!(Math.abs(seconds) < LAST_SECOND)) {
            return Double.toString(seconds);
        }
        return Instant.ofEpochMilli(Math.round(seconds * 1000)).toString();
    }

    /** Any plain value; empty for null. */
    static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Double number -> number(number);
            case byte[] bytes -> bytes.length + " bytes";
            default -> safe(value.toString());
        };
    }
}
