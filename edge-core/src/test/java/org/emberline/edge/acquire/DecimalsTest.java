package org.emberline.edge.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers as the JDK reads them, to the last bit. */
class DecimalsTest {

    private static double parse(String text) {
        byte[] bytes = ("7" + text + "7").getBytes(StandardCharsets.US_ASCII); // neighbours do not belong to it
        return Decimals.parse(bytes, 1, bytes.length - 1);
    }

    @Test
    void likeTheJdk() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200_000; i++) {
            double value = random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-30, 30));
            String text = switch (i % 4) {
                case 0 -> Double.toString(value);
                case 1 -> String.format(Locale.ROOT, "%.6f", random.nextDouble(0, 1e6));
                case 2 -> String.format(Locale.ROOT, "%.3e", value);
                default -> String.format(Locale.ROOT, "%+.17f", random.nextDouble(-10, 10));
            };
            assertEquals(Double.parseDouble(text), parse(text), text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "007", "5.", ".5", "1E5", "1e+05", "1e-323", "9007199254740993", "1e22", "1e23"})
    void likeTheJdkToo(String text) {
        assertEquals(Double.parseDouble(text), parse(text), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "e5",
                "1e",
                "1e+",
                "1e12345",
                "1e999",
                "1 2",
                "1,5",
                "0x10",
                "1d",
                "NaN",
                "inf",
                "1.2.3",
                "--1",
                "1e5.0",
                "Infinity"
            })
    void whatIsNoFiniteDecimalNumber(String text) {
        assertTrue(Double.isNaN(parse(text)), text);
    }
}
