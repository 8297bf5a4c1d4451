package org.emberline.edge.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.emberline.edge.service.FuzzedService;

/** Datagrams into the whole CoAP service; the entry is Jazzer's. */
public final class RequestFuzz {
    private static final FuzzedService SERVICE = service();

    private RequestFuzz() {}

    private static FuzzedService service() {
        try {
            return new FuzzedService();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param input the first byte chooses the peer, the rest is a datagram */
    public static void fuzzerTestOneInput(byte[] input) {
        SERVICE.deliver(input);
    }
}
