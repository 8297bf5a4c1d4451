package org.emberline.edge.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.emberline.edge.archive.NxAzint;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.Reduction;
import org.jspecify.annotations.Nullable;

/** Writes one pattern where the user wants it. */
final class PatternOutput {

    private PatternOutput() {}

    /**
     * @param image where the pattern came from
     * @param poni the geometry's file
     * @param output a file, NXazint1d (NXazint2d when the plan asks for a cake) by its ending {@code .h5} or {@code .nxs}, otherwise CSV; null for CSV to {@code out}
     */
    static void write(
            Reduction pattern, IntegrationPlan plan, Path image, Path poni, @Nullable Path output, PrintWriter out)
            throws IOException {
        if (output == null) {
            out.print(csv(pattern, plan.axis()));
            out.flush();
            return;
        }
        if (isHdf5(output)) {
            NxAzint.Origin origin = new NxAzint.Origin(Emberline.VERSION, image.toString(), Files.readString(poni));
            NxAzint.write(output, pattern, plan, origin);
        } else {
            writeText(output, csv(pattern, plan.axis()));
        }
    }

    /** Whether a file is written as HDF5, by its ending. */
    static boolean isHdf5(Path output) {
        String name = output.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".h5") || name.endsWith(".nxs");
    }

    /**
     * Refuses a place where nothing can be written, before any work is done.
     *
     * @throws IOException naming the place
     */
    static void requirePlace(Path output) throws IOException {
        if (Files.isDirectory(output)) {
            throw new IOException(output + ": the output is a folder");
        }
        Path folder = output.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException(output + ": the output's folder does not exist");
        }
        if (!Files.isWritable(Files.exists(output) ? output : folder)) {
            throw new IOException(output + ": the output cannot be written, permission denied");
        }
    }

    /** Written beside its place and moved there, so that nobody sees a half; into a pipe or device as it is. */
    private static void writeText(Path output, String text) throws IOException {
        if (Files.exists(output) && !Files.isRegularFile(output)) {
            Files.writeString(output, text);
            return;
        }
        Path part = output.resolveSibling(output.getFileName() + ".part");
        try {
            Files.writeString(part, text);
            Files.move(part, output, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw new IOException(output + ": cannot be written (" + Explanation.of(e) + ")", e);
        }
    }

    /** One line a bin; intensity and sigma of an empty bin are empty. Every digit of a double is kept. */
    private static String csv(Reduction pattern, RadialAxis axis) {
        StringBuilder text = new StringBuilder(axis.unit().symbol()).append(",I,sigma,count\n");
        for (int i = 0; i < axis.bins(); i++) {
            text.append(axis.centre(i)).append(',');
            number(text, pattern.intensity()[i]).append(',');
            number(text, pattern.sigma()[i]).append(',');
            double count = pattern.count()[i];
            if (count == Math.rint(count)) {
                text.append((long) count);
            } else {
                text.append(count);
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static StringBuilder number(StringBuilder text, double value) {
        return Double.isNaN(value) ? text : text.append(value);
    }
}
