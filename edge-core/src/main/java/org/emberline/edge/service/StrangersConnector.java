package org.emberline.edge.service;

import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import org.eclipse.californium.elements.UDPConnector;
import org.eclipse.californium.elements.config.Configuration;

/**
 * UDP beyond loopback and in the clear: takes so many datagrams a second and no more, whoever sends them. Addresses can be made up, so that a
 * bound for each would be none, and every message is remembered for a while.
 */
final class StrangersConnector extends UDPConnector {
    private static final double PER_SECOND = 500;

    private final RateLimit limit = new RateLimit(PER_SECOND, System::nanoTime);

    StrangersConnector(InetSocketAddress address, Configuration configuration) {
        super(address, configuration);
    }

    @Override
    public void processDatagram(DatagramPacket datagram) {
        if (limit.allows(StrangersConnector.class)) {
            super.processDatagram(datagram);
        }
    }
}
