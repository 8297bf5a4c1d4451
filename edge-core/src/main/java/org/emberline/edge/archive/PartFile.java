package org.emberline.edge.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file in the making, beside its place: readers see all of it or nothing, and what was there before stays until then. */
final class PartFile {
    private final Path place;
    private final Path part;

    PartFile(Path place) {
        this.place = place;
        part = place.resolveSibling(place.getFileName() + ".part");
    }

    /** Where to write until {@link #commit}. */
    Path path() {
        return part;
    }

    /** Puts the finished part on the disk and in its place, over whatever is there. */
    void commit() throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        // Its name too: what is recorded afterwards must not outlive it in a power cut.
        try (FileChannel folder = FileChannel.open(place.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Leaves nothing behind of a part that is not finished. */
    void discard() throws IOException {
        Files.deleteIfExists(part);
    }
}
