package org.emberline.edge.archive;

import java.util.ArrayList;
import java.util.List;

/** What a segment holds of its frames besides what is held of every frame; in the order of the frames. */
sealed interface SegmentContent {
    /** Shape of a chunk of the numbers that viewers plot; empty when there are none. */
    int[] chunk();

    /** The float32 of the bins, a row a frame. */
    record Patterns(List<float[]> intensity, List<float[]> sigma, List<float[]> count) implements SegmentContent {
        private static final int CHUNK_FRAMES = 64;

        @Override
        public int[] chunk() {
            return new int[] {Math.min(CHUNK_FRAMES, intensity.size()), intensity.getFirst().length};
        }
    }

    /**
     * Radiographs, and the maps that were completed with them.
     *
     * @param rows of each; 0 when none of the frames has one
     * @param factor detector pixels per pixel along each axis
     * @param opticalDensity row by row, NaN where nothing is known, all of it for a frame whose radiograph was not kept
     */
    record Images(int rows, int columns, int factor, List<float[]> opticalDensity, List<MapSeries> maps)
            implements SegmentContent {
        @Override
        public int[] chunk() {
            return rows == 0 ? new int[0] : new int[] {1, rows, columns};
        }
    }

    /**
     * The maps of one metric.
     *
     * @param planes names of what lies one behind the other in each map
     * @param frames that completed the maps
     * @param values of each map, plane by plane, row by row
     */
    record MapSeries(
            String metric,
            int rows,
            int columns,
            int factor,
            String unit,
            List<String> planes,
            List<Long> frames,
            List<float[]> values) {
        /** The same without any maps. */
        MapSeries another() {
            return new MapSeries(metric, rows, columns, factor, unit, planes, new ArrayList<>(), new ArrayList<>());
        }

        /** One plane of one map. */
        float[] plane(int map, int plane) {
            float[] one = new float[rows * columns];
            System.arraycopy(values.get(map), plane * one.length, one, 0, one.length);
            return one;
        }
    }
}
