package org.emberline.edge.app;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rows and columns of a bench's detector, as {@code --shape} gives them. */
record PanelShape(int rows, int columns) {
    static final int FEWEST_ROWS = 16;
    private static final int MOST_PIXELS = 1 << 27;
    private static final Pattern WORDS = Pattern.compile("(\\d{1,6})x(\\d{1,6})");

    /** @throws UsageException when it is none, or too small or large to be measured */
    static PanelShape of(String words) throws UsageException {
        Matcher sides = WORDS.matcher(words);
        if (!sides.matches()) {
            throw new UsageException("--shape must be ROWSxCOLUMNS, is " + words);
        }
        int rows = Integer.parseInt(sides.group(1));
        int columns = Integer.parseInt(sides.group(2));
        if (Math.min(rows, columns) < FEWEST_ROWS || (long) rows * columns > MOST_PIXELS) {
            throw new UsageException("--shape must have " + FEWEST_ROWS + " rows and columns or more and at most "
                    + MOST_PIXELS + " pixels, is " + words);
        }
        return new PanelShape(rows, columns);
    }
}
