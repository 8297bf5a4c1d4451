package org.emberline.edge.app;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.emberline.edge.acquire.stream2.StreamImage.Encoding;
import org.emberline.edge.acquire.stream2.StreamWriter;
import org.emberline.edge.acquire.stream2.ZeroMqSender;

/** Sends frames as one series. The times of the exposures are those of the sending, one exposure following the other without a gap. */
final class StreamRehearsal {
    private static final double NANOS = 1e9;

    private final SentFrames frames;
    private final ZeroMqSender sender;
    private final double rate;
    private final StreamWriter writer;

    /** @param rate frames a second, 0 for as fast as they are taken */
    StreamRehearsal(SentFrames frames, ZeroMqSender sender, Encoding encoding, double rate) {
        this.frames = frames;
        this.sender = sender;
        this.rate = rate;
        SentFrames.Shape shape = frames.shape();
        Instant now = Clock.systemUTC().instant();
        writer = new StreamWriter(new StreamWriter.Series(
                "EMBERLINE"
                        + Long.toString(now.toEpochMilli(), Character.MAX_RADIX).toUpperCase(Locale.ROOT),
                now.getEpochSecond(),
                now,
                "threshold_1",
                shape.rows(),
                shape.columns(),
                shape.format(),
                encoding));
    }

    /** @return how many images were sent; fewer than there are when the thread was interrupted or a frame could not be read */
    long run() throws IOException {
        SentFrames.Shape shape = frames.shape();
        double period = rate == 0 ? 1e-3 : 1 / rate;
        if (!sender.send(writer.start(frames.count(), period, shape.beam(), shape.saturationCounts()))) {
            return 0;
        }
        long begin = System.nanoTime();
        long sent = 0;
        long ended = 0;
        for (MemorySegment pixels = frames.next(); pixels != null; pixels = frames.next()) {
            await(begin + due(frames.index() + 1));
            long now = System.nanoTime() - begin;
            if (!sender.send(writer.image(frames.index(), ended, now, pixels))) {
                return sent;
            }
            ended = now;
            sent++;
        }
        var _ = sender.send(writer.end());
        return sent;
    }

    private long due(long exposures) {
        return rate == 0 ? 0 : Math.round(exposures / rate * NANOS);
    }

    private static void await(long nanoTime) {
        for (long left = nanoTime - System.nanoTime();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
