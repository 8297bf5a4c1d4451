package org.emberline.edge.acquire.stream2;

import java.io.IOException;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** The PUSH end of a ZeroMQ socket, as a detector has it: waits for a receiver, and while the receiver is behind. One thread. */
public final class ZeroMqSender implements AutoCloseable {
    private static final int WAITING_MESSAGES = 16;
    private static final int WAIT_MILLIS = 100;
    /** How long the last messages may take to go. */
    private static final int LINGER_MILLIS = 5000;

    private final ZContext context = new ZContext(1);
    private final ZMQ.Socket socket;

    /**
     * @param address {@code tcp://host:port} to listen at
     * @throws IOException when somebody else does, or it is none
     */
    public ZeroMqSender(String address) throws IOException {
        context.setLinger(LINGER_MILLIS);
        socket = context.createSocket(SocketType.PUSH);
        socket.setSndHWM(WAITING_MESSAGES);
        socket.setSendTimeOut(WAIT_MILLIS);
        try {
            socket.bind(address);
        } catch (ZMQException | IllegalArgumentException e) {
            context.close();
            throw new IOException(address + ": cannot listen there: " + e.getMessage(), e);
        }
    }

    /** The address it listens at, with the port that was taken for {@code *}. */
    public String address() {
        return socket.getLastEndpoint();
    }

    /**
     * Sends one message.
     *
     * @return whether it went before the thread was interrupted
     */
    public boolean send(byte[] message) {
        while (!Thread.currentThread().isInterrupted()) {
            if (socket.send(message)) {
                return true;
            }
        }
        return false;
    }

    /** Gives what was sent some seconds to go. */
    @Override
    public void close() {
        context.close();
    }
}
