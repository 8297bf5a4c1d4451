package org.emberline.edge.service;

import java.net.InetAddress;
import java.security.Principal;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.auth.PreSharedKeyIdentity;
import org.eclipse.californium.elements.auth.RawPublicKeyIdentity;
import org.emberline.edge.service.access.Client;
import org.emberline.edge.service.access.KeyRing;
import org.emberline.edge.service.access.Role;
import org.jspecify.annotations.Nullable;

/** Who has sent a request. */
sealed interface Peer {

    /** Somebody on this machine, in the clear. */
    record Local() implements Peer {}

    /** Anybody, in the clear: perhaps not even from that address. */
    record Stranger(InetAddress address) implements Peer {}

    /** Who has shown a key. */
    record Known(Client client) implements Peer {}

    /** Who has shown a key that has been taken away since. */
    record Gone() implements Peer {}

    static Peer of(EndpointContext context, KeyRing keys) {
        Principal principal = context.getPeerIdentity();
        if (principal == null) {
            InetAddress address = context.getPeerAddress().getAddress();
            return address.isLoopbackAddress() ? new Local() : new Stranger(address);
        }
        Client client = client(principal, keys);
        return client == null ? new Gone() : new Known(client);
    }

    private static @Nullable Client client(Principal principal, KeyRing keys) {
        return switch (principal) {
            case PreSharedKeyIdentity shared -> keys.identified(shared.getIdentity());
            case RawPublicKeyIdentity raw -> keys.of(raw.getKey());
            default -> null;
        };
    }

    /** Whether it may command the run. */
    default boolean commands() {
        return this instanceof Known known && known.client().role() == Role.OPERATOR;
    }

    /** What events call it. */
    default String words() {
        return switch (this) {
            case Local _ -> "somebody on this machine";
            case Stranger stranger -> stranger.address().getHostAddress();
            case Known known ->
                known.client().role().word() + " " + known.client().name();
            case Gone _ -> "a client without a key";
        };
    }
}
