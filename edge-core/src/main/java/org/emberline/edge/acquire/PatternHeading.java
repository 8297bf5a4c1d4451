package org.emberline.edge.acquire;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emberline.gpu.RadialUnit;
import org.jspecify.annotations.Nullable;

/** What the lines before the numbers of a pattern say, as far as it is known here: unit, wavelength, time, temperature, columns. */
final class PatternHeading {
    private static final Set<String> ERRORS =
            Set.of("sigma", "esd", "error", "err", "e", "sig", "std", "sem", "di", "s", "uncertainty", "sigma_i");

    private static final String NUMBER = "[\"'\\s:=,]+([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d{1,3})?)(?![\\w.])";
    private static final Pattern CELSIUS = fact("temperature_C");
    private static final Pattern SECONDS = fact("time_s");
    private static final Pattern MINUTES = fact("time_min");
    private static final Pattern ANGSTROM = fact("wavelength_A");
    private static final Pattern WAVELENGTH =
            Pattern.compile("(?i)(?<!\\w)wavelength" + NUMBER + "\\s*(m|nm|A|angstroms?|\u00c5)?(?!\\w)");
    private static final Pattern ANGLE =
            Pattern.compile("(?i)2[\\s_-]?th(eta|_deg|_rad)?(?![a-z])|two[\\s_-]?theta|2\u03b8");
    private static final Pattern PER_NANOMETRE =
            Pattern.compile("(?i)(?<!\\w)q[\\s_(]*(in)?\\s*(1/nm|nm\\^?-1|inverse nanomet)");
    private static final Pattern PER_ANGSTROM =
            Pattern.compile("(?i)(?<!\\w)q[\\s_(]*(in)?\\s*(1/(A|\u00c5)|(A|\u00c5)\\^?-1|inverse (A|\u00c5)ng)");
    private static final double SECONDS_PER_MINUTE = 60;
    /** No beam that scatters has a wavelength of so many; a number below is in metres. */
    private static final double METRES = 1e-6;

    private static final double LONGEST_ANGSTROM = 100;
    private static final double ABSOLUTE_ZERO_CELSIUS = -273.15;
    private static final double HOTTEST_CELSIUS = 5000;
    /** About 30 years: what is beyond is no time after the begin of a run. */
    private static final double LATEST_SECONDS = 1e9;

    private @Nullable RadialUnit unit;
    private double wavelengthAngstrom = Double.NaN;
    private double celsius = Double.NaN;
    private double celsiusStep = Double.NaN;
    private double seconds = Double.NaN;
    private boolean counts;

    private static Pattern fact(String name) {
        return Pattern.compile("(?<!\\w)" + name + NUMBER);
    }

    /**
     * What is known of a pattern before its numbers.
     *
     * @param unit null when the file does not say
     * @param wavelengthAngstrom NaN likewise, as the others
     * @param celsiusStep last digit of the temperature, kelvin
     * @param seconds since the begin of the run
     */
    record Facts(
            @Nullable RadialUnit unit, double wavelengthAngstrom, double celsius, double celsiusStep, double seconds) {
        /** Nothing is known. */
        static final Facts NONE = new Facts(null, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

        /** Whether no number lies where none can. */
        boolean possible() {
            return impossible() == null;
        }

        /** {@code name=value} of a number that lies where none can; null when there is none. */
        @Nullable
        String impossible() {
            if (wavelengthAngstrom <= 0 || wavelengthAngstrom > LONGEST_ANGSTROM) {
                return "wavelength_A=" + wavelengthAngstrom;
            }
            if (celsius < ABSOLUTE_ZERO_CELSIUS || celsius > HOTTEST_CELSIUS) {
                return "temperature_C=" + celsius;
            }
            return Math.abs(seconds) > LATEST_SECONDS ? "time_s=" + seconds : null;
        }
    }

    Facts facts() {
        return new Facts(unit, wavelengthAngstrom, celsius, celsiusStep, seconds);
    }

    /** Whether a heading says that the fourth column is a count of pixels. */
    boolean namesCounts() {
        return counts;
    }

    /** A comment, or a line of a heading. */
    void take(String line) {
        celsius = number(CELSIUS, line, celsius);
        Matcher temperature = CELSIUS.matcher(line);
        if (temperature.find()) {
            celsiusStep = lastDigit(temperature.group(1));
        }
        seconds = number(SECONDS, line, number(MINUTES, line, Double.NaN) * SECONDS_PER_MINUTE, seconds);
        wavelengthAngstrom = number(ANGSTROM, line, wavelength(line), wavelengthAngstrom);
        takeUnit(line);
    }

    /**
     * The names of the columns.
     *
     * @return what is wrong with them, or null
     */
    @Nullable
    String takeNames(List<String> names) {
        if (names.size() >= 3 && !ERRORS.contains(names.get(2).toLowerCase(Locale.ROOT))) {
            return "the third column is \"" + names.get(2) + "\", which is no name of an error";
        }
        counts = names.size() >= 4 && names.get(3).equalsIgnoreCase("count");
        return null;
    }

    /** A line that says what x is, if it does. */
    void takeUnit(String line) {
        RadialUnit said = unit(line);
        unit = said == null ? unit : said;
    }

    static @Nullable RadialUnit unit(String line) {
        if (PER_NANOMETRE.matcher(line).find()) {
            return RadialUnit.Q_PER_NANOMETRE;
        }
        if (PER_ANGSTROM.matcher(line).find()) {
            return RadialUnit.Q_PER_ANGSTROM;
        }
        if (!ANGLE.matcher(line).find()) {
            return null;
        }
        return line.toLowerCase(Locale.ROOT).contains("rad")
                ? RadialUnit.TWO_THETA_RADIANS
                : RadialUnit.TWO_THETA_DEGREES;
    }

    private static double wavelength(String line) {
        Matcher found = WAVELENGTH.matcher(line);
        if (!found.find()) {
            return Double.NaN;
        }
        double value = Double.parseDouble(found.group(1));
        String unit = found.group(2);
        if (unit == null) {
            return value < METRES ? value * 1e10 : Double.NaN;
        }
        return switch (unit) {
            case "m", "M" -> value * 1e10;
            case "nm", "NM", "Nm" -> value * 10;
            default -> value;
        };
    }

    /** The number after a name; the first of the others that is one where the line has none. */
    private static double number(Pattern name, String line, double... others) {
        Matcher found = name.matcher(line);
        if (found.find()) {
            return Double.parseDouble(found.group(1));
        }
        for (double other : others) {
            if (!Double.isNaN(other)) {
                return other;
            }
        }
        return Double.NaN;
    }

    private static double lastDigit(String number) {
        int point = number.indexOf('.');
        boolean exponent = number.toLowerCase(Locale.ROOT).contains("e");
        return point < 0 || exponent ? 1 : Math.pow(10, -(number.length() - point - 1));
    }
}
