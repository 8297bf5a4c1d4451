package org.emberline.firmware.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.ThermocoupleReading.Fault;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.emberline.firmware.chip.Conversion;
import org.emberline.firmware.clock.ClockRelation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads around the loop, on the real clock. */
@Timeout(30)
class SampledThermocouplesTest {
    private static final long MS = 1_000_000;
    private static final FaultPolicy QUICK = new FaultPolicy(0, MS, MS, 1, 0, 200 * MS, 10_000 * MS);

    private final BlockingQueue<ThermocoupleReading> delivered = new LinkedBlockingQueue<>();
    private final Set<Thread> sinkThreads = Collections.synchronizedSet(new HashSet<>());

    private static ClockRelation same() {
        return new ClockRelation(0, 0, 0);
    }

    private void sink(ThermocoupleReading reading) {
        sinkThreads.add(Thread.currentThread());
        delivered.add(reading);
    }

    private ThermocoupleReading next(int channel) throws InterruptedException {
        while (true) {
            ThermocoupleReading reading = delivered.take();
            if (reading.channel() == channel) {
                return reading;
            }
        }
    }

    @Test
    void allChannelsAreDeliveredFromOneThreadAndEndWithClose() throws InterruptedException {
        CountingProbe first = new CountingProbe();
        CountingProbe second = new CountingProbe();
        SampledThermocouples thermocouples = new SampledThermocouples(
                List.of(new SampledChannel("a", "x", first, 5 * MS), new SampledChannel("b", "y", second, 5 * MS)),
                QUICK,
                SampledThermocouplesTest::same);
        thermocouples.start(this::sink);
        for (int i = 0; i < 20; i++) {
            assertTrue(next(i % 2) instanceof Temperature);
        }
        thermocouples.close();
        int size = delivered.size();
        assertEquals(1, sinkThreads.size());
        assertFalse(sinkThreads.iterator().next().isAlive());
        assertTrue(first.closed && second.closed);
        assertFalse(first.thread == null || first.thread.equals(second.thread), "one thread for each bus");
        assertEquals(size, delivered.size());
        SamplingStatus.Channel status = thermocouples.status().channels().getFirst();
        long undelivered = first.reads - status.readings(); // the call that the end came in upon
        assertTrue(undelivered == 0 || undelivered == 1, () -> first.reads + " read, " + status);
        assertTrue(status.latency().minNanos() > 0);
        assertTrue(status.latency().minNanos() <= status.latency().medianNanos());
        assertTrue(status.latency().medianNanos() <= status.latency().maxNanos());
        assertThrows(IllegalStateException.class, () -> thermocouples.start(this::sink));
    }

    @Test
    void stuckProbeBlocksNeitherTheOtherBusNorTheEnd() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        StuckProbe stuck = new StuckProbe(release);
        SampledThermocouples thermocouples = new SampledThermocouples(
                List.of(
                        new SampledChannel("a", "x", stuck, 20 * MS),
                        new SampledChannel("b", "y", new CountingProbe(), 20 * MS)),
                QUICK,
                SampledThermocouplesTest::same);
        thermocouples.start(this::sink);
        Fault fault = (Fault) next(0);
        assertEquals(FaultKind.NO_RESPONSE, fault.kind());
        assertTrue(next(1) instanceof Temperature);
        thermocouples.close();
        assertFalse(stuck.closed.await(0, TimeUnit.MILLISECONDS), "closed while it was being read");
        release.countDown();
        assertTrue(stuck.closed.await(10, TimeUnit.SECONDS), "its thread closes it and ends");
        assertNotNull(stuck.thread);
        stuck.thread.join();
    }

    @Test
    void probeThatThrowsWhatItMustNotIsAFaultWithItsText() throws InterruptedException {
        Probe broken = new CountingProbe() {
            @Override
            public Sample read() {
                throw new IllegalStateException("driver fell over bus=7");
            }
        };
        SampledThermocouples thermocouples = new SampledThermocouples(
                List.of(new SampledChannel("a", "x", broken, 5 * MS)), QUICK, SampledThermocouplesTest::same);
        thermocouples.start(this::sink);
        assertEquals(FaultKind.NO_RESPONSE, ((Fault) next(0)).kind());
        thermocouples.close();
        assertEquals(
                "a: driver fell over bus=7",
                thermocouples.status().channels().getFirst().lastFailure());
        assertNull(thermocouples.status().failure());
    }

    @Test
    void closeWithoutStartClosesTheProbes() {
        CountingProbe probe = new CountingProbe();
        SampledThermocouples thermocouples = new SampledThermocouples(
                List.of(new SampledChannel("a", "x", probe, MS)), QUICK, SampledThermocouplesTest::same);
        thermocouples.close();
        thermocouples.close();
        assertTrue(probe.closed);
    }

    @Test
    void badSettingsAreNamed() {
        SampledChannel channel = new SampledChannel("a", "x", new CountingProbe(), MS);
        assertThrows(
                IllegalArgumentException.class,
                () -> new SampledThermocouples(List.of(channel, channel), QUICK, SampledThermocouplesTest::same));
        String message = assertThrows(IllegalArgumentException.class, () -> new FaultPolicy(0, 20, 10, 1, 0, 1, 1))
                .getMessage();
        assertEquals("fault policy: must be at least firstPauseNanos longestPauseNanos=10", message);
    }

    @Test
    void pausesDoubleUpToTheLongest() {
        FaultPolicy policy = new FaultPolicy(0, 30, 100, 1, 0, 1, 1);
        assertEquals(
                List.of(30L, 60L, 100L, 100L),
                List.of(policy.pauseNanos(1), policy.pauseNanos(2), policy.pauseNanos(3), policy.pauseNanos(4)));
        assertEquals(Long.MAX_VALUE, new FaultPolicy(0, 1, Long.MAX_VALUE, 1, 0, 1, 1).pauseNanos(1_000));
    }

    private static class CountingProbe implements Probe {
        volatile @Nullable Thread thread;
        volatile int reads;
        volatile boolean closed;

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
        public Sample read() {
            thread = Thread.currentThread();
            reads++;
            return new Sample(System.nanoTime(), new Conversion.Junctions(20, 20, 0.1));
        }

        @Override
        public void restart() {}

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class StuckProbe implements Probe {
        private final CountDownLatch release;
        final CountDownLatch closed = new CountDownLatch(1);
        volatile @Nullable Thread thread;

        StuckProbe(CountDownLatch release) {
            this.release = release;
        }

        @Override
        public Sample read() throws IOException {
            thread = Thread.currentThread();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
            return new Sample(System.nanoTime(), new Conversion.Junctions(999, 20, 0.1));
        }

        @Override
        public void restart() {}

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
