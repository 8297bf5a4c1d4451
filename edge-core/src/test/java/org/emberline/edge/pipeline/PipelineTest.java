package org.emberline.edge.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource;
import org.emberline.edge.frame.MetricLayout;
import org.emberline.edge.frame.Stage;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PipelineTest {
    private final AtomicLong archived = new AtomicLong();
    private final Books books = new Books(archived::get);
    private final List<Long> order = new ArrayList<>();
    private Stage measure = _ -> {};

    @Test
    void everyFrameReachesEveryStageInOrder() throws Exception {
        try (Pipeline pipeline = pipeline(new Scripted(1000, -1, -1))) {
            pipeline.start();
            assertEquals(EndReason.COMPLETED, pipeline.awaitEnd());
            assertEquals(1000, order.size());
            for (int i = 0; i < 1000; i++) {
                assertEquals(i, order.get(i));
            }
            Snapshot last = pipeline.get();
            assertTrue(last.ledger().closes(), last.ledger()::toString);
            assertEquals(new RunState.Ended(EndReason.COMPLETED), last.run().state());
            assertEquals(999, assertNotNullFrame(last).frameIndex());
        }
    }

    @Test
    void anAnnouncedFrameThatNeverComesIsInTheBooks() throws Exception {
        try (Pipeline pipeline = pipeline(new Scripted(10, 4, -1))) {
            pipeline.start();
            var _ = pipeline.awaitEnd();
            Ledger ledger = books.ledger();
            assertEquals(new Ledger(10, 9, 9, 9, 9, Map.of("FRAME_MISSING", 1L)), ledger);
            assertTrue(ledger.closes());
        }
    }

    @Test
    void aStageThatThrowsCostsItsFrameAndFaultsTheRunButTheRestGoesOn() throws Exception {
        measure = slot -> {
            if (slot.frameIndex == 3 || slot.frameIndex == 5) {
                throw new IllegalStateException("planted");
            }
        };
        try (Pipeline pipeline = pipeline(new Scripted(10, -1, -1))) {
            pipeline.start();
            assertEquals(EndReason.COMPLETED, pipeline.awaitEnd());
            assertEquals(10, order.size());
            assertEquals(
                    "panel measure failed, IllegalStateException: planted (and 1 more)",
                    pipeline.get().run().fault());
        }
    }

    @Test
    void aSourceThatDiesEndsTheRunWithItsReason() throws Exception {
        try (Pipeline pipeline = pipeline(new Scripted(10, -1, 6))) {
            pipeline.start();
            assertEquals(EndReason.SOURCE_LOST, pipeline.awaitEnd());
            assertEquals(6, order.size());
            assertEquals(
                    "panel acquire failed, IOException: cable pulled",
                    pipeline.get().run().fault());
        }
    }

    @Test
    void stopDrainsWhatIsInTheRing() throws Exception {
        CountDownLatch running = new CountDownLatch(50);
        measure = _ -> running.countDown();
        try (Pipeline pipeline = pipeline(new Scripted(Integer.MAX_VALUE, -1, -1))) {
            pipeline.start();
            running.await();
            pipeline.stop();
            assertEquals(EndReason.STOPPED, pipeline.awaitEnd());
            Ledger ledger = books.ledger();
            assertEquals(ledger.frames(), order.size());
            assertEquals(ledger.frames(), ledger.published());
            assertNull(pipeline.get().run().fault());
        }
    }

    @Test
    void stoppingBeforeTheFirstFrameEndsToo() throws Exception {
        try (Pipeline pipeline = pipeline(new Scripted(0, -1, -1))) {
            pipeline.start();
            assertEquals(EndReason.COMPLETED, pipeline.awaitEnd());
            assertFalse(pipeline.get().ledger().frames() > 0);
        }
    }

    /** Two lines of unequal length, one with a loss, one whose source dies: each keeps its books, and the run says the graver end. */
    @Test
    void theRunEndsWhenAllSourcesHaveAndEachLineKeepsItsBooks() throws Exception {
        Books second = new Books(() -> 3);
        try (Pipeline pipeline = pipeline(List.of(
                way(new Scripted(100, 7, -1), books, archive()), way(new Scripted(10, -1, 3), second, _ -> {})))) {
            pipeline.start();
            assertEquals(EndReason.SOURCE_LOST, pipeline.awaitEnd());
            Snapshot last = pipeline.get();
            assertEquals(99, order.size());
            assertEquals(
                    new Ledger(100, 99, 99, 99, 99, Map.of("FRAME_MISSING", 1L)),
                    last.detectors().getFirst().ledger());
            assertEquals(
                    new Ledger(3, 3, 3, 3, 3, Map.of()),
                    last.detectors().getLast().ledger());
            assertEquals(new Ledger(103, 102, 102, 102, 102, Map.of("FRAME_MISSING", 1L)), last.ledger());
            assertTrue(last.closes());
            assertEquals(
                    "microscope acquire failed, IOException: cable pulled",
                    last.run().fault());
        }
    }

    /** One frame too many in one line and one too few in the other: the sums agree, the books do not. */
    @Test
    void aRunClosesOnlyWhenEachOfItsLinesDoes() throws Exception {
        Books second = new Books(() -> 11);
        try (Pipeline pipeline = pipeline(List.of(
                way(new Scripted(10, -1, -1), new Books(() -> 9), _ -> {}),
                way(new Scripted(10, -1, -1), second, _ -> {})))) {
            pipeline.start();
            assertEquals(EndReason.COMPLETED, pipeline.awaitEnd());
            assertTrue(pipeline.get().ledger().closes());
            assertFalse(pipeline.get().closes());
        }
    }

    @Test
    void stopEndsAllLines() throws Exception {
        CountDownLatch running = new CountDownLatch(50);
        measure = _ -> running.countDown();
        try (Pipeline pipeline = pipeline(List.of(
                way(new Scripted(Integer.MAX_VALUE, -1, -1), books, archive()),
                way(new Scripted(Integer.MAX_VALUE, -1, -1), new Books(() -> 0), _ -> {})))) {
            pipeline.start();
            running.await();
            pipeline.stop();
            assertEquals(EndReason.STOPPED, pipeline.awaitEnd());
            assertEquals(books.ledger().frames(), order.size());
        }
    }

    private static Snapshot.FrameView assertNotNullFrame(Snapshot snapshot) {
        assertNotNull(snapshot.frame());
        return Objects.requireNonNull(snapshot.frame());
    }

    private Stage archive() {
        return slot -> {
            order.add(slot.frameIndex);
            archived.incrementAndGet();
        };
    }

    private Pipeline.Way way(FrameSource source, Books own, Stage archive) {
        return new Pipeline.Way(
                source,
                new Announced(own),
                new Pipeline.Stages(_ -> {}, _ -> {}, slot -> measure.process(slot), archive),
                own);
    }

    private Pipeline pipeline(FrameSource source) {
        return pipeline(List.of(way(source, books, archive())));
    }

    private static Pipeline pipeline(List<Pipeline.Way> ways) {
        RadialAxis axis = new RadialAxis(RadialUnit.Q_PER_ANGSTROM, 8, 0, 8);
        List<DetectorLayout> detectors = Stream.of("panel", "microscope")
                .limit(ways.size())
                .map(name -> new DetectorLayout(
                        name, "none", new DetectorLayout.Patterns(64, axis), List.of(MetricLayout.of("m", ""))))
                .toList();
        return new Pipeline(
                new PipelineSettings(4, WhenFull.BLOCK, Duration.ofMillis(1)),
                new RunLayout("test", Instant.EPOCH, detectors, List.of()),
                ways,
                new LatestReadings(List.of()),
                new HealthBoard(() -> 0));
    }

    /** Delivers {@code frames} announcements, one of them lost, and fails at another. */
    private static final class Scripted implements FrameSource {
        private final int frames;
        private final int lost;
        private final int dies;
        private int next;

        Scripted(int frames, int lost, int dies) {
            this.frames = frames;
            this.lost = lost;
            this.dies = dies;
        }

        @Override
        public Next next(FrameSlot slot) throws IOException {
            if (next == dies) {
                throw new IOException("cable pulled");
            }
            if (next == frames) {
                return Next.END;
            }
            slot.triggerIndex = next;
            return next++ == lost ? Next.LOST : Next.FRAME;
        }

        @Override
        public void close() {}
    }
}
