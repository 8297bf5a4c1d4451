package org.emberline.edge.acquire;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.emberline.edge.frame.PatternPoints;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.jspecify.annotations.Nullable;

/**
 * A series of measured patterns, one in a file: the first read in full, of the others what stands before the numbers. A file that cannot be
 * read is the first's fault only; another is a frame that is lost when its turn comes. Immutable but for its reader, which {@link
 * PatternSource} takes over.
 */
public final class PatternSeries {
    private static final String ANGLES_BY_FORMAT = ".xye";
    private static final int MOST_BINS = 65_536;
    private static final double DIGITS_TO_SIGMA = Math.sqrt(12);

    private final List<Path> files;
    private final PatternSettings settings;
    private final List<PatternHeading.Facts> facts;
    private final PatternTimes times;
    private final PatternReader reader = new PatternReader();
    private final boolean errors;
    private final int room;
    private final double wavelengthAngstrom;
    private final RadialUnit firstUnit;
    private final RadialAxis natural;

    private PatternSeries(List<Path> files, PatternSettings settings) throws InputException {
        this.files = List.copyOf(files);
        this.settings = settings;
        facts = new ArrayList<>();
        int most = 0;
        for (Path file : files) {
            most = Math.max(most, look(file));
        }
        room = most;
        wavelengthAngstrom = wavelength(facts.getFirst(), Double.NaN);
        Path first = files.getFirst();
        reader.read(first);
        errors = reader.hasErrors();
        firstUnit = unit(first, reader.facts());
        double[] x = places(first);
        natural = axis(x, settings.runUnit());
        times = PatternTimes.of(files, facts, settings.timing());
    }

    /**
     * Opens a series.
     *
     * @param files at least one, in order of time
     * @throws InputException when the first cannot be used, nobody says what its x is, or the times that files state do not rise
     */
    public static PatternSeries open(List<Path> files, PatternSettings settings) throws InputException {
        return new PatternSeries(files, settings);
    }

    /** Learns what stands before the numbers of a file; returns as many points as it can have, 0 when it cannot be read. */
    private int look(Path file) {
        try {
            long bytes = reader.readHeading(file);
            PatternHeading.Facts said = reader.facts();
            // What is impossible is refused as the pattern's when its turn comes.
            facts.add(said.possible() ? said : PatternHeading.Facts.NONE);
            return PatternReader.mostPoints(bytes);
        } catch (InputException e) {
            facts.add(PatternHeading.Facts.NONE); // its turn will say why
            return 0;
        }
    }

    private double wavelength(PatternHeading.Facts said, double otherwise) {
        if (!Double.isNaN(settings.wavelengthAngstrom())) {
            return settings.wavelengthAngstrom();
        }
        return said.wavelengthAngstrom() > 0 ? said.wavelengthAngstrom() : otherwise;
    }

    /** What x is by the file's own word, by the setting, or by the definition of its kind. */
    private RadialUnit unit(Path file, PatternHeading.Facts said) throws InputException {
        RadialUnit own = said.unit() == null ? settings.unit() : said.unit();
        if (own != null) {
            return own;
        }
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(ANGLES_BY_FORMAT)) {
            return RadialUnit.TWO_THETA_DEGREES;
        }
        throw new InputException(
                file, "does not say what its first column is: give --unit (source.unit) = 2th_deg, q_A^-1 or q_nm^-1");
    }

    /** How places of the pattern that was read last are brought to the run's unit. */
    private RadialScale scale(Path file) throws InputException {
        PatternHeading.Facts said = reader.facts();
        RadialScale scale = new RadialScale(unit(file, said), settings.runUnit(), wavelength(said, wavelengthAngstrom));
        if (scale.needsWavelength() && Double.isNaN(scale.wavelengthAngstrom())) {
            throw new InputException(
                    file,
                    "is in " + scale.from().symbol() + " and does not say its wavelength, which "
                            + scale.to().symbol() + " needs: give --wavelength (detector.wavelength_angstrom)");
        }
        double last = reader.x(reader.points() - 1);
        double limit = scale.from() == RadialUnit.TWO_THETA_DEGREES ? 180 : Math.PI;
        if (scale.from() != RadialUnit.Q_PER_ANGSTROM
                && scale.from() != RadialUnit.Q_PER_NANOMETRE
                && !(last < limit)) {
            throw new InputException(
                    file,
                    "reaches x=" + last + ", beyond the last angle in "
                            + scale.from().symbol() + ", " + limit);
        }
        if (Double.isNaN(scale.apply(last))) {
            throw new InputException(
                    file, "reaches x=" + last + ", which wavelength=" + scale.wavelengthAngstrom() + " does not");
        }
        return scale;
    }

    private double[] places(Path file) throws InputException {
        RadialScale scale = scale(file);
        double[] x = new double[reader.points()];
        Arrays.setAll(x, i -> scale.apply(reader.x(i)));
        return x;
    }

    /** Bins as narrow as the closest points, from half a step before the first point to as much after the last. */
    private static RadialAxis axis(double[] x, RadialUnit unit) {
        int last = x.length - 1;
        double[] steps = new double[last];
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < last; i++) {
            steps[i] = x[i + 1] - x[i];
            least = Math.min(least, steps[i]);
        }
        double lower = x[0] - steps[0] / 2;
        double upper = x[last] + steps[last - 1] / 2;
        // What rounding leaves of equal steps must not add a bin.
        double bins = Math.ceil((upper - lower) / least * (1 - 1e-6));
        return new RadialAxis(unit, (int) Math.clamp(bins, 1.0, MOST_BINS), lower, upper);
    }

    /**
     * The axis on which nothing of the first pattern is lost: bins as narrow as its closest points, at most {@value #MOST_BINS}, from half a
     * step before its first point to as much after its last.
     */
    public RadialAxis naturalAxis() {
        return natural;
    }

    /** Wavelength of the first pattern, ångström; NaN when nobody says it. */
    public double wavelengthAngstrom() {
        return wavelengthAngstrom;
    }

    /** Bytes of a slot's pixels with room for the longest pattern. */
    public long frameBytes() {
        return PatternPoints.bytes(room);
    }

    /** Number of patterns. */
    public int patterns() {
        return files.size();
    }

    /** Where the patterns come from, in words: unit and errors. */
    public String description() {
        return "measured patterns in " + firstUnit.symbol()
                + (errors ? ", errors from the files" : ", errors by counting: sqrt(max(I, 1))");
    }

    /** The temperatures that files state, in the middle of their exposures; null when none does, or they are not to be taken. */
    public @Nullable TemperatureTable temperatures() {
        if (!settings.stated()) {
            return null;
        }
        double[] seconds = new double[files.size()];
        double[] celsius = new double[files.size()];
        int rows = 0;
        double step = 0;
        for (int i = 0; i < files.size(); i++) {
            if (!Double.isNaN(facts.get(i).celsius())) {
                seconds[rows] = times.seconds(i) + settings.timing().exposureSeconds() / 2;
                celsius[rows++] = facts.get(i).celsius();
                step = Math.max(step, facts.get(i).celsiusStep());
            }
        }
        return rows == 0
                ? null
                : new TemperatureTable(
                        files.getFirst(), Arrays.copyOf(seconds, rows), Arrays.copyOf(celsius, rows), 0, 0, step);
    }

    Path file(int pattern) {
        return files.get(pattern);
    }

    PatternTimes times() {
        return times;
    }

    ReplayTiming timing() {
        return settings.timing();
    }

    /** Temperature that a file states, degrees Celsius; NaN when it does not, or it is not to be taken. */
    double celsius(int pattern) {
        return settings.stated() ? facts.get(pattern).celsius() : Double.NaN;
    }

    /** Its standard uncertainty, kelvin: what its last digit leaves open, and the calibration. */
    double celsiusSigma(int pattern) {
        return Math.hypot(facts.get(pattern).celsiusStep() / DIGITS_TO_SIGMA, settings.calibrationSigmaKelvin());
    }

    /**
     * Reads a pattern.
     *
     * @return how its places are brought to the run's unit
     */
    RadialScale read(int pattern) throws InputException {
        Path file = files.get(pattern);
        reader.read(file);
        if (reader.hasErrors() != errors) {
            throw new InputException(
                    file,
                    (errors ? "has no column of errors, as " : "has a column of errors, unlike ")
                            + files.getFirst()
                            + (errors ? " has" : ""));
        }
        if (reader.points() > room) {
            throw new InputException(file, "has grown since the begin of the run points=" + reader.points());
        }
        return scale(file);
    }

    /** The pattern read last. */
    PatternReader reader() {
        return reader;
    }
}
