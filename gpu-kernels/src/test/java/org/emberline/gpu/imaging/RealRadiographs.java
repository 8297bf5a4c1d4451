package org.emberline.gpu.imaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** The measured radiographs that lie beside a checkout, outside the repository, and just enough of their formats. */
public final class RealRadiographs {

    private RealRadiographs() {}

    /** The file of that name; the calling test is skipped, with the reason, where the data is absent. */
    public static Path path(String relative) {
        Path folder = Path.of("").toAbsolutePath();
        Path root = Files.isDirectory(folder.resolve("gpu-kernels"))
                ? folder
                : Objects.requireNonNull(folder.getParent(), "tests run in a module of the checkout");
        Path path = root.resolve("../shared/data/radiography").resolve(relative).normalize();
        Assumptions.assumeTrue(Files.exists(path), () -> "no real data at " + path);
        return path;
    }

    /** The pixels of a little-endian TIFF of one uncompressed strip. */
    static ByteBuffer tiff(Path path) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        int directory = file.getInt(4);
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < file.getShort(directory); i++) {
            int entry = directory + 2 + 12 * i;
            switch (file.getShort(entry)) {
                case 273 -> from = file.getInt(entry + 8);
                case 279 -> bytes = file.getInt(entry + 8);
                default -> {}
            }
        }
        return file.slice(from, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The data of a .npy file of version 1. */
    static ByteBuffer npy(Path path) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        int from = 10 + file.getShort(8);
        return file.slice(from, file.capacity() - from).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The number behind {@code "key":} in a text, the first after {@code after}. */
    public static double number(Path json, String after, String key) throws IOException {
        String text = Files.readString(json, StandardCharsets.UTF_8);
        Matcher matcher = Pattern.compile("\"" + key + "\":\\s*([-+.0-9eE]+)").matcher(text);
        if (!matcher.find(text.indexOf(after))) {
            throw new IOException(json + " has no number " + key);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
