package org.emberline.edge.service.access;

import java.security.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emberline.edge.service.access.Credential.Psk;
import org.emberline.edge.service.access.Credential.RawPublicKey;
import org.jspecify.annotations.Nullable;

/** The clients of one moment. Immutable. */
public final class KeyRing {
    /** Nobody. */
    public static final KeyRing EMPTY = new KeyRing(List.of());

    private final List<Client> clients;
    private final Map<String, Client> byIdentity = new HashMap<>();
    private final Map<PublicKey, Client> byPublicKey = new HashMap<>();

    /** @throws IllegalArgumentException when two have the same name or the same public key */
    public KeyRing(List<Client> clients) {
        this.clients = List.copyOf(clients);
        Map<String, Client> names = new HashMap<>();
        for (Client client : clients) {
            if (names.put(client.name(), client) != null) {
                throw new IllegalArgumentException("the client " + client.name() + " is there twice");
            }
            switch (client.credential()) {
                case Psk _ -> byIdentity.put(client.name(), client);
                case RawPublicKey raw -> {
                    Client other = byPublicKey.put(raw.key(), client);
                    if (other != null) {
                        throw new IllegalArgumentException(
                                "the clients " + other.name() + " and " + client.name() + " have the same public key");
                    }
                }
            }
        }
    }

    /** All of them, in the order of the file. */
    public List<Client> clients() {
        return clients;
    }

    /** Who has a pre-shared key of that identity; null when nobody has. */
    public @Nullable Client identified(String identity) {
        return byIdentity.get(identity);
    }

    /** Whose public key it is; null when it is nobody's. */
    public @Nullable Client of(PublicKey key) {
        return byPublicKey.get(key);
    }

    /** The key of that identity; null when nobody has it. */
    public @Nullable Psk psk(String identity) {
        Client client = byIdentity.get(identity);
        return client != null && client.credential() instanceof Psk psk ? psk : null;
    }
}
