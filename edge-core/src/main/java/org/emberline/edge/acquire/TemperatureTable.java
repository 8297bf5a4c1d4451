package org.emberline.edge.acquire;

import java.nio.file.Path;

/**
 * The temperature log of a run, read in full: at least one row, times strictly increasing. A row without a value is a dropout and is
 * kept as one. Immutable.
 */
public final class TemperatureTable {
    private static final double HALF_NANOSECOND = 0.5e-9;

    private final Path path;
    private final double[] seconds;
    private final double[] celsius;
    private final double fromSeconds;
    private final double toSeconds;
    private final double stepCelsius;

    /**
     * @param celsius NaN = dropout
     * @param firstRounding by how much the first time may differ from the true one because of the unit it is written in, seconds
     * @param lastRounding the same for the last time
     * @param stepCelsius the last digit that temperatures are written with
     */
    TemperatureTable(
            Path path,
            double[] seconds,
            double[] celsius,
            double firstRounding,
            double lastRounding,
            double stepCelsius) {
        this.path = path;
        this.seconds = seconds;
        this.celsius = celsius;
        this.fromSeconds = seconds[0] - Math.max(firstRounding, HALF_NANOSECOND);
        this.toSeconds = seconds[seconds.length - 1] + Math.max(lastRounding, HALF_NANOSECOND);
        this.stepCelsius = stepCelsius;
    }

    /**
     * Reads a CSV file with a header line. The time is a column {@code time_s} or {@code time_min}, from the begin of the run, the
     * temperature {@code celsius} or {@code temperature_C}; other columns are passed over. Commas separate; empty lines and lines that
     * begin with {@code #} are skipped. An empty temperature is a dropout. A temperature of exactly -1 is refused, because logs write it
     * for a dropout and nobody can tell it from a reading.
     *
     * @throws InputException naming the line at fault and its text
     */
    public static TemperatureTable read(Path path) throws InputException {
        return TemperatureCsv.read(path);
    }

    public Path path() {
        return path;
    }

    /** Number of rows, dropouts included, at least 1. */
    public int size() {
        return seconds.length;
    }

    /** Time of a row, seconds since the begin of the run. */
    public double seconds(int row) {
        return seconds[row];
    }

    /** Temperature of a row, degrees Celsius; NaN for a dropout. */
    public double celsius(int row) {
        return celsius[row];
    }

    public boolean isDropout(int row) {
        return Double.isNaN(celsius[row]);
    }

    /**
     * The smallest difference of temperature that the log can write, kelvin: 0.1 for "24.9". A reading's uncertainty from rounding
     * alone is this over the square root of 12 (standard deviation of a uniform distribution).
     */
    public double stepCelsius() {
        return stepCelsius;
    }

    /**
     * Whether rows, dropouts included, lie at or before {@code beginSeconds} and at or after {@code endSeconds}: to the nanosecond, or,
     * for times in minutes, to half of the last digit that they are written with.
     */
    public boolean covers(double beginSeconds, double endSeconds) {
        return fromSeconds <= beginSeconds && endSeconds <= toSeconds;
    }
}
