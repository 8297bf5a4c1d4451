package org.emberline.edge.archive;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;

/** Writes a run's patterns and metrics for other programs. Memory: the frames of one part. One thread. */
public final class RunExport {
    /** jHDF encodes a dataset in one buffer. */
    private static final long DATASET_BYTES = 1L << 31;
    /** Bytes that a bin of a frame takes at most while its part is written: three floats, held, copied and encoded. */
    private static final long HELD = 3 * 3 * Float.BYTES;

    private RunExport() {}

    /**
     * What was written.
     *
     * @param frames in all files
     * @param files in their order; of text files a frame, their folder
     */
    public record Written(long frames, List<Path> files) {
        public Written {
            files = List.copyOf(files);
        }
    }

    /** Frames that one file can take, for patterns of so many bins: what jHDF can write, and what half of the memory holds. */
    public static int largestPart(int bins) {
        long byFormat = (DATASET_BYTES - 1) / ((long) Float.BYTES * bins);
        long byMemory = Runtime.getRuntime().maxMemory() / 2 / (HELD * bins);
        return (int) Math.clamp(Math.min(byFormat, byMemory), 1L, Integer.MAX_VALUE);
    }

    /**
     * Writes NeXus files as the segments are.
     *
     * @param detector number within the run
     * @param file {@code NAME.nxs}; of several parts {@code NAME-0001.nxs} and so on
     * @param part frames of one file at most
     * @throws IOException naming the file: the run or a segment cannot be read, or the file not be written
     */
    public static Written nexus(RunFolder folder, int detector, Path file, int part) throws IOException {
        try (RunPatterns patterns = new RunPatterns(folder, detector)) {
            if (SegmentImages.of(patterns.connection(), detector)) {
                return new ImageExport(folder, patterns.connection(), detector).write(file, part);
            }
            requirePatterns(folder, patterns);
            boolean whole = patterns.size() <= part;
            List<RunPatterns.Row> rows = new ArrayList<>();
            List<Path> files = new ArrayList<>();
            long[] frames = {0};
            patterns.forEach(row -> {
                rows.add(row);
                frames[0]++;
                if (rows.size() == part && !whole) {
                    files.add(write(patterns, detector, rows, numbered(file, files.size() + 1)));
                }
            });
            if (!rows.isEmpty()) {
                files.add(write(patterns, detector, rows, whole ? file : numbered(file, files.size() + 1)));
            }
            return new Written(frames[0], files);
        } catch (SQLException e) {
            throw new IOException(folder.database() + ": " + e.getMessage(), e);
        }
    }

    private static void requirePatterns(RunFolder folder, RunPatterns patterns) throws IOException, SQLException {
        if (patterns.size() == 0) {
            throw new IOException(folder.path() + ": there are no patterns");
        }
    }

    static Path numbered(Path file, int number) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return file.resolveSibling(
                String.format(Locale.ROOT, "%s-%04d%s", name.substring(0, dot), number, name.substring(dot)));
    }

    private static Path write(RunPatterns patterns, int detector, List<RunPatterns.Row> rows, Path file)
            throws IOException, SQLException {
        SegmentContent content = new SegmentContent.Patterns(
                rows.stream().map(RunPatterns.Row::intensity).toList(),
                rows.stream().map(RunPatterns.Row::sigma).toList(),
                rows.stream().map(RunPatterns.Row::count).toList());
        List<Long> frames = rows.stream().map(RunPatterns.Row::frame).toList();
        SegmentFile.write(file, SegmentFrames.of(patterns.connection(), detector, frames, content));
        rows.clear();
        return file;
    }

    /**
     * Writes a text file a frame, {@code NNNNNN.xye}: x in the unit of the run, which a line of names gives as {@code replay --patterns} reads
     * it, intensity, sigma; bins without pixels are left out.
     *
     * @param into a folder, made if it is not there
     */
    public static Written xye(RunFolder folder, int detector, Path into) throws IOException {
        try (RunPatterns patterns = new RunPatterns(folder, detector)) {
            requirePatterns(folder, patterns);
            Map<String, String> facts = SegmentFrames.facts(patterns.connection());
            RadialUnit unit = RadialUnit.ofSymbol(facts.getOrDefault("radial_unit", ""))
                    .orElseThrow(() -> new IOException(folder.database() + ": no radial_unit"));
            RadialAxis axis = new RadialAxis(
                    unit,
                    Integer.parseInt(facts.getOrDefault("bins", "0")),
                    Double.parseDouble(facts.getOrDefault("radial_lower", "0")),
                    Double.parseDouble(facts.getOrDefault("radial_upper", "0")));
            Files.createDirectories(into);
            long[] frames = {0};
            patterns.forEach(row -> {
                writeText(into.resolve(String.format(Locale.ROOT, "%06d.xye", row.frame())), row, axis, facts);
                frames[0]++;
            });
            return new Written(frames[0], List.of(into));
        } catch (SQLException e) {
            throw new IOException(folder.database() + ": " + e.getMessage(), e);
        }
    }

    private static void writeText(Path file, RunPatterns.Row row, RadialAxis axis, Map<String, String> facts)
            throws IOException {
        PartFile part = new PartFile(file);
        try (Writer out = Files.newBufferedWriter(part.path())) {
            out.write("# run " + facts.get("run") + ", frame " + row.frame() + "\n");
            String wavelength = facts.get("wavelength_angstrom");
            if (wavelength != null) {
                out.write("# wavelength " + wavelength + " Angstrom\n");
            }
            out.write(axis.unit().symbol() + " I sigma\n");
            for (int bin = 0; bin < axis.bins(); bin++) {
                if (row.count()[bin] > 0) {
                    out.write(axis.centre(bin) + " " + row.intensity()[bin] + " " + row.sigma()[bin] + "\n");
                }
            }
        } catch (IOException e) {
            part.discard();
            throw new IOException(file + ": cannot be written (" + e.getMessage() + ")", e);
        }
        part.commit();
    }

    /**
     * Writes one table: a line a frame with its time, temperature and all metrics, each with sigma and the names of its flags.
     *
     * @param flagNames words for a flag word
     */
    public static Written csv(RunFolder folder, int detector, Path file, LongFunction<String> flagNames)
            throws IOException {
        PartFile part = new PartFile(file);
        try (RunPatterns run = new RunPatterns(folder, detector)) {
            long[] frames = {0};
            try (BufferedWriter out = Files.newBufferedWriter(part.path())) {
                MetricTable table = new MetricTable(run.connection(), detector);
                out.write(table.header());
                table.forEach(flagNames, line -> {
                    try {
                        out.write(line);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    frames[0]++;
                });
            }
            part.commit();
            return new Written(frames[0], List.of(file));
        } catch (SQLException e) {
            part.discard();
            throw new IOException(folder.database() + ": " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            part.discard();
            throw new IOException(file + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }
}
