package org.emberline.edge.metrics.diffraction;

/** Cholesky's factor of a small covariance matrix, to whiten what has it. Allocates only when made. */
final class Cholesky {
    private final int room;
    private final double[] factor;
    private int size;

    Cholesky(int room) {
        this.room = room;
        factor = new double[room * room];
    }

    /** Row-wise place of an element, on or below the diagonal, for whoever fills the matrix before {@link #factorise}. */
    void put(int row, int column, double value) {
        factor[row * room + column] = value;
    }

    /** False when the matrix is not positive definite. */
    boolean factorise(int newSize) {
        size = newSize;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = factor[i * room + j];
                for (int k = 0; k < j; k++) {
                    sum -= factor[i * room + k] * factor[j * room + k];
                }
                if (i > j) {
                    factor[i * room + j] = sum / factor[j * room + j];
                } else if (sum > 0) {
                    factor[i * room + i] = Math.sqrt(sum);
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    /** Replaces a vector by what has unit covariance where the vector had the matrix. */
    void whiten(double[] vector) {
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                vector[i] -= factor[i * room + k] * vector[k];
            }
            vector[i] /= factor[i * room + i];
        }
    }

    /** After {@link #whiten}: applies the transposed inverse, so that both together apply the inverse of the matrix. */
    void whitenBack(double[] vector) {
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                vector[i] -= factor[k * room + i] * vector[k];
            }
            vector[i] /= factor[i * room + i];
        }
    }
}
