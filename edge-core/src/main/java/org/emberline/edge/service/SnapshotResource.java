package org.emberline.edge.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.observe.ObserveRelation;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.core.server.resources.ResourceAttributes;
import org.emberline.edge.pipeline.Snapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One read-only resource over the latest snapshot: negotiates the content format, answers errors as a code and one line, and
 * notifies observers when what it shows has changed. Requests run on the protocol thread, {@link #notifyDue} on the
 * notifier's.
 */
abstract class SnapshotResource extends CoapResource {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotResource.class);

    private final List<Integer> contentFormats;
    private final Surroundings surroundings;
    private @Nullable Object lastShown;
    private final Map<Form, byte[]> forms = new HashMap<>();
    private @Nullable Snapshot formed;

    /** A way to represent the same snapshot. */
    private record Form(int contentFormat, boolean observing) {}

    SnapshotResource(String name, Description description, Surroundings surroundings) {
        super(name);
        this.contentFormats = description.contentFormats();
        this.surroundings = surroundings;
        describe(description);
        setObservable(description.observable());
        // Californium makes every hundredth of them confirmable, and so finds out who has gone.
        setObserveType(CoAP.Type.NON);
    }

    private void describe(Description description) {
        ResourceAttributes attributes = getAttributes();
        attributes.setTitle(description.title());
        attributes.addResourceType(description.resourceType());
        attributes.addInterfaceDescription("core.s");
        description.contentFormats().forEach(attributes::addContentType);
        if (description.observable()) {
            attributes.setObservable();
        }
    }

    /**
     * The resource in one of its content formats.
     *
     * @param observing whether the answer goes to an observer, so that it must fit one datagram
     * @return null when the snapshot does not have it
     */
    abstract byte @Nullable [] represent(Snapshot snapshot, int contentFormat, boolean observing);

    /** The part of a snapshot that this resource shows; observers hear of it when it no longer equals the last one. */
    abstract @Nullable Object shown(Snapshot snapshot);

    /** Entity tag of a large representation, or null for one that fits a datagram. */
    byte @Nullable [] entityTag(Snapshot snapshot, int contentFormat) {
        return null;
    }

    /** Whether the representation depends on nothing but the snapshot, so that a thousand observers get the same bytes. */
    boolean isOfSnapshotOnly() {
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // whether it is the same object is what is asked
    private byte @Nullable [] form(Snapshot snapshot, int contentFormat, boolean observing) {
        if (!isOfSnapshotOnly()) {
            return represent(snapshot, contentFormat, observing);
        }
        synchronized (forms) {
            if (snapshot != formed) {
                forms.clear();
                formed = snapshot;
            }
            Form form = new Form(contentFormat, observing);
            byte[] known = forms.get(form);
            if (known == null) {
                known = represent(snapshot, contentFormat, observing);
                if (known != null) {
                    forms.put(form, known);
                }
            }
            return known;
        }
    }

    /** Tells those observers who are due: there is something new, or they wanted to hear by now. Notifier's thread only. */
    final void notifyDue(Snapshot snapshot) {
        if (!isObservable()) {
            return;
        }
        Object now = shown(snapshot);
        boolean changed = !Objects.equals(now, lastShown);
        lastShown = now;
        if (getObserverCount() > 0) {
            changed(relation -> surroundings.observers().due(relation, changed));
        }
    }

    @Override
    public final void addObserveRelation(ObserveRelation relation) {
        surroundings.observers().joined(relation, getURI());
        super.addObserveRelation(relation);
    }

    @Override
    public final void removeObserveRelation(ObserveRelation relation) {
        super.removeObserveRelation(relation);
        surroundings.observers().left(relation);
    }

    @Override
    public final void handleRequest(Exchange exchange) {
        CoapExchange request = new CoapExchange(exchange);
        if (request.getRequestCode() != CoAP.Code.GET) {
            request.respond(ResponseCode.METHOD_NOT_ALLOWED, "read-only: GET " + getURI());
            return;
        }
        try {
            var _ = Pace.parse(exchange.getRequest().getOptions().getUriQuery());
        } catch (IllegalArgumentException e) {
            request.respond(ResponseCode.BAD_REQUEST, e.getMessage());
            return;
        }
        try {
            get(request, exchange.getRequest().isObserve());
        } catch (RuntimeException e) {
            LOG.error("GET {} failed", getURI(), e);
            request.respond(ResponseCode.INTERNAL_SERVER_ERROR, "cannot represent " + getURI() + "; see the log");
        }
    }

    private void get(CoapExchange request, boolean observing) {
        OptionSet options = request.getRequestOptions();
        int contentFormat = options.hasAccept() ? options.getAccept() : contentFormats.getFirst();
        if (!contentFormats.contains(contentFormat)) {
            request.respond(
                    ResponseCode.NOT_ACCEPTABLE, "Accept=" + contentFormat + " is not among ct=" + contentFormats);
            return;
        }
        Snapshot snapshot = surroundings.snapshots().get();
        byte[] entityTag = entityTag(snapshot, contentFormat);
        if (entityTag != null && options.containsETag(entityTag)) {
            respond(request, new Response(ResponseCode.VALID), entityTag);
            return;
        }
        byte[] payload = form(snapshot, contentFormat, observing);
        if (payload == null) {
            request.respond(ResponseCode.NOT_FOUND, "nothing to show yet at " + getURI());
            return;
        }
        Response content = new Response(ResponseCode.CONTENT);
        content.setPayload(payload);
        content.getOptions().setContentFormat(contentFormat);
        respond(request, content, entityTag);
    }

    private void respond(CoapExchange request, Response response, byte @Nullable [] entityTag) {
        response.getOptions().setMaxAge(surroundings.maxAgeSeconds());
        if (entityTag != null) {
            response.getOptions().addETag(entityTag);
        }
        Observer observer = surroundings.observers().of(request.advanced().getRelation());
        if (observer != null) {
            response.addMessageObserver(observer.counting());
        }
        request.respond(response);
    }
}
