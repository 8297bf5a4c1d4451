package org.emberline.firmware.linux;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** An open file of the kernel's. Any thread, but closing it is the affair of whoever knows that no other uses it. */
public final class Descriptor implements AutoCloseable {
    private final SystemCalls calls;
    private final int number;
    private final String name;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Takes over a number that the kernel gave out.
     *
     * @param name what messages call it
     */
    public Descriptor(SystemCalls calls, int number, String name) {
        this.calls = calls;
        this.number = number;
        this.name = name;
    }

    /**
     * Opens a device.
     *
     * @param mode {@link SystemCalls#READ_ONLY} or {@link SystemCalls#READ_WRITE}
     * @throws DeviceException when there is none, naming those that there are, or when it may not be used, naming the remedy
     */
    public static Descriptor open(SystemCalls calls, Path path, int mode) throws DeviceException {
        int number = calls.open(path.toString(), mode | SystemCalls.CLOSE_ON_EXEC);
        if (number < 0) {
            throw new DeviceException(-number, path + ": " + Errno.words(-number) + remedy(path, -number));
        }
        return new Descriptor(calls, number, path.toString());
    }

    /** The kernel's number for it. */
    public int number() {
        return number;
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    /**
     * Asks with a structure, which the kernel may fill.
     *
     * @throws DeviceException with the errno; its message names the device
     */
    public int ioctl(long request, MemorySegment argument) throws DeviceException {
        return checked(calls.ioctl(number, request, argument));
    }

    /**
     * Asks with a number.
     *
     * @throws DeviceException with the errno; its message names the device
     */
    public int ioctl(long request, long argument) throws DeviceException {
        return checked(calls.ioctl(number, request, argument));
    }

    /** Reads what there is, at most the whole of {@code into}; negative: {@code -errno}. */
    public long read(MemorySegment into) {
        return calls.read(number, into, into.byteSize());
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            calls.close(number); // an error here leaves nothing that could be done about it
        }
    }

    private int checked(int answer) throws DeviceException {
        if (answer < 0) {
            throw new DeviceException(-answer, name + ": " + Errno.words(-answer));
        }
        return answer;
    }

    private static String remedy(Path path, int errno) {
        return switch (errno) {
            case Errno.ENOENT -> "; " + others(path);
            case Errno.EACCES, Errno.EPERM -> "; " + DeviceNode.advice(path);
            default -> "";
        };
    }

    private static String others(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        String stem = DeviceNode.stem(path.getFileName().toString());
        try {
            List<String> names = folder == null
                    ? List.of()
                    : DeviceNode.list(folder, stem).stream()
                            .map(DeviceNode::name)
                            .toList();
            return names.isEmpty()
                    ? "none of the kind " + stem + "* is there"
                    : "there are " + String.join(", ", names);
        } catch (IOException e) {
            return "its folder cannot be listed: " + e.getMessage();
        }
    }
}
