package org.emberline.edge.app;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.emberline.edge.acquire.FrameFile;
import org.emberline.edge.acquire.FrameFiles;
import org.emberline.edge.acquire.ReplaySource;
import org.emberline.edge.acquire.ReplayTiming;
import org.emberline.edge.acquire.stream2.StreamExpectation.Beam;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource;
import org.emberline.firmware.TriggerInput;
import org.emberline.gpu.Geometry;
import org.emberline.gpu.PixelFormat;
import org.jspecify.annotations.Nullable;

/** Frames to send, one after the other, and what a detector would say of them. One thread. */
final class SentFrames implements AutoCloseable {
    private static final double ANGSTROM_PER_METRE = 1e10;
    private static final Beam UNKNOWN = new Beam(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    private final FrameSource source;
    private final Runnable closing;
    private final FrameSlot slot;
    private final Shape shape;
    private final long count;
    private final boolean marked;
    private long index;

    /** @param saturationCounts infinity when unknown */
    record Shape(int rows, int columns, PixelFormat format, Beam beam, double saturationCounts) {}

    /** @param marked whether pixels that do not count are negative, which detectors that count mark by the largest number instead */
    private SentFrames(Arena arena, FrameSource source, Runnable closing, Shape shape, long count, boolean marked) {
        this.source = source;
        this.closing = closing;
        this.marked = marked;
        this.shape = shape;
        this.count = count;
        long bytes = (long) shape.rows() * shape.columns() * shape.format().bytes();
        slot = new FrameSlot(arena, bytes, 1, 0);
    }

    static SentFrames simulated(Arena arena, Inputs inputs) {
        Input input = inputs.detectors().getFirst();
        Input.Rings view = (Input.Rings) input.view();
        TriggerInput triggers = Objects.requireNonNull(input.triggers(), "the simulated panel has a trigger line");
        triggers.start(_ -> {});
        inputs.furnace().thermocouples().start(_ -> {});
        Geometry geometry = view.geometry();
        return new SentFrames(
                arena,
                input.source(),
                inputs::close,
                new Shape(
                        geometry.detector().rows(),
                        geometry.detector().columns(),
                        PixelFormat.U32,
                        beam(geometry),
                        view.saturationCounts()),
                input.frames(),
                true);
    }

    /**
     * @param poni or null
     * @param most 0 for all
     */
    static SentFrames recorded(Arena arena, List<Path> paths, @Nullable Path poni, long most) throws IOException {
        Beam beam = poni == null ? UNKNOWN : beam(Shapes.read(poni));
        List<FrameFile> files = new ArrayList<>();
        try {
            for (Path path : paths) {
                files.add(FrameFiles.open(path, null));
            }
        } catch (IOException e) {
            files.forEach(FrameFile::close);
            throw e;
        }
        ReplaySource replay = new ReplaySource(files, new ReplayTiming(1, 1, 0));
        Shape shape = new Shape(replay.rows(), replay.columns(), replay.format(), beam, Double.POSITIVE_INFINITY);
        long count = most == 0 ? replay.frames() : Math.min(most, replay.frames());
        return new SentFrames(arena, replay, replay::close, shape, count, false);
    }

    private static Beam beam(Geometry geometry) {
        return new Beam(
                geometry.wavelengthMetres() * ANGSTROM_PER_METRE,
                geometry.distanceMetres(),
                geometry.detector().pixel1Metres(),
                geometry.detector().pixel2Metres());
    }

    Shape shape() {
        return shape;
    }

    long count() {
        return count;
    }

    String words() {
        return count + " frames of " + shape.rows() + "x" + shape.columns() + " " + shape.format();
    }

    /** The pixels of the next frame, valid until the one after it; null when there is none. One that cannot be read is passed over. */
    @Nullable
    MemorySegment next() throws IOException {
        while (index < count) {
            slot.reset(index++);
            FrameSource.Next next = source.next(slot);
            if (next == FrameSource.Next.FRAME) {
                mark(slot.pixels());
                return slot.pixels();
            } else if (next == FrameSource.Next.END) {
                return null;
            }
        }
        return null;
    }

    private void mark(MemorySegment pixels) {
        for (long at = 0; marked && at < pixels.byteSize(); at += Integer.BYTES) {
            if (pixels.get(ValueLayout.JAVA_INT, at) < 0) {
                pixels.set(ValueLayout.JAVA_INT, at, -1);
            }
        }
    }

    /** Number of the frame that {@link #next} has given last. */
    long index() {
        return index - 1;
    }

    @Override
    public void close() {
        closing.run();
    }
}
