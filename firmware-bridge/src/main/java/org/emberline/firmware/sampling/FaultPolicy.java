package org.emberline.firmware.sampling;

/**
 * When trouble with a channel is tried again, and when it is told. The one place for these numbers.
 *
 * <p>A transfer that fails is tried again, its device restarted, after a pause that doubles each time; more failures in a row than
 * {@code retries} are told as NO_RESPONSE, and so is a transfer that passes its deadline. A fault that the chip signals is told when it
 * was seen {@code confirmCount} times in a row and has lasted {@code confirmNanos}; before that it is suppressed and counted. A chip
 * that has nothing new is STALE once that has lasted {@code staleNanos}. From the first fault that is told until the next
 * temperature, nothing is suppressed.
 *
 * @param retries further attempts after a failed transfer before it is told, 0 or more
 * @param firstPauseNanos pause before the first of them, more than 0
 * @param longestPauseNanos to which the pause grows by doubling
 * @param confirmCount faults in a row, 1 or more; 1 tells each at once
 * @param confirmNanos how long they must have lasted, first to latest; 0 = their count is enough
 * @param deadlineNanos for one call of a probe, more than 0
 * @param staleNanos since the latest conversion (or the start), more than 0
 */
public record FaultPolicy(
        int retries,
        long firstPauseNanos,
        long longestPauseNanos,
        int confirmCount,
        long confirmNanos,
        long deadlineNanos,
        long staleNanos) {

    private static final long MILLISECOND = 1_000_000;

    /** Two retries, 20 ms to 5 s apart; three faults in a row; one second for a transfer; stale after three. */
    public static final FaultPolicy STANDARD =
            new FaultPolicy(2, 20 * MILLISECOND, 5_000 * MILLISECOND, 3, 0, 1_000 * MILLISECOND, 3_000 * MILLISECOND);

    /** @throws IllegalArgumentException naming the first number outside its range */
    public FaultPolicy {
        require(retries >= 0, "retries", retries, "0 or more");
        require(firstPauseNanos > 0, "firstPauseNanos", firstPauseNanos, "more than 0");
        require(
                longestPauseNanos >= firstPauseNanos,
                "longestPauseNanos",
                longestPauseNanos,
                "at least firstPauseNanos");
        require(confirmCount >= 1, "confirmCount", confirmCount, "1 or more");
        require(confirmNanos >= 0, "confirmNanos", confirmNanos, "0 or more");
        require(deadlineNanos > 0, "deadlineNanos", deadlineNanos, "more than 0");
        require(staleNanos > 0, "staleNanos", staleNanos, "more than 0");
    }

    /** Pause after that many failures in a row, 1 or more. */
    long pauseNanos(int failures) {
        long pause = firstPauseNanos;
        for (int i = 1; i < failures && pause < longestPauseNanos; i++) {
            pause = pause > longestPauseNanos / 2 ? longestPauseNanos : pause * 2;
        }
        return pause;
    }

    private static void require(boolean holds, String name, long value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException("fault policy: must be " + allowed + " " + name + "=" + value);
        }
    }
}
