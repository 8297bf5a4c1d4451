package org.emberline.edge.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.emberline.edge.service.NetworkTexts;
import org.emberline.edge.service.senml.SenmlException;
import org.emberline.edge.service.senml.SenmlParser;
import org.emberline.edge.service.senml.SenmlRecord;
import org.emberline.edge.service.senml.SenmlResolver;
import org.emberline.edge.service.senml.SenmlWriter;

/** Our own decoders of what comes from the network or a file of keys; the entry is Jazzer's. */
public final class DecoderFuzz {
    private static final double NOW = 1.8e9;

    private DecoderFuzz() {}

    /** @param input the first byte chooses the decoder */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        switch (input[0] & 3) {
            case 0 -> senml(rest, false);
            case 1 -> senml(rest, true);
            default -> NetworkTexts.read(input[0] >> 2 & 3, new String(rest, StandardCharsets.UTF_8));
        }
    }

    /** What is accepted can be resolved or is refused, and what is resolved can be written and read again. */
    private static void senml(byte[] bytes, boolean cbor) {
        List<SenmlRecord> resolved;
        try {
            resolved = SenmlResolver.resolve(cbor ? SenmlParser.cbor(bytes) : SenmlParser.json(bytes), NOW);
        } catch (SenmlException e) {
            return;
        }
        if (resolved.isEmpty()) {
            return;
        }
        try {
            List<SenmlRecord> again = SenmlParser.cbor(SenmlWriter.cbor(resolved));
            if (again.size() != resolved.size()) {
                throw new IllegalStateException("records are lost: " + resolved);
            }
        } catch (SenmlException e) {
            throw new IllegalStateException("what we write we cannot read: " + resolved, e);
        }
    }
}
