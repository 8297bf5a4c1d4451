package org.emberline.edge.app;

import java.nio.file.Path;

/** Where the program is installed; the launcher says it. */
final class Home {

    static final String TOML = ".toml";

    private Home() {}

    /** The folder that holds {@code config/}. */
    static Path path() {
        return Path.of(System.getProperty("emberline.home", "")).toAbsolutePath();
    }

    /** The configuration that is used when none is named. */
    static Path defaultConfig() {
        return path().resolve("config").resolve("appliance.toml");
    }

    /**
     * The folder for what can be made again: EMBERLINE_CACHE, or {@code emberline} in XDG_CACHE_HOME or in {@code .cache} of the home
     * folder (XDG Base Directory Specification).
     */
    static Path cache() {
        String own = System.getenv("EMBERLINE_CACHE");
        if (own != null && !own.isEmpty()) {
            return Path.of(own).toAbsolutePath();
        }
        String base = System.getenv("XDG_CACHE_HOME");
        Path parent = base != null && base.startsWith("/")
                ? Path.of(base)
                : Path.of(System.getProperty("user.home", "")).resolve(".cache");
        return parent.resolve("emberline");
    }

    static Path scenarios() {
        return path().resolve("config").resolve("scenarios");
    }

    static Path scenario(String name) {
        return scenarios().resolve(name + TOML);
    }
}
