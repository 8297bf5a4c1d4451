package org.emberline.gpu.imaging.maps;

/**
 * The discrete cosine transform {@code C[k] = 2 sum(x[n] cos(pi k (2n + 1) / 2N))} and its inverse along both axes of a map, by complex Fourier
 * transforms of the same length (Makhoul 1980): v takes the even elements in order, then the odd ones backwards; C[k] = 2 Re(exp(-i pi k / 2N)
 * V[k]). Two blocks of columns go through one transform, as its real and imaginary part.
 */
final class CosineTransform {
    private static final int WIDTH = ColumnTransform.WIDTH;

    private final int rows;
    private final int columns;
    private final double[] turned;
    private final Line down;
    private final Line across;

    CosineTransform(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        turned = new double[rows * columns];
        down = new Line(rows);
        across = new Line(columns);
    }

    /** In place. */
    void forward(double[] map) {
        both(map, true);
    }

    /** In place; undoes {@link #forward}. */
    void inverse(double[] map) {
        both(map, false);
    }

    private void both(double[] map, boolean forward) {
        down.transform(map, columns, forward);
        turn(map, rows, columns, turned);
        across.transform(turned, rows, forward);
        turn(turned, columns, rows, map);
    }

    private static void turn(double[] from, int rows, int columns, double[] into) {
        for (int first = 0; first < columns; first += WIDTH) {
            int end = Math.min(first + WIDTH, columns);
            for (int row = 0; row < rows; row++) {
                for (int column = first; column < end; column++) {
                    into[column * rows + row] = from[row * columns + column];
                }
            }
        }
    }

    /** The transform of columns of one length. */
    private static final class Line {
        private final int length;
        private final ColumnTransform fourier;
        private final double[] cosine;
        private final double[] sine;

        Line(int length) {
            this.length = length;
            fourier = new ColumnTransform(length);
            cosine = new double[length];
            sine = new double[length];
            for (int k = 0; k < length; k++) {
                cosine[k] = Math.cos(Math.PI * k / (2.0 * length));
                sine[k] = Math.sin(Math.PI * k / (2.0 * length));
            }
        }

        void transform(double[] map, int width, boolean forward) {
            for (int first = 0; first < width; first += 2 * WIDTH) {
                int real = Math.min(WIDTH, width - first);
                int imaginary = Math.clamp(width - first - WIDTH, 0, WIDTH);
                if (forward) {
                    scatter(map, width, first, real, fourier.re());
                    scatter(map, width, first + WIDTH, imaginary, fourier.im());
                    fourier.forward();
                    for (int k = 0; k <= length / 2; k++) {
                        split(map, width, first, k, real, imaginary);
                    }
                } else {
                    for (int k = 0; k < length; k++) {
                        join(map, width, first, k, real, imaginary);
                    }
                    fourier.forward();
                    gather(map, width, first, real, fourier.re());
                    gather(map, width, first + WIDTH, imaginary, fourier.im());
                }
            }
        }

        /** Where element n of a line stands in v. */
        private int place(int n) {
            return n % 2 == 0 ? n / 2 : length - 1 - n / 2;
        }

        private void scatter(double[] map, int width, int first, int count, double[][] into) {
            for (int n = 0; count > 0 && n < length; n++) {
                System.arraycopy(map, n * width + first, into[place(n)], 0, count);
            }
        }

        private void gather(double[] map, int width, int first, int count, double[][] from) {
            for (int n = 0; n < length; n++) {
                double[] line = from[place(n)];
                for (int i = 0; i < count; i++) {
                    map[n * width + first + i] = line[i] / length;
                }
            }
        }

        /** From Z = V + i W of real v and w: V[k] = (Z[k] + Z*[N-k]) / 2, W[k] = (Z[k] - Z*[N-k]) / 2i; then C[k] and C[N-k] of both. */
        private void split(double[] map, int width, int first, int k, int real, int imaginary) {
            int l = (length - k) % length;
            double[] re = fourier.re()[k];
            double[] im = fourier.im()[k];
            double[] mirrorRe = fourier.re()[l];
            double[] mirrorIm = fourier.im()[l];
            for (int i = 0; i < real; i++) {
                double x = re[i] + mirrorRe[i];
                double y = im[i] - mirrorIm[i];
                map[k * width + first + i] = x * cosine[k] + y * sine[k];
                map[l * width + first + i] = x * cosine[l] - y * sine[l];
            }
            for (int i = 0; i < imaginary; i++) {
                double x = im[i] + mirrorIm[i];
                double y = mirrorRe[i] - re[i];
                map[k * width + first + WIDTH + i] = x * cosine[k] + y * sine[k];
                map[l * width + first + WIDTH + i] = x * cosine[l] - y * sine[l];
            }
        }

        /**
         * V[k] = exp(i pi k / 2N) (C[k] - i C[N-k]) / 2, with C[N] = 0, likewise W; then Z* = V* - i W*, whose forward transform is the
         * conjugate of N z, so that the imaginary part changes its sign: W is put in with the other one.
         */
        private void join(double[] map, int width, int first, int k, int real, int imaginary) {
            double[] re = fourier.re()[k];
            double[] im = fourier.im()[k];
            int own = k * width + first;
            int mirror = (length - k) * width + first;
            for (int i = 0; i < real; i++) {
                double a = map[own + i] / 2;
                double b = k == 0 ? 0 : map[mirror + i] / 2;
                re[i] = a * cosine[k] + b * sine[k];
                im[i] = -(a * sine[k] - b * cosine[k]);
            }
            for (int i = 0; i < imaginary; i++) {
                double a = map[own + WIDTH + i] / 2;
                double b = k == 0 ? 0 : map[mirror + WIDTH + i] / 2;
                double x = a * cosine[k] + b * sine[k];
                double y = -(a * sine[k] - b * cosine[k]);
                re[i] -= y;
                im[i] += x;
            }
        }
    }
}
