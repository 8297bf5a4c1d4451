package org.emberline.gpu.opencl;

import org.emberline.gpu.BinMap;

/**
 * The bin map turned round, as compressed sparse rows: for every bin the pixels that belong to it, in ascending order. One more row
 * holds the valid pixels outside the radial range, which count in the totals only. Rows are cut into segments of bounded length, so
 * that the work is shared evenly among work-groups however long a ring is.
 *
 * @param rowSegment per row its first segment; one more entry than rows
 * @param segmentStart per segment its first entry; one more entry than segments
 * @param pixel per entry the pixel; the sign bit is set on the first entry of each pixel
 * @param normalisation per entry share * normalisation
 * @param share per entry the share of the pixel; empty when pixels are not split
 */
record CsrMatrix(int[] rowSegment, int[] segmentStart, int[] pixel, double[] normalisation, double[] share) {
    /** Marks an entry as the first of its pixel. */
    static final int FIRST = 0x8000_0000;

    static CsrMatrix of(BinMap map, int segmentLength) {
        int[] rowStart = rowStarts(map);
        int entries = rowStart[rowStart.length - 1];
        int[] pixel = new int[entries];
        double[] normalisation = new double[entries];
        double[] share = new double[map.isSplit() ? entries : 0];
        int[] next = rowStart.clone();
        for (int p = 0; p < map.pixels(); p++) {
            if (map.firstBin()[p] == BinMap.MASKED) {
                continue;
            }
            int first = rowOf(map, p);
            for (int k = 0; k < entriesOf(map, p); k++) {
                int entry = next[first + k]++;
                double part = shareOf(map, p, k);
                pixel[entry] = k == 0 ? p | FIRST : p;
                normalisation[entry] = part * map.normalisation()[p];
                if (map.isSplit()) {
                    share[entry] = part;
                }
            }
        }
        return segmented(rowStart, segmentLength, pixel, normalisation, share);
    }

    int segments() {
        return segmentStart.length - 1;
    }

    private static int[] rowStarts(BinMap map) {
        int[] start = new int[map.bins() + 2];
        for (int p = 0; p < map.pixels(); p++) {
            if (map.firstBin()[p] != BinMap.MASKED) {
                for (int k = 0; k < entriesOf(map, p); k++) {
                    start[rowOf(map, p) + k + 1]++;
                }
            }
        }
        for (int row = 0; row < start.length - 1; row++) {
            start[row + 1] = Math.addExact(start[row + 1], start[row]);
        }
        return start;
    }

    private static int rowOf(BinMap map, int pixel) {
        int bin = map.firstBin()[pixel];
        return bin == BinMap.OUTSIDE ? map.bins() : bin;
    }

    private static int entriesOf(BinMap map, int pixel) {
        return map.isSplit() && map.firstBin()[pixel] >= 0 ? map.shareStart()[pixel + 1] - map.shareStart()[pixel] : 1;
    }

    private static double shareOf(BinMap map, int pixel, int k) {
        return map.isSplit() && map.firstBin()[pixel] >= 0 ? map.share()[map.shareStart()[pixel] + k] : 1;
    }

    private static CsrMatrix segmented(
            int[] rowStart, int length, int[] pixel, double[] normalisation, double[] share) {
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
        return new CsrMatrix(rowSegment, segmentStart, pixel, normalisation, share);
    }
}
