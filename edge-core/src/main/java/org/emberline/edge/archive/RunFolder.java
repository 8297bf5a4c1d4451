package org.emberline.edge.archive;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The folder of one run and the names of what lies in it.
 *
 * @param path the folder, existing and writable
 */
public record RunFolder(Path path) {

    /**
     * Makes the folder, or takes an empty one.
     *
     * @throws IOException with one line that names the folder: it already holds a run, holds other files, is a file, or cannot be
     *     written
     */
    public static RunFolder create(Path path) throws IOException {
        try {
            Files.createDirectories(path);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(path + ": the output folder is a file", e);
        } catch (IOException e) {
            throw new IOException(path + ": the output folder cannot be made (" + reason(e) + ")", e);
        }
        RunFolder folder = new RunFolder(path);
        if (Files.exists(folder.database())) {
            throw new IOException(path + ": the output folder already holds a run; choose another one");
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            if (entries.iterator().hasNext()) {
                throw new IOException(path + ": the output folder is not empty; choose another one");
            }
        }
        if (!Files.isWritable(path)) {
            throw new IOException(path + ": the output folder is not writable");
        }
        return folder;
    }

    public Path database() {
        return path.resolve("run.sqlite");
    }

    /** Writes {@code config.toml}, the configuration as used. */
    public void writeConfig(String toml) throws IOException {
        replace(path.resolve("config.toml"), toml);
    }

    /** Writes {@code summary.json} as a whole: readers see the old one or the new one. */
    public void writeSummary(String json) throws IOException {
        replace(path.resolve("summary.json"), json);
    }

    private static void replace(Path target, String text) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Files.writeString(part, text);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }
}
