package org.emberline.edge.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Commands that are only noted. */
final class FakeCommands implements Commands {
    final List<String> heard = new CopyOnWriteArrayList<>();
    Outcome next = new Outcome.Done("done");

    @Override
    public Outcome command(Command command, String by) {
        heard.add(by + ": " + command.word() + (command instanceof Command.Label label ? " " + label.text() : ""));
        return next;
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
