package org.emberline.edge.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.emberline.edge.acquire.CorrectionImages;
import org.emberline.edge.acquire.FrameFile;
import org.emberline.edge.acquire.FrameFiles;
import org.emberline.edge.acquire.ImageKind;
import org.emberline.edge.acquire.ImageSelection;
import org.emberline.edge.acquire.InputException;
import org.emberline.edge.acquire.NxTomo;
import org.emberline.edge.app.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code flatfield} that name files, and what is in them. */
final class FlatfieldFiles {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description =
                    "The radiographs: TIFF, HDF5, NumPy or EDF, all images of every file, in this order. Write them behind -o"
                            + " OUT or --, for --dark and --flat take every file that follows them.")
    private List<Path> files = List.of();

    @Option(
            names = "--dark",
            paramLabel = "F",
            arity = "1..*",
            description =
                    "Images without beam, counts; the mean over all of them (needed unless FILE has an image_key).")
    private List<Path> dark = List.of();

    @Option(
            names = "--flat",
            paramLabel = "F",
            arity = "1..*",
            description =
                    "Images of the beam without sample, counts; the mean over all of them (needed unless FILE has an image_key).")
    private List<Path> flat = List.of();

    @Option(
            names = "--flat-after",
            paramLabel = "F",
            arity = "1..*",
            description =
                    "Flats taken after the last image, --flat being those before the first. The images lie evenly between: image i"
                            + " of n, counted from 0, has the flat at (i + 1/2) / n of the way (default: one flat for all).")
    private List<Path> flatAfter = List.of();

    @Option(
            names = "--image-key",
            paramLabel = "F",
            description =
                    "NXtomo file whose image_key says which images of FILE are projections, flats and darks (default: FILE itself,"
                            + " where it has one).")
    private @Nullable Path imageKey;

    @Option(
            names = "--mask",
            paramLabel = "F",
            description = "Mask image: non-zero pixels are left out (default: none).")
    private @Nullable Path mask;

    @Option(
            names = "--dataset",
            paramLabel = "PATH",
            description =
                    "Path of the dataset in an HDF5 FILE (default: the one beside image_key, or that holds images).")
    private @Nullable String dataset;

    @Option(
            names = "--dark-dataset",
            paramLabel = "PATH",
            description = "Path of the dataset in HDF5 files of --dark (default: as for FILE).")
    private @Nullable String darkDataset;

    @Option(
            names = "--flat-dataset",
            paramLabel = "PATH",
            description = "Path of the dataset in HDF5 files of --flat and --flat-after (default: as for FILE).")
    private @Nullable String flatDataset;

    /**
     * The images, all of one shape; the projections also of one format.
     *
     * @param flatsAfter empty when one flat holds for all
     */
    record Images(
            List<ImageSelection> projections,
            List<ImageSelection> darks,
            List<ImageSelection> flats,
            List<ImageSelection> flatsAfter) {

        static int count(List<ImageSelection> selections) {
            return selections.stream().mapToInt(ImageSelection::size).sum();
        }
    }

    /** The mask, or null when none was given. */
    @Nullable
    Path mask() {
        return mask;
    }

    /** Refuses an output that is also an input: a slip that would cost the measurement. */
    void requireOther(Path output) throws IOException, UsageException {
        if (!Files.exists(output)) {
            return;
        }
        Stream<Path> named = Stream.of(files, dark, flat, flatAfter).flatMap(List::stream);
        Stream<Path> single = Stream.of(imageKey, mask).filter(path -> path != null);
        for (Path input : Stream.concat(named, single).toList()) {
            if (Files.exists(input) && Files.isSameFile(output, input)) {
                throw new UsageException("-o " + output + " would overwrite the input " + input);
            }
        }
    }

    /**
     * Looks into all files.
     *
     * @throws IOException naming every file that cannot be used
     * @throws UsageException naming what is missing
     */
    Images open() throws IOException, UsageException, ConfigException {
        if (files.isEmpty()) {
            throw new UsageException(
                    "FILE is missing"
                            + (dark.isEmpty() && flat.isEmpty() && flatAfter.isEmpty()
                                    ? ""
                                    : ": write the radiographs behind -o OUT or --, for --dark and --flat take all files that follow"));
        }
        if (imageKey != null && files.size() > 1) {
            throw new UsageException("--image-key is about one FILE, here are " + files.size());
        }
        NxTomo key = imageKey == null ? null : readKey(imageKey);
        Attempts attempts = new Attempts();
        List<ImageSelection> projections = all(attempts, files, file -> ofScan(file, key, ImageKind.PROJECTION));
        List<ImageSelection> darks = all(attempts, dark, file -> ImageSelection.of(file, darkDataset, ImageKind.DARK));
        List<ImageSelection> flats = all(attempts, flat, file -> ImageSelection.of(file, flatDataset, ImageKind.FLAT));
        List<ImageSelection> after =
                all(attempts, flatAfter, file -> ImageSelection.of(file, flatDataset, ImageKind.FLAT));
        attempts.finish();
        requireFields(projections.getFirst());
        Images images = new Images(
                projections,
                darks.isEmpty() ? List.of(ofScan(files.getFirst(), key, ImageKind.DARK)) : darks,
                flats.isEmpty() ? List.of(ofScan(files.getFirst(), key, ImageKind.FLAT)) : flats,
                after);
        requireOneShape(images);
        return images;
    }

    private static NxTomo readKey(Path file) throws InputException {
        return NxTomo.read(file)
                .orElseThrow(() -> new InputException(file, "has no entry with instrument/detector/image_key"));
    }

    private ImageSelection ofScan(Path file, @Nullable NxTomo key, ImageKind kind) throws InputException {
        return key == null ? ImageSelection.of(file, dataset, kind) : ImageSelection.of(file, dataset, key, kind);
    }

    /** A way to look into a file. */
    @FunctionalInterface
    private interface Look {
        ImageSelection into(Path file) throws InputException;
    }

    private static List<ImageSelection> all(Attempts attempts, List<Path> files, Look look) {
        List<ImageSelection> found = new ArrayList<>();
        for (Path file : files) {
            ImageSelection selection = attempts.attempt(() -> look.into(file));
            if (selection != null) {
                found.add(selection);
            }
        }
        return found;
    }

    private void requireFields(ImageSelection scan) throws UsageException {
        if (!dark.isEmpty() && !flat.isEmpty()) {
            return;
        }
        String missing = dark.isEmpty() && flat.isEmpty()
                ? "--dark and --flat are missing"
                : dark.isEmpty() ? "--dark is missing" : "--flat is missing";
        if (files.size() > 1) {
            throw new UsageException(missing + ": only a single FILE that has an image_key can do without");
        }
        if (!scan.keyed()) {
            throw new UsageException(
                    missing + ", and no image_key says which images of " + scan.file() + " are darks and flats");
        }
    }

    private static void requireOneShape(Images images) throws InputException {
        ImageSelection first = images.projections().getFirst();
        Stream<ImageSelection> all = Stream.of(
                        images.projections(), images.darks(), images.flats(), images.flatsAfter())
                .flatMap(List::stream);
        for (ImageSelection other : all.toList()) {
            requireShape(other.file(), other.rows(), other.columns(), first);
        }
        for (ImageSelection other : images.projections()) {
            if (other.format() != first.format()) {
                throw new InputException(
                        other.file(),
                        "pixels of " + Choice.word(other.format()) + " do not fit those of "
                                + Choice.word(first.format()) + " in " + first.file());
            }
        }
    }

    private static void requireShape(Path file, int rows, int columns, ImageSelection first) throws InputException {
        if (rows != first.rows() || columns != first.columns()) {
            throw new InputException(
                    file,
                    "images of " + rows + "x" + columns + " (rows x columns) do not fit those of " + first.rows() + "x"
                            + first.columns() + " in " + first.file());
        }
    }

    /** Reads the mask, for images like the first; null when none was given. */
    boolean @Nullable [] readMask(ImageSelection first) throws InputException {
        if (mask == null) {
            return null;
        }
        try (FrameFile image = FrameFiles.openNumbers(mask, null)) {
            requireShape(mask, image.rows(), image.columns(), first);
        }
        return CorrectionImages.mask(mask, null, first.rows(), first.columns());
    }
}
