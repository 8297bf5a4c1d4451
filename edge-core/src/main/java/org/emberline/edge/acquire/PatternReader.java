package org.emberline.edge.acquire;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads measured patterns from text: columns x, intensity, its error (esd), and under the heading {@code x,I,sigma,count} a count of pixels,
 * separated by white space, commas or semicolons. Lines that begin with {@code # ! '} are comments; one line of names may come before the
 * numbers, or the four lines of a {@code .chi}: title, what x is, what the intensity is, number of points.
 *
 * <p>One object reads file after file into the same arrays; opening a file allocates, its rows do not. One thread.
 */
final class PatternReader {
    /** As many points as a pattern can have. */
    static final int MOST_POINTS = 1 << 17;

    private static final long LONGEST_FILE = 16L << 20;
    private static final int HEADING_BYTES = 1 << 16;
    private static final int SHORTEST_LINE = 4;
    private static final int MOST_COLUMNS = 4;
    private static final int CHI_LINES = 4;
    private static final double LARGEST = 1e30;

    private final TextLines lines = new TextLines(LONGEST_FILE, MOST_COLUMNS);
    private PatternHeading heading = new PatternHeading();
    private double[] x = new double[1 << 12];
    private double[] intensity = new double[1 << 12];
    private double[] sigma = new double[1 << 12];
    private double[] count = new double[1 << 12];
    private int points;
    private int columns;

    /** Points of the pattern read last, at least two. */
    int points() {
        return points;
    }

    double x(int point) {
        return x[point];
    }

    /** NaN where {@link #count} is 0. */
    double intensity(int point) {
        return intensity[point];
    }

    /** NaN for all points of a file without errors. */
    double sigma(int point) {
        return sigma[point];
    }

    /** 1 where the file does not say. */
    double count(int point) {
        return count[point];
    }

    boolean hasErrors() {
        return columns > 2;
    }

    /** What stands before the numbers. */
    PatternHeading.Facts facts() {
        return heading.facts();
    }

    /** As many points as a file of that length can have at most. */
    static int mostPoints(long fileBytes) {
        return Math.toIntExact(Math.min(MOST_POINTS, fileBytes / SHORTEST_LINE + 1));
    }

    /**
     * Reads what stands before the numbers, and no number.
     *
     * @return length of the file, bytes
     */
    long readHeading(Path file) throws InputException {
        heading = new PatternHeading();
        long size = lines.load(file, HEADING_BYTES);
        var _ = beforeNumbers();
        return size;
    }

    /**
     * Reads a whole pattern.
     *
     * @throws InputException naming the file, the line and the value at fault
     */
    void read(Path file) throws InputException {
        heading = new PatternHeading();
        points = 0;
        columns = 0;
        var _ = lines.load(file, LONGEST_FILE);
        for (boolean line = beforeNumbers(); line; line = lines.advance()) {
            if (!lines.blank() && !comment()) {
                row();
            }
        }
        String impossible = heading.facts().impossible();
        if (impossible != null) {
            throw new InputException(file, "states what cannot be: " + impossible);
        }
        if (points < 2) {
            throw new InputException(file, "holds points=" + points + ", a pattern has at least 2");
        }
    }

    /** Goes to the first line of numbers; false when there is none. */
    private boolean beforeNumbers() throws InputException {
        List<String> head = lines.head(CHI_LINES);
        lines.rewind();
        if (chi(head)) {
            heading.take(head.get(0));
            heading.takeUnit(head.get(1));
            while (lines.number() < CHI_LINES) {
                var _ = lines.advance();
            }
        }
        boolean named = false;
        while (lines.advance()) {
            if (lines.blank()) {
                continue;
            }
            if (comment()) {
                heading.take(lines.text());
            } else if (number((char) lines.first()) && !nameOfAngles(named)) {
                return true;
            } else if (named) {
                throw lines.refusal("is no row of numbers");
            } else {
                named = true;
                names(lines.text());
            }
        }
        return false;
    }

    private static boolean chi(List<String> head) {
        return head.size() == CHI_LINES
                && !head.get(0).isEmpty()
                && !isComment(head.get(0).charAt(0))
                && !head.get(2).isEmpty()
                && !number(head.get(2).charAt(0))
                && head.get(3).matches("\\d{1,9}([\\s,]+\\d{1,9})?");
    }

    private boolean comment() {
        return isComment((char) lines.first());
    }

    private static boolean isComment(char c) {
        return c == '#' || c == '!' || c == '\'';
    }

    /** A name of a column that begins with a digit. */
    private boolean nameOfAngles(boolean named) {
        return !named && lines.first() == '2' && PatternHeading.unit(lines.text()) != null;
    }

    private static boolean number(char c) {
        return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+';
    }

    private void names(String text) throws InputException {
        heading.take(text);
        String wrong =
                heading.takeNames(Arrays.stream(text.split("[\\s,;]+", -1)).toList());
        if (wrong != null) {
            throw lines.refusal(wrong);
        }
    }

    private void row() throws InputException {
        int found = lines.cells();
        if (columns == 0) {
            requireColumns(found);
            columns = found;
        }
        if (found != columns) {
            throw lines.refusal(found + " columns instead of " + columns);
        }
        if (points == MOST_POINTS) {
            throw lines.refusal("more points than " + MOST_POINTS);
        }
        if (points == x.length) {
            grow();
        }
        x[points] = place();
        count[points] = columns == MOST_COLUMNS ? count() : 1;
        intensity[points] = count[points] == 0 ? Double.NaN : value(1, "I");
        sigma[points] = count[points] == 0 || columns == 2 ? Double.NaN : error(intensity[points]);
        points++;
    }

    private void requireColumns(int found) throws InputException {
        if (found < 2 || found > MOST_COLUMNS) {
            throw lines.refusal((found > MOST_COLUMNS ? "more than " + MOST_COLUMNS : found)
                    + " columns, a pattern has x, I and possibly an error");
        }
        if (found == MOST_COLUMNS && !heading.namesCounts()) {
            throw lines.refusal("4 columns, and no heading such as q_A^-1,I,sigma,count says what the fourth is");
        }
    }

    private double place() throws InputException {
        double place = value(0, "x");
        if (place < 0) {
            throw lines.refusal("x=" + place + " must not be negative");
        }
        if (points > 0 && !(place > x[points - 1])) {
            throw lines.refusal("x=" + place + " does not rise above x=" + x[points - 1]);
        }
        return place;
    }

    private double count() throws InputException {
        double pixels = value(3, "count");
        if (pixels < 0) {
            throw lines.refusal("count=" + pixels + " must not be negative");
        }
        return pixels;
    }

    /** A bin without a single count has the error 0 by counting, which is understood downstream; no other number has none. */
    private double error(double of) throws InputException {
        double error = value(2, "sigma");
        if (error < 0 || (error == 0 && of != 0)) {
            throw lines.refusal("sigma=" + error + " must be above 0");
        }
        return error;
    }

    private double value(int cell, String name) throws InputException {
        double value = lines.value(cell);
        if (!(Math.abs(value) <= LARGEST)) {
            String text = lines.cell(cell);
            throw lines.refusal(name + "=" + InputException.quote(text) + " must be a finite number of at most "
                    + String.format(Locale.ROOT, "%.0e", LARGEST)
                    + (text.matches("[-+]?\\d+,\\d+") ? " with a decimal point" : ""));
        }
        return value;
    }

    private void grow() {
        int room = Math.min(MOST_POINTS, 2 * points);
        x = Arrays.copyOf(x, room);
        intensity = Arrays.copyOf(intensity, room);
        sigma = Arrays.copyOf(sigma, room);
        count = Arrays.copyOf(count, room);
    }
}
