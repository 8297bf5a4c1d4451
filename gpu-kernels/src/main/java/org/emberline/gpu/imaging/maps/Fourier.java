package org.emberline.gpu.imaging.maps;

/**
 * The two-dimensional discrete Fourier transform {@code X[j, k] = sum(x[m, n] exp(-2 pi i (j m / rows + k n / columns)))} of complex maps of
 * one shape. Any shape; large prime factors are slow, see {@link #fastLength}.
 */
public final class Fourier {
    private static final int WIDTH = ColumnTransform.WIDTH;

    private final int rows;
    private final int columns;
    private final ColumnTransform down;
    private final ColumnTransform across;

    /** For maps of so many rows and columns. */
    public Fourier(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        down = new ColumnTransform(rows);
        across = new ColumnTransform(columns);
    }

    /** The smallest length from {@code atLeast} on without prime factors above 5. */
    public static int fastLength(int atLeast) {
        int length = Math.max(atLeast, 1);
        while (!isFast(length)) {
            length++;
        }
        return length;
    }

    private static boolean isFast(int length) {
        int rest = length;
        for (int factor : new int[] {2, 3, 5}) {
            while (rest % factor == 0) {
                rest /= factor;
            }
        }
        return rest == 1;
    }

    /** Transforms in place. */
    public void forward(double[] re, double[] im) {
        columns(re, im, columns);
        rows(re, im, rows);
    }

    /** The inverse of {@link #forward}, in place, divided by the number of pixels. */
    public void inverse(double[] re, double[] im) {
        // With real and imaginary parts changed over, forward is the inverse.
        forward(im, re);
        double scale = 1.0 / ((double) rows * columns);
        for (int i = 0; i < re.length; i++) {
            re[i] *= scale;
        }
        for (int i = 0; i < im.length; i++) {
            im[i] *= scale;
        }
    }

    private void columns(double[] re, double[] im, int end) {
        for (int first = 0; first < end; first += WIDTH) {
            int width = Math.min(WIDTH, end - first);
            for (int row = 0; row < rows; row++) {
                System.arraycopy(re, row * columns + first, down.re()[row], 0, width);
                System.arraycopy(im, row * columns + first, down.im()[row], 0, width);
            }
            down.forward();
            for (int row = 0; row < rows; row++) {
                System.arraycopy(down.re()[row], 0, re, row * columns + first, width);
                System.arraycopy(down.im()[row], 0, im, row * columns + first, width);
            }
        }
    }

    private void rows(double[] re, double[] im, int end) {
        for (int first = 0; first < end; first += WIDTH) {
            int width = Math.min(WIDTH, end - first);
            turn(re, first, width, across.re());
            turn(im, first, width, across.im());
            across.forward();
            turnBack(across.re(), first, width, re);
            turnBack(across.im(), first, width, im);
        }
    }

    private void turn(double[] from, int first, int width, double[][] into) {
        for (int column = 0; column < columns; column++) {
            double[] line = into[column];
            for (int i = 0; i < width; i++) {
                line[i] = from[(first + i) * columns + column];
            }
        }
    }

    private void turnBack(double[][] from, int first, int width, double[] into) {
        for (int column = 0; column < columns; column++) {
            double[] line = from[column];
            for (int i = 0; i < width; i++) {
                into[(first + i) * columns + column] = line[i];
            }
        }
    }
}
