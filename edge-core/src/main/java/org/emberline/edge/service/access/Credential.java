package org.emberline.edge.service.access;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Base64;

/** How a client shows that it is the one it says it is. */
public sealed interface Credential {

    /**
     * A pre-shared key (RFC 4279); its identity is the client's name. The bytes of the key are those of the text, so that any client can be
     * given it on its command line.
     *
     * @param text 16 to 128 printable ASCII characters without blanks
     */
    record Psk(String text) implements Credential {
        private static final int SHORTEST = 16;
        private static final int LONGEST = 128;
        private static final int RANDOM_BYTES = 24;

        public Psk {
            boolean printable = text.chars().allMatch(c -> c > ' ' && c <= '~');
            if (!printable || text.length() < SHORTEST || text.length() > LONGEST) {
                throw new IllegalArgumentException("a pre-shared key has " + SHORTEST + " to " + LONGEST
                        + " printable ASCII characters without blanks");
            }
        }

        /** A new key of 192 random bits. */
        public static Psk random(SecureRandom random) {
            byte[] bytes = new byte[RANDOM_BYTES];
            random.nextBytes(bytes);
            return new Psk(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }

        /** The key itself, a new array. */
        public byte[] bytes() {
            return text.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public String toString() {
            return "Psk[not shown]";
        }
    }

    /** A raw public key (RFC 7250). */
    record RawPublicKey(PublicKey key) implements Credential {}
}
