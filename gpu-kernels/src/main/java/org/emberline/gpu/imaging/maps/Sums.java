package org.emberline.gpu.imaging.maps;

/** Sums over the known pixels of a map. */
public final class Sums {

    private Sums() {}

    /** Mean of what is not NaN; NaN when nothing is left. */
    public static double mean(float[] map) {
        double sum = 0;
        int count = 0;
        for (float value : map) {
            if (!Float.isNaN(value)) {
                sum += value;
                count++;
            }
        }
        return sum / count;
    }
}
