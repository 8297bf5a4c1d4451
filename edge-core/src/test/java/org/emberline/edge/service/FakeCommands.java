package org.emberline.edge.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Commands that are only noted. */
final class FakeCommands implements Commands {
    final List<String> heard = new CopyOnWriteArrayList<>();
    Outcome next = new Outcome.Done("done");

    @Override
    public Outcome command(Command command, String by) {
        String more = switch (command) {
            case Command.Label label -> " " + label.text();
            case Command.Take take -> " " + take.frames() + " " + take.detector();
            default -> "";
        };
        heard.add(by + ": " + command.word() + more);
        return next;
    }

    @Override
    public @Nullable ObjectNode correction() {
        return JsonNodeFactory.instance.objectNode().put("kind", "dark").put("state", "done");
    }

    @Override
    public List<String> possible() {
        return List.of("stop", "abort", "label");
    }

    @Override
    public String label() {
        return "batch 12";
    }

    @Override
    public ObjectNode configuration() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.putObject("coap").put("notify_hz", 2);
        return tree;
    }

    @Override
    public Outcome configure(JsonNode patch, String by) {
        heard.add(by + ": " + patch);
        return next;
    }
}
