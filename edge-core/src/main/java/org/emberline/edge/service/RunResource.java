package org.emberline.edge.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.service.Commands.Command;
import org.emberline.edge.service.Commands.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * {@code /run}: GET says which commands the run allows now; POST carries one out. The payload is text, a word and what belongs to it
 * ({@code stop}, {@code label batch 12}), or a map, {@code {"command": "label", "label": "batch 12"}}.
 */
final class RunResource extends CommandResource {
    private static final int LONGEST_LABEL = 120;

    private final Commands commands;
    private final Supplier<Snapshot> snapshots;

    RunResource(Commands commands, Supplier<Snapshot> snapshots, Executor commander, Supplier<Guard> guard) {
        super(
                "run",
                new Description(
                        "Commands: arm start stop abort label",
                        "ember.run",
                        List.of(Description.JSON, Description.CBOR),
                        false),
                Set.of(Code.POST),
                commander,
                guard);
        this.commands = commands;
        this.snapshots = snapshots;
    }

    @Override
    JsonNode shown() {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("run", Documents.line(snapshots.get().run().runId()));
        shown.put("phase", snapshots.get().run().state().phase());
        shown.put("label", commands.label());
        commands.possible().forEach(shown.putArray("commands")::add);
        return shown;
    }

    @Override
    Outcome change(Code method, int contentFormat, byte[] payload, String by) throws IOException {
        Said said = switch (contentFormat) {
            case MediaTypeRegistry.UNDEFINED, MediaTypeRegistry.TEXT_PLAIN -> ofText(text(payload));
            case Description.JSON -> ofTree(tree(payload, false));
            case Description.CBOR -> ofTree(tree(payload, true));
            default -> throw new UnsupportedFormat("Content-Format=" + contentFormat + " is not 0, 50 or 60");
        };
        Command command = command(said);
        if (command == null) {
            return new Outcome.Bad("unknown command; there are arm, start, stop, abort and label TEXT");
        }
        if (command instanceof Command.Label label
                && (label.text().length() > LONGEST_LABEL
                        || label.text().chars().anyMatch(Character::isISOControl))) {
            return new Outcome.Bad("a label is one line of at most " + LONGEST_LABEL + " characters");
        }
        return commands.command(command, by);
    }

    private record Said(String word, @Nullable String argument) {}

    private static @Nullable Command command(Said said) {
        boolean bare = said.argument == null;
        return switch (said.word) {
            case "arm" -> bare ? new Command.Arm() : null;
            case "start" -> bare ? new Command.Start() : null;
            case "stop" -> bare ? new Command.Stop() : null;
            case "abort" -> bare ? new Command.Abort() : null;
            case "label" -> new Command.Label(said.argument == null ? "" : said.argument);
            default -> null;
        };
    }

    private static Said ofText(String text) {
        String[] parts = text.strip().split("\\s+", 2);
        return new Said(parts[0], parts.length > 1 ? parts[1] : null);
    }

    private static Said ofTree(JsonNode tree) {
        JsonNode word = tree.path("command");
        JsonNode label = tree.path("label");
        boolean known = tree.isObject() && tree.size() == (label.isMissingNode() ? 1 : 2);
        return new Said(
                known && word.isTextual() ? word.textValue() : "", label.isTextual() ? label.textValue() : null);
    }

    private static String text(byte[] payload) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(payload))
                .toString();
    }
}
