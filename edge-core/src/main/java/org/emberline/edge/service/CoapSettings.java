package org.emberline.edge.service;

import java.time.Duration;

/**
 * Where the service listens and how often it speaks up.
 *
 * @param bindAddress local address or host name to bind
 * @param port UDP port; 0 takes any free one
 * @param notifyPeriod shortest time between two notifications of a resource; Max-Age is twice this, in whole seconds
 */
public record CoapSettings(String bindAddress, int port, Duration notifyPeriod) {
    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(20);
    private static final Duration LONGEST_PERIOD = Duration.ofHours(1);

    /** Loopback, port 5683, two notifications a second. */
    public static final CoapSettings DEFAULT = new CoapSettings("127.0.0.1", 5683, Duration.ofMillis(500));

    public CoapSettings {
        if (bindAddress.isBlank()) {
            throw new IllegalArgumentException("bindAddress= is empty");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port=" + port + " is outside 0..65535");
        }
        if (notifyPeriod.compareTo(SHORTEST_PERIOD) < 0 || notifyPeriod.compareTo(LONGEST_PERIOD) > 0) {
            throw new IllegalArgumentException("notifyPeriod=" + notifyPeriod + " is outside PT0.02S..PT1H");
        }
    }

    /** How long a client may take a representation for fresh: twice the notify period, at least one second. */
    long maxAgeSeconds() {
        return Math.max(1, Math.ceilDiv(2 * notifyPeriod.toMillis(), 1000));
    }
}
