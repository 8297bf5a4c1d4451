package org.emberline.edge.pipeline;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameSource;
import org.emberline.edge.frame.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Carries frames from the sources through the stages: one line for each detector, all under one run.
 *
 * <pre>
 *   source -> ring -> synchronise -> reduce -> measure -> archive
 *                                                     \-> publish -> snapshot of all detectors
 * </pre>
 *
 * One platform thread each for every source and every stage. When a ring is full its source waits: nothing is dropped. The run ends
 * when all sources have ended.
 */
public final class Pipeline implements RunController, AutoCloseable {
    private final RunLayout layout;
    private final FaultLog faults = new FaultLog();
    private final Arena arena = Arena.ofShared();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<Line> lines;
    private final Publisher publisher;
    private final ScheduledExecutorService ticker;
    private final PipelineSettings settings;
    private volatile RunState.Phase phase = RunState.Phase.STARTING;
    private volatile @Nullable EndReason endReason;

    /**
     * Builds the rings; nothing runs yet.
     *
     * @param ways one for each detector of the layout, in its order
     * @param readings latest temperatures, filled by the firmware's callback
     */
    public Pipeline(PipelineSettings settings, RunLayout layout, List<Way> ways, LatestReadings readings) {
        this.settings = settings;
        this.layout = layout;
        List<Line> made = new ArrayList<>();
        for (int i = 0; i < ways.size(); i++) {
            DetectorLayout detector = layout.detectors().get(i);
            made.add(new Line(
                    detector, ways.get(i), settings.slots(), thread("stage-" + detector.name()), arena, faults));
        }
        lines = List.copyOf(made);
        publisher = new Publisher(lines, this::state, readings);
        ticker = Executors.newSingleThreadScheduledExecutor(thread("publisher"));
    }

    /**
     * The way of one detector's frames.
     *
     * @param source owned by the pipeline
     * @param stages the work, in order of the frame's way
     * @param books the counters, which the firmware's trigger callback may share
     */
    public record Way(FrameSource source, Stages stages, Books books) {}

    /** The stages between source and publisher. */
    public record Stages(Stage synchronise, Stage reduce, Stage measure, Stage archive) {}

    /** Starts all threads. Once. */
    public void start() {
        lines.forEach(Line::startStages);
        phase = RunState.Phase.RUNNING;
        long period = settings.publishPeriod().toNanos();
        var _ = ticker.scheduleAtFixedRate(publisher::publish, period, period, TimeUnit.NANOSECONDS);
        lines.forEach(Line::startSource);
    }

    @Override
    public void stop() {
        lines.forEach(Line::stop);
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
            reason = graver(reason, line.awaitSource());
        }
        phase = RunState.Phase.DRAINING;
        lines.forEach(Line::drain);
        endReason = reason;
        phase = RunState.Phase.ENDED;
        publisher.publish();
        return reason;
    }

    /** What is said of a run whose sources ended for different reasons; sources only complete, stop or get lost. */
    private static EndReason graver(EndReason one, EndReason other) {
        if (one == EndReason.SOURCE_LOST || other == EndReason.SOURCE_LOST) {
            return EndReason.SOURCE_LOST;
        }
        return one == EndReason.COMPLETED ? other : one;
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

    @Override
    public Snapshot get() {
        return publisher.latest();
    }

    /** The threads of the stages, for those who measure what they allocate. */
    List<Thread> stageThreads() {
        return threads.stream().filter(t -> t.getName().startsWith("stage")).toList();
    }

    private RunState state() {
        RunState.Phase shown =
                faults.text() != null && phase == RunState.Phase.RUNNING ? RunState.Phase.FAULTED : phase;
        return new RunState(layout.runId(), shown, endReason, layout.started(), layout.backend(), faults.text());
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
