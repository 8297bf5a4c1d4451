package org.emberline.edge.twin;

/** The pixels of a panel in order of their place on the radial grid, so that a ring is a stretch of them. Immutable. */
final class RadialOrder {
    private final int[] begin;
    private final int[] pixel;

    RadialOrder(PixelMap map) {
        begin = new int[map.nodes() + 1];
        pixel = new int[map.pixels()];
        for (int i = 0; i < pixel.length; i++) {
            begin[(int) map.place(i) + 1]++;
        }
        for (int node = 0; node < map.nodes(); node++) {
            begin[node + 1] += begin[node];
        }
        int[] next = begin.clone();
        for (int i = 0; i < pixel.length; i++) {
            pixel[next[(int) map.place(i)]++] = i;
        }
    }

    /** Rank of the first pixel that lies at a node or farther out, before the next node. */
    int begin(int node) {
        return begin[node];
    }

    /** The pixel of a rank. */
    int pixel(int rank) {
        return pixel[rank];
    }
}
