package org.emberline.edge.acquire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Image files for fuzzers: never on a disk. */
public final class FuzzedFiles {
    static final Path NAME = Path.of("fuzzed");
    private static final long LARGEST_FRAME = 4L << 20;
    private static final int MOST_FRAMES = 3;
    private static final long LARGEST_SEED = 8000;

    private FuzzedFiles() {}

    /** Reads what can be read of it, or has it refused; anything else that is thrown is a fault. */
    public static void read(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        Arena owner = Arena.ofShared();
        try (ImageStack stack = open(owner, bytes, null);
                Arena arena = Arena.ofConfined()) {
            if (stack.shape().frameBytes() > LARGEST_FRAME) {
                return;
            }
            MemorySegment pixels = arena.allocate(stack.shape().frameBytes());
            for (int frame = 0; frame < Math.min(stack.shape().frames(), MOST_FRAMES); frame++) {
                stack.read(frame, pixels);
            }
        } catch (InputException e) {
            if (owner.scope().isAlive()) {
                throw new IllegalStateException("a refused file stays open", e);
            }
        }
    }

    /** Opens bytes, at least one, as if they were a file. */
    static ImageStack open(byte[] bytes, @Nullable String dataset) throws InputException {
        return open(Arena.ofShared(), bytes, dataset);
    }

    private static ImageStack open(Arena owner, byte[] bytes, @Nullable String dataset) throws InputException {
        MemorySegment copy = owner.allocate(bytes.length, Long.BYTES);
        MemorySegment.copy(bytes, 0, copy, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return FrameFiles.openStack(MappedFile.inMemory(NAME, owner, copy), dataset);
    }

    /** The small fixtures of every kind. */
    public static List<byte[]> seeds() {
        try (Stream<Path> files = Files.list(Pixels.resource("u2.npy").resolveSibling("."))) {
            List<byte[]> seeds = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                if (Files.size(file) <= LARGEST_SEED) {
                    seeds.add(Files.readAllBytes(file));
                }
            }
            return seeds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
