package org.emberline.edge.service.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that only their owner may read. */
public final class SecretFile {
    private static final int MOST_BYTES = 1 << 20;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private SecretFile() {}

    /**
     * The whole text.
     *
     * @throws IOException when there is none, it is too large, or anybody but its owner may read or write it
     */
    public static String read(Path file) throws IOException {
        try {
            checkPrivate(file);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is not there", e);
        }
        return readOpen(file);
    }

    /** The same of a file that holds no secret, such as a public key. */
    public static String readOpen(Path file) throws IOException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException(file + " is larger than " + MOST_BYTES + " bytes");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is not there", e);
        }
    }

    /** @throws IOException naming the command that mends it, when anybody but its owner may read, write or enter it */
    static void checkPrivate(Path path) throws IOException {
        Set<PosixFilePermission> given = Files.getPosixFilePermissions(path);
        if (given.stream().anyMatch(OTHERS::contains)) {
            throw new IOException(path + " is open to others (" + PosixFilePermissions.toString(given)
                    + "); it holds keys: chmod go= " + path);
        }
    }

    /**
     * Makes a file that nobody else could ever read.
     *
     * @throws IOException also when it is there already
     */
    public static void create(Path file, String text) throws IOException {
        try {
            write(file, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(file + " is there already", e);
        }
    }

    /** Puts a new text in its place at once: a reader sees the old one or the new one, also after a power cut. */
    static void replace(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        write(next, text, StandardOpenOption.CREATE_NEW);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes the folder, open to its owner only, where there is none. */
    static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static void write(Path file, String text, OpenOption how) throws IOException {
        Set<OpenOption> options = Set.of(how, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                var _ = channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
