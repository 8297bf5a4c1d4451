package org.emberline.edge.app;

import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.emberline.edge.archive.MayDrop;
import org.emberline.edge.archive.RunArchive;
import org.emberline.edge.pipeline.Books;
import org.emberline.edge.pipeline.Loss;
import org.jspecify.annotations.Nullable;

/** Books that know what the archive has kept of a detector's frames; of an archive that is not made yet, nothing. */
final class ArchiveBooks {

    private ArchiveBooks() {}

    /** @param archive null while there is none */
    static Books of(int detector, Supplier<@Nullable RunArchive> archive) {
        return new Books(
                count(archive, made -> made.committedFrames(detector)),
                Map.of(
                        Loss.ARCHIVE_FAILED,
                        count(archive, made -> made.failedFrames(detector)),
                        Loss.PATTERN_NOT_KEPT,
                        count(archive, made -> made.droppedFrames(detector, MayDrop.PATTERNS)),
                        Loss.PREVIEW_NOT_KEPT,
                        count(archive, made -> made.droppedFrames(detector, MayDrop.PREVIEWS)),
                        Loss.MAP_NOT_KEPT,
                        count(archive, made -> made.droppedFrames(detector, MayDrop.MAPS))));
    }

    private static LongSupplier count(Supplier<@Nullable RunArchive> archive, ToLongFunction<RunArchive> of) {
        return () -> {
            RunArchive made = archive.get();
            return made == null ? 0 : of.applyAsLong(made);
        };
    }
}
