package org.emberline.edge.app;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** What to tell a person about an exception: one line a complaint, each naming what is at fault. */
final class Explanation {

    private Explanation() {}

    static String of(Throwable problem) {
        return switch (problem) {
            // The JDK's own messages of these are often nothing but the file's name.
            case NoSuchFileException e -> e.getFile() + ": no such file";
            case AccessDeniedException e -> e.getFile() + ": permission denied";
            case FileSystemException e ->
                e.getFile() + ": "
                        + Objects.requireNonNullElse(e.getReason(), e.getClass().getSimpleName());
            case OutOfMemoryError e -> "not enough memory (" + e.getMessage() + ")";
            default -> problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        };
    }
}
