package org.emberline.edge.service;

import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.emberline.edge.service.access.KeyRing;
import org.jspecify.annotations.Nullable;

/**
 * Decides before a resource is even looked for: how many requests a peer may make, and whether it may command. In the clear nobody commands;
 * from beyond this machine nobody observes in the clear either, for notifications to an address that was made up would flood whoever
 * has it (RFC 7641 section 7).
 */
final class Guard {
    private static final int RETRY_SECONDS = 1;
    /** What names other clients or files of this machine. */
    private static final Set<String> NOT_FOR_STRANGERS = Set.of("observers", "config");

    private final Supplier<KeyRing> keys;
    private final RateLimit limit;
    private final Notices notices;

    Guard(Supplier<KeyRing> keys, RateLimit limit, Notices notices) {
        this.keys = keys;
        this.limit = limit;
        this.notices = notices;
    }

    /** Who has sent it, by the keys of now. */
    Peer peer(Request request) {
        return Peer.of(request.getSourceContext(), keys.get());
    }

    /** What becomes of it. */
    Verdict judge(Request request) {
        Peer peer = peer(request);
        return switch (peer) {
            case Peer.Local _ -> command(request, peer);
            case Peer.Gone _ ->
                refuse(ResponseCode.UNAUTHORIZED, "the key of this session has been taken away", request, peer);
            case Peer.Stranger stranger -> stranger(request, stranger);
            case Peer.Known known -> {
                if (!limit.allows(known.client().name())) {
                    notices.tried(Notices.RATE_LIMITED, peer.words());
                    yield new Verdict.Answer(tooMany());
                }
                yield command(request, peer);
            }
        };
    }

    /** What becomes of a request. */
    sealed interface Verdict {
        /** It goes on to its resource. */
        record Go() implements Verdict {}

        /** It is answered at once. */
        record Answer(Response response) implements Verdict {}

        /** It is not answered at all. */
        record Silence() implements Verdict {}
    }

    private Verdict stranger(Request request, Peer.Stranger peer) {
        if (!limit.allows(peer.address())) {
            notices.tried(Notices.RATE_LIMITED, peer.words());
            return new Verdict.Silence();
        }
        String first = first(request);
        if (first != null && NOT_FOR_STRANGERS.contains(first)) {
            return refuse(ResponseCode.UNAUTHORIZED, "/" + first + " is for clients with a key: coaps", request, peer);
        }
        request.getOptions().removeObserve();
        return command(request, peer);
    }

    private Verdict command(Request request, Peer peer) {
        boolean reads = request.getCode() == Code.GET || request.getCode() == Code.FETCH;
        String first = first(request);
        if (reads || first == null || !CommandResource.NAMES.contains(first) || peer.commands()) {
            return new Verdict.Go();
        }
        ResponseCode code = peer instanceof Peer.Known ? ResponseCode.FORBIDDEN : ResponseCode.UNAUTHORIZED;
        return refuse(code, "commands need coaps and a key of role operator", request, peer);
    }

    private Verdict refuse(ResponseCode code, String line, Request request, Peer peer) {
        notices.tried(
                Notices.COMMAND_REFUSED,
                peer.words() + ": " + request.getCode() + " /"
                        + Documents.line(request.getOptions().getUriPathString()));
        Response response = new Response(code);
        response.setPayload(line);
        return new Verdict.Answer(response);
    }

    private static Response tooMany() {
        Response response = new Response(ResponseCode.TOO_MANY_REQUESTS);
        response.getOptions().setMaxAge(RETRY_SECONDS);
        response.setPayload("too many requests");
        return response;
    }

    private static @Nullable String first(Request request) {
        return request.getOptions().getUriPath().isEmpty()
                ? null
                : request.getOptions().getUriPath().getFirst();
    }
}
