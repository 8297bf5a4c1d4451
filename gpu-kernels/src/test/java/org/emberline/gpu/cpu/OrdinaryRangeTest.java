package org.emberline.gpu.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.PixelRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OrdinaryRangeTest {

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void everythingInItIsValidAndNotSaturated(PixelFormat format) {
        Random random = new Random(format.bytes());
        for (int i = 0; i < 2000; i++) {
            PixelRules rules = new PixelRules(
                    random.nextBoolean(),
                    random.nextBoolean() ? Double.POSITIVE_INFINITY : value(random, format),
                    random.nextBoolean(),
                    random.nextBoolean() ? Double.NaN : value(random, format),
                    random.nextBoolean() ? 0 : random.nextDouble() * 3);
            OrdinaryRange range = OrdinaryRange.of(rules, format);
            for (int k = 0; k < 20 && !range.isEmpty(); k++) {
                double inside = range.lower() + random.nextDouble() * (range.upper() - range.lower());
                double raw = k == 0 ? range.lower() : k == 1 ? range.upper() : inside;
                double pixel = format == PixelFormat.F32 ? (float) raw : Math.rint(raw);
                if (pixel >= range.lower() && pixel <= range.upper()) {
                    assertTrue(rules.valid(pixel) && !rules.saturated(pixel), rules + " " + pixel);
                }
            }
        }
    }

    private static double value(Random random, PixelFormat format) {
        double value = Math.scalb(random.nextDouble() * 2 - 1, random.nextInt(34));
        return format == PixelFormat.F32 ? value : Math.rint(value * 2) / 2;
    }

    @Test
    void itIsAsWideAsARangeCanBe() {
        assertEquals(new OrdinaryRange(0, 65535), OrdinaryRange.of(PixelRules.GAPS_NEGATIVE, PixelFormat.U16));
        assertEquals(
                new OrdinaryRange(0, 65534),
                OrdinaryRange.of(new PixelRules(false, 1e9, false, 65535, 0), PixelFormat.U16));
        assertEquals(
                new OrdinaryRange(1, 99), OrdinaryRange.of(new PixelRules(false, 100, false, 0, 0), PixelFormat.I32));
        assertEquals(
                new OrdinaryRange(-4, Integer.MAX_VALUE),
                OrdinaryRange.of(new PixelRules(true, 1e10, false, -5, 0), PixelFormat.I32));
        assertTrue(OrdinaryRange.of(new PixelRules(false, 0, false, Double.NaN, 0), PixelFormat.U8)
                .isEmpty());
    }
}
