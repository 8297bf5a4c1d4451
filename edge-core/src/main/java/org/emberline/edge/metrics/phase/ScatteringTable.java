package org.emberline.edge.metrics.phase;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How atoms scatter: form factors by ion and resonant terms f', f'' by element and energy. The figures are resources beside this class;
 * each says where it is from.
 */
final class ScatteringTable {
    private static final String FORM_FACTORS = "form-factors.csv";
    private static final String RESONANCES = "resonant-scattering.csv";
    private static final ScatteringTable SHIPPED = load();

    private final Map<String, FormFactor> byIon;
    private final Map<String, List<double[]>> byElement;

    private ScatteringTable(Map<String, FormFactor> byIon, Map<String, List<double[]>> byElement) {
        this.byIon = Map.copyOf(byIon);
        this.byElement = Map.copyOf(byElement);
    }

    static ScatteringTable shipped() {
        return SHIPPED;
    }

    /** @throws IllegalArgumentException for an ion that the table does not have, with those it has of the element */
    FormFactor formFactor(String ion) {
        @Nullable FormFactor found = byIon.get(ion);
        if (found == null) {
            List<String> kin = byIon.keySet().stream()
                    .filter(known -> !element(ion).isEmpty() && element(known).equals(element(ion)))
                    .sorted()
                    .toList();
            throw new IllegalArgumentException("no form factor of ion=" + ion
                    + (kin.isEmpty() ? ", write it as in O2- or Ni" : ", of this element there are " + kin));
        }
        return found;
    }

    /** The element's symbol within an ion's. */
    static String element(String ion) {
        int end = 0;
        while (end < ion.length() && Character.isLetter(ion.charAt(end))) {
            end++;
        }
        return ion.substring(0, end);
    }

    /**
     * f' and f'' of an element, linear in the logarithm of the energy between the table's.
     *
     * @param kev NaN for none: both are 0 then, and where the table does not know the element
     */
    Structure.Resonance resonance(String element, double kev) {
        List<double[]> rows = byElement.getOrDefault(element, List.of());
        if (Double.isNaN(kev) || rows.isEmpty()) {
            return new Structure.Resonance(0, 0);
        }
        int next = 1;
        while (next < rows.size() - 1 && rows.get(next)[0] < kev) {
            next++;
        }
        double[] lower = rows.get(next - 1);
        double[] upper = rows.get(next);
        double share = Math.clamp(Math.log(kev / lower[0]) / Math.log(upper[0] / lower[0]), 0.0, 1.0);
        return new Structure.Resonance(
                lower[1] + share * (upper[1] - lower[1]), lower[2] + share * (upper[2] - lower[2]));
    }

    private static ScatteringTable load() {
        Map<String, FormFactor> ions = new HashMap<>();
        read(FORM_FACTORS, cells -> {
            double[] a = new double[5];
            double[] b = new double[5];
            for (int i = 0; i < 5; i++) {
                a[i] = Double.parseDouble(cells[2 + i]);
                b[i] = Double.parseDouble(cells[7 + i]);
            }
            ions.put(cells[0], new FormFactor(a, b, Double.parseDouble(cells[1])));
        });
        Map<String, List<double[]>> elements = new HashMap<>();
        read(
                RESONANCES,
                cells -> elements.computeIfAbsent(cells[0], _ -> new ArrayList<>())
                        .add(new double[] {
                            Double.parseDouble(cells[1]), Double.parseDouble(cells[2]), Double.parseDouble(cells[3])
                        }));
        return new ScatteringTable(ions, elements);
    }

    private static void read(String name, Consumer<String[]> row) {
        try (@Nullable InputStream bytes = ScatteringTable.class.getResourceAsStream(name)) {
            if (bytes == null) {
                throw new IllegalStateException("the program lacks its resource " + name);
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.US_ASCII));
            lines.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .forEach(row);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
