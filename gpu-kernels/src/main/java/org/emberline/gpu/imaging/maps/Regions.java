package org.emberline.gpu.imaging.maps;

import java.util.Arrays;
import org.emberline.gpu.imaging.ImageShape;

/** Connected regions of the chosen pixels of a map, by union and find over one pass (Hoshen and Kopelman 1976). */
public final class Regions {
    private final ImageShape shape;
    private final int[] labels;
    private final int[] parents;
    private final int[] areas;
    private int count;

    /** For maps of that shape. */
    public Regions(ImageShape shape) {
        this.shape = shape;
        labels = new int[shape.pixels()];
        // Two pixels side by side never begin two regions.
        parents = new int[shape.pixels() / 2 + 2];
        areas = new int[parents.length];
    }

    /**
     * Finds the regions.
     *
     * @param chosen true for pixels that are in a region
     * @param diagonal whether pixels that touch by a corner only are neighbours, too: 8 neighbours instead of 4
     */
    public void find(boolean[] chosen, boolean diagonal) {
        shape.require("choice", chosen.length);
        int next = 1;
        for (int row = 0; row < shape.rows(); row++) {
            for (int column = 0; column < shape.columns(); column++) {
                int pixel = row * shape.columns() + column;
                int label = 0;
                if (chosen[pixel]) {
                    label = neighbours(row, column, diagonal);
                    if (label == 0) {
                        label = next++;
                        parents[label] = label;
                    }
                }
                labels[pixel] = label;
            }
        }
        number(next);
    }

    /** The label of the neighbours before a pixel, which become one region; 0 when there is none. */
    private int neighbours(int row, int column, boolean diagonal) {
        int pixel = row * shape.columns() + column;
        int label = column > 0 ? labels[pixel - 1] : 0;
        if (row > 0) {
            int above = pixel - shape.columns();
            label = join(label, labels[above]);
            if (diagonal) {
                label = join(label, column > 0 ? labels[above - 1] : 0);
                label = join(label, column + 1 < shape.columns() ? labels[above + 1] : 0);
            }
        }
        return label;
    }

    private int join(int a, int b) {
        if (a == 0 || b == 0) {
            return a + b;
        }
        int first = root(a);
        int second = root(b);
        parents[Math.max(first, second)] = Math.min(first, second);
        return Math.min(first, second);
    }

    private int root(int label) {
        int root = label;
        while (parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }

    /** Numbers the regions from 1 in the order of their first pixels, and measures them. */
    private void number(int end) {
        count = 0;
        for (int label = 1; label < end; label++) {
            // A parent is never above its child, so it has its number already.
            parents[label] = parents[label] == label ? - ++count : parents[parents[label]];
        }
        Arrays.fill(areas, 0, count + 1, 0);
        for (int pixel = 0; pixel < labels.length; pixel++) {
            if (labels[pixel] > 0) {
                labels[pixel] = -parents[labels[pixel]];
                areas[labels[pixel]]++;
            }
        }
    }

    /** How many regions there are. */
    public int count() {
        return count;
    }

    /** Pixels of a region, numbered from 1. */
    public int area(int region) {
        if (region < 1 || region > count) {
            throw new IndexOutOfBoundsException("no such region region=" + region + " regions=" + count);
        }
        return areas[region];
    }

    /** The region of each pixel, from 1; 0 for none. The live array. */
    public int[] labels() {
        return labels;
    }
}
