package org.emberline.edge;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** The measured data that lies beside a checkout, outside the repository. */
public final class RealData {

    private RealData() {}

    /** The file or folder of that name; the calling test is skipped, with the reason, where the data is absent. */
    public static Path path(String relative) {
        Path path = repositoryRoot().resolve("../shared/data").resolve(relative).normalize();
        Assumptions.assumeTrue(Files.exists(path), () -> "no real data at " + path);
        return path;
    }

    /** The folder with the launcher and the parent POM. */
    public static Path repositoryRoot() {
        Path folder = Path.of("").toAbsolutePath();
        return Files.isDirectory(folder.resolve("gpu-kernels"))
                ? folder
                : Objects.requireNonNull(folder.getParent(), "tests run in a module of the checkout");
    }
}
