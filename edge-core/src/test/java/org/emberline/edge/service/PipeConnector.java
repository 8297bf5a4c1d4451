package org.emberline.edge.service;

import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.EndpointContextMatcher;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.RawDataChannel;
import org.eclipse.californium.elements.UdpEndpointContext;
import org.jspecify.annotations.Nullable;

/** Datagrams by method call: as quick as the service is. */
public final class PipeConnector implements Connector {
    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5683);

    /** Where the good client is. */
    static final int GOOD_PORT = 1;

    private volatile @Nullable RawDataChannel receiver;
    private final AtomicLong sent = new AtomicLong();
    private volatile byte[] last = {};

    /** A datagram from there. */
    public void deliver(byte[] datagram, EndpointContext from) {
        Objects.requireNonNull(receiver).receiveData(RawData.inbound(datagram, from, false, System.nanoTime(), HERE));
    }

    /** How many datagrams the service has sent. */
    public long sent() {
        return sent.get();
    }

    /** The latest of them to the good client. */
    public byte[] last() {
        return last;
    }

    @Override
    public void start() {
        // Nothing to open.
    }

    @Override
    public void stop() {
        // Nothing to close.
    }

    @Override
    public void destroy() {
        // Nothing to close.
    }

    @Override
    public void send(RawData message) {
        if (message.getInetSocketAddress().getPort() == GOOD_PORT) {
            last = message.getBytes();
        }
        message.onContextEstablished(new UdpEndpointContext(message.getInetSocketAddress()));
        message.onSent();
        sent.incrementAndGet();
    }

    @Override
    public void setRawDataReceiver(RawDataChannel messageHandler) {
        receiver = messageHandler;
    }

    @Override
    public void setEndpointContextMatcher(EndpointContextMatcher matcher) {
        // Everybody may be answered.
    }

    @Override
    public InetSocketAddress getAddress() {
        return HERE;
    }

    @Override
    public String getProtocol() {
        return "UDP";
    }

    @Override
    public boolean isRunning() {
        return true;
    }

    @Override
    public void processDatagram(DatagramPacket datagram) {
        throw new UnsupportedOperationException("there is no socket");
    }
}
