package org.emberline.edge.app;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emberline.edge.archive.RunEvent;
import org.emberline.edge.pipeline.Snapshot.Condition;
import org.emberline.firmware.clock.ClockSynchronisation;
import org.emberline.firmware.clock.UtcClock;

/**
 * How the system's clock stands in a run: whether anything keeps it right, asked at the begin, and every step by which it was set. Both
 * become events of the run.
 */
final class RunClock implements AutoCloseable {
    private static final long TICK_NANOS = 500_000_000;

    private final UtcClock clock;
    private final Supplier<ClockSynchronisation> synchronisation;
    private final Consumer<RunEvent> events;
    private final BiConsumer<Condition, String> health;
    private final Thread thread = Thread.ofPlatform().daemon().name("run-clock").unstarted(this::watch);
    private volatile Facts facts = new Facts(new ClockSynchronisation.Unavailable("not asked"), 0, 0);
    private volatile boolean closing;
    private long stepsBefore;

    /**
     * What is known of the clock.
     *
     * @param synchronisation at the begin of the run
     * @param steps how often the clock was set by more than 50 ms during the run
     * @param latestStepNanos by how much the latest of them moved UTC, positive ahead; 0 without any
     */
    record Facts(ClockSynchronisation synchronisation, long steps, long latestStepNanos) {

        /** Whether stamps of this run can be held against those of other machines without a doubt. */
        boolean trusted() {
            return synchronisation instanceof ClockSynchronisation.Known known && known.synchronised() && steps == 0;
        }
    }

    /**
     * @param clock of the stamps of this run
     * @param synchronisation asked once
     * @param events told on the calling thread of {@link #start}, and then on one of its own
     * @param health told likewise how far stamps can be trusted, and why
     */
    RunClock(
            UtcClock clock,
            Supplier<ClockSynchronisation> synchronisation,
            Consumer<RunEvent> events,
            BiConsumer<Condition, String> health) {
        this.clock = clock;
        this.synchronisation = synchronisation;
        this.events = events;
        this.health = health;
    }

    /** Tells how the clock stands, and begins to watch. Once. */
    void start() {
        begin();
        thread.start();
    }

    /** Tells how the clock stands. */
    void begin() {
        ClockSynchronisation now = synchronisation.get();
        stepsBefore = clock.steps();
        facts = new Facts(now, 0, 0);
        health.accept(facts.trusted() ? Condition.OK : Condition.WARN, FirmwareWords.of(now));
        tell("CLOCK", FirmwareWords.of(now) + "; " + FirmwareWords.of(clock.relation()));
    }

    private void watch() {
        while (!closing) {
            look();
            LockSupport.parkNanos(this, TICK_NANOS);
        }
    }

    /** One look at the clock. The watching thread, or a test in its place. */
    void look() {
        var _ = clock.relation();
        long steps = clock.steps() - stepsBefore;
        if (steps != facts.steps()) {
            long latest = clock.latestStepNanos();
            facts = new Facts(facts.synchronisation(), steps, latest);
            health.accept(Condition.WARN, "was set during the run");
            tell("CLOCK_STEP", "the system's clock was set by " + latest + " ns");
        }
    }

    Facts facts() {
        return facts;
    }

    /** Now, by the clock of the run's readings and edges; nanoseconds since the Unix epoch. Any thread. */
    long utcNanos() {
        return clock.relation().utcAt(System.nanoTime());
    }

    private void tell(String kind, String text) {
        events.accept(new RunEvent(utcNanos(), kind, text));
    }

    /** Ends the watching; no event is told afterwards. Idempotent. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
