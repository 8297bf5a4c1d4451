package org.emberline.edge.app;

import java.nio.file.Path;
import java.util.Objects;

/** Where the relative paths of a configuration file start. */
final class ConfigPaths {

    private ConfigPaths() {}

    static Path folderOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "an absolute file has a folder");
    }
}
