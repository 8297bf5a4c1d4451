package org.emberline.edge.metrics.lattice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import org.emberline.edge.RealData;
import org.emberline.edge.metrics.phase.Phase;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Reduction;
import org.junit.jupiter.api.Test;

/** Cells from measured patterns of powders whose cell is known, integrated by another program. */
class MeasuredPatternTest {

    private record Measured(RadialAxis axis, Reduction reduction) {}

    /** Columns q_A^-1, I_no_sa1, count_no_sa1; sigma as of counts. */
    private static Measured read(String relative) throws IOException {
        List<String> lines = Files.readAllLines(RealData.path("diffraction/" + relative), StandardCharsets.US_ASCII);
        int bins = lines.size() - 1;
        double first = Double.parseDouble(lines.get(1).split(",", -1)[0]);
        double last = Double.parseDouble(lines.get(bins).split(",", -1)[0]);
        double width = (last - first) / (bins - 1);
        RadialAxis axis = new RadialAxis(RadialUnit.Q_PER_ANGSTROM, bins, first - width / 2, last + width / 2);
        Reduction reduction = new Reduction(bins);
        double pixels = 0;
        for (int i = 0; i < bins; i++) {
            String[] row = lines.get(i + 1).split(",", -1);
            double count = Double.parseDouble(row[4]);
            if (count > 0) {
                double intensity = Double.parseDouble(row[3]);
                PowderRings.set(reduction, i, intensity, Math.sqrt(Math.max(0, intensity) / count), count);
                pixels += count;
            }
        }
        reduction.frameTotals(1, (long) pixels, 0);
        return new Measured(axis, reduction);
    }

    private static Cell fit(Phase phase, Measured measured, String title) {
        Cell cell = new LatticeFit(phase, measured.axis).fit(measured.reduction);
        System.out.printf(
                Locale.ROOT,
                "%s as %s: a=%.5f +- %.5f flags=%d%n",
                title,
                phase.name(),
                cell.a,
                cell.sigmaA,
                cell.flags);
        return cell;
    }

    @Test
    void ceriaOnAPilatus() throws IOException {
        Measured measured = read("ceo2-pilatus1m/CeO2_Pilatus1M.ref.csv");
        assertEquals(5.411, fit(Phases.CEO2, measured, "CeO2 Pilatus").a, 0.003);
        assertNotEquals(0, fit(Phases.NMC532, measured, "CeO2 Pilatus").flags);
        assertNotEquals(0, fit(Phases.FE3O4, measured, "CeO2 Pilatus").flags);
    }

    @Test
    void ceriaOnAFlatPanel() throws IOException {
        Measured measured = read("ceo2-ge41rt/ceria_GE41RT.ref.csv");
        assertEquals(5.411, fit(Phases.CEO2, measured, "CeO2 GE").a, 0.003);
        assertNotEquals(0, fit(Phases.NMC532, measured, "CeO2 GE").flags);
    }

    @Test
    void otherSamplesAreNotTheLayeredOxide() throws IOException {
        for (String map : List.of("Fe3O4C_M1_map_1", "Fe3O4C_M1_map_6")) {
            Measured measured = read("fe3o4-pilatus1m/" + map + ".ref.csv");
            assertNotEquals(0, fit(Phases.NMC532, measured, map).flags);
            assertNotEquals(0, fit(Phases.CEO2, measured, map).flags);
        }
    }

    /**
     * Laboratory patterns (copper Kα, both lines: the mean wavelength) of powders mixed from several phases, LiCoO2 among them, put
     * on equal bins in q after taking off the known displacement of the sample, without which the reflections agree on no cell. The
     * cells beside the data are good to 0.005 and 0.02 Å.
     */
    @Test
    void lithiumCobaltOxideInMixtures() throws IOException {
        Phase phase = Phase.hexagonal(
                "licoo2",
                2.8156,
                14.05,
                new Phase.Range(0.985, 1.015),
                new Phase.Range(0.995, 1.02),
                Phases.reflections(
                        new int[][] {
                            {0, 0, 3}, {1, 0, 1}, {0, 0, 6}, {0, 1, 2}, {1, 0, 4}, {0, 1, 5}, {1, 0, 7}, {0, 1, 8},
                            {1, 1, 0}
                        },
                        100,
                        30,
                        5,
                        6,
                        60,
                        12,
                        12,
                        12,
                        14));
        for (String name : List.of("Nb2O5_CuO_LiCoO2.12-min.xy", "Cr2O3_Li2TiO3_LiCoO2_K2SO4.12-min.xy")) {
            Cell cell = fit(phase, readTwoTheta(name), name);
            System.out.printf(Locale.ROOT, "c=%.4f +- %.4f%n", cell.c, cell.sigmaC);
            assertEquals(2.8157, cell.a, 0.005);
            assertEquals(14.051, cell.c, 0.02);
        }
    }

    private static Measured readTwoTheta(String name) throws IOException {
        List<String> lines = Files.readAllLines(RealData.path("insitu/licoo2/" + name), StandardCharsets.US_ASCII);
        double displacement = new ObjectMapper()
                .readTree(RealData.path("insitu/licoo2/cells.json").toFile())
                .required("fits")
                .required(name)
                .required("displacement_deg")
                .doubleValue();
        double[] q = new double[lines.size()];
        double[] counts = new double[lines.size()];
        for (int i = 0; i < q.length; i++) {
            String[] row = lines.get(i).strip().split("\\s+", -1);
            double twoTheta = Double.parseDouble(row[0]);
            double shift = displacement * Math.cos(Math.toRadians(twoTheta / 2));
            q[i] = 4 * Math.PI / 1.54184 * Math.sin(Math.toRadians((twoTheta - shift) / 2));
            counts[i] = Double.parseDouble(row[1]);
        }
        RadialAxis axis = new RadialAxis(RadialUnit.Q_PER_ANGSTROM, 3000, q[0], q[q.length - 1]);
        Reduction reduction = new Reduction(axis.bins());
        for (int i = 0; i < q.length; i++) {
            int bin = Math.min(axis.bins() - 1, (int) ((q[i] - q[0]) / axis.binWidth()));
            double before = reduction.count()[bin];
            double sum = counts[i] + (before > 0 ? before * reduction.intensity()[bin] : 0);
            PowderRings.set(reduction, bin, sum / (before + 1), Math.sqrt(sum) / (before + 1), before + 1);
        }
        reduction.frameTotals(1, q.length, 0);
        return new Measured(axis, reduction);
    }
}
