package org.emberline.edge.service.view;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapHandler;
import org.eclipse.californium.core.CoapObserveRelation;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;

/**
 * An observe relation as a queue of notifications. SenML in CBOR is asked for first, because more of a pack fits one datagram
 * that way; a server that has none is asked again without a wish.
 */
final class Observation implements AutoCloseable, CoapHandler {
    /** Californium registers anew so long after Max-Age; a server that lives answers then. */
    private static final Duration REGISTRATION_BACKOFF = Duration.ofSeconds(2);

    private final CoapClient client;
    private final URI target;
    private final Duration timeout;
    /** Empty for a failure. When the printer is slower than the server, new notifications are dropped, not hoarded. */
    private final BlockingQueue<Optional<Response>> arrived = new ArrayBlockingQueue<>(16);

    private Duration patience;
    private boolean wishful = true;
    private CoapObserveRelation relation;

    Observation(CoapClient client, URI target, Duration timeout) throws IOException {
        this.client = client;
        this.target = target;
        this.timeout = timeout;
        patience = timeout;
        Request request = CoapLine.get(target);
        request.getOptions().setAccept(MediaTypeRegistry.APPLICATION_SENML_CBOR);
        request.setObserve();
        relation = client.observe(request, this);
    }

    /** Waits for the next notification; one may equal the last when the registration was renewed. */
    Response next() throws IOException, InterruptedException {
        Optional<Response> arrival = await();
        if (wishful && arrival.isPresent() && arrival.get().getCode() == ResponseCode.NOT_ACCEPTABLE) {
            Request request = CoapLine.get(target);
            request.setObserve();
            relation = client.observe(request, this);
            arrival = await();
        }
        wishful = false;
        if (arrival.isEmpty()) {
            throw new IOException(target + ": no answer within " + patience.toMillis() + " ms");
        }
        Response response = CoapLine.successful(target, arrival.get());
        if (!response.getOptions().hasObserve()) {
            throw new IOException(target + ": cannot be observed; poll it instead");
        }
        long maxAge = Math.clamp(response.getOptions().getMaxAge(), 0, 3600);
        patience = timeout.plus(REGISTRATION_BACKOFF).plusSeconds(maxAge);
        return response;
    }

    private Optional<Response> await() throws InterruptedException {
        Optional<Response> arrival = arrived.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        return arrival == null ? Optional.empty() : arrival;
    }

    @Override
    public void onLoad(CoapResponse response) {
        arrived.offer(Optional.of(response.advanced()));
    }

    @Override
    public void onError() {
        arrived.offer(Optional.empty());
    }

    @Override
    public void close() {
        if (!relation.isCanceled()) {
            relation.proactiveCancel();
        }
    }
}
