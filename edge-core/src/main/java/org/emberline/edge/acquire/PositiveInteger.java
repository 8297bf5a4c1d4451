package org.emberline.edge.acquire;

import org.jspecify.annotations.Nullable;

/** Sizes written as text. */
final class PositiveInteger {

    private PositiveInteger() {}

    /** The number, or null when the text is none in 1 to {@link Integer#MAX_VALUE}. */
    static @Nullable Integer parse(String text) {
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        long value = Long.parseLong(text);
        return value < 1 || value > Integer.MAX_VALUE ? null : (int) value;
    }
}
