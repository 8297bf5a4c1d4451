package org.emberline.edge.service;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapHandler;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.emberline.edge.service.view.OwnKeys;
import org.jspecify.annotations.Nullable;

/** Californium's client against a service on a free port of this machine. */
final class CoapClientForTests implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final CoapEndpoint endpoint;
    private final String scheme;
    private final int port;

    CoapClientForTests(int port) throws IOException {
        this(port, new OwnKeys.None());
    }

    CoapClientForTests(int port, OwnKeys keys) throws IOException {
        this.port = port;
        Configuration configuration = CaliforniumSettings.create();
        CoapEndpoint.Builder builder = new CoapEndpoint.Builder().setConfiguration(configuration);
        boolean clear = keys instanceof OwnKeys.None;
        scheme = clear ? "coap" : "coaps";
        endpoint = (clear ? builder.setPort(0) : builder.setConnector(keys.connector(configuration))).build();
        endpoint.start();
    }

    Request request(CoAP.Code code, String path, int... accept) {
        Request request = new Request(code);
        request.setURI(scheme + "://127.0.0.1:" + port + path);
        if (accept.length > 0) {
            request.getOptions().setAccept(accept[0]);
        }
        return request;
    }

    Response send(Request request) throws InterruptedException {
        begin(request);
        return awaited(request);
    }

    void begin(Request request) {
        request.send(endpoint);
    }

    Response awaited(Request request) throws InterruptedException {
        return Objects.requireNonNull(
                request.waitForResponse(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS)), "no answer to " + request);
    }

    /** Of a request that nobody answers: the reason, if one is known before the time is over. */
    @Nullable
    Throwable failure(Request request, long seconds) throws InterruptedException {
        begin(request);
        Response response = request.waitForResponse(TimeUnit.SECONDS.toMillis(seconds));
        if (response != null) {
            throw new AssertionError("answered: " + response);
        }
        return request.getOnResponseError();
    }

    Response get(String path, int... accept) throws InterruptedException {
        return send(request(CoAP.Code.GET, path, accept));
    }

    /** Notifications as they come. */
    static final class Notifications implements CoapHandler {
        private final BlockingQueue<CoapResponse> arrived = new ArrayBlockingQueue<>(100);

        @Override
        public void onLoad(CoapResponse response) {
            arrived.add(response);
        }

        @Override
        public void onError() {
            throw new AssertionError("observation failed");
        }

        Response next() throws InterruptedException {
            return Objects.requireNonNull(arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "no notification")
                    .advanced();
        }

        boolean isEmpty() {
            return arrived.isEmpty();
        }
    }

    Notifications observe(String path, int accept) {
        Notifications notifications = new Notifications();
        CoapClient client = new CoapClient();
        client.setEndpoint(endpoint);
        Request request = request(CoAP.Code.GET, path, accept);
        request.setObserve();
        client.observe(request, notifications);
        return notifications;
    }

    @Override
    public void close() {
        endpoint.destroy();
    }
}
