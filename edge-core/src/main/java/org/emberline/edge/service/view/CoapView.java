package org.emberline.edge.service.view;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Response;
import org.jspecify.annotations.Nullable;

/**
 * What {@code poll} and {@code watch} do. All methods throw {@link IllegalArgumentException} for a URI that cannot be used and
 * {@link IOException} for everything between here and the answer, each with a message of one line; the caller's thread waits.
 */
public final class CoapView {

    private CoapView() {}

    /**
     * Fetches a resource, in blocks where it is large, and prints it.
     *
     * @param uri {@code coap://host[:port]/path[?query]}, port 5683 by default
     * @param keys who asks; {@link OwnKeys.None} for coap, another for coaps
     * @param timeout longest wait for the whole of it
     * @param json one line of JSON instead of a table
     */
    public static void poll(String uri, OwnKeys keys, Duration timeout, PrintStream out, boolean json)
            throws IOException, InterruptedException {
        URI target = CoapUri.parse(uri);
        try (CoapLine line = CoapLine.open(target, keys)) {
            print(line.ask(target, timeout), new PayloadView(Clock.systemUTC(), out, json));
        }
    }

    /**
     * Observes a resource and prints every notification that differs from the one before, until interrupted.
     *
     * @param keys as for {@link #poll}
     * @param timeout longest wait for the first answer; later ones may take Max-Age and the renewal of the registration longer
     * @param count ends after so many; 0 or less for never
     */
    public static void watch(String uri, OwnKeys keys, Duration timeout, int count, PrintStream out, boolean json)
            throws IOException, InterruptedException {
        URI target = CoapUri.parse(uri);
        PayloadView view = new PayloadView(Clock.systemUTC(), out, json);
        try (CoapLine line = CoapLine.open(target, keys);
                Observation observation = line.observe(target, timeout)) {
            byte @Nullable [] last = null;
            for (int printed = 0; count <= 0 || printed < count; ) {
                Response response = observation.next();
                if (last == null || !Arrays.equals(last, response.getPayload())) {
                    if (printed > 0 && !json) {
                        out.println();
                    }
                    print(response, view);
                    last = response.getPayload();
                    printed++;
                }
            }
        }
    }

    /**
     * Posts a text to a resource and prints what it answers.
     *
     * @param keys as for {@link #poll}
     * @param timeout longest wait for the answer
     */
    public static void tell(String uri, OwnKeys keys, String text, Duration timeout, PrintStream out)
            throws IOException, InterruptedException {
        URI target = CoapUri.parse(uri);
        try (CoapLine line = CoapLine.open(target, keys)) {
            out.println(Cell.safe(line.tell(target, text, timeout).getPayloadString()));
        }
    }

    private static void print(Response response, PayloadView view) throws IOException {
        int contentFormat = response.getOptions().hasContentFormat()
                ? response.getOptions().getContentFormat()
                : MediaTypeRegistry.UNDEFINED;
        view.print(contentFormat, response.getPayload());
    }
}
