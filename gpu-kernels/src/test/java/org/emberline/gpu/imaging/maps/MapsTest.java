package org.emberline.gpu.imaging.maps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.emberline.gpu.imaging.HistogramBins;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.RealRadiographs;
import org.junit.jupiter.api.Test;

/** Closed formulas and measured data. */
final class MapsTest {
    private static final ImageShape SLICE = new ImageShape(200, 200);

    @Test
    void sandstoneIsAsPorousAndAsDividedAsIsKnown() throws IOException {
        Path reference = RealRadiographs.path("berea/ref_porosity.json");
        byte[] volume = Files.readAllBytes(RealRadiographs.path("berea/berea_100x200x200_u8.raw"));
        String[] slices = Files.readString(reference, StandardCharsets.UTF_8)
                .split("porosity_slices_axis0\": \\[", 2)[1]
                .split(",", 101);
        Regions regions = new Regions(SLICE);
        boolean[] pore = new boolean[SLICE.pixels()];
        assertEquals(100 * SLICE.pixels(), volume.length);
        long pores = 0;
        for (int slice = 99; slice >= 0; slice--) {
            for (int i = 0; i < pore.length; i++) {
                pore[i] = volume[slice * pore.length + i] == 1;
            }
            regions.find(pore, false);
            int area = 0;
            for (int region = 1; region <= regions.count(); region++) {
                area += regions.area(region);
            }
            pores += area;
            double porosity = Double.parseDouble(slices[slice].strip().replaceAll("(?s)[^0-9.e-].*", ""));
            assertEquals(porosity, (double) area / pore.length, 1e-12, "slice " + slice);
        }
        assertEquals(RealRadiographs.number(reference, "{", "porosity"), (double) pores / volume.length, 1e-12);
        assertEquals(RealRadiographs.number(reference, "slice_0", "pore_regions_4conn"), regions.count());
        regions.find(pore, true);
        assertEquals(RealRadiographs.number(reference, "slice_0", "pore_regions_8conn"), regions.count());
    }

    @Test
    void chessboardsAreApartOrOne() {
        ImageShape shape = new ImageShape(7, 9);
        boolean[] chosen = new boolean[63];
        for (int i = 0; i < 63; i++) {
            chosen[i] = (i / 9 + i % 9) % 2 == 0;
        }
        Regions regions = new Regions(shape);
        regions.find(chosen, false);
        assertEquals(32, regions.count());
        regions.find(chosen, true);
        assertEquals(1, regions.count());
        assertEquals(32, regions.area(1));
        assertThrows(IndexOutOfBoundsException.class, () -> regions.area(2));
    }

    @Test
    void twoPeaksApartAreParted() {
        long[] counts = new long[100];
        counts[20] = 300;
        counts[80] = 100;
        HistogramBins bins = new HistogramBins(0, 10, 100);
        Otsu otsu = Otsu.of(counts, bins);
        assertEquals(5.05, otsu.threshold(), 1e-12); // half way between the edges 2.1 and 8.0
        assertEquals(1, otsu.separability(), 1e-12);
        assertEquals(0.25, otsu.upperShare(), 1e-12);
        assertEquals(0, otsu.deviation(), 1e-6);
        assertTrue(Double.isNaN(Otsu.of(new long[100], bins).threshold()));
        counts[80] = 0;
        assertTrue(Double.isNaN(Otsu.of(counts, bins).separability()));
    }

    @Test
    void anEvenHistogramIsThreeQuartersSeparable() {
        long[] counts = new long[1000];
        Arrays.fill(counts, 7);
        Otsu otsu = Otsu.of(counts, new HistogramBins(0, 1, 1000));
        assertEquals(0.5, otsu.threshold(), 1e-12);
        assertEquals(0.75, otsu.separability(), 1e-5);
    }

    /** A wave that fits the map: its flux is known, also on the grid. */
    @Test
    void theFluxOfAWaveIsAWave() {
        int rows = 60;
        int columns = 50;
        double pixel = 0.25;
        double wave = Math.PI * 3 / (2 * columns);
        double curvature = Math.pow(2 * Math.sin(wave) / pixel, 2);
        float[] change = new float[rows * columns];
        for (int i = 0; i < change.length; i++) {
            change[i] = (float) (Math.cos(wave * (2 * (i % columns) + 1)) + 0.5);
        }
        MinimumFlux flux = new MinimumFlux(new ImageShape(rows, columns));
        flux.solve(change, pixel);
        assertEquals(0.5, flux.meanChange(), 1e-7);
        double sum = 0;
        for (int i = 0; i < change.length; i++) {
            int column = i % columns;
            // phi = -change / curvature; the step to the right is J = -(difference of phi) / pixel.
            double step = (Math.cos(wave * (2 * column + 3)) - Math.cos(wave * (2 * column + 1))) / curvature / pixel;
            assertEquals(column + 1 < columns ? step : 0, flux.columnFlux()[i], 1e-6);
            assertEquals(0, flux.rowFlux()[i], 1e-6);
            sum += Math.abs(flux.columnFlux()[i] + (column > 0 ? flux.columnFlux()[i - 1] : 0)) / 2;
        }
        assertEquals(sum / change.length, flux.meanFlux(), 1e-5);
    }

    @Test
    void theFluxAccountsForEveryChange() {
        Random random = new Random(31);
        ImageShape shape = new ImageShape(37, 52);
        float[] change = new float[shape.pixels()];
        for (int i = 0; i < change.length; i++) {
            change[i] = (float) random.nextGaussian();
        }
        change[70] = Float.NaN;
        MinimumFlux flux = new MinimumFlux(shape);
        flux.solve(change, 1);
        for (int i = 0; i < change.length; i++) {
            double out = flux.rowFlux()[i] + flux.columnFlux()[i];
            double in = (i >= 52 ? flux.rowFlux()[i - 52] : 0) + (i % 52 > 0 ? flux.columnFlux()[i - 1] : 0);
            double wanted = Float.isNaN(change[i]) ? 0 : change[i] - flux.meanChange();
            assertEquals(wanted, in - out, 1e-5, "pixel " + i);
        }
    }

    @Test
    void nothingKnownIsNoFlux() {
        float[] unknown = new float[20];
        Arrays.fill(unknown, Float.NaN);
        MinimumFlux flux = new MinimumFlux(new ImageShape(4, 5));
        flux.solve(unknown, 1);
        assertTrue(Double.isNaN(flux.meanFlux()));
        assertThrows(IllegalArgumentException.class, () -> flux.solve(unknown, 0));
    }

    @Test
    void twoEnergiesTakeTheBackgroundAway() {
        TwoEnergies energies = new TwoEnergies(0.992, 393);
        float[] below = {0.5f, 1, Float.NaN};
        float[] above = {(float) (0.5 * 0.992 + 393 * 34e-6), 0.992f, 1};
        float[] mass = new float[3];
        energies.mass(below, above, mass);
        assertEquals(34e-6, mass[0], 1e-9);
        assertEquals(0, mass[1], 1e-9);
        assertTrue(Float.isNaN(mass[2]));
        float[] variance = new float[1];
        energies.variance(new float[] {4e-4f}, new float[] {1e-4f}, variance);
        assertEquals((1e-4 + 0.992 * 0.992 * 4e-4) / (393 * 393), variance[0], 1e-15);
        assertThrows(IllegalArgumentException.class, () -> energies.mass(below, above, new float[2]));
        assertThrows(IllegalArgumentException.class, () -> new TwoEnergies(0.992, 0));
    }

    @Test
    void unevennessOfSimpleMaps() {
        ImageShape shape = new ImageShape(1, 5);
        Unevenness line = new Unevenness(shape);
        assertEquals(0, line.gini(new float[] {3, 3, 3, 3, 3}), 1e-12);
        assertEquals(0.8, line.gini(new float[] {0, 0, 7, 0, 0}), 1e-12);
        assertEquals(0.5, line.gini(new float[] {Float.NaN, 0, Float.NaN, 7, Float.NaN}), 1e-12);
        assertTrue(Double.isNaN(line.gini(new float[5])));
        // Products of neighbours 2, 0, 0, 2 in 4 pairs, squares 10.
        assertEquals(5.0 / 4 * 4 / 10, line.moransI(new float[] {-2, -1, 0, 1, 2}), 1e-12);
        assertTrue(Double.isNaN(line.moransI(new float[5])));
    }
}
