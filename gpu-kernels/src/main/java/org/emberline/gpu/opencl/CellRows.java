package org.emberline.gpu.opencl;

import org.emberline.gpu.cells.CellMap;
import org.emberline.gpu.cells.ExtraShares;

/**
 * The cell map turned round, as compressed sparse rows: for every cell the pixels that belong to it, in ascending order. One more row
 * holds the valid pixels in no cell, which count in the totals only. Rows are cut into segments of bounded length, so that the work is
 * shared evenly however long a ring is.
 *
 * @param rowSegment per row its first segment; one more entry than rows
 * @param segmentStart per segment its first entry; one more entry than segments
 * @param pixel per entry the pixel; the sign bit is set on the first entry of each pixel
 * @param share per entry the share of the pixel; empty when pixels are not split
 */
record CellRows(int[] rowSegment, int[] segmentStart, int[] pixel, double[] share) {
    /** Marks an entry as the first of its pixel. */
    static final int FIRST = 0x8000_0000;

    static CellRows of(CellMap map, int segmentLength) {
        int[] rowStart = new int[map.cells() + 2];
        walk(map, (row, pixel, share) -> rowStart[row + 1] = Math.addExact(rowStart[row + 1], 1));
        for (int row = 0; row < rowStart.length - 1; row++) {
            rowStart[row + 1] = Math.addExact(rowStart[row + 1], rowStart[row]);
        }
        int entries = rowStart[rowStart.length - 1];
        int[] pixels = new int[entries];
        double[] shares = new double[map.isSplit() ? entries : 0];
        int[] next = rowStart.clone();
        walk(map, (row, pixel, share) -> {
            int entry = next[row]++;
            pixels[entry] = pixel;
            if (map.isSplit()) {
                shares[entry] = share;
            }
        });
        return segmented(rowStart, segmentLength, pixels, shares);
    }

    int segments() {
        return segmentStart.length - 1;
    }

    @FunctionalInterface
    private interface Entry {
        void at(int row, int pixel, double share);
    }

    private static void walk(CellMap map, Entry entry) {
        ExtraShares extras = map.extras();
        int e = 0;
        for (int p = 0; p < map.pixels(); p++) {
            int cell = map.index().at(p);
            if (cell == map.masked()) {
                continue;
            }
            double share = map.isSplit() ? map.firstShare()[p] : 1;
            entry.at(cell == map.outside() ? map.cells() : cell, p | FIRST, share);
            if (share < 1) {
                boolean more = e < extras.count() && extras.pixel()[e] == p;
                entry.at(cell + 1, p, 1 - share + (more ? extras.share()[e++] : 0));
                for (; e < extras.count() && extras.pixel()[e] == p; e++) {
                    entry.at(extras.cell()[e], p, extras.share()[e]);
                }
            }
        }
    }

    private static CellRows segmented(int[] rowStart, int length, int[] pixel, double[] share) {
        int rows = rowStart.length - 1;
        int[] rowSegment = new int[rows + 1];
        for (int row = 0; row < rows; row++) {
            rowSegment[row + 1] = rowSegment[row] + Math.ceilDiv(rowStart[row + 1] - rowStart[row], length);
        }
        int[] segmentStart = new int[rowSegment[rows] + 1];
        for (int row = 0; row < rows; row++) {
            for (int s = rowSegment[row]; s < rowSegment[row + 1]; s++) {
                segmentStart[s] = rowStart[row] + (s - rowSegment[row]) * length;
            }
        }
        segmentStart[rowSegment[rows]] = rowStart[rows];
        return new CellRows(rowSegment, segmentStart, pixel, share);
    }
}
