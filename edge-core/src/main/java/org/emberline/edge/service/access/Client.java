package org.emberline.edge.service.access;

import java.util.regex.Pattern;

/**
 * Somebody who may speak to the service.
 *
 * @param name up to 64 of {@code A-Za-z0-9._@-}, the identity of a pre-shared key; also what events call the client
 */
public record Client(String name, Role role, Credential credential) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

    public Client {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a client's name has 1 to 64 of the characters A-Za-z0-9._@-");
        }
    }
}
