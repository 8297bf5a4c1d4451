package org.emberline.edge.service.view;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.util.DaemonThreadFactory;
import org.emberline.edge.service.CaliforniumSettings;

/** A client's own UDP socket and threads, for as long as a verb of the command line runs. */
final class CoapLine implements AutoCloseable {
    private final ScheduledExecutorService protocol =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("coap-client"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("coap-client-timer"));
    private final CoapEndpoint endpoint;

    private CoapLine(OwnKeys keys) {
        Configuration configuration = CaliforniumSettings.create();
        CoapEndpoint.Builder builder = new CoapEndpoint.Builder().setConfiguration(configuration);
        endpoint = (keys instanceof OwnKeys.None
                        ? builder.setPort(0)
                        : builder.setConnector(keys.connector(configuration)))
                .build();
        endpoint.setExecutors(protocol, timer);
    }

    /**
     * @throws IllegalArgumentException when the target's scheme and the keys do not go together
     * @throws IOException when there is no socket to be had
     */
    static CoapLine open(URI target, OwnKeys keys) throws IOException {
        boolean secure = CoapUri.isSecure(target);
        if (secure == keys instanceof OwnKeys.None) {
            throw new IllegalArgumentException(
                    secure ? "coaps needs a key: --identity and --key-file" : "a key is for coaps, not for coap");
        }
        CoapLine line = new CoapLine(keys);
        line.endpoint.start();
        return line;
    }

    /** A GET for the target, whose host is looked up now. */
    static Request get(URI target) throws IOException {
        try {
            InetAddress.getByName(target.getHost());
        } catch (UnknownHostException e) {
            throw new IOException(target + ": unknown host", e);
        }
        Request request = Request.newGet();
        request.setURI(target);
        return request;
    }

    /** The whole answer to a GET, or an exception that says why there is none. */
    Response ask(URI target, Duration timeout) throws IOException, InterruptedException {
        return ask(target, get(target), timeout);
    }

    /** The same of a POST of a text. */
    Response tell(URI target, String text, Duration timeout) throws IOException, InterruptedException {
        Request request = get(target);
        Request post = Request.newPost();
        post.setURI(request.getURI());
        post.setPayload(text);
        post.getOptions().setContentFormat(MediaTypeRegistry.TEXT_PLAIN);
        return ask(target, post, timeout);
    }

    private Response ask(URI target, Request request, Duration timeout) throws IOException, InterruptedException {
        request.send(endpoint);
        Response response = request.waitForResponse(Math.max(1, timeout.toMillis()));
        if (response == null) {
            Throwable error = request.getOnResponseError();
            request.cancel();
            throw new IOException(target + ": "
                    + (error == null ? "no answer within " + timeout.toMillis() + " ms" : Cell.of(error.getMessage())));
        }
        return successful(target, response);
    }

    Observation observe(URI target, Duration timeout) throws IOException {
        CoapClient client = new CoapClient();
        client.setEndpoint(endpoint);
        return new Observation(client, target, timeout);
    }

    /** The answer itself, unless it is an error: then its code and diagnostic line. */
    static Response successful(URI target, Response response) throws IOException {
        ResponseCode code = response.getCode();
        if (!code.isSuccess()) {
            String diagnostic = response.getPayloadSize() == 0 ? "" : ": " + Cell.safe(response.getPayloadString());
            throw new IOException(target + ": " + code + " " + code.name() + diagnostic);
        }
        return response;
    }

    @Override
    public void close() {
        endpoint.destroy();
        protocol.shutdownNow();
        timer.shutdownNow();
    }
}
