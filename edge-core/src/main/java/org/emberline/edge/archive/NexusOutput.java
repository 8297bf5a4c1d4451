package org.emberline.edge.archive;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Images in an NXdata group, {@code /entry/data/data}, where tomography programs look for them, and how they were made in an
 * NXprocess. jHDF writes a file in one go, so all images are kept until then.
 */
final class NexusOutput implements ImageOutput {
    private final Path file;
    private final PartFile part;
    private final Contents contents;
    private final float[][][] images;
    private int written;

    NexusOutput(Path file, Contents contents) throws IOException {
        this(file, contents, Runtime.getRuntime().maxMemory() / 2);
    }

    /** @param room bytes that the images may take */
    NexusOutput(Path file, Contents contents, long room) throws IOException {
        long needed = Float.BYTES * (long) contents.images() * contents.rows() * contents.columns();
        if (needed > room) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%s: %d images of %dx%d need %.2f GiB of memory to be written as HDF5, there are %.2f; write .tif",
                    file,
                    contents.images(),
                    contents.rows(),
                    contents.columns(),
                    gibibytes(needed),
                    gibibytes(room)));
        }
        this.file = file;
        this.contents = contents;
        part = new PartFile(file);
        images = new float[contents.images()][][];
    }

    private static double gibibytes(long bytes) {
        return bytes / (double) (1L << 30);
    }

    @Override
    public void add(float[] image) {
        float[][] rows = new float[contents.rows()][];
        Arrays.setAll(rows, row -> Arrays.copyOfRange(image, row * contents.columns(), (row + 1) * contents.columns()));
        images[written++] = rows;
    }

    @Override
    public void commit() throws IOException {
        if (written != contents.images()) {
            throw new IllegalStateException("images are missing: " + written + " of " + contents.images());
        }
        try {
            part.discard();
            try (WritableHdfFile hdf = HdfFile.write(part.path())) {
                hdf.putAttribute("NX_class", "NXroot");
                hdf.putAttribute("default", "entry");
                WritableGroup entry = group(hdf, "entry", "NXentry");
                entry.putAttribute("default", "data");
                entry.putDataset("title", contents.quantity());
                process(entry);
                data(entry);
            }
            part.commit();
        } catch (IOException | HdfException e) {
            throw new IOException(file + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }

    private void data(WritableGroup entry) {
        WritableGroup data = group(entry, "data", "NXdata");
        data.putAttribute("signal", "data");
        WritableDataset signal = data.putDataset("data", images);
        signal.putAttribute("long_name", contents.quantity());
        signal.putAttribute("units", "1");
        signal.putAttribute("definition", contents.definition());
        signal.putAttribute("interpretation", "image");
    }

    private void process(WritableGroup entry) {
        WritableGroup process = group(entry, "process", "NXprocess");
        process.putDataset("program", "emberline");
        process.putDataset("version", contents.version());
        process.putDataset("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        process.putDataset("reference", contents.definition());
        WritableGroup input = group(process, "input", "NXparameters");
        contents.input().forEach((name, value) -> input.putDataset(name, stored(value)));
    }

    private static Object stored(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toArray(String[]::new)
                : value;
    }

    private static WritableGroup group(WritableGroup parent, String name, String nxClass) {
        WritableGroup group = parent.putGroup(name);
        group.putAttribute("NX_class", nxClass);
        return group;
    }

    @Override
    public void close() throws IOException {
        part.discard();
    }
}
