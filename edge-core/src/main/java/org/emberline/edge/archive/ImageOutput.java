package org.emberline.edge.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file of images of float32, written one after another by one thread. NaN stands where there is no value. Written beside its place and
 * moved there at the end, so that nobody sees a half.
 */
public sealed interface ImageOutput extends AutoCloseable permits TiffOutput, NexusOutput {

    /** What can be written, by the file's ending. */
    enum Kind {
        /** Baseline TIFF, a page an image; BigTIFF beyond 4 GiB. */
        TIFF(".tif .tiff"),
        /** HDF5 that NeXus readers plot; made as a whole in memory. */
        NEXUS(".h5 .nxs");

        private final String endings;

        Kind(String endings) {
            this.endings = endings;
        }

        private Stream<String> endings() {
            return Arrays.stream(endings.split(" ", -1));
        }

        /** What a file's ending asks for, in capitals or not; empty when it is none of ours. */
        public static Optional<Kind> of(Path file) {
            String name = file.toString().toLowerCase(Locale.ROOT);
            return Arrays.stream(values())
                    .filter(kind -> kind.endings().anyMatch(name::endsWith))
                    .findFirst();
        }

        /** All endings that there are, for messages. */
        public static List<String> allEndings() {
            return Arrays.stream(values()).flatMap(kind -> kind.endings()).toList();
        }
    }

    /**
     * What is told about the images.
     *
     * @param images number of images that will be written
     * @param rows rows of each
     * @param columns columns of each
     * @param quantity what the numbers are, in a word
     * @param definition the formula behind them
     * @param version of this program
     * @param input what they were made from: texts, lists of texts, whole numbers, doubles
     */
    record Contents(
            int images,
            int rows,
            int columns,
            String quantity,
            String definition,
            String version,
            Map<String, Object> input) {}

    /**
     * Begins a file.
     *
     * @throws IOException naming the file when it cannot be written or its images do not fit into memory
     */
    static ImageOutput open(Path file, Kind kind, Contents contents) throws IOException {
        return switch (kind) {
            case TIFF -> new TiffOutput(file, contents);
            case NEXUS -> new NexusOutput(file, contents);
        };
    }

    /**
     * Writes the next image.
     *
     * @param image row by row; not kept
     */
    void add(float[] image) throws IOException;

    /**
     * Finishes the file and moves it to its place.
     *
     * @throws IllegalStateException when not all images have been written
     */
    void commit() throws IOException;

    /** Without {@link #commit} nothing is left behind. */
    @Override
    void close() throws IOException;
}
