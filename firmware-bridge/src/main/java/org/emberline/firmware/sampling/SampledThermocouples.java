package org.emberline.firmware.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.Thermocouples;
import org.emberline.firmware.clock.ClockRelation;
import org.jspecify.annotations.Nullable;

/**
 * Thermocouples that are asked, each at its period: one thread for every bus calls its probes, one more decides and delivers. What is
 * tried again and what is told follows the {@link FaultPolicy}. Never is a value delivered twice.
 */
public final class SampledThermocouples implements Thermocouples {
    private static final long STATUS_NANOS = 1_000_000_000L;

    private final List<SampledChannel> channels;
    private final FaultPolicy policy;
    private final Supplier<ClockRelation> relation;
    private final List<BusThread> buses = new ArrayList<>();
    private @Nullable Thread thread;
    private volatile boolean closed;
    private volatile SamplingStatus status = new SamplingStatus(List.of(), null);

    /**
     * Opens nothing yet.
     *
     * @param channels at least one, with different names
     * @param relation measures where UTC stands now; asked at the start and every ten seconds, by the delivering thread
     */
    public SampledThermocouples(List<SampledChannel> channels, FaultPolicy policy, Supplier<ClockRelation> relation) {
        this.channels = List.copyOf(channels);
        this.policy = policy;
        this.relation = relation;
        List<String> names = channels();
        if (names.isEmpty() || names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException("channels need different names, and at least one channels=" + names);
        }
    }

    @Override
    public List<String> channels() {
        return channels.stream().map(SampledChannel::name).toList();
    }

    @Override
    public synchronized void start(Consumer<? super ThermocoupleReading> sink) {
        if (closed || thread != null) {
            throw new IllegalStateException("thermocouples can be started once only channels=" + channels());
        }
        thread = Thread.ofPlatform().daemon().name("sampling").start(() -> run(sink));
    }

    private void run(Consumer<? super ThermocoupleReading> sink) {
        Thread self = Thread.currentThread();
        try {
            for (String bus : SamplingLoop.busNames(channels)) {
                buses.add(new BusThread(bus, channels, () -> LockSupport.unpark(self)));
            }
            sample(new SamplingLoop(channels, buses, policy, relation, sink, System.nanoTime()));
        } catch (RuntimeException e) {
            status = new SamplingStatus(status.channels(), e.toString());
            throw e;
        } finally {
            buses.forEach(BusThread::end);
        }
    }

    private void sample(SamplingLoop loop) {
        long statusNanos = System.nanoTime() - STATUS_NANOS;
        while (!closed) {
            long now = System.nanoTime();
            long wakeNanos = loop.step(now);
            if (now - statusNanos >= STATUS_NANOS) {
                statusNanos = now;
                status = new SamplingStatus(loop.status(), null);
            }
            LockSupport.parkNanos(this, wakeNanos - System.nanoTime());
        }
        status = new SamplingStatus(loop.status(), null);
    }

    /** As of at most a second ago, or of the end; without channels before the start. From any thread. */
    public SamplingStatus status() {
        return status;
    }

    /** Waits for calls under way, but not longer than their deadline: a probe that is stuck closes when its call returns. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Thread running = thread;
        if (running == null) {
            channels.forEach(channel -> channel.probe().close());
        } else if (!running.equals(Thread.currentThread())) {
            LockSupport.unpark(running);
            awaitEnd(running);
        }
    }

    private void awaitEnd(Thread running) {
        boolean interrupted = Thread.interrupted();
        while (running.isAlive()) {
            try {
                running.join();
            } catch (InterruptedException e) {
                interrupted = true; // the promise that no call begins later weighs more
            }
        }
        try {
            long end = System.nanoTime() + policy.deadlineNanos();
            for (BusThread bus : buses) {
                if (!interrupted && !bus.awaitEnd(Math.max(1, end - System.nanoTime()))) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
