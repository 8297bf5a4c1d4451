package org.emberline.firmware;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** The measured data that lies beside a checkout, outside the repository. */
public final class RealData {

    private RealData() {}

    /** The file or folder of that name; the calling test is skipped, with the reason, where the data is absent. */
    public static Path path(String relative) {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.isDirectory(here.resolve("firmware-bridge"))
                ? here
                : Objects.requireNonNull(here.getParent(), "tests run in a module of the checkout");
        Path path = root.resolve("../shared/data").resolve(relative).normalize();
        Assumptions.assumeTrue(Files.exists(path), () -> "no real data at " + path);
        return path;
    }
}
