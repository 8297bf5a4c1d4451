package org.emberline.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ThermocoupleTypeTest {
    private static final String ITS90 = "thermocouple/its90/";
    /** The tables are printed to 0.001 mV. */
    private static final double PRINTED = 0.0005;

    @ParameterizedTest
    @CsvSource({"B, 0, 1820", "E, -270, 1000", "J, -210, 1200", "K, -270, 1372", "T, -270, 400"})
    void everyLineOfTheTablesOfNist(ThermocoupleType type, int least, int most) throws IOException {
        Path table = RealData.path(ITS90 + "type_" + type + "_1C.csv");
        List<String> lines = Files.readAllLines(table);
        assertEquals(most - least + 2, lines.size());
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            assertEquals(Double.parseDouble(cells[1]), type.millivolts(Double.parseDouble(cells[0])), PRINTED, line);
        }
        assertEquals(least, type.leastCelsius());
        assertEquals(most, type.mostCelsius());
    }

    /** Every coefficient of every piece, read from the database's file and summed with 34 digits. */
    @ParameterizedTest
    @EnumSource(ThermocoupleType.class)
    void theCoefficientsOfNist(ThermocoupleType type) throws IOException {
        JsonNode pieces = new JsonMapper()
                .readTree(RealData.path(ITS90 + "its90.json").toFile())
                .at("/types/" + type + "/forward");
        assertEquals(pieces.get(0).get("t_min_c").asDouble(), type.leastCelsius());
        assertEquals(pieces.get(pieces.size() - 1).get("t_max_c").asDouble(), type.mostCelsius());
        for (JsonNode piece : pieces) {
            double from = piece.get("t_min_c").asDouble();
            double to = piece.get("t_max_c").asDouble();
            for (int i = 1; i < 1000; i++) {
                double celsius = from + (to - from) * i / 1000;
                assertEquals(published(piece, celsius), type.millivolts(celsius), 1e-10, "celsius=" + celsius);
            }
        }
    }

    private static double published(JsonNode piece, double celsius) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal power = BigDecimal.ONE;
        for (JsonNode coefficient : piece.get("coeffs")) {
            sum = sum.add(new BigDecimal(coefficient.asText()).multiply(power), MathContext.DECIMAL128);
            power = power.multiply(new BigDecimal(celsius), MathContext.DECIMAL128);
        }
        JsonNode gaussian = piece.path("exponential");
        double away = celsius - gaussian.path("a2").asDouble();
        return sum.doubleValue()
                + gaussian.path("a0").asDouble() * Math.exp(gaussian.path("a1").asDouble() * away * away);
    }

    @Test
    void theGoldenVectors() throws IOException {
        JsonNode vectors = new JsonMapper()
                .readTree(RealData.path(ITS90 + "golden_vectors.json").toFile());
        assertEquals(9, vectors.size());
        for (JsonNode vector : vectors) {
            ThermocoupleType type = ThermocoupleType.valueOf(vector.get("type").asText());
            double celsius = vector.get("t_c").asDouble();
            double millivolts = vector.get("mv").asDouble();
            assertEquals(millivolts, type.millivolts(celsius), PRINTED, vector.toString());
            assertEquals(
                    celsius,
                    Its90.celsius(type, millivolts),
                    PRINTED / type.millivoltsPerKelvin(celsius),
                    vector.toString());
        }
    }

    /** Science report section 3.2, NIST's tables to 0.001 mV: in a checkout without data a wrong sign still shows. */
    @ParameterizedTest
    @CsvSource({
        "B, 1000, 4.834",
        "B, 1800, 13.591",
        "E, -200, -8.825",
        "E, 1000, 76.373",
        "J, -200, -7.890",
        "J, 760, 42.919",
        "J, 1200, 69.553",
        "K, -200, -5.891",
        "K, 100, 4.096",
        "K, 500, 20.644",
        "K, 1000, 41.276",
        "K, 1372, 54.886",
        "N, -200, -3.990",
        "N, 1000, 36.256",
        "N, 1300, 47.513",
        "R, -50, -0.226",
        "R, 1000, 10.506",
        "R, 1600, 18.849",
        "R, 1768.1, 21.103",
        "S, -50, -0.236",
        "S, 1000, 9.587",
        "S, 1400, 14.373",
        "S, 1768.1, 18.694",
        "T, -200, -5.603",
        "T, 100, 4.279",
        "T, 400, 20.872"
    })
    void knownEmfs(ThermocoupleType type, double celsius, double millivolts) {
        assertEquals(millivolts, type.millivolts(celsius), 0.00051);
    }

    /** Science report section 3.1, microvolts per kelvin at 900 C. */
    @ParameterizedTest
    @CsvSource({"K, 40.0", "N, 39.0", "S, 11.2", "R, 12.8", "B, 8.4"})
    void theSeebeckCoefficientAtNineHundredDegrees(ThermocoupleType type, double microvolts) {
        assertEquals(microvolts, 1e3 * type.millivoltsPerKelvin(900), 0.05);
    }

    @ParameterizedTest
    @EnumSource(ThermocoupleType.class)
    void theSlopeIsTheDerivativeAndPositiveWhereItIsInverted(ThermocoupleType type) {
        for (double celsius = type.leastCelsius() + 1; celsius < type.mostCelsius() - 1; celsius += 0.73) {
            double h = 1e-3;
            double quotient = (type.millivolts(celsius + h) - type.millivolts(celsius - h)) / (2 * h);
            double slope = type.millivoltsPerKelvin(celsius);
            assertEquals(quotient, slope, 1e-7, type + " celsius=" + celsius);
            assertTrue(slope > 0 || celsius < type.leastInvertibleCelsius(), type + " celsius=" + celsius);
        }
    }

    @ParameterizedTest
    @EnumSource(ThermocoupleType.class)
    void outsideOfItsRangeItSaysNothing(ThermocoupleType type) {
        for (double celsius :
                new double[] {Math.nextDown(type.leastCelsius()), Math.nextUp(type.mostCelsius()), Double.NaN}) {
            assertTrue(Double.isNaN(type.millivolts(celsius)), type + " celsius=" + celsius);
            assertTrue(Double.isNaN(type.millivoltsPerKelvin(celsius)), type + " celsius=" + celsius);
        }
        assertTrue(type.millivolts(type.leastCelsius()) <= type.millivolts(type.mostCelsius()));
    }

    /** Monograph 175: the emf of type B is least, -2.58 uV, at 21.020 C. */
    @Test
    void typeBHasAMinimum() {
        assertEquals(0, ThermocoupleType.B.millivoltsPerKelvin(21.020), 1e-8);
        assertEquals(-0.00258, ThermocoupleType.B.millivolts(21.020), 0.000005);
    }
}
