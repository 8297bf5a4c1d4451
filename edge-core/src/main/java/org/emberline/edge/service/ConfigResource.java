package org.emberline.edge.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.emberline.edge.service.Commands.Outcome;

/**
 * {@code /config}: GET shows the configuration in force; PATCH and iPATCH (RFC 8132) with a merge patch (RFC 7396) change what may be changed
 * now, all of it or nothing.
 */
final class ConfigResource extends CommandResource {
    /** {@code application/merge-patch+json}. */
    static final int MERGE_PATCH = 52;

    private final Commands commands;

    ConfigResource(Commands commands, Executor commander, Supplier<Guard> guard) {
        super(
                "config",
                new Description(
                        "Configuration in force", "ember.config", List.of(Description.JSON, Description.CBOR), false),
                Set.of(Code.PATCH, Code.IPATCH),
                commander,
                guard);
        this.commands = commands;
    }

    @Override
    JsonNode shown() {
        return commands.configuration();
    }

    @Override
    Outcome change(Code method, int contentFormat, byte[] payload, String by) throws IOException {
        if (contentFormat != MERGE_PATCH) {
            throw new UnsupportedFormat("Content-Format is not " + MERGE_PATCH + ", a merge patch in JSON");
        }
        JsonNode patch = tree(payload, false);
        if (!patch.isObject() || patch.isEmpty()) {
            return new Outcome.Bad("a patch is a map of sections, for example {\"coap\": {\"notify_hz\": 5}}");
        }
        return commands.configure(patch, by);
    }
}
