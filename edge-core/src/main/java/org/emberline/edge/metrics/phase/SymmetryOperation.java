package org.emberline.edge.metrics.phase;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One operation of a space group, as in a CIF: {@code "-y, x-y, z+1/3"}.
 *
 * @param rotation 3 x 3, by rows
 * @param shift each from 0 to below 1, in 24ths of an edge
 */
record SymmetryOperation(int[] rotation, int[] shift) {
    /** Every translation of a space group is a multiple of an edge's 24th. */
    static final int PARTS = 24;

    private static final Pattern TERM =
            Pattern.compile("([+-]?)\\s*(?:([xyz])|(\\d{1,2})\\s*/\\s*(\\d)|(0?\\.\\d+))\\s*");

    /** @throws IllegalArgumentException for what is no operation */
    static SymmetryOperation parse(String text) {
        String[] rows = text.toLowerCase(java.util.Locale.ROOT).strip().split(",", -1);
        int[] rotation = new int[9];
        int[] shift = new int[3];
        boolean sound = rows.length == 3;
        for (int row = 0; sound && row < 3; row++) {
            sound = parseRow(rows[row].strip(), row, rotation, shift);
        }
        if (!sound || Math.abs(determinant(rotation)) != 1) {
            throw new IllegalArgumentException("symmetry=\"" + text + "\" is no operation such as \"-y, x-y, z+1/3\"");
        }
        return new SymmetryOperation(rotation, shift);
    }

    private static boolean parseRow(String text, int row, int[] rotation, int[] shift) {
        Matcher matcher = TERM.matcher(text);
        int at = 0;
        while (at < text.length() && matcher.find(at) && matcher.start() == at) {
            int sign = matcher.group(1).equals("-") ? -1 : 1;
            if (at > 0 && matcher.group(1).isEmpty()) {
                return false;
            }
            String axis = matcher.group(2);
            if (axis != null) {
                rotation[3 * row + "xyz".indexOf(axis)] += sign;
            } else {
                double value = matcher.group(5) != null
                        ? Double.parseDouble(matcher.group(5))
                        : (double) Integer.parseInt(matcher.group(3)) / Integer.parseInt(matcher.group(4));
                double parts = sign * value * PARTS;
                if (!(Math.abs(parts - Math.rint(parts)) < 0.1)) {
                    return false;
                }
                shift[row] = Math.floorMod(shift[row] + (int) Math.rint(parts), PARTS);
            }
            at = matcher.end();
        }
        return at == text.length() && at > 0;
    }

    private static int determinant(int[] m) {
        return m[0] * (m[4] * m[8] - m[5] * m[7])
                - m[1] * (m[3] * m[8] - m[5] * m[6])
                + m[2] * (m[3] * m[7] - m[4] * m[6]);
    }

    /** This after {@code first}. */
    SymmetryOperation after(SymmetryOperation first) {
        int[] product = new int[9];
        int[] moved = new int[3];
        for (int i = 0; i < 3; i++) {
            int sum = shift[i];
            for (int k = 0; k < 3; k++) {
                sum += rotation[3 * i + k] * first.shift[k];
                for (int j = 0; j < 3; j++) {
                    product[3 * i + j] += rotation[3 * i + k] * first.rotation[3 * k + j];
                }
            }
            moved[i] = Math.floorMod(sum, PARTS);
        }
        return new SymmetryOperation(product, moved);
    }

    /** Where it puts a point, each coordinate from 0 to below 1. */
    double[] apply(double x, double y, double z) {
        double[] image = new double[3];
        for (int i = 0; i < 3; i++) {
            double at =
                    rotation[3 * i] * x + rotation[3 * i + 1] * y + rotation[3 * i + 2] * z + (double) shift[i] / PARTS;
            image[i] = at - Math.floor(at);
        }
        return image;
    }

    /** The indices it makes equivalent to those given. */
    int[] applyToIndices(int h, int k, int l) {
        int[] image = new int[3];
        for (int j = 0; j < 3; j++) {
            image[j] = h * rotation[j] + k * rotation[3 + j] + l * rotation[6 + j];
        }
        return image;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SymmetryOperation that
                && Arrays.equals(rotation, that.rotation)
                && Arrays.equals(shift, that.shift);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(rotation) + Arrays.hashCode(shift);
    }

    @Override
    public String toString() {
        return Arrays.toString(rotation) + Arrays.toString(shift);
    }
}
