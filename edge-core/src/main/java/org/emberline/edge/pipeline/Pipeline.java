package org.emberline.edge.pipeline;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource;
import org.emberline.edge.frame.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Carries frames from a source through the stages.
 *
 * <pre>
 *   source -> ring -> synchronise -> reduce -> measure -> archive
 *                                                     \-> publish
 * </pre>
 *
 * One platform thread each for the source and every stage. When the ring is full the source waits: nothing is dropped.
 */
public final class Pipeline implements RunController, AutoCloseable {
    private final RunLayout layout;
    private final Books books;
    private final FaultLog faults = new FaultLog();
    private final Arena arena = Arena.ofShared();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final Disruptor<FrameSlot> ring;
    private final AcquireLoop acquire;
    private final Publisher publisher;
    private final ScheduledExecutorService ticker;
    private final PipelineSettings settings;
    private volatile RunState.Phase phase = RunState.Phase.STARTING;
    private volatile @Nullable EndReason endReason;

    /**
     * Builds the ring; nothing runs yet.
     *
     * @param source owned from here on
     * @param stages the work, in order of the frame's way
     * @param books the counters, which the firmware's trigger callback may share
     * @param readings latest temperatures, filled by the firmware's callback
     */
    public Pipeline(
            PipelineSettings settings,
            RunLayout layout,
            FrameSource source,
            Stages stages,
            Books books,
            LatestReadings readings) {
        this.settings = settings;
        this.layout = layout;
        this.books = books;
        int bins = layout.axis().bins();
        int metrics = layout.metricNames().size();
        PublishStage publish = new PublishStage(bins, metrics, books);
        ring = new Disruptor<>(
                () -> new FrameSlot(arena, settings.frameBytes(), bins, metrics),
                settings.slots(),
                thread("stage"),
                ProducerType.SINGLE,
                new BlockingWaitStrategy());
        ring.handleEventsWith(station("synchronise", stages.synchronise()))
                .then(station("reduce", stages.reduce()))
                .then(station("measure", counting(stages.measure())))
                .then(station("archive", stages.archive()), station("publish", publish));
        publisher = new Publisher(publish, layout, this::state, books, readings);
        acquire = new AcquireLoop(source, ring.getRingBuffer(), books, faults);
        ticker = Executors.newSingleThreadScheduledExecutor(thread("publisher"));
    }

    /** The stages between source and publisher. */
    public record Stages(Stage synchronise, Stage reduce, Stage measure, Stage archive) {}

    /** Starts all threads. Once. */
    public void start() {
        ring.start();
        phase = RunState.Phase.RUNNING;
        long period = settings.publishPeriod().toNanos();
        var _ = ticker.scheduleAtFixedRate(publisher::publish, period, period, TimeUnit.NANOSECONDS);
        acquire.start();
    }

    @Override
    public void stop() {
        acquire.stop();
    }

    /**
     * Waits for the source to end, then for every frame in the ring to reach the archive stage and the publisher.
     *
     * @return why the run ended
     * @throws InterruptedException when the waiting thread is interrupted; the run goes on
     */
    public EndReason awaitEnd() throws InterruptedException {
        EndReason reason = acquire.awaitEnd();
        phase = RunState.Phase.DRAINING;
        ring.shutdown();
        endReason = reason;
        phase = RunState.Phase.ENDED;
        publisher.publish();
        return reason;
    }

    /** Ends all threads and frees the pixels; frames still in the ring are dropped unless {@link #awaitEnd} came first. Idempotent. */
    @Override
    public void close() {
        acquire.close();
        ring.halt();
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

    private Station station(String name, Stage stage) {
        return new Station(name, stage, faults);
    }

    /** Counts what became of the reduction, on the one thread where a frame has just passed it. */
    private Stage counting(Stage measure) {
        return slot -> {
            if (slot.has(FrameFlag.CORRUPT)) {
                books.lose(Loss.REDUCTION_FAILED, 1);
            } else {
                books.reduced.incrementAndGet();
            }
            measure.process(slot);
        };
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
