package org.emberline.edge.acquire;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** When each pattern of a series began: by its file's own word, or, when no file says it, by the cadence. Immutable. */
final class PatternTimes {
    private final double[] seconds;
    private final boolean[] stated;

    private PatternTimes(double[] seconds, boolean[] stated) {
        this.seconds = seconds;
        this.stated = stated;
    }

    /**
     * @param facts of each file, in the order of the series
     * @throws InputException when the times that files state do not rise
     */
    static PatternTimes of(List<Path> files, List<PatternHeading.Facts> facts, ReplayTiming timing)
            throws InputException {
        int size = files.size();
        double[] seconds = new double[size];
        boolean[] stated = new boolean[size];
        int last = -1;
        int first = size;
        for (int i = 0; i < size; i++) {
            seconds[i] = facts.get(i).seconds();
            stated[i] = !Double.isNaN(seconds[i]);
            if (stated[i]) {
                if (last >= 0 && !(seconds[i] > seconds[last])) {
                    throw new InputException(
                            files.get(i),
                            "time_s=" + seconds[i] + " is not after time_s=" + seconds[last] + " of " + files.get(last)
                                    + ": give the files in order of time");
                }
                first = Math.min(first, i);
                last = i;
            }
        }
        if (last < 0) {
            Arrays.setAll(seconds, timing::beginSeconds);
        } else {
            fill(seconds, stated, first, last, timing.cadenceSeconds());
        }
        return new PatternTimes(seconds, stated);
    }

    /** Between files that state their time the others lie evenly, beyond them by the mean step, or the cadence where there is none. */
    private static void fill(double[] seconds, boolean[] stated, int first, int last, double cadence) {
        double step = last > first ? (seconds[last] - seconds[first]) / (last - first) : cadence;
        int before = first;
        for (int i = first; i < seconds.length; i++) {
            if (stated[i]) {
                for (int k = before + 1; k < i; k++) {
                    seconds[k] = seconds[before] + (seconds[i] - seconds[before]) * (k - before) / (i - before);
                }
                before = i;
            } else if (i > last) {
                seconds[i] = seconds[last] + (i - last) * step;
            }
        }
        for (int i = 0; i < first; i++) {
            seconds[i] = seconds[first] - (first - i) * step;
        }
    }

    /** Begin of a pattern, seconds after the begin of the run. */
    double seconds(int pattern) {
        return seconds[pattern];
    }

    /** Whether its file states it. */
    boolean stated(int pattern) {
        return stated[pattern];
    }
}
