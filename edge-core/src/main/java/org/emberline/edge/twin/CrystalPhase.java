package org.emberline.edge.twin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A phase other than the layered oxide, as a list of powder lines. Cells at 300 K are textbook values; the lines' spacings and relative
 * intensities follow from the structures in config/phases by other programs than this one (build-tools/powder-lines; lines below 0.2 %
 * are left out). The expansion, the same along all axes, and the one displacement factor are representative.
 */
final class CrystalPhase {
    static final CrystalPhase HYDROXIDE = new CrystalPhase("hydroxide", 40.206, 2446.4, 15e-6, 0.7);
    static final CrystalPhase SPINEL = new CrystalPhase("spinel", 551.368 / 24, 4286.0, 9e-6, 0.45);
    static final CrystalPhase ROCK_SALT = new CrystalPhase("rock_salt", 72.877 / 4, 5849.4, 14e-6, 0.4);
    static final CrystalPhase LITHIATED_ROCK_SALT =
            new CrystalPhase("lithiated_rock_salt", 68.921 / 2, 2140.9, 14e-6, 0.6);
    static final CrystalPhase LITHIUM_CARBONATE = new CrystalPhase("lithium_carbonate", 233.795 / 4, 204.2, 40e-6, 1.1);
    static final CrystalPhase LITHIUM_HYDROXIDE = new CrystalPhase("lithium_hydroxide", 54.588 / 2, 275.5, 40e-6, 1.0);
    static final CrystalPhase BARIUM_CARBONATE = new CrystalPhase("barium_carbonate", 303.805 / 4, 3503.7, 20e-6, 0.75);
    static final CrystalPhase BARIUM_OXIDE = new CrystalPhase("barium_oxide", 169.939 / 4, 8772.7, 13e-6, 0.55);

    private static final double REFERENCE_KELVIN = 300;
    /** Of the table of intensities, Angstrom. */
    private static final double TABLE_WAVELENGTH = 0.1846;

    private final String name;
    private final double formulaVolume;
    private final double expansion;
    private final double displacement;
    private final double[] spacings;
    private final double[] strengths;

    /**
     * @param formulaVolume at 300 K, cubic Angstrom
     * @param brightness intensity of the strongest line per volume, on the scale of all phases
     * @param expansion per kelvin
     * @param displacement factor B at 300 K in Angstrom squared
     */
    private CrystalPhase(String name, double formulaVolume, double brightness, double expansion, double displacement) {
        this.name = name;
        this.formulaVolume = formulaVolume;
        this.expansion = expansion;
        this.displacement = displacement;
        List<double[]> lines = lines(name);
        spacings = new double[lines.size()];
        strengths = new double[spacings.length];
        for (int i = 0; i < spacings.length; i++) {
            spacings[i] = lines.get(i)[0];
            double area = brightness * lines.get(i)[1] / 100;
            strengths[i] = area / lorentz(sSquared(i, REFERENCE_KELVIN), TABLE_WAVELENGTH);
        }
    }

    /** Spacing in Angstrom and intensity in per cent of the strongest line. */
    private static List<double[]> lines(String name) {
        try (InputStream table = CrystalPhase.class.getResourceAsStream("powder-lines.csv")) {
            String text = new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.US_ASCII);
            return text.lines()
                    .map(line -> line.split(",", -1))
                    .filter(cells -> cells[0].equals(name))
                    .map(cells -> new double[] {Double.parseDouble(cells[1]), Double.parseDouble(cells[2])})
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("powder-lines.csv", e);
        }
    }

    String name() {
        return name;
    }

    int lines() {
        return spacings.length;
    }

    /** Cubic Angstrom per formula unit; per metal for the oxides of the metals and their hydroxide. */
    double formulaVolume(double kelvin) {
        double length = 1 + expansion * (kelvin - REFERENCE_KELVIN);
        return formulaVolume * length * length * length;
    }

    /** (sin(theta)/lambda)^2 of a line, 1/Angstrom^2. */
    double sSquared(int line, double kelvin) {
        double d = spacings[line] * (1 + expansion * (kelvin - REFERENCE_KELVIN));
        return 1 / (4 * d * d);
    }

    /**
     * Area in 2theta of a line per cubic Angstrom of the phase: m |F|^2 / (v^2 sin^2(theta) cos(theta)), v the volume of the cell.
     *
     * @param wavelength Angstrom; the line must exist, sin(theta) below 1
     */
    double intensity(int line, double kelvin, double wavelength) {
        double sSquared = sSquared(line, kelvin);
        double damping = Math.exp(-2 * displacement * sSquared * (kelvin / REFERENCE_KELVIN - 1));
        double thinner = formulaVolume / formulaVolume(kelvin);
        return strengths[line] * damping * thinner * thinner * lorentz(sSquared, wavelength);
    }

    private static double lorentz(double sSquared, double wavelength) {
        double sineSquared = wavelength * wavelength * sSquared;
        return 1 / (sineSquared * Math.sqrt(1 - sineSquared));
    }
}
