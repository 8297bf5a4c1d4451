package org.emberline.edge.service.view;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.emberline.edge.service.senml.SenmlParser;
import org.emberline.edge.service.senml.SenmlRecord;
import org.emberline.edge.service.senml.SenmlResolver;
import org.jspecify.annotations.Nullable;

/** A payload of any content format as a table, or as one line of JSON. */
final class PayloadView {
    private final Clock clock;
    private final PrintStream out;
    private final boolean json;

    /** @param clock says when a record without a time was made */
    PayloadView(Clock clock, PrintStream out, boolean json) {
        this.clock = clock;
        this.out = out;
        this.json = json;
    }

    /** @throws IOException in one line, when the bytes are not what their content format says */
    void print(int contentFormat, byte[] payload) throws IOException {
        switch (contentFormat) {
            case MediaTypeRegistry.APPLICATION_SENML_JSON -> pack(SenmlParser.json(payload));
            case MediaTypeRegistry.APPLICATION_SENML_CBOR -> pack(SenmlParser.cbor(payload));
            case MediaTypeRegistry.APPLICATION_JSON -> tree(TreeReader.json(payload));
            case MediaTypeRegistry.APPLICATION_CBOR -> tree(TreeReader.cbor(payload));
            case MediaTypeRegistry.APPLICATION_LINK_FORMAT -> links(text(payload));
            case MediaTypeRegistry.TEXT_PLAIN, MediaTypeRegistry.UNDEFINED -> plain(text(payload));
            default -> throw new IOException("the answer has content-format=" + contentFormat + ", which is not known");
        }
    }

    private void pack(List<SenmlRecord> pack) throws IOException {
        List<SenmlRecord> resolved = SenmlResolver.resolve(pack, clock.millis() / 1000.0);
        if (json) {
            MachineJson.print(resolved.stream().map(SenmlView::tree).toList(), out);
        } else {
            SenmlView.print(resolved, out);
        }
    }

    private void tree(@Nullable Object tree) throws IOException {
        if (json) {
            MachineJson.print(tree, out);
        } else {
            DocumentView.print(tree, out);
        }
    }

    private void links(String text) throws IOException {
        List<Map<String, @Nullable Object>> links = Links.parse(text);
        if (json) {
            MachineJson.print(links, out);
        } else {
            Links.print(links, out);
        }
    }

    private void plain(String text) throws IOException {
        if (json) {
            MachineJson.print(Map.of("text", text), out);
        } else {
            text.lines().map(Cell::safe).forEach(out::println);
        }
    }

    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
