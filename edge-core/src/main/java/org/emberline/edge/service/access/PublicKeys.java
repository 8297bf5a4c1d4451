package org.emberline.edge.service.access;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Elliptic-curve keys on secp256r1, the curve that RFC 7252 section 9.1.3.2 asks every implementation to have, and their PEM texts
 * (RFC 7468): {@code PRIVATE KEY} (PKCS #8) and {@code PUBLIC KEY} (SubjectPublicKeyInfo).
 */
public final class PublicKeys {
    private static final String CURVE = "secp256r1";
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private PublicKeys() {}

    /** A new pair. */
    public static KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + CURVE, e);
        }
    }

    /** Both keys as PEM, the private one first. */
    public static String toPem(KeyPair pair) {
        return block(PRIVATE, pair.getPrivate().getEncoded()) + toPem(pair.getPublic());
    }

    /** The public key alone as PEM. */
    public static String toPem(PublicKey key) {
        return block(PUBLIC, key.getEncoded());
    }

    private static String block(String label, byte[] bytes) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    /**
     * The pair of a text with both blocks.
     *
     * @throws IllegalArgumentException when one is missing or cannot be read, or they do not belong together
     */
    public static KeyPair pairOfPem(String text) {
        byte[] secret = body(text, PRIVATE);
        PublicKey open = publicOfPem(text);
        try {
            KeyPair pair = new KeyPair(open, ec().generatePrivate(new PKCS8EncodedKeySpec(secret)));
            byte[] probe = {1, 2, 3};
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(pair.getPrivate());
            signer.update(probe);
            byte[] signature = signer.sign();
            signer.initVerify(open);
            signer.update(probe);
            if (!signer.verify(signature)) {
                throw new IllegalArgumentException("the private and the public key do not belong together");
            }
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the private key is not one of an elliptic curve", e);
        }
    }

    /** The public key of a text that has it among its blocks; errors as {@link #pairOfPem}. */
    public static PublicKey publicOfPem(String text) {
        return ofBytes(body(text, PUBLIC));
    }

    /** The public key of the Base64 of its SubjectPublicKeyInfo; errors as {@link #pairOfPem}. */
    static PublicKey ofBase64(String text) {
        try {
            return ofBytes(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the public key is not the Base64 of an elliptic-curve key", e);
        }
    }

    static String toBase64(PublicKey key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    private static PublicKey ofBytes(byte[] bytes) {
        try {
            return ec().generatePublic(new X509EncodedKeySpec(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the public key is not one of an elliptic curve", e);
        }
    }

    private static byte[] body(String text, String label) {
        String begin = "-----BEGIN " + label + "-----";
        int from = text.indexOf(begin);
        int to = from < 0 ? -1 : text.indexOf("-----END " + label + "-----", from + begin.length());
        if (to < 0) {
            throw new IllegalArgumentException("there is no block " + begin);
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the block " + begin + " is not Base64", e);
        }
    }

    private static KeyFactory ec() {
        try {
            return KeyFactory.getInstance("EC");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has EC", e);
        }
    }
}
