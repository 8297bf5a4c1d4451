package org.emberline.edge.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.emberline.edge.app.config.ApplianceConfig.SourceKind;
import org.emberline.edge.app.config.ConfigFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code replay} for measured patterns. */
final class PatternOptions {
    /** Sections of a configuration that say nothing of patterns when it was written for images. */
    private static final String[] OF_IMAGES = {
        "source",
        "detector",
        "reduce",
        "image",
        "beside",
        "thermocouple",
        "temperature_log",
        "trigger",
        "heartbeat",
        "interlock"
    };

    @Option(
            names = "--patterns",
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "Measured patterns instead of --frames, one a file, in order of time: x, intensity and possibly its"
                            + " error in columns (needed without --frames; text as .xy, .xye, .chi, .dat or of 'integrate').")
    private List<Path> patterns = List.of();

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            description =
                    "What x of the patterns is: 2th_deg, 2th_rad, q_A^-1 or q_nm^-1 (default: what the file says; 2th_deg"
                            + " of .xye).")
    private @Nullable String unit;

    @Option(
            names = "--wavelength",
            paramLabel = "A[,A2:RATIO]",
            description =
                    "Wavelength in angstrom; of a doublet also the weaker line's and its intensity over the stronger's,"
                            + " 1.540598,1.544426:0.5 for copper (default: what the first file says).")
    private @Nullable String wavelength;

    @Option(
            names = "--flat-plate",
            description = "The patterns are of a surface that reflects, as on a laboratory's diffractometer.")
    private boolean flatPlate;

    /** Whether patterns are to be replayed. */
    boolean given() {
        return !patterns.isEmpty();
    }

    /** An option that says nothing without {@code --patterns}, or null. */
    @Nullable
    String idle() {
        if (given()) {
            return null;
        }
        if (unit != null) {
            return "--unit";
        }
        return wavelength != null ? "--wavelength" : flatPlate ? "--flat-plate" : null;
    }

    /**
     * Makes a configuration one of patterns.
     *
     * @param here what relative paths on the command line refer to
     */
    void into(ObjectNode tree, Path here) throws UsageException {
        if (!ConfigFile.asksFor(SourceKind.PATTERNS, tree)) {
            ConfigFile.remove(tree, OF_IMAGES);
        }
        ConfigFile.set(tree, "source", "kind", "patterns");
        ConfigFile.set(
                tree,
                "source",
                "files",
                patterns.stream().map(file -> here.resolve(file).toString()).toList());
        if (unit != null) {
            ConfigFile.set(tree, "source", "unit", unit);
        }
        if (flatPlate) {
            ConfigFile.set(tree, "detector", "flat_plate", true);
        }
        if (wavelength != null) {
            wavelength(tree, wavelength);
        }
    }

    private static void wavelength(ObjectNode tree, String text) throws UsageException {
        String[] lines = text.split(",", -1);
        String[] second = lines.length == 2 ? lines[1].split(":", -1) : new String[0];
        if (lines.length > 2 || (lines.length == 2 && second.length != 2)) {
            throw new UsageException("--wavelength must be A or A,A2:RATIO, is " + text);
        }
        ConfigFile.set(tree, "detector", "wavelength_angstrom", number(lines[0], text));
        if (second.length == 2) {
            ConfigFile.set(tree, "detector", "second_wavelength_angstrom", number(second[0], text));
            ConfigFile.set(tree, "detector", "second_share", number(second[1], text));
        }
    }

    private static double number(String text, String of) throws UsageException {
        try {
            double value = Double.parseDouble(text);
            if (value > 0 && Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new UsageException("--wavelength must be A or A,A2:RATIO, is " + of);
        }
        throw new UsageException("--wavelength must be above 0, is " + of);
    }
}
