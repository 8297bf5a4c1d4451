package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emberline.edge.RealData;
import org.emberline.edge.archive.RunReader.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Phases and cells of measured mixtures against what others refined from the same patterns. */
class MeasuredPhasesTest {
    private static final String SERIES = "insitu/y2mn2o7-17bm";
    private static final List<String> PHASES =
            List.of("mn2o3", "na2co3", "ycl3", "yocl", "nacl", "y2o3", "p2_naxmno2", "p3_naxmno2", "y2mn2o7");
    /** Columns of the published masses, from the end, by phase; those of Na_xMnO2 come as one. */
    private static final Map<String, Integer> COLUMNS = Map.of(
            "ycl3",
            11,
            "na2co3",
            10,
            "mn2o3",
            9,
            "nacl",
            8,
            "yocl",
            7,
            "y3o4cl",
            6,
            "y2o3",
            5,
            "p3_naxmno2",
            4,
            "p2_naxmno2",
            3,
            "y2mn2o7",
            2);

    private static final double APPEARED = 0.2;
    private static final double VANISHED = 0.5;
    /** Of the refined masses in a pattern: of fewer the refinement did not hold. */
    private static final double LEAST_MASS = 10;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** A quantity over the temperature of the series; points that have none are left out. */
    private record Curve(List<Double> celsius, List<Double> values) {
        Curve() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void add(double atCelsius, double value) {
            if (Double.isFinite(value)) {
                celsius.add(atCelsius);
                values.add(value);
            }
        }

        double top() {
            return values.stream().max(Double::compare).orElseThrow();
        }

        /** Share of the series at which it rises through a share of the greatest, not to fall back in the next point. */
        double appears() {
            return crosses(0, 1, APPEARED * top());
        }

        double vanishes() {
            return crosses(values.indexOf(top()), -1, VANISHED * top());
        }

        private double crosses(int from, int sign, double level) {
            for (int i = from; i + 1 < values.size(); i++) {
                double here = sign * (values.get(i) - level);
                if (here > 0 && sign * (values.get(i + 1) - level) > 0) {
                    double before = i == 0 ? 0 : sign * (values.get(i - 1) - level);
                    return (i - here / (here - before)) / values.size();
                }
            }
            throw new AssertionError("never crosses " + level);
        }

        /** Temperature at which it last falls through half of what it was at most: the mean of its twentieth part. */
        double halfConversion() {
            double half = values.stream()
                            .sorted()
                            .skip(values.size() - values.size() / 20)
                            .mapToDouble(v -> v)
                            .average()
                            .orElseThrow()
                    / 2;
            for (int i = values.size() - 1; i > 0; i--) {
                double before = values.get(i - 1);
                if (values.get(i) < half && before >= half) {
                    double share = (before - half) / (before - values.get(i));
                    return celsius.get(i - 1) + share * (celsius.get(i) - celsius.get(i - 1));
                }
            }
            throw new AssertionError("never falls");
        }
    }

    @Test
    void phasesComeAndGoAsRefined() throws IOException {
        Map<String, Curve> found = found();
        assertEquals(order(fractions(published())), order(fractions(found)));
        double refined = of(published(), "mn2o3").halfConversion();
        assertEquals(refined, of(found, "mn2o3").halfConversion(), 15);
        assertEquals(616, refined, 10, "the table itself");
    }

    private static List<String> order(Map<String, Curve> curves) {
        Map<String, Double> when = new LinkedHashMap<>();
        for (String phase : List.of("ycl3", "na2co3", "yocl", "mn2o3")) {
            when.put(phase + " goes", of(curves, phase).vanishes());
        }
        for (String phase : List.of("yocl", "nacl", "naxmno2", "y2mn2o7")) {
            when.put(phase + " comes", of(curves, phase).appears());
        }
        return when.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Curve of(Map<String, Curve> curves, String phase) {
        return Objects.requireNonNull(curves.get(phase), phase);
    }

    /** Of all, in each pattern; the two forms of Na_xMnO2 together. */
    private static Map<String, Curve> fractions(Map<String, Curve> amounts) {
        Map<String, Curve> fractions = new LinkedHashMap<>();
        int points = amounts.values().iterator().next().values().size();
        for (int i = 0; i < points; i++) {
            int at = i;
            double sum = amounts.values().stream()
                    .mapToDouble(c -> c.values().get(at))
                    .sum();
            double layered = 0;
            for (Map.Entry<String, Curve> phase : amounts.entrySet()) {
                double share = phase.getValue().values().get(i) / sum;
                layered += phase.getKey().endsWith("naxmno2") ? share : 0;
                fractions
                        .computeIfAbsent(phase.getKey(), any -> new Curve())
                        .add(phase.getValue().celsius().get(i), share);
            }
            fractions.computeIfAbsent("naxmno2", any -> new Curve()).add(0, layered);
        }
        return fractions;
    }

    /** Masses as refined, of the patterns in which the refinement held. */
    private static Map<String, Curve> published() throws IOException {
        Map<String, Curve> masses = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(RealData.path(SERIES + "/SequentialRefinement_Figure1.csv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            double all = COLUMNS.values().stream()
                    .mapToDouble(from -> mass(cells, from))
                    .sum();
            if (all > LEAST_MASS) {
                COLUMNS.forEach((phase, from) -> masses.computeIfAbsent(phase, any -> new Curve())
                        .add(Double.parseDouble(cells[1]), mass(cells, from)));
            }
        }
        return masses;
    }

    private static double mass(String[] cells, int fromEnd) {
        String cell = cells[cells.length - fromEnd].strip();
        return cell.isEmpty() ? 0 : Double.parseDouble(cell);
    }

    /** The volume fractions that a replay of the measured patterns gives. */
    private Map<String, Curve> found() throws IOException {
        FinishedRun run = replay(config(), RealData.path(SERIES + "/xye"), ".xye");
        Map<String, Curve> curves = new LinkedHashMap<>();
        List<Point> temperatures = run.temperature();
        for (String phase : PHASES) {
            List<Point> points = run.metric("phase:" + phase);
            Curve curve = new Curve();
            for (int i = 0; i < points.size(); i++) {
                curve.add(temperatures.get(i).value(), points.get(i).value());
            }
            assertTrue(curve.values().size() >= 94, phase + " " + curve.values().size() + " of 96");
            curves.put(phase, curve);
        }
        return curves;
    }

    private Path config() throws IOException {
        String others = PHASES.subList(1, PHASES.size()).stream()
                .map(name -> '"' + phase(name) + '"')
                .collect(Collectors.joining(", "));
        return Files.writeString(folder.resolve("series.toml"), """
                [coap]
                port = 0
                [metrics]
                enabled = ["lattice_a", "phase"]
                phase = "%s"
                phases = [%s]
                """.formatted(phase("mn2o3"), others));
    }

    private static String phase(String name) {
        return RealData.repositoryRoot()
                .resolve("config/phases/" + name + ".toml")
                .toAbsolutePath()
                .toString();
    }

    private FinishedRun replay(Path config, Path patterns, String ending, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("replay", "--config", config.toString()));
        words.addAll(List.of("--out", folder.resolve("run").toString()));
        words.addAll(Arrays.asList(options));
        words.add("--patterns");
        try (Stream<Path> files = Files.list(patterns)) {
            files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .map(Path::toString)
                    .forEach(words::add);
        }
        Cli.done(words.toArray(String[]::new));
        return FinishedRun.in(folder.resolve("run"));
    }

    /** Two laboratory mixtures: copper's doublet, and a sample that does not lie where it should. */
    @ParameterizedTest
    @ValueSource(strings = {"Cr2O3_Li2TiO3_LiCoO2_K2SO4.12-min.xy", "Nb2O5_CuO_LiCoO2.12-min.xy"})
    void aCellIsFoundInALaboratorysMixture(String file) throws IOException {
        Path config = Files.writeString(folder.resolve("lab.toml"), """
                [coap]
                port = 0
                [metrics]
                enabled = ["lattice_a", "lattice_c"]
                phase = "%s"
                """.formatted(phase("licoo2")));
        FinishedRun run = replay(
                config,
                RealData.path("insitu/licoo2"),
                file,
                "--unit",
                "2th_deg",
                "--wavelength",
                "1.540598,1.544426:0.5",
                "--flat-plate");
        assertEquals(2.8156, run.metric("lattice_a").getFirst().value(), 0.002);
        assertEquals(14.050, run.metric("lattice_c").getFirst().value(), 0.010);
    }
}
