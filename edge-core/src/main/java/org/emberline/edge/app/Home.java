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

    static Path scenarios() {
        return path().resolve("config").resolve("scenarios");
    }

    static Path scenario(String name) {
        return scenarios().resolve(name + TOML);
    }
}
