package org.emberline.edge.service;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the service listens and how often it speaks up.
 *
 * @param bindAddress local address or host name to listen on in the clear
 * @param port UDP port; 0 takes any free one
 * @param notifyPeriod shortest time between two notifications of a resource; Max-Age is twice this, in whole seconds
 * @param requestsPerSecond of one peer that is not on this machine or comes by DTLS; more are answered with 4.29 or not at all
 * @param cleartext whether {@code bindAddress} may lie beyond loopback
 * @param dtls where to listen for DTLS; null for nowhere
 */
public record CoapSettings(
        String bindAddress,
        int port,
        Duration notifyPeriod,
        int requestsPerSecond,
        boolean cleartext,
        @Nullable Dtls dtls) {
    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(1);
    private static final Duration LONGEST_PERIOD = Duration.ofHours(1);
    /** A blockwise transfer of the largest body in a second. */
    static final int DEFAULT_REQUESTS_PER_SECOND = 200;

    /** Loopback, port 5683, two notifications a second. */
    public static final CoapSettings DEFAULT = new CoapSettings("127.0.0.1", 5683, Duration.ofMillis(500));

    /**
     * DTLS 1.2 (RFC 6347) with pre-shared and raw public keys, and connection ids (RFC 9146).
     *
     * @param bindAddress local address or host name
     * @param port UDP port; 0 takes any free one
     * @param keys folder of keys
     */
    public record Dtls(String bindAddress, int port, Path keys) {
        public Dtls {
            checkAddress(bindAddress, port);
        }
    }

    public CoapSettings {
        checkAddress(bindAddress, port);
        if (notifyPeriod.compareTo(SHORTEST_PERIOD) < 0 || notifyPeriod.compareTo(LONGEST_PERIOD) > 0) {
            throw new IllegalArgumentException("notifyPeriod=" + notifyPeriod + " is outside PT0.001S..PT1H");
        }
        if (requestsPerSecond < 1) {
            throw new IllegalArgumentException("requestsPerSecond=" + requestsPerSecond + " is below 1");
        }
    }

    /** Only in the clear, only on this machine. */
    public CoapSettings(String bindAddress, int port, Duration notifyPeriod) {
        this(bindAddress, port, notifyPeriod, DEFAULT_REQUESTS_PER_SECOND, false, null);
    }

    /** The same with DTLS. */
    public CoapSettings with(Dtls secure) {
        return new CoapSettings(bindAddress, port, notifyPeriod, requestsPerSecond, cleartext, secure);
    }

    /** Whether an address is reached from this machine only; a name that cannot be resolved is not. */
    public static boolean isLoopback(String bindAddress) {
        try {
            return InetAddress.getByName(bindAddress).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static void checkAddress(String bindAddress, int port) {
        if (bindAddress.isBlank()) {
            throw new IllegalArgumentException("bindAddress= is empty");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port=" + port + " is outside 0..65535");
        }
    }

    /** How long a client may take a representation for fresh: twice the notify period, at least one second. */
    long maxAgeSeconds() {
        return Math.max(1, Math.ceilDiv(2 * notifyPeriod.toMillis(), 1000));
    }
}
