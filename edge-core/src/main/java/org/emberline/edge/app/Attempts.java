package org.emberline.edge.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.app.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Takes several steps that do not need each other and says at the end everything that is wrong, not only the first. */
final class Attempts {
    private final List<ConfigException> configuration = new ArrayList<>();
    private final List<String> files = new ArrayList<>();

    /** A step that may fail for reasons of the user's. */
    @FunctionalInterface
    interface Step<T> {
        T take() throws IOException, ConfigException;
    }

    /** The step's result, or null when it failed; {@link #finish} then throws. */
    <T> @Nullable T attempt(Step<T> step) {
        try {
            return step.take();
        } catch (ConfigException e) {
            configuration.add(e);
        } catch (IOException e) {
            files.add(Explanation.of(e));
        }
        return null;
    }

    /**
     * @throws ConfigException with the complaints about the configuration when there are any
     * @throws IOException otherwise with those about other files
     */
    void finish() throws IOException, ConfigException {
        if (!configuration.isEmpty()) {
            throw new ConfigException(configuration);
        }
        if (!files.isEmpty()) {
            throw new IOException(String.join("\n", files));
        }
    }
}
