package org.emberline.edge.archive;

import static org.emberline.edge.archive.NxAzint.described;
import static org.emberline.edge.archive.NxAzint.group;

import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.util.Arrays;
import java.util.List;
import org.emberline.edge.archive.SegmentContent.Images;
import org.emberline.edge.archive.SegmentContent.MapSeries;

/** Radiographs and maps of a segment: NXdata with the axes time, y and x, these in pixels of the detector. */
final class SegmentImageData {
    private final Images images;
    private final long[] frames;

    /** @param frames numbers of the frames of the segment */
    SegmentImageData(Images images, long[] frames) {
        this.images = images;
        this.frames = frames;
    }

    /** Without the time, which the caller adds. */
    void radiographs(WritableGroup data) {
        axes(data, "optical_density", "time", images.rows(), images.columns(), images.factor());
        float[][][] stack = stack(images.opticalDensity(), images.columns());
        WritableDataset density =
                data.putDataset("optical_density", stack, SegmentFile.packed(1, images.rows(), images.columns()));
        described(density, "optical density", "1");
        density.putAttribute("interpretation", "image");
        data.putDataset("frame", frames);
    }

    /** Into a group {@code maps/METRIC} each, a dataset a plane. */
    void maps(WritableGroup entry) {
        if (images.maps().isEmpty()) {
            return;
        }
        WritableGroup all = group(entry, "maps", "NXcollection");
        all.putAttribute("default", images.maps().getFirst().metric());
        for (MapSeries series : images.maps()) {
            map(group(all, series.metric(), "NXdata"), series);
        }
    }

    private static void map(WritableGroup group, MapSeries series) {
        axes(group, series.planes().getFirst(), "frame", series.rows(), series.columns(), series.factor());
        if (series.planes().size() > 1) {
            group.putAttribute(
                    "auxiliary_signals", series.planes().stream().skip(1).toArray(String[]::new));
        }
        group.putAttribute("planes", series.planes().toArray(String[]::new));
        group.putDataset(
                "frame", series.frames().stream().mapToLong(Long::longValue).toArray());
        for (int plane = 0; plane < series.planes().size(); plane++) {
            int number = plane;
            float[][][] stack = new float[series.frames().size()][][];
            Arrays.setAll(stack, i -> rows(series.plane(i, number), series.columns()));
            WritableDataset values = group.putDataset(
                    series.planes().get(plane), stack, SegmentFile.packed(1, series.rows(), series.columns()));
            values.putAttribute("units", series.unit());
            values.putAttribute("interpretation", "image");
        }
    }

    private static void axes(WritableGroup data, String signal, String first, int rows, int columns, int factor) {
        data.putAttribute("signal", signal);
        data.putAttribute("axes", new String[] {first, "y", "x"});
        data.putAttribute("pixels_per_pixel", factor);
        described(data.putDataset("y", middles(rows, factor)), "row of the detector", "pixel");
        described(data.putDataset("x", middles(columns, factor)), "column of the detector", "pixel");
    }

    /** Middles of pixels that are {@code factor} pixels of the detector wide, the middle of whose first is 0. */
    private static double[] middles(int n, int factor) {
        double[] middles = new double[n];
        Arrays.setAll(middles, i -> i * (double) factor + (factor - 1) / 2.0);
        return middles;
    }

    private static float[][][] stack(List<float[]> images, int columns) {
        return images.stream().map(image -> rows(image, columns)).toArray(float[][][]::new);
    }

    private static float[][] rows(float[] values, int columns) {
        float[][] rows = new float[values.length / columns][];
        Arrays.setAll(rows, row -> Arrays.copyOfRange(values, row * columns, (row + 1) * columns));
        return rows;
    }
}
