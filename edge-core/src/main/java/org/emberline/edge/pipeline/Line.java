package org.emberline.edge.pipeline;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.lang.foreign.Arena;
import java.util.concurrent.ThreadFactory;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.Stage;

/**
 * The way of one detector's frames.
 *
 * <pre>
 *   source -> ring -> synchronise -> reduce -> measure -> archive
 *                                                     \-> publish
 * </pre>
 */
final class Line {
    private final DetectorLayout layout;
    private final Books books;
    private final FaultLog faults;
    private final PublishStage publish;
    private final Disruptor<FrameSlot> ring;
    private final AcquireLoop acquire;

    /**
     * @param threads makes the threads of the stages
     * @param arena owner of the pixels
     */
    Line(DetectorLayout layout, Pipeline.Way way, int slots, ThreadFactory threads, Arena arena, FaultLog faults) {
        this.layout = layout;
        this.faults = faults;
        books = way.books();
        publish = new PublishStage(layout, books);
        ring = new Disruptor<>(
                () -> layout.slot(arena), slots, threads, ProducerType.SINGLE, new BlockingWaitStrategy());
        Pipeline.Stages stages = way.stages();
        ring.handleEventsWith(station("synchronise", stages.synchronise()))
                .then(station("reduce", stages.reduce()))
                .then(station("measure", counting(stages.measure())))
                .then(station("archive", stages.archive()), station("publish", publish));
        acquire = new AcquireLoop(layout.name(), way.source(), ring.getRingBuffer(), books, faults);
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

    private Station station(String name, Stage stage) {
        return new Station(layout.name() + " " + name, stage, faults);
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
}
