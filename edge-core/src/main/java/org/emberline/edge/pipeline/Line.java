package org.emberline.edge.pipeline;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.lang.foreign.Arena;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.Stage;

/**
 * The way of one detector's frames.
 *
 * <pre>
 *   source -> gate -> ring -> synchronise -> reduce -> measure -> archive
 *                                                             \-> publish
 * </pre>
 */
final class Line {
    private final DetectorLayout layout;
    private final Books books;
    private final FaultLog faults;
    private final Cut cut = new Cut();
    private final PublishStage publish;
    private final Disruptor<FrameSlot> ring;
    private final AcquireLoop acquire;

    /**
     * @param threads makes the threads of the stages
     * @param arena owner of the pixels
     */
    Line(
            DetectorLayout layout,
            Pipeline.Way way,
            PipelineSettings settings,
            ThreadFactory threads,
            Arena arena,
            FaultLog faults) {
        this.layout = layout;
        this.faults = faults;
        books = way.books();
        publish = new PublishStage(layout, books);
        ring = new Disruptor<>(
                () -> layout.slot(arena), settings.slots(), threads, ProducerType.SINGLE, new StageWait());
        Pipeline.Stages stages = way.stages();
        ring.handleEventsWith(work("synchronise", stages.synchronise()))
                .then(work("reduce", stages.reduce()))
                .then(deciding(work("measure", stages.measure())))
                .then(outlet("archive", stages.archive()), outlet("publish", publish));
        FrameSlot spare = settings.whenFull() == WhenFull.BLOCK ? null : layout.slot(arena);
        acquire = new AcquireLoop(
                layout.name(),
                way,
                new Entrance(ring.getRingBuffer(), spare),
                settings.whenFull() == WhenFull.FAIL,
                faults);
    }

    DetectorLayout layout() {
        return layout;
    }

    Books books() {
        return books;
    }

    PublishStage published() {
        return publish;
    }

    /** The stages come first on all lines: a source that takes turns with another waits for it from its first frame on. */
    void startStages() {
        ring.start();
    }

    void startSource() {
        acquire.start();
    }

    void stop() {
        acquire.stop();
    }

    /** Ends the source, and discards what has not been measured yet. */
    void abort() {
        cut.ask();
        acquire.abort();
    }

    /** Completed when the source has ended, and why. */
    CompletableFuture<EndReason> sourceEnd() {
        return acquire.end();
    }

    EndReason awaitSource() throws InterruptedException {
        return acquire.awaitEnd();
    }

    /** Waits until every frame in the ring has passed the last stage. After {@link #awaitSource}. */
    void drain() {
        ring.shutdown();
    }

    /** Ends the source and the stages' threads. */
    void close() {
        acquire.close();
        ring.halt();
    }

    private Station work(String name, Stage stage) {
        return new Station(layout.name() + " " + name, stage, _ -> !cut.asked(), faults);
    }

    private Station outlet(String name, Stage stage) {
        return new Station(layout.name() + " " + name, stage, cut::spares, faults);
    }

    /** Decides and counts, on the one thread where a frame has just been measured, what becomes of it. */
    private EventHandler<FrameSlot> deciding(Station measure) {
        return (slot, sequence, endOfBatch) -> {
            boolean unreduced = slot.has(FrameFlag.CORRUPT);
            measure.onEvent(slot, sequence, endOfBatch);
            if (cut.asked()) {
                cut.discard(sequence);
                books.lose(Loss.DISCARDED, 1);
            } else if (unreduced) {
                books.lose(Loss.REDUCTION_FAILED, 1);
            } else {
                books.reduced();
            }
        };
    }
}
