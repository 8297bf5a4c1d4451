package org.emberline.edge.archive;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Deletes runs that ended long ago. */
public final class Retention {
    /** What a run consists of; a folder in which anything else lies is somebody's, and stays. */
    private static final Set<String> OWN = Set.of(
            "run.sqlite",
            "segments",
            "manifest.json",
            "config.toml",
            "summary.json",
            "report.html",
            "run-salvaged.sqlite");

    private Retention() {}

    /**
     * Deletes the runs of a folder that were closed, and ended longer ago than that. Runs that are open, of another version, or in folders
     * with other files are left.
     *
     * @param runs parent of the run folders; none is no error
     * @return the folders that are gone
     * @throws IOException naming what cannot be deleted
     */
    public static List<Path> apply(Path runs, Duration age, Instant now) throws IOException {
        List<Path> gone = new ArrayList<>();
        if (Files.isDirectory(runs)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(runs, Files::isDirectory)) {
                for (Path entry : entries) {
                    if (isOld(new RunFolder(entry), now.minus(age))) {
                        delete(entry);
                        gone.add(entry);
                    }
                }
            }
        }
        gone.sort(Comparator.naturalOrder());
        return gone;
    }

    private static boolean isOld(RunFolder folder, Instant limit) throws IOException {
        if (!Files.isRegularFile(folder.database()) || Files.isSymbolicLink(folder.path())) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder.path())) {
            if (!files.allMatch(file -> OWN.contains(file.getFileName().toString()))) {
                return false; // among others run.lock: the run is open
            }
        }
        try (RunReader reader = new RunReader(folder)) {
            String ended = reader.facts().get("ended_ns");
            return ended != null
                    && Instant.ofEpochSecond(0, Long.parseLong(ended)).isBefore(limit);
        } catch (IOException e) {
            return false; // it cannot be read, so nobody knows what it is
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
