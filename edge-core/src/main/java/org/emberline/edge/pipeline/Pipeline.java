package org.emberline.edge.pipeline;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameGate;
import org.emberline.edge.frame.FrameSource;
import org.emberline.edge.frame.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Carries frames from the sources through the stages: one line for each detector, all under one run.
 *
 * <pre>
 *   source -> gate -> ring -> synchronise -> reduce -> measure -> archive
 *                                                             \-> publish -> snapshot of all detectors
 * </pre>
 *
 * One platform thread each for every source and every stage; the gate is asked on the source's. What happens when a ring is full is a
 * setting ({@link WhenFull}). The run ends when all sources have ended.
 */
public final class Pipeline implements RunController, AutoCloseable {
    private final RunLayout layout;
    private final FaultLog faults = new FaultLog();
    private final EventLog events = new EventLog();
    private final Arena arena = Arena.ofShared();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<Line> lines;
    private final Publisher publisher;
    private final ScheduledExecutorService ticker;
    private final PipelineSettings settings;
    private volatile RunState state = new RunState.Idle();
    private volatile boolean aborted;
    private volatile String label = "";
    private @Nullable ScheduledFuture<?> beat;

    /**
     * Builds the rings; nothing runs yet.
     *
     * @param ways one for each detector of the layout, in its order
     * @param readings latest temperatures, filled by the firmware's callback
     * @param health where others report too
     */
    public Pipeline(
            PipelineSettings settings, RunLayout layout, List<Way> ways, LatestReadings readings, HealthBoard health) {
        this.settings = settings;
        this.layout = layout;
        List<Line> made = new ArrayList<>();
        for (int i = 0; i < ways.size(); i++) {
            DetectorLayout detector = layout.detectors().get(i);
            made.add(new Line(detector, ways.get(i), settings, thread("stage-" + detector.name()), arena, faults));
        }
        lines = List.copyOf(made);
        publisher = new Publisher(lines, this::view, readings, events, health);
        ticker = Executors.newSingleThreadScheduledExecutor(thread("publisher"));
    }

    /**
     * The way of one detector's frames.
     *
     * @param source owned by the pipeline
     * @param gate binds frames to triggers; books into the same books
     * @param stages the work, in order of the frame's way
     * @param books the counters, which the firmware's trigger callback may share
     */
    public record Way(FrameSource source, FrameGate gate, Stages stages, Books books) {}

    /** The stages between source and publisher. */
    public record Stages(Stage synchronise, Stage reduce, Stage measure, Stage archive) {}

    /** Ready: snapshots are renewed from now on, no source is asked yet. Once, before {@link #start}, which otherwise does it. */
    public void arm() {
        state = new RunState.Armed();
        publisher.publish();
        publishEvery(settings.publishPeriod().toNanos());
    }

    /** From now on, this long between two snapshots; while the run goes on. Any thread. */
    public synchronized void publishEvery(long periodNanos) {
        if (beat != null) {
            beat.cancel(false);
        }
        beat = ticker.scheduleAtFixedRate(publisher::publish, periodNanos, periodNanos, TimeUnit.NANOSECONDS);
    }

    /** Ends a run that was armed and not started: no frame has come, none will. {@link #close} is still to follow. */
    public void cancel() {
        state = new RunState.Ended(EndReason.ABORTED);
        publisher.publish();
    }

    /** Starts all threads. Once. */
    public void start() {
        lines.forEach(Line::startStages);
        if (!(state instanceof RunState.Armed)) {
            arm();
        }
        for (Line line : lines) {
            // One detector's frames are not worth a run that was to have all of them.
            var _ = line.sourceEnd().thenAccept(reason -> {
                if (reason == EndReason.OVERRUN) {
                    stop();
                }
            });
        }
        lines.forEach(Line::startSource);
    }

    @Override
    public void stop() {
        lines.forEach(Line::stop);
    }

    @Override
    public void abort() {
        aborted = true;
        lines.forEach(Line::abort);
    }

    /**
     * Waits for all sources to end, then for every frame in the rings to reach the archive stage and the publisher.
     *
     * @return why the run ended
     * @throws InterruptedException when the waiting thread is interrupted; the run goes on
     */
    public EndReason awaitEnd() throws InterruptedException {
        EndReason reason = EndReason.COMPLETED;
        for (Line line : lines) {
            reason = reason.or(line.awaitSource());
        }
        state = new RunState.Draining();
        lines.forEach(Line::drain);
        reason = aborted ? EndReason.ABORTED : reason;
        state = new RunState.Ended(reason);
        publisher.publish();
        return reason;
    }

    /** Ends all threads and frees the pixels; frames still in the rings are dropped unless {@link #awaitEnd} came first. Idempotent. */
    @Override
    public void close() {
        lines.forEach(Line::close);
        ticker.close();
        for (Thread thread : threads) {
            joinUninterruptibly(thread);
        }
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    /** Publishes the books once more, after the archive has closed its own. */
    public void publishFinal() {
        publisher.publish();
    }

    /** Notes a failure beside the frame path, to be shown like that of a stage. */
    public void note(String where, String what) {
        faults.note(where, what);
    }

    /** Who is told of the first failure in words, on the thread that has it. */
    public void onFault(Consumer<String> listener) {
        faults.onFirst(listener);
    }

    /** Shows an event to those who watch; any thread. */
    public void event(long nanos, String kind, String text) {
        events.add(nanos, kind, text);
    }

    /** What the run is said to measure: in a snapshot at once; any thread. */
    public void label(String text) {
        label = text;
        publisher.publish();
    }

    @Override
    public Snapshot get() {
        return publisher.latest();
    }

    /** The threads of the stages, for those who measure what they allocate. */
    List<Thread> stageThreads() {
        return threads.stream().filter(t -> t.getName().startsWith("stage")).toList();
    }

    private RunView view() {
        return new RunView(layout.runId(), shown(state), layout.started(), layout.backend(), label, faults.text());
    }

    private RunState shown(RunState known) {
        if (!(known instanceof RunState.Armed)) {
            return known;
        }
        String fault = faults.text();
        if (fault != null) {
            return new RunState.Faulted(fault);
        }
        return lines.stream().anyMatch(line -> line.books().ledger().received() > 0) ? new RunState.Acquiring() : known;
    }

    private ThreadFactory thread(String name) {
        return task -> {
            Thread thread = new Thread(task, name + "-" + threads.size());
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        };
    }

    private static void joinUninterruptibly(Thread thread) {
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
