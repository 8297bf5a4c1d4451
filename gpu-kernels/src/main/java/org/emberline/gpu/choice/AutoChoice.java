package org.emberline.gpu.choice;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.emberline.gpu.Arithmetic;
import org.emberline.gpu.ReducerException;
import org.emberline.gpu.Timing;
import org.jspecify.annotations.Nullable;

/**
 * Takes the fastest of several reducers for one plan: by measurement, or by one that was made before. One thread.
 *
 * @param <R> what kind of reducer
 */
public final class AutoChoice<R extends Arithmetic> {
    private static final String CPU = "cpu";

    private final ToDoubleFunction<R> millisecondsPerFrame;
    private final Map<String, Supplier<R>> candidates = new LinkedHashMap<>();

    /**
     * The one that was taken, and why.
     *
     * @param reducer close it after use
     * @param reason in one line
     * @param <R> what kind of reducer
     */
    public record Taken<R>(R reducer, String reason) {}

    /** @param millisecondsPerFrame times a candidate, see {@link Contest} */
    public AutoChoice(ToDoubleFunction<R> millisecondsPerFrame) {
        this.millisecondsPerFrame = millisecondsPerFrame;
    }

    /** The candidate that needs no device; opened when it is its turn to be timed. */
    public AutoChoice<R> cpu(Supplier<R> open) {
        candidates.put(CPU, open);
        return this;
    }

    /** A device, by its name in words. */
    public AutoChoice<R> device(String name, Supplier<R> open) {
        candidates.put(name, open);
        return this;
    }

    /**
     * Takes the winner of an earlier measurement where there was one, and measures otherwise.
     *
     * @param cache folder in which timings are remembered; null: always measures
     * @param key what the timings depend on, see {@link ChoiceCache#key}
     * @throws ReducerException when no candidate works
     */
    public Taken<R> take(@Nullable Path cache, String key) {
        List<Timing> timings = new ArrayList<>();
        if (cache == null) {
            return measured(timings);
        }
        ChoiceCache memory = new ChoiceCache(cache);
        return memory.read(key).flatMap(this::remembered).orElseGet(() -> {
            Taken<R> taken = measured(timings);
            memory.write(key, timings);
            return taken;
        });
    }

    /** The winner of an earlier measurement; empty when it is not among the candidates or cannot be opened. */
    private Optional<Taken<R>> remembered(List<Timing> timings) {
        Supplier<R> open = candidates.get(fastest(timings).name());
        if (open == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Taken<>(open.get(), reason(timings) + ", as measured before"));
        } catch (ReducerException | LinkageError e) {
            return Optional.empty();
        }
    }

    /**
     * Opens and times every candidate; the fastest stays open. Adds to {@code timings} what it measured.
     *
     * @throws ReducerException when no candidate works
     */
    public Taken<R> measured(List<Timing> timings) {
        List<R> open = new ArrayList<>();
        double least = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, Supplier<R>> candidate : candidates.entrySet()) {
            Timing timing = time(candidate.getKey(), candidate.getValue(), open);
            timings.add(timing);
            if (timing.problem() == null) {
                boolean better = timing.milliseconds() < least;
                least = Math.min(least, timing.milliseconds());
                if (open.size() > 1) {
                    open.remove(better ? 0 : 1).close();
                }
            }
        }
        if (open.isEmpty()) {
            throw new ReducerException("no backend works: " + timings);
        }
        return new Taken<>(open.getFirst(), reason(timings));
    }

    /** Adds the reducer to {@code open} unless it fails. */
    private Timing time(String name, Supplier<R> candidate, List<R> open) {
        R reducer = null;
        try {
            reducer = candidate.get();
            String backend = reducer.backend();
            double milliseconds = millisecondsPerFrame.applyAsDouble(reducer);
            if (!reducer.backend().equals(backend)) {
                throw new ReducerException("failed while it was timed");
            }
            open.add(reducer);
            return new Timing(name, milliseconds, null);
        } catch (ReducerException | LinkageError e) {
            if (reducer != null) {
                reducer.close();
            }
            return new Timing(name, Double.NaN, String.valueOf(e.getMessage()));
        }
    }

    private static Timing fastest(List<Timing> timings) {
        Timing best = timings.getFirst();
        for (Timing timing : timings) {
            best = !(timing.milliseconds() >= best.milliseconds()) && timing.problem() == null ? timing : best;
        }
        return best;
    }

    /** For example {@code opencl: A100 (NVIDIA CUDA), 0.9 ms a frame against 4.1 ms on cpu}. */
    private static String reason(List<Timing> timings) {
        Timing best = fastest(timings);
        String winner = best.name().equals(CPU) ? "cpu: " : "opencl: " + best.name() + ", ";
        List<String> others = timings.stream()
                .filter(timing -> !timing.name().equals(best.name()))
                .map(Timing::inWords)
                .toList();
        return String.format(Locale.ROOT, "%s%.3g ms a frame", winner, best.milliseconds())
                + (others.isEmpty() ? "" : " against " + String.join(", ", others));
    }
}
