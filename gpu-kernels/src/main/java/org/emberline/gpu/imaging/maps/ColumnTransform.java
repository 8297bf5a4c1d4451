package org.emberline.gpu.imaging.maps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The discrete Fourier transform {@code X[k] = sum(x[n] exp(-2 pi i n k / N))} of {@value #WIDTH} columns at once, so that the innermost loops
 * run along the columns and become vector instructions. Stockham's ordering, which needs no bit reversal; radices 4 and 2, and any other
 * prime factor of the length by its definition, at a cost in proportion to it.
 */
final class ColumnTransform {
    static final int WIDTH = 32;

    private final int length;
    private final int[] radices;
    private final double[][] cosines;
    private final double[][] sines;
    private double[][] re;
    private double[][] im;
    private double[][] nextRe;
    private double[][] nextIm;
    private final double[] sumRe = new double[WIDTH];
    private final double[] sumIm = new double[WIDTH];
    private final double[] otherRe = new double[WIDTH];
    private final double[] otherIm = new double[WIDTH];

    ColumnTransform(int length) {
        this.length = length;
        radices = radices(length);
        cosines = new double[radices.length][];
        sines = new double[radices.length][];
        int remaining = length;
        for (int stage = 0; stage < radices.length; stage++) {
            tabulate(stage, remaining);
            remaining /= radices[stage];
        }
        re = new double[length][WIDTH];
        im = new double[length][WIDTH];
        nextRe = new double[length][WIDTH];
        nextIm = new double[length][WIDTH];
    }

    private static int[] radices(int length) {
        List<Integer> found = new ArrayList<>();
        int rest = length;
        for (int radix : new int[] {4, 2}) {
            for (; rest % radix == 0; rest /= radix) {
                found.add(radix);
            }
        }
        for (int prime = 3; rest > 1; prime += 2) {
            for (; rest % prime == 0; rest /= prime) {
                found.add(prime);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Entry k of a stage is exp(-2 pi i k / remaining). */
    private void tabulate(int stage, int remaining) {
        cosines[stage] = new double[remaining];
        sines[stage] = new double[remaining];
        for (int k = 0; k < remaining; k++) {
            double angle = 2 * Math.PI * k / remaining;
            cosines[stage][k] = Math.cos(angle);
            sines[stage][k] = -Math.sin(angle);
        }
    }

    /** Real parts: entry n holds element n of every column. Another array after each transform. */
    double[][] re() {
        return re;
    }

    /** Imaginary parts. */
    double[][] im() {
        return im;
    }

    void forward() {
        int remaining = length;
        int stride = 1;
        for (int stage = 0; stage < radices.length; stage++) {
            int radix = radices[stage];
            int parts = remaining / radix;
            for (int p = 0; p < parts; p++) {
                for (int q = 0; q < stride; q++) {
                    butterfly(stage, p, q + stride * p, parts * stride, q + stride * radix * p, stride);
                }
            }
            swap();
            remaining = parts;
            stride *= radix;
        }
    }

    private void swap() {
        double[][] held = re;
        re = nextRe;
        nextRe = held;
        held = im;
        im = nextIm;
        nextIm = held;
    }

    private void butterfly(int stage, int p, int from, int fromStep, int to, int toStep) {
        switch (radices[stage]) {
            case 2 -> two(stage, p, from, from + fromStep, to, to + toStep);
            case 4 -> four(stage, p, from, fromStep, to, toStep);
            default -> any(stage, p, from, fromStep, to, toStep);
        }
    }

    private void two(int stage, int p, int a, int b, int sum, int difference) {
        double c = cosines[stage][p];
        double s = sines[stage][p];
        double[] aRe = re[a];
        double[] aIm = im[a];
        double[] bRe = re[b];
        double[] bIm = im[b];
        double[] sumRe = nextRe[sum];
        double[] sumIm = nextIm[sum];
        double[] turnedRe = nextRe[difference];
        double[] turnedIm = nextIm[difference];
        for (int i = 0; i < WIDTH; i++) {
            double x = aRe[i] - bRe[i];
            double y = aIm[i] - bIm[i];
            sumRe[i] = aRe[i] + bRe[i];
            sumIm[i] = aIm[i] + bIm[i];
            turnedRe[i] = x * c - y * s;
            turnedIm[i] = x * s + y * c;
        }
    }

    /** Two of the four outputs at a time: the even ones from a + c and b + d, the odd ones from a - c and -i (b - d). */
    private void four(int stage, int p, int from, int fromStep, int to, int toStep) {
        int a = from;
        int c = from + 2 * fromStep;
        sums(a, c, sumRe, sumIm);
        sums(from + fromStep, from + 3 * fromStep, otherRe, otherIm);
        pair(stage, 0, 2 * p, to, to + 2 * toStep);
        differences(a, c, sumRe, sumIm);
        differences(from + fromStep, from + 3 * fromStep, otherIm, otherRe);
        for (int i = 0; i < WIDTH; i++) {
            otherIm[i] = -otherIm[i];
        }
        pair(stage, p, 3 * p, to + toStep, to + 3 * toStep);
    }

    private void sums(int a, int b, double[] intoRe, double[] intoIm) {
        double[] aRe = re[a];
        double[] aIm = im[a];
        double[] bRe = re[b];
        double[] bIm = im[b];
        for (int i = 0; i < WIDTH; i++) {
            intoRe[i] = aRe[i] + bRe[i];
            intoIm[i] = aIm[i] + bIm[i];
        }
    }

    private void differences(int a, int b, double[] intoRe, double[] intoIm) {
        double[] aRe = re[a];
        double[] aIm = im[a];
        double[] bRe = re[b];
        double[] bIm = im[b];
        for (int i = 0; i < WIDTH; i++) {
            intoRe[i] = aRe[i] - bRe[i];
            intoIm[i] = aIm[i] - bIm[i];
        }
    }

    /** (sum + other) turned by twiddle {@code k}, and (sum - other) by {@code l}. */
    private void pair(int stage, int k, int l, int first, int second) {
        double c = cosines[stage][k];
        double s = sines[stage][k];
        double d = cosines[stage][l];
        double t = sines[stage][l];
        double[] firstRe = nextRe[first];
        double[] firstIm = nextIm[first];
        double[] secondRe = nextRe[second];
        double[] secondIm = nextIm[second];
        for (int i = 0; i < WIDTH; i++) {
            double x = sumRe[i] + otherRe[i];
            double y = sumIm[i] + otherIm[i];
            firstRe[i] = x * c - y * s;
            firstIm[i] = x * s + y * c;
            double u = sumRe[i] - otherRe[i];
            double v = sumIm[i] - otherIm[i];
            secondRe[i] = u * d - v * t;
            secondIm[i] = u * t + v * d;
        }
    }

    private void any(int stage, int p, int from, int fromStep, int to, int toStep) {
        int radix = radices[stage];
        int size = cosines[stage].length;
        int turn = size / radix;
        for (int j = 0; j < radix; j++) {
            double[] outRe = nextRe[to + j * toStep];
            double[] outIm = nextIm[to + j * toStep];
            Arrays.fill(outRe, 0);
            Arrays.fill(outIm, 0);
            for (int k = 0; k < radix; k++) {
                int twiddle = (int) (((long) p * j + (long) turn * j * k) % size);
                add(from + k * fromStep, cosines[stage][twiddle], sines[stage][twiddle], outRe, outIm);
            }
        }
    }

    private void add(int from, double c, double s, double[] outRe, double[] outIm) {
        double[] inRe = re[from];
        double[] inIm = im[from];
        for (int i = 0; i < WIDTH; i++) {
            outRe[i] += inRe[i] * c - inIm[i] * s;
            outIm[i] += inRe[i] * s + inIm[i] * c;
        }
    }
}
