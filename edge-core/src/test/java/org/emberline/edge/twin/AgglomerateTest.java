package org.emberline.edge.twin;

import static org.emberline.edge.twin.RadiographScenario.PIXEL;
import static org.emberline.edge.twin.RadiographScenario.RUN_SECONDS;
import static org.emberline.edge.twin.RadiographScenario.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgglomerateTest {
    private static final int STATES = 60;

    private static Radiograph calcination() {
        return new Radiograph(RadiographScenario.usual(), 7, RadiographScenario::calcination, STATES, RUN_SECONDS);
    }

    /** Over a whole calcination: the oxide's mass is that of the envelope of the start, the barium's 0.5 mol %. */
    @Test
    void metalAndBariumAreConserved() {
        Radiograph radiograph = calcination();
        // 2.5 um of hydroxide without pores; 96.56 g and 24.1 cm3 per mole of metal
        double moles = 4 * Math.PI / 3 * Math.pow(2.5, 3) / 24.1;
        double oxidePicograms = moles * 20.4 * 4.74;
        double bariumPicograms = oxidePicograms / 96.56 * 0.005 * 137.33;
        double worst = 0;
        double moved = 0;
        for (int frame = 0; frame < STATES; frame++) {
            ProjectedSample shadow = radiograph.shadow(frame);
            double oxide = sum(shadow.oxide()) * PIXEL * PIXEL * 4.74;
            double barium = sum(shadow.barium()) * PIXEL * PIXEL * 1e-2;
            assertEquals(1, oxide / oxidePicograms, 1e-6, "frame=" + frame);
            assertEquals(1, barium / bariumPicograms, 1e-6, "frame=" + frame);
            worst = Math.max(worst, Math.abs(shadow.correction() - 1));
            moved = Math.max(moved, radiograph.truth(frame).movedFraction());
        }
        System.out.printf(
                "agglomerate: %.4g pg oxide, %.3g pg Ba; rays corrected by at most %.2g; moved fraction up to %.3f%n",
                oxidePicograms, bariumPicograms, worst, moved);
        assertTrue(worst < 1e-3, "worst=" + worst);
        assertTrue(moved > 0.1, "moved=" + moved);
    }

    @Test
    void porosityIsTheStatesAndTheSilhouetteFollowsIt() {
        Radiograph radiograph = calcination();
        double worst = 0;
        for (int frame = 0; frame < STATES; frame++) {
            RadiographTruth truth = radiograph.truth(frame);
            double porosity = RadiographScenario.calcination(truth.seconds()).porosity();
            assertEquals(porosity, truth.sample().porosity(), 1e-3, "frame=" + frame);
            double shrunk = truth.sample().silhouettePorosity() - porosity;
            // A hull is never larger than the envelope, but for the outline's resolution of half a pixel in 73.
            assertTrue(shrunk < 0.01 && shrunk > -0.05, "frame=" + frame + " silhouette off by " + shrunk);
            worst = Math.max(worst, Math.abs(shrunk));
        }
        System.out.printf("agglomerate: silhouette porosity within %.3f of the true one%n", worst);
    }

    /** By points thrown at random into the envelope and held against every ball, without any ray or power diagram. */
    @ParameterizedTest
    @CsvSource({"0.7, 0.45", "0.9, 0.2", "0.9, 0.05", "1.6, 0.12"})
    void theBallsFillTheEnvelopeAsTheStateSays(double grain, double porosity) {
        Agglomerate agglomerate = settled(grain, porosity);
        Grains grains = agglomerate.grains();
        Random random = new Random(5);
        int thrown = 0;
        int solid = 0;
        while (thrown < 100_000) {
            double x = (2 * random.nextDouble() - 1) * grains.envelope();
            double y = (2 * random.nextDouble() - 1) * grains.envelope();
            double z = (2 * random.nextDouble() - 1) * grains.envelope();
            if (x * x + y * y + z * z <= grains.envelope() * grains.envelope()) {
                thrown++;
                solid += owner(grains, x, y, z) >= 0 ? 1 : 0;
            }
        }
        double sigma = Math.sqrt(porosity * (1 - porosity) / thrown);
        assertEquals(1 - porosity, (double) solid / thrown, 4 * sigma + 1e-3);
        double envelope = 4 * Math.PI / 3 * Math.pow(grains.envelope(), 3);
        assertEquals(agglomerate.solidMicrometres3(), envelope * (1 - porosity), 1e-6 * envelope);
    }

    private static Agglomerate settled(double grain, double porosity) {
        Agglomerate agglomerate = new Agglomerate(
                RadiographScenario.plain(256, 2.5, 8.4).sample(),
                3,
                RadiographScenario.layered(0, 25, grain, porosity, 0, 0),
                PIXEL);
        assertEquals(2.5, agglomerate.grains().envelope(), 1e-12);
        return agglomerate;
    }

    /** The grain of least power among those whose ball holds the point; -1 in a pore. */
    private static int owner(Grains grains, double x, double y, double z) {
        int owner = -1;
        double least = grains.growth();
        for (int i = 0; i < grains.count(); i++) {
            double dx = x - grains.x(i);
            double dy = y - grains.y(i);
            double dz = z - grains.z(i);
            double power = dx * dx + dy * dy + dz * dz - grains.weight(i);
            if (power < least) {
                least = power;
                owner = i;
            }
        }
        return owner;
    }

    /** The diameter of the mean volume is the state's by construction; the mean diameter is a little less, the sizes being spread. */
    @ParameterizedTest
    @ValueSource(doubles = {0.8, 1.0, 1.4, 2.0})
    void grainsHaveTheStatesSize(double grain) {
        Radiograph radiograph = new Radiograph(
                RadiographScenario.plain(256, 2.5, 8.4), 11, RadiographScenario.still(grain, 0.1), 2, RUN_SECONDS);
        RadiographTruth.Sample sample = radiograph.truth(0).sample();
        double ofMeanVolume = Math.cbrt(6 / Math.PI * 0.9 * 4 * Math.PI / 3 * Math.pow(2.5, 3) / sample.grains());
        System.out.printf(
                "agglomerate: grain size %.2f um: %d grains, %.3f um by mean volume, %.3f mean, %.3f by volume, r_half %.3f um%n",
                grain,
                sample.grains(),
                ofMeanVolume,
                sample.meanGrainMicrometres(),
                sample.volumeWeightedGrainMicrometres(),
                sample.halfCorrelationMicrometres());
        assertEquals(grain, ofMeanVolume, 0.06 * grain);
        assertEquals(grain, sample.meanGrainMicrometres(), 0.15 * grain);
        assertTrue(sample.volumeWeightedGrainMicrometres() > sample.meanGrainMicrometres());
    }

    /** Neighbouring states give neighbouring images, also while grains die: nothing jumps. */
    @Test
    void theImageMovesSmoothly() {
        double[] moved = new double[40];
        Radiograph fine = new Radiograph(
                RadiographScenario.plain(256, 2.5, 8.4), 7, RadiographScenario::calcination, 6000, RUN_SECONDS);
        for (int frame = 0; frame < moved.length; frame++) {
            double[] before = fine.shadow(4000 + frame).oxide().clone();
            double[] after = fine.shadow(4001 + frame).oxide();
            double whole = sum(before);
            for (int i = 0; i < before.length; i++) {
                moved[frame] += Math.abs(after[i] - before[i]) / 2 / whole;
            }
        }
        Arrays.sort(moved);
        System.out.printf(
                "agglomerate: moved fraction between frames 6 s apart %.2g, at most %.2g%n", moved[20], moved[39]);
        assertTrue(moved[0] > 0 && moved[39] < 3 * moved[20] && moved[39] < 3e-3, Arrays.toString(moved));
    }

    @Test
    void withoutChemistryTheSolidKeepsItsVolume() {
        RadiographSettings.Sample sample = new RadiographSettings.Sample(300, 2.5, false, 0, 0, 0, 0);
        Agglomerate agglomerate = new Agglomerate(sample, 3, RadiographScenario.calcination(0), PIXEL);
        double ball = 4 * Math.PI / 3 * Math.pow(2.5, 3);
        assertEquals(ball, agglomerate.layeredMicrometres3(), 1e-9);
        SampleState oxide = RadiographScenario.calcination(0.33 * RUN_SECONDS);
        agglomerate.become(oxide);
        assertEquals(ball, agglomerate.solidMicrometres3(), 1e-9);
        assertEquals(2.5 / Math.cbrt(1 - oxide.porosity()), agglomerate.grains().envelope(), 1e-9);
    }

    @Test
    void withChemistryTheEnvelopeStandsStillUntilItSinters() {
        RadiographSettings.Sample sample = new RadiographSettings.Sample(300, 2.5, true, 0, 0, 0, 0);
        Agglomerate agglomerate = new Agglomerate(sample, 3, RadiographScenario.calcination(0), PIXEL);
        for (double u : new double[] {0.2, 0.33, 0.45, 0.6}) {
            agglomerate.become(RadiographScenario.calcination(u * RUN_SECONDS));
            assertEquals(2.5, agglomerate.grains().envelope(), 1e-9);
        }
        agglomerate.become(RadiographScenario.calcination(RUN_SECONDS));
        // 20.4 of 24.1 cm3/mol, and a twentieth of the pores
        double porosity = (1 - 20.4 / 24.1) * 0.05;
        assertEquals(
                2.5 * Math.cbrt(20.4 / 24.1 / (1 - porosity)),
                agglomerate.grains().envelope(),
                1e-9);
    }

    /** Boundary area by stereology: twice the number of boundaries crossed per length of random lines. */
    @ParameterizedTest
    @CsvSource({"0.8, 0.3", "1.0, 0.05"})
    void theFilmHasTheAreaOfTheBoundaries(double grain, double porosity) {
        Agglomerate agglomerate = settled(grain, porosity);
        Grains grains = agglomerate.grains();
        BoundaryFilm film = new BoundaryFilm(256, 256, PIXEL, 300);
        film.spread(grains, 1);
        Random random = new Random(9);
        int crossed = 0;
        double length = 0;
        double step = 0.01;
        for (int line = 0; line < 10_000; line++) {
            double[] direction = direction(random);
            double[] start = direction(random);
            double along = start[0] * direction[0] + start[1] * direction[1] + start[2] * direction[2];
            double across = Math.sqrt(1 - along * along);
            double offset = grains.envelope() * Math.sqrt(random.nextDouble());
            for (int axis = 0; axis < 3; axis++) {
                start[axis] = (start[axis] - along * direction[axis]) / across * offset;
            }
            int before = -1;
            for (double s = -grains.envelope(); s < grains.envelope(); s += step) {
                double x = start[0] + s * direction[0];
                double y = start[1] + s * direction[1];
                double z = start[2] + s * direction[2];
                boolean inside = x * x + y * y + z * z < grains.envelope() * grains.envelope();
                int now = inside ? owner(grains, x, y, z) : -1;
                boolean changed = now >= 0 && before >= 0 && now != before;
                for (int part = 1; part < 32 && changed; part++) {
                    double back = part * step / 32;
                    // A thin pore between two grains is no boundary.
                    changed = owner(grains, x - back * direction[0], y - back * direction[1], z - back * direction[2])
                            >= 0;
                }
                crossed += changed ? 1 : 0;
                length += inside ? step : 0;
                before = now;
            }
        }
        double envelope = 4 * Math.PI / 3 * Math.pow(grains.envelope(), 3);
        double area = 2 * crossed / length * envelope;
        System.out.printf(
                "boundary film: %.1f um2, by %d crossings %.1f um2%n", film.areaMicrometres2(), crossed, area);
        assertEquals(area, film.areaMicrometres2(), 0.02 * area);
        assertEquals(film.areaMicrometres2(), film.wettedMicrometres2(), 1e-9 * area);
        assertEquals(film.wettedMicrometres2(), sum(film.map()), 1e-9 * area);
    }

    private static double[] direction(Random random) {
        double[] at = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        double norm = Math.sqrt(at[0] * at[0] + at[1] * at[1] + at[2] * at[2]);
        return new double[] {at[0] / norm, at[1] / norm, at[2] / norm};
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.2, 0.5, 0.9, 1.0})
    void theFilmWetsTheCoveredShare(double coverage) {
        Agglomerate agglomerate = settled(0.8, 0.1);
        BoundaryFilm film = new BoundaryFilm(256, 256, PIXEL, 300);
        film.spread(agglomerate.grains(), coverage);
        double share = film.wettedMicrometres2() / film.areaMicrometres2();
        assertEquals(coverage, share, coverage % 1 == 0 ? 1e-12 : 0.05);
    }
}
