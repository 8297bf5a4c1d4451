package org.emberline.gpu.choice;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.emberline.gpu.DeviceInfo;
import org.emberline.gpu.ProbeReport;
import org.emberline.gpu.Timing;

/**
 * Remembers what candidates measured, one small text file per combination of devices, drivers and geometry. A cache that cannot be read
 * or written does no harm: the measurement is made again.
 */
public final class ChoiceCache {
    private static final String FIRST_LINE = "emberline backend timings 1";
    private static final int MOST_BYTES = 1 << 14;

    private final Path folder;

    ChoiceCache(Path folder) {
        this.folder = folder;
    }

    /**
     * What everything depends on that can change a timing: the machine, its devices, and the plan.
     *
     * @param plan everything in the plan that can change a timing, in words
     */
    public static String key(ProbeReport probe, String plan) {
        StringBuilder text = new StringBuilder();
        text.append(System.getProperty("os.arch")).append('|');
        text.append(Runtime.version()).append('|');
        text.append(Runtime.getRuntime().availableProcessors()).append('|');
        for (DeviceInfo device : probe.usable()) {
            text.append(device).append('|');
        }
        text.append(plan);
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The timings kept under a key; empty when there are none, or they make no sense. */
    Optional<List<Timing>> read(String key) {
        Path file = file(key);
        try {
            if (Files.size(file) > MOST_BYTES) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            if (lines.size() < 2 || !lines.getFirst().equals(FIRST_LINE)) {
                return Optional.empty();
            }
            List<Timing> results = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] parts = line.split("\t", -1);
                double milliseconds = parts.length == 2 ? Double.parseDouble(parts[0]) : Double.NaN;
                if (!(milliseconds > 0)) {
                    return Optional.empty();
                }
                results.add(new Timing(parts[1], milliseconds, null));
            }
            return Optional.of(results);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Keeps timings; those of candidates that failed are left out, so that they get another chance. */
    void write(String key, List<Timing> results) {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        for (Timing result : results) {
            if (result.problem() != null) {
                return;
            }
            text.append(result.milliseconds())
                    .append("\t")
                    .append(result.name())
                    .append("\n");
        }
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, "backend", ".part");
            Files.writeString(part, text);
            Files.move(part, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // Measured again next time: that is all the harm.
        }
    }

    private Path file(String key) {
        return folder.resolve("backend-" + key + ".txt");
    }
}
