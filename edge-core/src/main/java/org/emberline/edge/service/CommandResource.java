package org.emberline.edge.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.emberline.edge.service.Commands.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A resource that can be read and changed. Whether the peer may change it has been decided by {@link Guard} before; changes are made on a thread of
 * their own, for devices take their time.
 */
abstract class CommandResource extends CoapResource {
    /** The paths of such resources; {@link Guard} asks for a role on them. */
    static final Set<String> NAMES = Set.of("run", "config");

    /** Jackson is asked to read no more than this of what comes from outside. */
    static final int MOST_BYTES = 16 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(CommandResource.class);
    private static final List<Integer> FORMATS = List.of(Description.JSON, Description.CBOR);
    private static final int RETRY_SECONDS = 1;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper CBOR = new CBORMapper();

    private final Set<Code> changes;
    private final Executor commander;
    private final Supplier<Guard> guard;

    /**
     * @param changes the methods that change it
     * @param commander runs one change at a time, and refuses when some are waiting
     */
    CommandResource(
            String name, Description description, Set<Code> changes, Executor commander, Supplier<Guard> guard) {
        super(name);
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("nobody guards " + name);
        }
        this.changes = Set.copyOf(changes);
        this.commander = commander;
        this.guard = guard;
        getAttributes().setTitle(description.title());
        getAttributes().addResourceType(description.resourceType());
        getAttributes().addInterfaceDescription("core.p");
        description.contentFormats().forEach(getAttributes()::addContentType);
    }

    /** What a GET shows. */
    abstract JsonNode shown();

    /**
     * Makes a change. The commander's thread.
     *
     * @param contentFormat of the payload; -1 when the request does not say
     * @throws IOException when the payload cannot be read as that
     */
    abstract Outcome change(Code method, int contentFormat, byte[] payload, String by) throws IOException;

    @Override
    public final void handleRequest(Exchange exchange) {
        CoapExchange request = new CoapExchange(exchange);
        try {
            if (request.getRequestCode() == Code.GET) {
                get(request);
            } else if (changes.contains(request.getRequestCode())) {
                change(request, guard.get().peer(exchange.getRequest()).words());
            } else {
                request.respond(ResponseCode.METHOD_NOT_ALLOWED, getURI() + " takes GET and " + changes);
            }
        } catch (RuntimeException | IOException e) {
            LOG.error("{} {} failed", request.getRequestCode(), getURI(), e);
            request.respond(ResponseCode.INTERNAL_SERVER_ERROR, "cannot answer for " + getURI() + "; see the log");
        }
    }

    private void get(CoapExchange request) throws IOException {
        OptionSet options = request.getRequestOptions();
        int format = options.hasAccept() ? options.getAccept() : FORMATS.getFirst();
        if (!FORMATS.contains(format)) {
            request.respond(ResponseCode.NOT_ACCEPTABLE, "Accept=" + format + " is not among ct=" + FORMATS);
            return;
        }
        byte[] payload = (format == Description.CBOR ? CBOR : JSON).writeValueAsBytes(shown());
        byte[] tag = EntityTags.of(payload);
        boolean same = options.containsETag(tag);
        Response response = new Response(same ? ResponseCode.VALID : ResponseCode.CONTENT);
        response.getOptions().addETag(tag);
        if (!same) {
            response.setPayload(payload);
            response.getOptions().setContentFormat(format);
        }
        request.respond(response);
    }

    private void change(CoapExchange request, String by) {
        byte[] payload = request.getRequestPayload() == null ? new byte[0] : request.getRequestPayload();
        int format = request.getRequestOptions().getContentFormat();
        if (payload.length > MOST_BYTES) {
            request.respond(ResponseCode.REQUEST_ENTITY_TOO_LARGE, "more than " + MOST_BYTES + " bytes");
            return;
        }
        try {
            commander.execute(() -> change(request, format, payload, by));
        } catch (RejectedExecutionException e) {
            Response response = new Response(ResponseCode.SERVICE_UNAVAILABLE);
            response.getOptions().setMaxAge(RETRY_SECONDS);
            response.setPayload("other commands are waiting");
            request.respond(response);
        }
    }

    private void change(CoapExchange request, int format, byte[] payload, String by) {
        try {
            switch (change(request.getRequestCode(), format, payload, by)) {
                case Outcome.Done done -> request.respond(ResponseCode.CHANGED, done.text());
                case Outcome.Conflict conflict -> request.respond(ResponseCode.CONFLICT, conflict.reason());
                case Outcome.Bad bad -> request.respond(ResponseCode.BAD_REQUEST, bad.reason());
                case Outcome.Failed failed -> request.respond(ResponseCode.INTERNAL_SERVER_ERROR, failed.reason());
            }
        } catch (UnsupportedFormat e) {
            request.respond(ResponseCode.UNSUPPORTED_CONTENT_FORMAT, e.getMessage());
        } catch (IOException e) {
            request.respond(ResponseCode.BAD_REQUEST, "the payload is not what its Content-Format says");
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.getRequestCode(), getURI(), e);
            request.respond(ResponseCode.INTERNAL_SERVER_ERROR, getURI() + " failed; see the log");
        }
    }

    /** A payload as a tree, JSON or CBOR. */
    static JsonNode tree(byte[] payload, boolean cbor) throws IOException {
        JsonNode tree = (cbor ? CBOR : JSON).readTree(payload);
        if (tree == null || tree.isMissingNode()) {
            throw new IOException("empty");
        }
        return tree;
    }

    /** The request's Content-Format is none that the resource reads. */
    static final class UnsupportedFormat extends IOException {
        private static final long serialVersionUID = 1;

        UnsupportedFormat(String message) {
            super(message);
        }
    }
}
