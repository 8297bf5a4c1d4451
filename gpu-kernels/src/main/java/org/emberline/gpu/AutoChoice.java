package org.emberline.gpu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes the fastest of several reducers for one plan: by measurement, or by one that was made before. */
final class AutoChoice {
    static final String CPU = "cpu";

    private final Map<String, Supplier<Reducer>> candidates = new LinkedHashMap<>();

    /** Candidates are opened when it is their turn to be timed. */
    void add(String name, Supplier<Reducer> open) {
        candidates.put(name, open);
    }

    /** The winner of an earlier measurement; empty when it is not among the candidates or cannot be opened. */
    Optional<Reducers.Opened> remembered(List<Timing> timings) {
        Supplier<Reducer> open = candidates.get(fastest(timings).name());
        if (open == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Reducers.Opened(open.get(), reason(timings) + ", as measured before"));
        } catch (ReducerException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** Opens and times every candidate; the fastest stays open. Adds to {@code timings} what it measured. */
    Reducers.Opened measured(List<Timing> timings) {
        List<Reducer> open = new ArrayList<>();
        double least = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, Supplier<Reducer>> candidate : candidates.entrySet()) {
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
        return new Reducers.Opened(open.getFirst(), reason(timings));
    }

    /** Adds the reducer to {@code open} unless it fails. */
    private static Timing time(String name, Supplier<Reducer> candidate, List<Reducer> open) {
        Reducer reducer = null;
        try {
            reducer = candidate.get();
            String backend = reducer.backend();
            double milliseconds = Contest.millisecondsPerFrame(reducer);
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
