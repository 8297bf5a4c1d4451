package org.emberline.edge.app.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** All that is measured in one run, taking turns on the calling thread. */
final class Turns {
    private static final long WARM_UP_LEAST = Duration.ofMillis(300).toNanos();
    private static final long WARM_UP_MOST = Duration.ofSeconds(10).toNanos();

    private final Map<Figure, Candidate> candidates = new EnumMap<>(Figure.class);
    private final Consumer<String> log;

    /** @param log told in a line each what is going on */
    Turns(Consumer<String> log) {
        this.log = log;
    }

    void add(Figure figure, Candidate candidate) {
        candidates.put(figure, candidate);
    }

    /** A candidate whose rounds take every frame of a ring once. */
    void add(Figure figure, int frames, IntConsumer frame) {
        add(figure, new Candidate(frames, () -> {
            for (int number = 0; number < frames; number++) {
                frame.accept(number);
            }
        }));
    }

    /** Takes so many samples of every candidate, besides those it has, once times have settled. */
    void measure(int rounds) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Interleaved turns = new Interleaved(
                List.copyOf(candidates.values()), System::nanoTime, threads::getCurrentThreadAllocatedBytes);
        if (!turns.warmUp(WARM_UP_LEAST, WARM_UP_MOST)) {
            log.accept("times did not settle within "
                    + Duration.ofNanos(WARM_UP_MOST).toSeconds() + " s");
        }
        turns.measure(rounds);
    }

    Map<Figure, Samples> samples() {
        Map<Figure, Samples> samples = new EnumMap<>(Figure.class);
        candidates.forEach((figure, candidate) -> samples.put(figure, candidate.samples()));
        return samples;
    }
}
