package org.emberline.edge.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emberline.edge.archive.RunExport.Written;
import org.emberline.edge.archive.SegmentContent.Images;
import org.emberline.edge.archive.SegmentContent.MapSeries;

/** Writes the radiographs and maps of a run as its segments are, several of them in one file. Memory: one part. One thread. */
final class ImageExport {
    /** Bytes of a pixel while its part is written: held, copied and encoded. */
    private static final long HELD = 4 * Float.BYTES;

    private final RunFolder folder;
    private final Connection connection;
    private final int detector;
    private final List<Long> frames = new ArrayList<>();
    private final List<float[]> densities = new ArrayList<>();
    private final Map<String, MapSeries> maps = new LinkedHashMap<>();
    private final List<Path> files = new ArrayList<>();
    private int[] shape = new int[3];
    private long written;
    private long heldBytes;

    ImageExport(RunFolder folder, Connection connection, int detector) {
        this.folder = folder;
        this.connection = connection;
        this.detector = detector;
    }

    /** @param part frames of one file, about: a segment is not divided */
    Written write(Path file, int part) throws IOException, SQLException {
        long room = Runtime.getRuntime().maxMemory() / 2;
        new RunImages(folder, connection, detector).forEach((some, content) -> {
            if (!frames.isEmpty() && (frames.size() + some.size() > part || heldBytes + bytes(content) > room)) {
                flush(RunExport.numbered(file, files.size() + 1));
            }
            add(some, content);
        });
        if (frames.isEmpty() && files.isEmpty()) {
            throw new IOException(folder.path() + ": there are no radiographs");
        }
        flush(files.isEmpty() ? file : RunExport.numbered(file, files.size() + 1));
        return new Written(written, files);
    }

    private static long bytes(Images content) {
        long bytes = content.opticalDensity().stream()
                .mapToLong(image -> image.length)
                .sum();
        for (MapSeries series : content.maps()) {
            bytes += series.values().stream().mapToLong(map -> map.length).sum();
        }
        return HELD * bytes;
    }

    private void add(List<Long> some, Images content) {
        heldBytes += bytes(content);
        while (content.rows() > 0 && densities.size() < frames.size()) {
            densities.add(SegmentImages.unknown(content.rows() * content.columns()));
        }
        frames.addAll(some);
        densities.addAll(content.opticalDensity());
        if (content.rows() > 0) {
            shape = new int[] {content.rows(), content.columns(), content.factor()};
        }
        while (shape[0] > 0 && densities.size() < frames.size()) {
            densities.add(SegmentImages.unknown(shape[0] * shape[1]));
        }
        for (MapSeries series : content.maps()) {
            MapSeries all = maps.computeIfAbsent(series.metric(), _ -> series.another());
            all.frames().addAll(series.frames());
            all.values().addAll(series.values());
        }
    }

    private void flush(Path file) throws IOException, SQLException {
        Images content = new Images(shape[0], shape[1], shape[2], List.copyOf(densities), List.copyOf(maps.values()));
        SegmentFile.write(file, SegmentFrames.of(connection, detector, List.copyOf(frames), content));
        files.add(file);
        written += frames.size();
        frames.clear();
        densities.clear();
        maps.clear();
        shape = new int[3];
        heldBytes = 0;
    }
}
