package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.emberline.edge.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EmfTest {

    /** Science report section 3.2. */
    @ParameterizedTest
    @CsvSource({"K, 41.276", "N, 36.256", "S, 9.587", "R, 10.506", "B, 4.834"})
    void theEmfAtAThousandDegrees(Emf type, double millivolts) {
        assertEquals(millivolts, type.millivolts(1000), 0.0005);
    }

    /** Science report section 3.1, microvolts per kelvin at 900 C. */
    @ParameterizedTest
    @CsvSource({"K, 40.0", "N, 39.0", "S, 11.2", "R, 12.8", "B, 8.4"})
    void theSeebeckCoefficientAtNineHundredDegrees(Emf type, double microvolts) {
        assertEquals(microvolts, 1e3 * type.millivoltsPerKelvin(900), 0.05);
    }

    /** The tables of NIST are printed to 0.001 mV. */
    @ParameterizedTest
    @CsvSource({"K, -270, 1372", "B, 0, 1820"})
    void everyLineOfTheTableOfNist(Emf type, int least, int most) throws IOException {
        Path table = RealData.path("thermocouple/its90/type_" + type + "_1C.csv");
        List<String> lines = Files.readAllLines(table);
        assertEquals(most - least + 2, lines.size());
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            assertEquals(Double.parseDouble(cells[1]), type.millivolts(Double.parseDouble(cells[0])), 0.0005, line);
        }
    }

    /** Where there is no table: the coefficients as NIST publishes them, copied independently of the science report. */
    @ParameterizedTest
    @EnumSource(Emf.class)
    void theCoefficientsOfNist(Emf type) throws IOException {
        JsonNode pieces = new JsonMapper()
                .readTree(RealData.path("thermocouple/its90/its90.json").toFile())
                .at("/types/" + type + "/forward");
        int compared = 0;
        for (JsonNode piece : pieces) {
            double from = piece.get("t_min_c").asDouble();
            double to = piece.get("t_max_c").asDouble();
            for (int i = 1; i < 100; i++) {
                double celsius = from + (to - from) * i / 100;
                if (type.covers(celsius)) {
                    assertEquals(published(piece, celsius), type.millivolts(celsius), 1e-9, "celsius=" + celsius);
                    compared++;
                }
            }
        }
        assertTrue(compared >= 99, "compared=" + compared);
    }

    private static double published(JsonNode piece, double celsius) {
        double sum = 0;
        for (int i = 0; i < piece.get("coeffs").size(); i++) {
            sum += piece.get("coeffs").get(i).asDouble() * Math.pow(celsius, i);
        }
        JsonNode gaussian = piece.path("exponential");
        double away = celsius - gaussian.path("a2").asDouble();
        return sum
                + gaussian.path("a0").asDouble() * Math.exp(gaussian.path("a1").asDouble() * away * away);
    }

    @ParameterizedTest
    @EnumSource(Emf.class)
    void theInverseIsExactEverywhere(Emf type) {
        SplittableRandom random = new SplittableRandom(3);
        double least = type.leastInvertibleCelsius();
        for (int i = 0; i < 20_000; i++) {
            double celsius = least + (type.mostCelsius() - least) * random.nextDouble();
            double millivolts = type.millivolts(celsius);
            double back = type.celsius(millivolts);
            // At the cold end of K a rounding error of the emf alone is 1e-11 K.
            assertEquals(celsius, back, 1e-9, type + " celsius=" + celsius);
        }
        assertEquals(least, type.celsius(type.millivolts(least)), 1e-9);
        assertEquals(type.mostCelsius(), type.celsius(type.millivolts(type.mostCelsius())), 1e-9);
    }

    @ParameterizedTest
    @EnumSource(Emf.class)
    void theSlopeIsTheDerivative(Emf type) {
        for (double celsius = type.leastCelsius() + 1; celsius < type.mostCelsius() - 1; celsius += 7.3) {
            double h = 1e-3;
            double quotient = (type.millivolts(celsius + h) - type.millivolts(celsius - h)) / (2 * h);
            assertEquals(quotient, type.millivoltsPerKelvin(celsius), 1e-8, type + " celsius=" + celsius);
        }
    }

    @ParameterizedTest
    @EnumSource(Emf.class)
    void outsideOfItsRangeItSaysNothing(Emf type) {
        assertTrue(Double.isNaN(type.millivolts(type.mostCelsius() + 1e-6)));
        assertTrue(Double.isNaN(type.millivolts(type.leastCelsius() - 1e-6)));
        assertTrue(Double.isNaN(type.celsius(type.millivolts(type.mostCelsius()) + 1e-9)));
        assertTrue(Double.isNaN(type.celsius(type.millivolts(type.leastInvertibleCelsius()) - 1e-9)));
        assertTrue(Double.isNaN(type.celsius(Double.NaN)));
    }

    @Test
    void aPairOfTypeBSaysNothingAtRoomTemperature() {
        assertTrue(Double.isNaN(Emf.B.celsius(Emf.B.millivolts(25))));
        assertEquals(100, Emf.B.leastInvertibleCelsius());
    }
}
