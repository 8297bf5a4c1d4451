package org.emberline.edge.metrics.pattern;

import java.util.Arrays;

/**
 * Weighted normal equations {@code (JᵀWJ) δ = JᵀWr} of a small least-squares problem, solved by Cholesky's factorisation after
 * scaling the diagonal to 1, so that parameters of any unit may meet. Allocates only when made.
 */
public final class NormalEquations {
    private static final double SINGULAR = 1e-13;

    private final int room;
    private final double[] matrix;
    private final double[] factor;
    private final double[] scale;
    private final double[] right;
    private final double[] work;
    private int size;

    public NormalEquations(int room) {
        this.room = room;
        matrix = new double[room * room];
        factor = new double[room * room];
        scale = new double[room];
        right = new double[room];
        work = new double[room];
    }

    public void clear(int newSize) {
        size = newSize;
        Arrays.fill(matrix, 0);
        Arrays.fill(right, 0);
    }

    /** Adds one observation: its row of the Jacobian, its residual (data minus model), its weight. */
    public void add(double[] row, double residual, double weight) {
        for (int i = 0; i < size; i++) {
            double weighted = weight * row[i];
            if (weighted != 0) {
                right[i] += weighted * residual;
                for (int j = 0; j <= i; j++) {
                    matrix[i * room + j] += weighted * row[j];
                }
            }
        }
    }

    /** Adds to one element of the matrix, on or below its diagonal. */
    public void addProduct(int row, int column, double value) {
        matrix[row * room + column] += value;
    }

    /** Adds to the right side of one equation. */
    public void addDescent(int row, double value) {
        right[row] += value;
    }

    /** Right side of one equation: half the descent of χ² along that parameter. */
    public double descent(int index) {
        return right[index];
    }

    public void copyFrom(NormalEquations other) {
        size = other.size;
        System.arraycopy(other.matrix, 0, matrix, 0, matrix.length);
        System.arraycopy(other.right, 0, right, 0, right.length);
    }

    /**
     * Factorises with the diagonal raised by {@code damping} times itself.
     *
     * @param held parameters that take no part
     * @return false when the equations are singular or no numbers
     */
    public boolean factorise(double damping, boolean[] held) {
        for (int i = 0; i < size; i++) {
            double diagonal = matrix[i * room + i];
            scale[i] = held[i] ? 0 : 1 / Math.sqrt(diagonal);
            if (!held[i] && !(diagonal > 0 && Double.isFinite(scale[i]))) {
                return false;
            }
            for (int j = 0; j < i; j++) {
                factor[i * room + j] = matrix[i * room + j] * scale[i] * scale[j];
            }
            factor[i * room + i] = held[i] ? 1 : 1 + damping;
        }
        return cholesky();
    }

    private boolean cholesky() {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = factor[i * room + j];
                for (int k = 0; k < j; k++) {
                    sum -= factor[i * room + k] * factor[j * room + k];
                }
                if (i > j) {
                    factor[i * room + j] = sum / factor[j * room + j];
                } else if (sum > SINGULAR) {
                    factor[i * room + i] = Math.sqrt(sum);
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    /** Solves after {@link #factorise}; held parameters get 0. */
    public void solve(double[] solution) {
        for (int i = 0; i < size; i++) {
            work[i] = right[i] * scale[i];
        }
        backSubstitute(solution);
    }

    /**
     * Variance of a parameter that is not held: its diagonal element of the inverse, after {@link #factorise} without damping.
     *
     * @param scratch filled with the parameter's covariances with all
     */
    public double variance(int index, double[] scratch) {
        Arrays.fill(work, 0, size, 0);
        work[index] = scale[index];
        backSubstitute(scratch);
        return scratch[index];
    }

    /** The inverse times a vector, likewise; held parameters get 0. */
    void multiply(double[] vector, double[] product) {
        for (int i = 0; i < size; i++) {
            work[i] = vector[i] * scale[i];
        }
        backSubstitute(product);
    }

    private void backSubstitute(double[] solution) {
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                work[i] -= factor[i * room + k] * work[k];
            }
            work[i] /= factor[i * room + i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                work[i] -= factor[k * room + i] * work[k];
            }
            work[i] /= factor[i * room + i];
        }
        for (int i = 0; i < size; i++) {
            solution[i] = work[i] * scale[i];
        }
    }
}
