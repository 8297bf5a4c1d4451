package org.emberline.edge.archive;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.emberline.edge.archive.SegmentContent.Images;
import org.emberline.edge.archive.SegmentContent.MapSeries;

/**
 * The radiographs and maps of a detector in the order of their frames, wherever they are: first those in segments, then those that are still
 * in the database. Holds one segment at a time. One thread.
 */
final class RunImages {
    private static final int DATABASE_FRAMES = 256;

    private final RunFolder folder;
    private final Connection connection;
    private final int detector;

    RunImages(RunFolder folder, Connection connection, int detector) {
        this.folder = folder;
        this.connection = connection;
        this.detector = detector;
    }

    /** What becomes of them, a segment at a time. */
    @FunctionalInterface
    interface Taker {
        /** @param frames of the content, in its order */
        void take(List<Long> frames, Images content) throws IOException, SQLException;
    }

    /** @throws IOException naming the segment that cannot be read */
    void forEach(Taker taker) throws IOException, SQLException {
        for (Segment segment : SegmentBuilder.recorded(folder, connection, detector)) {
            SegmentBuilder.requireSound(folder, segment);
            read(folder.path().resolve(segment.file()), taker);
        }
        // What is left is not more than a segment of a run that has ended, and a few of one that goes on.
        SegmentImages left = new SegmentImages(connection, detector);
        List<Long> frames = left.oldest(Integer.MAX_VALUE);
        for (int from = 0; from < frames.size(); from += DATABASE_FRAMES) {
            List<Long> some = frames.subList(from, Math.min(frames.size(), from + DATABASE_FRAMES));
            taker.take(some, left.read(some.stream().mapToLong(Long::longValue).toArray()));
        }
    }

    private static void read(Path file, Taker taker) throws IOException, SQLException {
        try (HdfFile hdf = new HdfFile(file)) {
            long[] frames = (long[]) hdf.getDatasetByPath("/entry/frames/frame").getData();
            taker.take(Arrays.stream(frames).boxed().toList(), images(hdf));
        } catch (HdfException | ClassCastException e) {
            throw new IOException(file + ": is no segment of this program (" + e.getMessage() + ")", e);
        }
    }

    private static Images images(HdfFile hdf) {
        Group entry = (Group) hdf.getByPath("/entry");
        List<MapSeries> maps = new ArrayList<>();
        if (entry.getChildren().containsKey("maps")) {
            Group all = (Group) entry.getChild("maps");
            for (Node each : all.getChildren().values()) {
                maps.add(series((Group) each));
            }
        }
        if (!entry.getChildren().containsKey("data")) {
            return new Images(0, 0, 0, List.of(), maps);
        }
        Group data = (Group) entry.getChild("data");
        float[][][] stack = (float[][][]) dataset(data, "optical_density").getData();
        return new Images(stack[0].length, stack[0][0].length, factor(data), List.of(flat(stack)), maps);
    }

    private static MapSeries series(Group group) {
        String[] planes = (String[]) group.getAttribute("planes").getData();
        long[] frames = (long[]) dataset(group, "frame").getData();
        float[][][] first = (float[][][]) dataset(group, planes[0]).getData();
        int pixels = first[0].length * first[0][0].length;
        List<float[]> values = new ArrayList<>();
        for (int i = 0; i < frames.length; i++) {
            values.add(new float[pixels * planes.length]);
        }
        for (int plane = 0; plane < planes.length; plane++) {
            float[][] stack = flat((float[][][]) dataset(group, planes[plane]).getData());
            for (int i = 0; i < frames.length; i++) {
                System.arraycopy(stack[i], 0, values.get(i), plane * pixels, pixels);
            }
        }
        return new MapSeries(
                group.getName(),
                first[0].length,
                first[0][0].length,
                factor(group),
                (String) dataset(group, planes[0]).getAttribute("units").getData(),
                List.of(planes),
                Arrays.stream(frames).boxed().toList(),
                values);
    }

    private static int factor(Group group) {
        return ((Number) group.getAttribute("pixels_per_pixel").getData()).intValue();
    }

    private static Dataset dataset(Group group, String name) {
        return Objects.requireNonNull((Dataset) group.getChild(name), name);
    }

    private static float[][] flat(float[][][] stack) {
        float[][] flat = new float[stack.length][];
        Arrays.setAll(flat, i -> {
            float[] one = new float[stack[i].length * stack[i][0].length];
            for (int row = 0; row < stack[i].length; row++) {
                System.arraycopy(stack[i][row], 0, one, row * stack[i][row].length, stack[i][row].length);
            }
            return one;
        });
        return flat;
    }
}
