package org.emberline.edge.service;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A router between one client and the service, that may give the client another port at any time. */
final class NatForTests implements AutoCloseable {
    private static final int LARGEST = 2048;

    private final DatagramSocket inside = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final InetSocketAddress service;
    private volatile DatagramSocket outside;
    private volatile @Nullable SocketAddress client;

    NatForTests(int servicePort) throws IOException {
        service = new InetSocketAddress(InetAddress.getLoopbackAddress(), servicePort);
        outside = another();
        carry(inside, true);
    }

    int port() {
        return inside.getLocalPort();
    }

    private DatagramSocket another() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        carry(socket, false);
        return socket;
    }

    /** From now on the service sees the client at another port, and the old one is dead. */
    void rebind() throws IOException {
        DatagramSocket old = outside;
        outside = another();
        old.close();
    }

    private void carry(DatagramSocket from, boolean outwards) {
        Thread.ofVirtual().start(() -> {
            DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
            while (!from.isClosed()) {
                try {
                    packet.setLength(LARGEST);
                    from.receive(packet);
                    if (outwards) {
                        client = packet.getSocketAddress();
                        packet.setSocketAddress(service);
                        outside.send(packet);
                    } else {
                        packet.setSocketAddress(Objects.requireNonNull(client));
                        inside.send(packet);
                    }
                } catch (IOException e) {
                    // Closed, or closing: what is lost then is lost, as in any router.
                }
            }
        });
    }

    @Override
    public void close() {
        inside.close();
        outside.close();
    }
}
