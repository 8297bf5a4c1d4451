package org.emberline.edge.acquire;

import java.util.List;
import java.util.Optional;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource;
import org.emberline.gpu.PixelFormat;
import org.jspecify.annotations.Nullable;

/**
 * Frames from files, every image of every file in turn, as fast as they are asked for. Their times are made from their index and flagged
 * {@link FrameFlag#TIME_SYNTHETIC}. An image that cannot be read is {@link Next#LOST}: it keeps its index, so the frames after it keep
 * their times. Replaying uncompressed TIFF, NumPy and EDF allocates nothing per frame; chunked HDF5 and compressed TIFF do.
 */
public final class ReplaySource implements FrameSource {
    private final List<FrameFile> files;
    private final ReplayTiming timing;
    private final @Nullable ReplayedThermocouples thermocouples;
    private final Turn turn;
    private final long frames;
    private long nextFrame;
    private int file;
    private int image;
    private volatile @Nullable String firstFailure;

    /** A replay without temperatures. The files are closed by {@link #close}, also when this constructor fails. */
    public ReplaySource(List<FrameFile> files, ReplayTiming timing) throws InputException {
        this(files, timing, null, Turn.ALWAYS);
    }

    /**
     * @param files at least one, all of one shape and format; closed by {@link #close}, also when this constructor fails
     * @param thermocouples temperatures over every exposure, which other replays of the run may share, or null; closed likewise
     * @param turn asked before every frame
     * @throws InputException when the files differ in shape or format, or a frame's exposure is not covered by the temperatures
     */
    public ReplaySource(
            List<FrameFile> files, ReplayTiming timing, @Nullable ReplayedThermocouples thermocouples, Turn turn)
            throws InputException {
        this.files = List.copyOf(files);
        this.timing = timing;
        this.thermocouples = thermocouples;
        this.turn = turn;
        try {
            frames = countFrames(this.files);
            timing.requireRepresentable(frames);
            if (thermocouples != null) {
                checkCoverage(thermocouples.table(), timing, frames);
            }
        } catch (InputException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static long countFrames(List<FrameFile> files) throws InputException {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a replay needs at least one file");
        }
        FrameFile first = files.getFirst();
        long frames = 0;
        for (FrameFile file : files) {
            if (!describe(file).equals(describe(first))) {
                throw new InputException(
                        file.path(),
                        "frames of " + describe(file) + " differ from " + describe(first) + " in " + first.path());
            }
            frames += file.frames();
        }
        return frames;
    }

    private static String describe(FrameFile file) {
        return file.rows() + "x" + file.columns() + " " + file.format();
    }

    private static void checkCoverage(TemperatureTable table, ReplayTiming timing, long frames) throws InputException {
        for (long frame = 0; frame < frames; frame++) {
            double begin = timing.beginSeconds(frame);
            double end = timing.endSeconds(frame);
            if (!table.covers(begin, end)) {
                throw new InputException(
                        table.path(),
                        "does not cover frame " + frame + ", exposed from " + begin + " s to " + end
                                + " s: the table spans " + table.seconds(0) + " s to "
                                + table.seconds(table.size() - 1) + " s");
            }
        }
    }

    /** Frames announced by the files. */
    public long frames() {
        return frames;
    }

    public int rows() {
        return files.getFirst().rows();
    }

    public int columns() {
        return files.getFirst().columns();
    }

    public PixelFormat format() {
        return files.getFirst().format();
    }

    /** Bytes of one frame: what a slot must hold. */
    public long frameBytes() {
        return files.getFirst().frameBytes();
    }

    /** Why the first lost frame was lost; empty while none is. May be asked from any thread. */
    public Optional<String> firstFailure() {
        return Optional.ofNullable(firstFailure);
    }

    /**
     * As the contract says; waits for nothing but its turn. Before a frame is returned, all temperature readings up to the end of its exposure and the first
     * one after have been delivered.
     */
    @Override
    public Next next(FrameSlot slot) {
        if (nextFrame == frames
                || Thread.currentThread().isInterrupted()
                || !turn.await(timing.epochNanos(timing.beginSeconds(nextFrame)))) {
            return Next.END;
        }
        long frame = nextFrame++;
        slot.triggerIndex = frame;
        slot.startNanos = timing.epochNanos(timing.beginSeconds(frame));
        slot.stopNanos = timing.epochNanos(timing.endSeconds(frame));
        slot.flag(FrameFlag.TIME_SYNTHETIC);
        if (thermocouples != null) {
            thermocouples.advanceTo(timing.endSeconds(frame));
        }
        return readPixels(slot) ? Next.FRAME : Next.LOST;
    }

    private boolean readPixels(FrameSlot slot) {
        FrameFile from = files.get(file);
        int index = image++;
        if (image == from.frames()) {
            file++;
            image = 0;
        }
        try {
            from.read(index, slot.pixels());
            return true;
        } catch (InputException e) {
            if (firstFailure == null) {
                firstFailure = e.getMessage() + " image=" + index;
            }
            return false;
        }
    }

    /** Closes the files and ends the delivery of temperatures. */
    @Override
    public void close() {
        if (thermocouples != null) {
            thermocouples.close();
        }
        files.forEach(FrameFile::close);
    }
}
