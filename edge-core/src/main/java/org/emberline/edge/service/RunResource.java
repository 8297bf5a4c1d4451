package org.emberline.edge.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.service.Commands.Beam;
import org.emberline.edge.service.Commands.Command;
import org.emberline.edge.service.Commands.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * {@code /run}: GET says which commands the run allows now; POST carries one out. The payload is text, a word and what belongs to it
 * ({@code stop}, {@code label batch 12}, {@code dark 32 microscope}), or a map, {@code {"command": "label", "label": "batch 12"}},
 * {@code {"command": "dark", "frames": 32, "detector": "microscope"}}.
 */
final class RunResource extends CommandResource {
    private static final int LONGEST_LABEL = 120;
    private static final String USUAL_FRAMES = "32";
    private static final Pattern FRAMES = Pattern.compile("[0-9]{1,9}");
    private static final Set<String> TAKING = Set.of("dark", "flat");

    private final Commands commands;
    private final Supplier<Snapshot> snapshots;

    RunResource(Commands commands, Supplier<Snapshot> snapshots, Executor commander, Supplier<Guard> guard) {
        super(
                "run",
                new Description(
                        "Commands: arm start stop abort label dark flat",
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
        ObjectNode correction = commands.correction();
        if (correction != null) {
            shown.set("correction", correction);
        }
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
            return new Outcome.Bad(
                    "unknown command; there are arm, start, stop, abort, label TEXT, dark and flat [FRAMES [DETECTOR]]");
        }
        if (command instanceof Command.Label label
                && (label.text().length() > LONGEST_LABEL
                        || label.text().chars().anyMatch(Character::isISOControl))) {
            return new Outcome.Bad("a label is one line of at most " + LONGEST_LABEL + " characters");
        }
        return commands.command(command, by);
    }

    /** @param arguments text or whole numbers, by their names; empty ones are not there */
    private record Said(String word, Map<String, String> arguments) {
        boolean only(String... known) {
            return Set.of(known).containsAll(arguments.keySet());
        }
    }

    private static @Nullable Command command(Said said) {
        return switch (said.word) {
            case "arm" -> said.only() ? new Command.Arm() : null;
            case "start" -> said.only() ? new Command.Start() : null;
            case "stop" -> said.only() ? new Command.Stop() : null;
            case "abort" -> said.only() ? new Command.Abort() : null;
            case "label" -> said.only("label") ? new Command.Label(said.arguments.getOrDefault("label", "")) : null;
            case "dark" -> take(Beam.NONE, said);
            case "flat" -> take(Beam.WITHOUT_SAMPLE, said);
            default -> null;
        };
    }

    private static @Nullable Command take(Beam beam, Said said) {
        String frames = said.arguments.getOrDefault("frames", USUAL_FRAMES);
        return said.only("frames", "detector") && FRAMES.matcher(frames).matches()
                ? new Command.Take(beam, Integer.parseInt(frames), said.arguments.get("detector"))
                : null;
    }

    private static Said ofText(String text) {
        String[] parts = text.strip().split("\\s+", 2);
        if (parts.length == 1) {
            return new Said(parts[0], Map.of());
        }
        if (!TAKING.contains(parts[0])) {
            return new Said(parts[0], Map.of("label", parts[1]));
        }
        String[] of = parts[1].split("\\s+", 2);
        return new Said(
                parts[0], of.length == 1 ? Map.of("frames", of[0]) : Map.of("frames", of[0], "detector", of[1]));
    }

    private static Said ofTree(JsonNode tree) {
        Map<String, String> arguments = new HashMap<>();
        boolean plain = tree.isObject();
        for (Map.Entry<String, JsonNode> entry : tree.properties()) {
            boolean number = entry.getKey().equals("frames") && entry.getValue().isIntegralNumber();
            plain &= number || entry.getValue().isTextual();
            arguments.put(entry.getKey(), entry.getValue().asText());
        }
        String word = arguments.remove("command");
        return new Said(plain && word != null ? word : "", arguments);
    }

    private static String text(byte[] payload) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(payload))
                .toString();
    }
}
