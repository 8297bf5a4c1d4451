package org.emberline.firmware.hil;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A character device whose ioctls are answered in here, by way of CUSE ({@code linux/fuse.h}): there is {@code /dev/NAME} from the
 * constructor to {@link #close}, which is to its users as if it was unplugged. A thread of its own answers, one request at a time.
 *
 * <p>An ioctl hands over an address of which the kernel knows neither meaning nor length: the answer names what is to be fetched from and
 * stored to the caller's memory, and the kernel asks once more with that.
 */
final class Cuse implements AutoCloseable {
    private static final Path CONTROL = Path.of("/dev/cuse");
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int IN_HEADER_BYTES = 40;
    private static final int OUT_HEADER_BYTES = 16;
    private static final int IOCTL_IN_BYTES = 32;
    private static final int INIT_OUT_BYTES = 72;
    private static final int OPEN_OUT_BYTES = 16;

    private static final int OPEN = 14;
    private static final int RELEASE = 18;
    private static final int INTERRUPT = 36;
    private static final int IOCTL = 39;
    private static final int INIT = 4096;

    private static final int PROTOCOL = 7;
    private static final int PROTOCOL_MINOR = 31;
    private static final int UNRESTRICTED_IOCTL = 1;
    private static final int IOCTL_RETRY = 1 << 2;
    private static final int ENOSYS = 38;

    private final FileChannel control;
    private final Device device;
    private final ByteBuffer in = buffer();
    private final ByteBuffer out = buffer();
    private final Thread thread;
    private volatile @Nullable IOException failure;

    /** What the device does. Called by the one thread that answers. */
    interface Device {

        /**
         * @param request number of the ioctl
         * @param address the argument of the ioctl, in the caller's memory
         * @param given what was fetched as the answer before asked for; empty at first
         * @param room how many bytes can be stored, as the answer before asked for; 0 at first
         */
        Answer ioctl(int request, long address, ByteBuffer given, int room);

        /** Another opening of it, or the end of one. */
        void opened(boolean begin);
    }

    /** To an ioctl. */
    sealed interface Answer {
        /** Ends with -1 and this errno. */
        record Refused(int errno) implements Answer {}

        /** Asks once more, with this fetched and room to store that. */
        record Wants(List<Memory> fetched, List<Memory> stored) implements Answer {}

        /** Ends with this result, and stores the bytes. */
        record Done(int result, byte[] stored) implements Answer {}
    }

    /** A piece of the caller's memory. */
    record Memory(long address, long bytes) {}

    Cuse(String name, Device device) throws IOException {
        this.device = device;
        control = FileChannel.open(CONTROL, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            introduce(name);
        } catch (IOException e) {
            control.close();
            throw e;
        }
        thread = Thread.ofPlatform().daemon().name("cuse " + name).start(this::answerAll);
    }

    private void introduce(String name) throws IOException {
        receive();
        if (in.getInt(4) != INIT || in.getInt(IN_HEADER_BYTES) != PROTOCOL) {
            throw new IOException(CONTROL + ": unknown protocol=" + in.getInt(IN_HEADER_BYTES));
        }
        begin(0);
        out.putInt(PROTOCOL).putInt(PROTOCOL_MINOR).putInt(0).putInt(UNRESTRICTED_IOCTL);
        out.putInt(BUFFER_BYTES / 2).putInt(BUFFER_BYTES / 2); // the longest read and write
        out.position(OUT_HEADER_BYTES + INIT_OUT_BYTES); // device numbers of 0: the kernel gives some out
        out.put(("DEVNAME=" + name + "\0").getBytes(StandardCharsets.US_ASCII));
        send();
        if (!Files.exists(Path.of("/dev", name))) {
            throw new IOException(CONTROL + ": made no device name=" + name);
        }
    }

    private void answerAll() {
        try {
            while (true) {
                receive();
                answer(in.getInt(4));
            }
        } catch (ClosedChannelException _) {
            return; // unplugged
        } catch (IOException e) {
            failure = e;
        }
    }

    private void answer(int operation) throws IOException {
        switch (operation) {
            case OPEN -> {
                device.opened(true);
                begin(0);
                out.position(OUT_HEADER_BYTES + OPEN_OUT_BYTES);
                send();
            }
            case RELEASE -> {
                device.opened(false);
                begin(0);
                send();
            }
            case IOCTL -> {
                answerIoctl();
                send();
            }
            case INTERRUPT -> {} // of a request that is answered by now; this one has no answer
            default -> {
                begin(-ENOSYS);
                send();
            }
        }
    }

    private void answerIoctl() {
        int at = IN_HEADER_BYTES; // file handle 8, flags 4, request 4, argument 8, lengths 4 and 4
        ByteBuffer given = in.slice(at + IOCTL_IN_BYTES, in.getInt(at + 24)).order(ByteOrder.nativeOrder());
        switch (device.ioctl(in.getInt(at + 12), in.getLong(at + 16), given, in.getInt(at + 28))) {
            case Answer.Refused refused -> begin(-refused.errno());
            case Answer.Wants wants -> {
                begin(0);
                out.putInt(0).putInt(IOCTL_RETRY);
                out.putInt(wants.fetched().size()).putInt(wants.stored().size());
                wants.fetched().forEach(this::put);
                wants.stored().forEach(this::put);
            }
            case Answer.Done done -> {
                begin(0);
                out.putInt(done.result()).putInt(0).putInt(0).putInt(0).put(done.stored());
            }
        }
    }

    private void put(Memory memory) {
        out.putLong(memory.address()).putLong(memory.bytes());
    }

    private void receive() throws IOException {
        in.clear();
        control.read(in);
    }

    /** The header of an answer; its length comes last. */
    private void begin(int error) {
        out.clear();
        while (out.hasRemaining()) {
            out.put((byte) 0);
        }
        out.clear().position(4);
        out.putInt(error).putLong(in.getLong(8));
    }

    private void send() throws IOException {
        out.putInt(0, out.position());
        control.write(out.flip());
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());
    }

    /** Unplugs it: calls under way and later ones fail. Idempotent. */
    @Override
    public void close() throws IOException {
        control.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        IOException failed = failure;
        if (failed != null) {
            throw new IOException("the emulated device came to grief", failed);
        }
    }
}
