package org.emberline.edge.app.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used; the message lists every complaint on a line of its own. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    public ConfigException(String source, List<String> complaints) {
        super(source + ": " + String.join("\n" + source + ": ", complaints));
    }

    /** What several files get wrong, together. */
    public ConfigException(List<ConfigException> several) {
        super(several.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")));
    }
}
