package org.emberline.edge.acquire.stream2;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.emberline.edge.acquire.SourceNotes;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource;
import org.jspecify.annotations.Nullable;

/**
 * Frames as a detector streams them, series after series. An image goes from its message into the slot in one copy, still compressed where the
 * reduction takes it so. What cannot be an image of the configured kind is a frame that is {@link FrameFlag#CORRUPT}; what is no message at all is
 * told, and missed by its number. Images of a series that another has replaced are {@link Next#STRAY}. One thread.
 */
public final class StreamSource implements FrameSource {
    private static final int SERIES_REMEMBERED = 64;

    private final StreamFeed feed;
    private final StreamExpectation expected;
    private final Until until;
    private final SourceNotes notes;
    private final LongSupplier utcNanos;
    private final Tally damaged;
    private final Tally strays;
    private final Tally unusable;
    private final Set<String> replaced = new LinkedHashSet<>();
    private @Nullable Series series;
    private StreamMessage.@Nullable Image pending;
    private long pendingArrival;
    private long frames;
    private long seriesEnded;
    private volatile @Nullable String firstFailure;

    /**
     * After what there are no more frames.
     *
     * @param frames so many, or 0
     * @param series so many series that have ended in order, or 0
     */
    public record Until(long frames, long series) {
        /** There are always more. */
        public static final Until NEVER = new Until(0, 0);
    }

    private static final class Series {
        final String uniqueId;
        final long number;
        final long digest;
        final boolean begun;
        long images;

        Series(String uniqueId, long number, boolean begun) {
            this.uniqueId = uniqueId;
            this.number = number;
            this.begun = begun;
            digest = digest(uniqueId);
        }

        String words() {
            return "series " + number + " (" + uniqueId + ")";
        }
    }

    /**
     * @param feed closed by {@link #close}
     * @param utcNanos this machine's clock, nanoseconds since the Unix epoch
     */
    public StreamSource(
            StreamFeed feed, StreamExpectation expected, Until until, SourceNotes notes, LongSupplier utcNanos) {
        this.feed = feed;
        this.expected = expected;
        this.until = until;
        this.notes = notes;
        this.utcNanos = utcNanos;
        damaged = new Tally("MESSAGE_DAMAGED", notes);
        strays = new Tally("SERIES_STRAY", notes);
        unusable = new Tally("IMAGE_UNUSABLE", notes);
    }

    /** Why the first image that came could not be used; empty while all could. Any thread. */
    public Optional<String> firstFailure() {
        return Optional.ofNullable(firstFailure);
    }

    @Override
    public Next next(FrameSlot slot) {
        while (!Thread.currentThread().isInterrupted() && !over()) {
            StreamMessage.Image waiting = pending;
            if (waiting != null) {
                pending = null;
                return fill(slot, waiting, pendingArrival);
            }
            byte[] message = feed.receive();
            Next next = message == null ? null : take(message, slot);
            if (next != null) {
                return next;
            }
        }
        return Next.END;
    }

    @Override
    public boolean pressing() {
        return feed.pressing();
    }

    private boolean over() {
        return (until.frames() > 0 && frames >= until.frames())
                || (until.series() > 0 && seriesEnded >= until.series());
    }

    /** @return null for a message that is no frame */
    private @Nullable Next take(byte[] bytes, FrameSlot slot) {
        long arrival = utcNanos.getAsLong();
        StreamMessage message;
        try {
            message = StreamDecoder.decode(bytes);
        } catch (StreamException e) {
            damaged.count(bytes.length + " bytes: " + e.getMessage());
            return null;
        }
        return switch (message) {
            case StreamMessage.Start start -> begin(start);
            case StreamMessage.Image image -> image(image, slot, arrival);
            case StreamMessage.End end -> end(end);
        };
    }

    private @Nullable Next begin(StreamMessage.Start start) {
        replace(new Series(start.seriesUniqueId(), start.seriesId(), true));
        notes.note(
                "SERIES_BEGUN",
                current().words() + ": " + start.images() + " images of " + start.rows() + "x" + start.columns() + " "
                        + start.imageDtype() + ", channels " + start.channels());
        String disagreements = String.join("; ", expected.disagreements(start));
        if (!disagreements.isEmpty()) {
            notes.note("METADATA_DISAGREES", current().words() + ": the detector says " + disagreements);
        }
        return null;
    }

    private void replace(Series by) {
        Series before = series;
        if (before != null && !before.uniqueId.equals(by.uniqueId)) {
            if (replaced.add(before.uniqueId)) {
                notes.note("SERIES_ABORTED", before.words() + " had no end: images=" + before.images);
            }
            if (replaced.size() > SERIES_REMEMBERED) {
                replaced.remove(replaced.iterator().next());
            }
        }
        replaced.remove(by.uniqueId);
        series = by;
    }

    private @Nullable Next end(StreamMessage.End end) {
        Series now = series;
        if (now == null || !now.uniqueId.equals(end.seriesUniqueId())) {
            return null;
        }
        seriesEnded++;
        replaced.add(now.uniqueId);
        notes.note("SERIES_ENDED", now.words() + ": images=" + now.images);
        return null;
    }

    private Next image(StreamMessage.Image image, FrameSlot slot, long arrival) {
        Series now = series;
        if (now == null || !now.uniqueId.equals(image.seriesUniqueId())) {
            if (replaced.contains(image.seriesUniqueId())) {
                strays.count("image " + image.imageId() + " of series " + image.seriesId() + " ("
                        + image.seriesUniqueId() + ") came when another series had begun");
                return Next.STRAY;
            }
            now = new Series(image.seriesUniqueId(), image.seriesId(), false);
            replace(now);
            notes.note(
                    "SERIES_JOINED",
                    now.words() + " is under way: its start message did not come, its first image here is "
                            + image.imageId());
        }
        if (now.begun && now.images == 0 && image.imageId() > 0) {
            pending = image;
            pendingArrival = arrival;
            now.images++;
            slot.seriesId = now.digest;
            slot.hardwareId = 0;
            return Next.LOST;
        }
        return fill(slot, image, arrival);
    }

    private Next fill(FrameSlot slot, StreamMessage.Image image, long arrival) {
        Series now = current();
        now.images++;
        frames++;
        slot.seriesId = now.digest;
        slot.hardwareId = image.imageId();
        slot.arrivalNanos = arrival;
        long zero = image.seriesNanos() == StreamTime.UNKNOWN ? 0 : image.seriesNanos();
        slot.detectorNanos = zero + image.startNanos();
        slot.startNanos = slot.detectorNanos;
        slot.stopNanos = zero + image.stopNanos();
        try {
            store(image, slot);
        } catch (StreamException e) {
            String text = "image " + image.imageId() + " of " + now.words() + ": " + e.getMessage();
            unusable.count(text);
            firstFailure = firstFailure == null ? text : firstFailure;
            slot.flag(FrameFlag.CORRUPT);
        }
        return Next.FRAME;
    }

    private void store(StreamMessage.Image message, FrameSlot slot) throws StreamException {
        StreamImage image = expected.choose(message);
        if (image == null) {
            throw new StreamException("no " + expected.channel() + " among the channels "
                    + message.channels().keySet());
        }
        if (!expected.fits(image)) {
            throw new StreamException("it has " + image.rows() + "x" + image.columns() + " pixels " + image.format()
                    + ", configured are " + expected.words());
        }
        slot.compressedBytes = image.pass(slot.pixels());
    }

    private Series current() {
        Series now = series;
        if (now == null) {
            throw new IllegalStateException("no series has begun");
        }
        return now;
    }

    /** 64 bits of SHA-256, not 0. */
    private static long digest(String uniqueId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(uniqueId.getBytes(StandardCharsets.UTF_8));
            long bits = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                bits = (bits << Byte.SIZE) | (hash[i] & 0xff);
            }
            return bits | 1;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        feed.close();
    }
}
