package org.emberline.firmware.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The real kernel, by files and descriptors that every Linux has. */
@EnabledOnOs(OS.LINUX)
class SystemCallsTest {
    private static final long TCGETS = 0x5401;

    private final SystemCalls calls = SystemCalls.ofThisMachine();

    @Test
    void readsWhatJavaWrote(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("numbers"), new byte[] {1, 2, 3, 4, 5});
        try (Descriptor opened = Descriptor.open(calls, file, SystemCalls.READ_ONLY);
                Arena arena = Arena.ofConfined()) {
            MemorySegment three = arena.allocate(3);
            assertEquals(3, opened.read(three));
            assertArrayEquals(new byte[] {1, 2, 3}, three.toArray(JAVA_BYTE));
            assertEquals(2, opened.read(three));
            assertEquals(0, opened.read(three));
        }
    }

    @Test
    void writesWhatJavaReads(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("numbers"));
        try (Descriptor opened = Descriptor.open(calls, file, SystemCalls.READ_WRITE);
                Arena arena = Arena.ofConfined()) {
            assertEquals(2, calls.write(opened.number(), arena.allocateFrom(JAVA_BYTE, (byte) 7, (byte) 8), 2));
        }
        assertArrayEquals(new byte[] {7, 8}, Files.readAllBytes(file));
    }

    @Test
    void errorsAreThoseOfTheKernel() {
        assertEquals(-Errno.ENOENT, calls.open("/dev/no-such-device", SystemCalls.READ_ONLY));
        assertEquals(-9, calls.close(1_000_000)); // EBADF
        try (Arena arena = Arena.ofConfined()) {
            assertEquals(-9, calls.read(1_000_000, arena.allocate(1), 1));
        }
    }

    @Test
    void aDeviceOfAnotherKindSaysSo() throws Exception {
        try (Descriptor none = Descriptor.open(calls, Path.of("/dev/null"), SystemCalls.READ_WRITE);
                Arena arena = Arena.ofConfined()) {
            MemorySegment argument = arena.allocate(64);
            DeviceException refused = assertThrows(DeviceException.class, () -> none.ioctl(TCGETS, argument));
            assertEquals(Errno.ENOTTY, refused.errno());
            assertEquals("/dev/null: not a device of this kind (ENOTTY)", refused.getMessage());
            assertEquals(
                    Errno.ENOTTY,
                    assertThrows(DeviceException.class, () -> none.ioctl(TCGETS, 5L))
                            .errno());
        }
    }

    @Test
    void aBellWakesAWaitingThread() throws Exception {
        try (Bell bell = new Bell(calls);
                Arena arena = Arena.ofShared()) {
            MemorySegment entry = arena.allocate(8, 4);
            entry.set(JAVA_INT, 0, bell.number());
            entry.set(JAVA_SHORT, 4, (short) 1);
            assertEquals(0, calls.poll(entry, 1, 0), "silent at first");
            Thread ringer = Thread.ofPlatform().start(bell::ring);
            assertEquals(1, calls.poll(entry, 1, -1));
            assertEquals(1, entry.get(JAVA_SHORT, 6));
            ringer.join();
            MemorySegment count = arena.allocate(JAVA_LONG);
            assertEquals(8, calls.read(bell.number(), count, 8));
            assertEquals(1, count.get(JAVA_LONG, 0));
            assertEquals(-Errno.EAGAIN, calls.read(bell.number(), count, 8), "it does not block");
        }
    }

    /** The kernel gives a closed number out again: a late ring must not be written into whatever has it then. */
    @Test
    void aClosedBellIsMute() throws Exception {
        List<String> done = new ArrayList<>();
        Bell bell = new Bell(new FakeCalls() {
            @Override
            public int eventfd() {
                return 9;
            }

            @Override
            public long write(int descriptor, MemorySegment from, long bytes) {
                done.add("write " + descriptor + " " + from.get(JAVA_LONG, 0));
                return bytes;
            }

            @Override
            public int close(int descriptor) {
                done.add("close " + descriptor);
                return 0;
            }
        });
        bell.ring();
        bell.close();
        bell.ring();
        bell.close();
        assertEquals(List.of("write 9 1", "close 9"), done);
    }

    @Test
    void whereThereIsNoLinuxNothingIsImplemented() {
        DeviceException refused = assertThrows(
                DeviceException.class,
                () -> Descriptor.open(NoSystemCalls.INSTANCE, Path.of("/dev/null"), SystemCalls.READ_ONLY));
        assertEquals(Errno.ENOSYS, refused.errno());
        assertTrue(refused.getMessage().contains("needs Linux"), refused.getMessage());
    }

    @Test
    void aMissingDeviceNamesThoseThatAreThere(@TempDir Path folder) throws Exception {
        Files.createFile(folder.resolve("gpiochip10"));
        Files.createFile(folder.resolve("gpiochip2"));
        Files.createFile(folder.resolve("gpiochipfoo"));
        Path missing = folder.resolve("gpiochip7");
        DeviceException refused =
                assertThrows(DeviceException.class, () -> Descriptor.open(calls, missing, SystemCalls.READ_WRITE));
        assertEquals(
                missing + ": there is no such device (ENOENT); there are gpiochip2, gpiochip10", refused.getMessage());
        Path alone = folder.resolve("i2c-1");
        assertEquals(
                alone + ": there is no such device (ENOENT); none of the kind i2c-* is there",
                assertThrows(DeviceException.class, () -> Descriptor.open(calls, alone, SystemCalls.READ_WRITE))
                        .getMessage());
    }
}
