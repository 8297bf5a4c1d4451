package org.emberline.edge.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.emberline.edge.service.FuzzedService;

/** Datagrams into the whole CoAP service; the entry is Jazzer's. */
public final class RequestFuzz {
    private static final FuzzedService SERVICE = service();

    private static int count;

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
        byte[] request = input.clone();
        if (request.length > 4) {
            // Another message each time: a repeated one is answered from memory.
            count++;
            request[3] = (byte) (count >> 8);
            request[4] = (byte) count;
        }
        SERVICE.deliver(request);
    }
}
