package org.emberline.edge.app;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.emberline.edge.app.EmfTable.Point;
import org.emberline.firmware.Its90;
import org.emberline.firmware.ThermocoupleType;
import org.jspecify.annotations.Nullable;

/**
 * The reference function of a type beside a table of it, whose emfs were measured with the cold junction somewhere.
 *
 * @param forward E(t) - E(T_cj) beside the table, mV
 * @param roundTrip E^-1(E(t)) beside t, C; null where no point has an inverse
 * @param tabled E^-1 of the table's emf beside t, C, which is mostly the rounding of the table; null likewise
 * @param withoutInverse points whose temperature no emf says
 * @param beyondEnd points whose emf, as it is rounded, is beyond the end of the range
 */
record EmfComparison(
        ThermocoupleType type,
        EmfTable table,
        Worst forward,
        @Nullable Worst roundTrip,
        @Nullable Worst tabled,
        int withoutInverse,
        int beyondEnd) {
    static final double FORWARD_TOLERANCE_MILLIVOLTS = 0.0005;
    static final double INVERSE_TOLERANCE_CELSIUS = 0.001;

    /** The largest deviation, without sign, and the temperature where it is. */
    record Worst(double deviation, double celsius) {}

    static EmfComparison of(ThermocoupleType type, EmfTable table, double coldCelsius) {
        double cold = type.millivolts(coldCelsius);
        Worst forward = worst(table.points(), point -> type.millivolts(point.celsius()) - cold - point.millivolts());
        List<Point> invertible = table.points().stream()
                .filter(point -> point.celsius() >= type.leastInvertibleCelsius())
                .toList();
        List<Point> inside = invertible.stream()
                .filter(point -> !Double.isNaN(Its90.hotCelsius(type, point.millivolts(), coldCelsius)))
                .toList();
        return new EmfComparison(
                type,
                table,
                Objects.requireNonNull(forward, "a table has points"),
                worst(
                        invertible,
                        point -> Its90.hotCelsius(type, type.millivolts(point.celsius()) - cold, coldCelsius)
                                - point.celsius()),
                worst(inside, point -> Its90.hotCelsius(type, point.millivolts(), coldCelsius) - point.celsius()),
                table.points().size() - invertible.size(),
                invertible.size() - inside.size());
    }

    private static @Nullable Worst worst(List<Point> points, ToDoubleFunction<Point> deviation) {
        Worst worst = null;
        for (Point point : points) {
            double size = Math.abs(deviation.applyAsDouble(point));
            // A NaN is worse than any number.
            if (worst == null || !(size <= worst.deviation)) {
                worst = new Worst(size, point.celsius());
            }
        }
        return worst;
    }

    boolean within() {
        return forward.deviation <= FORWARD_TOLERANCE_MILLIVOLTS
                && (roundTrip == null || roundTrip.deviation <= INVERSE_TOLERANCE_CELSIUS);
    }

    /** For people. */
    List<String> lines() {
        String points = String.format(
                Locale.ROOT,
                "table    %s: type %s, %d points, emf to %s mV",
                table.file(),
                type,
                table.points().size(),
                plain(table.printedMillivolts()));
        return List.of(points, "inverse  " + tabledInWords(), "largest  " + forwardInWords() + "; " + inverseInWords());
    }

    private String tabledInWords() {
        StringBuilder words = new StringBuilder();
        if (tabled != null) {
            double half = table.printedMillivolts() / 2;
            words.append(String.format(
                    Locale.ROOT,
                    "of the table's emfs %.3g C at %s C, where half of their last digit is %.3g C",
                    tabled.deviation,
                    tabled.celsius,
                    half / type.millivoltsPerKelvin(tabled.celsius)));
        } else {
            words.append("of none of the table's emfs");
        }
        if (beyondEnd > 0) {
            words.append("; ").append(beyondEnd).append(" rounded beyond the end of the range");
        }
        if (withoutInverse > 0) {
            words.append(String.format(
                    Locale.ROOT,
                    "; %d points below %s C have none, for no emf says one temperature there",
                    withoutInverse,
                    type.leastInvertibleCelsius()));
        }
        return words.toString();
    }

    private String forwardInWords() {
        return String.format(
                Locale.ROOT,
                "forward %.6f mV at %s C (%s %s mV)",
                forward.deviation,
                forward.celsius,
                forward.deviation <= FORWARD_TOLERANCE_MILLIVOLTS ? "within" : "BEYOND",
                plain(FORWARD_TOLERANCE_MILLIVOLTS));
    }

    private String inverseInWords() {
        if (roundTrip == null) {
            return "inverse none";
        }
        return String.format(
                Locale.ROOT,
                "inverse %.3g C at %s C, there and back (%s %s C)",
                roundTrip.deviation,
                roundTrip.celsius,
                roundTrip.deviation <= INVERSE_TOLERANCE_CELSIUS ? "within" : "BEYOND",
                plain(INVERSE_TOLERANCE_CELSIUS));
    }

    /** Without an exponent. */
    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** For machines; a deviation that does not exist is null. */
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("type", type.name());
        root.put("table", table.file().toString());
        root.put("points", table.points().size());
        root.put("within", within());
        root.put("forward_mv", forward.deviation);
        root.put("forward_at_celsius", forward.celsius);
        root.put("forward_tolerance_mv", FORWARD_TOLERANCE_MILLIVOLTS);
        put(root, "inverse", roundTrip);
        root.put("inverse_tolerance_celsius", INVERSE_TOLERANCE_CELSIUS);
        put(root, "tabled_inverse", tabled);
        root.put("without_inverse", withoutInverse);
        root.put("beyond_end", beyondEnd);
        return root;
    }

    private static void put(Map<String, @Nullable Object> root, String name, @Nullable Worst worst) {
        root.put(name + "_celsius", worst == null ? null : worst.deviation);
        root.put(name + "_at_celsius", worst == null ? null : worst.celsius);
    }
}
