package org.emberline.edge.service.senml;

import java.io.IOException;
import java.io.Serial;

/** A pack that cannot be used, in one line that names the record. The only exception the parser and the resolver throw. */
public final class SenmlException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String reason;

    SenmlException(String reason) {
        super("SenML: " + reason);
        this.reason = reason;
    }

    /** The same complaint with the place of the record in the pack, from 0. */
    SenmlException inRecord(int index) {
        return new SenmlException("record " + index + ": " + reason);
    }
}
