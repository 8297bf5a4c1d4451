package org.emberline.edge.acquire.stream2;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.emberline.edge.acquire.SourceNotes;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;

/**
 * The PULL end of a detector's ZeroMQ socket (ZMTP 3). Connects when it is first asked for a message, not before: a detector deals its messages to
 * all that are connected. A connection that ends is tried again until there is one.
 *
 * <p>The socket has a thread of its own that nobody interrupts: an interrupt closes the pipes inside JeroMQ, and with them the socket for good.
 */
public final class ZeroMqFeed implements StreamFeed {
    private static final int WAIT_MILLIS = 50;
    private static final int FIRST_RETRY_MILLIS = 100;
    private static final int LAST_RETRY_MILLIS = 2000;
    private static final int LOOK_EVERY = 256;
    private static final int IN_SOCKET = 16;
    private static final int NUDGES = 3;
    private static final long END_MILLIS = 5000;
    private static final String MONITOR = "inproc://monitor";

    private final String address;
    private final Room room;
    private final SourceNotes notes;
    private final BlockingQueue<byte[]> handed;
    private final Thread thread;
    private volatile boolean closed;
    private boolean asked;
    private boolean connected;
    private int nudges;

    /**
     * How much may wait here. Beyond it the messages stay with the detector.
     *
     * @param messages most messages
     * @param messageBytes most bytes of one; whoever sends more is disconnected
     */
    public record Room(int messages, long messageBytes) {
        /** Room for so many bytes of messages that are no larger than that. */
        public static Room of(long bytes, long messageBytes) {
            return new Room(Math.clamp(bytes / messageBytes, 2, 1000), messageBytes);
        }

        /** The same where a few messages may be larger. */
        public Room withMessages(long bytes) {
            return new Room(messages, bytes);
        }
    }

    /** @param address {@code tcp://host:port} */
    public ZeroMqFeed(String address, Room room, SourceNotes notes) {
        this.address = address;
        this.room = room;
        this.notes = notes;
        handed = new ArrayBlockingQueue<>(room.messages());
        thread = new Thread(this::carry, "zeromq " + address);
        thread.setDaemon(true);
    }

    @Override
    public byte @Nullable [] receive() {
        begin();
        try {
            return handed.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public boolean pressing() {
        return 4 * handed.remainingCapacity() < room.messages();
    }

    private synchronized void begin() {
        if (!asked && !closed) {
            asked = true;
            thread.start();
        }
    }

    private void carry() {
        try (ZContext context = new ZContext(1)) {
            ZMQ.Socket monitor = context.createSocket(SocketType.PAIR);
            ZMQ.Socket socket = connect(context, monitor);
            int sinceLook = 0;
            while (!closed) {
                byte[] message = socket.recv();
                if (message == null || !connected || ++sinceLook >= LOOK_EVERY) {
                    sinceLook = 0;
                    look(monitor);
                }
                if (message == null) {
                    nudge(context);
                }
                if (message != null) {
                    hand(whole(socket, message));
                }
            }
            farewell(socket);
        }
    }

    private void hand(byte[] message) {
        boolean taken = false;
        try {
            while (!taken && !closed) {
                taken = handed.offer(message, WAIT_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody knows this thread", e);
        }
    }

    /** A message of several parts is none of Stream V2: an empty one in its place says so, and the parts do not pass for messages. */
    private static byte[] whole(ZMQ.Socket from, byte[] first) {
        if (!from.hasReceiveMore()) {
            return first;
        }
        while (from.hasReceiveMore() && from.recv() != null) {
            // Parts of a message come together or not at all.
        }
        return new byte[0];
    }

    private ZMQ.Socket connect(ZContext context, ZMQ.Socket monitor) {
        ZMQ.Socket pull = context.createSocket(SocketType.PULL);
        // The queue behind it is the room; with 1 each message would wait for the word that the one before is gone.
        pull.setRcvHWM(Math.min(room.messages(), IN_SOCKET));
        pull.setMaxMsgSize(room.messageBytes());
        pull.setLinger(0);
        pull.setReceiveTimeOut(WAIT_MILLIS);
        pull.setReconnectIVL(FIRST_RETRY_MILLIS);
        pull.setReconnectIVLMax(LAST_RETRY_MILLIS);
        pull.setTCPKeepAlive(1);
        pull.monitor(MONITOR, ZMQ.EVENT_CONNECTED | ZMQ.EVENT_HANDSHAKE_PROTOCOL | ZMQ.EVENT_DISCONNECTED);
        monitor.connect(MONITOR);
        pull.connect(address);
        return pull;
    }

    private void look(ZMQ.Socket monitor) {
        for (ZEvent event = ZEvent.recv(monitor, ZMQ.DONTWAIT);
                event != null;
                event = ZEvent.recv(monitor, ZMQ.DONTWAIT)) {
            switch (event.getEvent()) {
                case CONNECTED -> nudges = NUDGES;
                case HANDSHAKE_PROTOCOL -> greeted();
                default -> parted();
            }
        }
    }

    private void greeted() {
        nudges = 0;
        if (!connected) {
            notes.note("DETECTOR_CONNECTED", address);
        }
        connected = true;
    }

    private void parted() {
        nudges = 0;
        if (connected) {
            notes.note("DETECTOR_LOST", address + ": the connection has ended, and is tried again");
        }
        connected = false;
    }

    /**
     * Of a hundred connections that JeroMQ 0.6.0 makes some are never looked at again: its poller retires the handle that waited for the connection
     * and registers the one that speaks over it, both of the same channel, in one pass, and the second is left out. After 30 seconds the connection
     * is given up, and with it all that the detector had queued for it. Any other handle makes the poller do another pass.
     */
    private void nudge(ZContext context) {
        if (nudges > 0) {
            nudges--;
            try (ZMQ.Socket other = context.createSocket(SocketType.PULL)) {
                other.bind("tcp://127.0.0.1:*");
            }
        }
    }

    private void farewell(ZMQ.Socket socket) {
        int left = handed.size();
        while (left < room.messages() && socket.recv(ZMQ.DONTWAIT) != null) {
            left++;
        }
        if (left > 0) {
            notes.note("MESSAGES_LEFT", address + ": " + left + " messages had come and were not taken");
        }
    }

    @Override
    public void close() {
        boolean running;
        synchronized (this) {
            closed = true;
            running = asked;
        }
        if (running) {
            try {
                thread.join(END_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
