package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.emberline.edge.RealData;
import org.emberline.edge.acquire.PatternSeries;
import org.emberline.edge.acquire.PatternSettings;
import org.emberline.edge.acquire.PatternSource;
import org.emberline.edge.acquire.ReplayTiming;
import org.emberline.edge.acquire.Turn;
import org.emberline.edge.archive.RunReader.Point;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource.Next;
import org.emberline.edge.reduce.PatternPolarization;
import org.emberline.edge.reduce.PatternReduceStage;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measured patterns, without images, through the whole appliance. */
class MeasuredPatternsTest {
    private static final String SERIES = "insitu/y2mn2o7-17bm/xye";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static List<Path> series() throws IOException {
        try (Stream<Path> files = Files.list(RealData.path(SERIES))) {
            return files.sorted().toList();
        }
    }

    private Cli replay(List<Path> files, String... options) {
        List<String> words = new ArrayList<>(List.of("replay", "--out", out().toString()));
        words.addAll(List.of(options));
        words.add("--patterns");
        files.forEach(file -> words.add(file.toString()));
        return Cli.run(words.toArray(String[]::new));
    }

    private Path out() {
        return folder.resolve("run");
    }

    private static String phase(String name) {
        return RealData.repositoryRoot()
                .resolve("config/phases/" + name + ".toml")
                .toString();
    }

    @Test
    void aHeatedSeriesKeepsItsTimesAndTemperatures() throws IOException, SQLException {
        List<Path> files = series();
        Cli cli = replay(files, "--phase", phase("mn2o3"));
        assertEquals(ExitCode.DONE, cli.code(), cli.err());
        FinishedRun run = FinishedRun.in(out());
        run.assertComplete(96);
        List<Point> temperatures = run.temperature();
        for (int i = 0; i < 96; i++) {
            String[] words = Files.readAllLines(files.get(i)).getFirst().split(" ", -1);
            assertEquals(
                    Double.parseDouble(words[4]),
                    temperatures.get(i).value(),
                    files.get(i).toString());
            double seconds =
                    (temperatures.get(i).midNanos() - temperatures.getFirst().midNanos()) / 1e9;
            assertEquals(
                    60 * Double.parseDouble(words[6]),
                    seconds,
                    1e-6,
                    files.get(i).toString());
        }
        // At room temperature the first 8 patterns hold Mn2O3, whose published cell has 835.19 cubic angstrom.
        List<Point> a = run.metric("lattice_a");
        for (int i = 0; i < 4; i++) {
            assertEquals(Math.cbrt(835.19), a.get(i).value(), 0.005 * 9.417, "frame " + i);
        }
        assertEquals("0.24125", fact("SELECT value FROM run WHERE key = 'wavelength_angstrom'"));
        assertEquals("96", fact("SELECT count(*) FROM frame WHERE temperature_method = 'STATED' AND flags = 0"));
        assertEquals("96", fact("SELECT count(*) FROM temperature"));
        assertEquals(
                "1|96|0|95",
                fact("SELECT count(*) || '|' || frames || '|' || first_frame || '|' || last_frame FROM segment"));
        assertEquals("0", fact("SELECT count(*) FROM pattern"));
        assertEquals(
                "measured patterns in 2th_deg, errors from the files, on 2517 bins",
                fact("SELECT backend FROM detector"));
    }

    private String fact(String query) throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + out().resolve("run.sqlite"));
                ResultSet rows = c.createStatement().executeQuery(query)) {
            return rows.getString(1);
        }
    }

    @Test
    void theIntegralOfEveryPatternIsKept() throws IOException {
        List<Path> files = series();
        PatternSettings settings = new PatternSettings(
                null, Double.NaN, RadialUnit.Q_PER_ANGSTROM, ReplayTiming.continuous(1, 0), true, 0);
        PatternSeries opened = PatternSeries.open(files, settings);
        try (PatternSource source = new PatternSource(opened, null, false, Turn.ALWAYS)) {
            for (Path file : files) {
                double[][] rows = rows(file);
                double trapezoids = 0;
                for (int i = 1; i < rows.length; i++) {
                    trapezoids += (rows[i][1] + rows[i - 1][1]) / 2 * (rows[i][0] - rows[i - 1][0]);
                }
                RadialAxis axis = new RadialAxis(RadialUnit.Q_PER_ANGSTROM, 2000, rows[0][0], rows[rows.length - 1][0]);
                FrameSlot slot = new FrameSlot(Arena.ofAuto(), opened.frameBytes(), axis.bins(), 0);
                slot.reset(0);
                assertEquals(Next.FRAME, source.next(slot));
                double[] corrected = PatternPolarization.divisors(axis, Double.NaN, Double.NaN, 0);
                new PatternReduceStage(axis, corrected).process(slot);
                double sum = Arrays.stream(slot.reduction().intensity()).sum() * axis.binWidth();
                assertEquals(trapezoids, sum, 1e-9 * trapezoids, file.toString());
                assertEquals(rows.length, slot.reduction().validPixels());
            }
        }
    }

    /** q and intensity. */
    private static double[][] rows(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> Arrays.stream(line.trim().split("\\s+", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .map(row -> new double[] {4 * Math.PI / 0.24125 * Math.sin(Math.toRadians(row[0] / 2)), row[1]})
                .toArray(double[][]::new);
    }

    @Test
    void patternsOfALaboratoryNeedUnitAndWavelength() throws IOException, SQLException {
        List<Path> files = List.of(
                RealData.path("insitu/licoo2/Nb2O5_CuO_LiCoO2.12-min.xy"),
                RealData.path("insitu/licoo2/Cr2O3_Li2TiO3_LiCoO2_K2SO4.12-min.xy"));
        Cli unit = replay(files);
        assertEquals(ExitCode.IO, unit.code());
        assertTrue(unit.err().contains("does not say what its first column is"), unit.err());
        Cli wavelength = replay(files, "--unit", "2th_deg");
        assertEquals(ExitCode.IO, wavelength.code());
        assertTrue(wavelength.err().contains("does not say its wavelength"), wavelength.err());
        assertTrue(Files.notExists(out()), "what is refused leaves nothing behind");
        Cli cli = replay(files, "--unit", "2th_deg", "--wavelength", "1.540598,1.544426:0.5", "--flat-plate");
        assertEquals(ExitCode.DONE, cli.code(), cli.err());
        FinishedRun run = FinishedRun.in(out());
        run.assertComplete(2);
        double counts = Files.readAllLines(files.getFirst()).stream()
                .mapToDouble(line -> Double.parseDouble(line.trim().split("\\s+", -1)[1]))
                .sum();
        assertEquals(counts, run.metric("total_counts").getFirst().value());
        assertTrue(fact("SELECT backend FROM detector").contains("errors by counting: sqrt(max(I, 1))"));
        String config = Files.readString(out().resolve("config.toml"));
        for (String key : List.of("wavelength_angstrom = 1.540598", "second_share = 0.5", "flat_plate = true")) {
            assertTrue(config.contains(key), config);
        }
    }

    @Test
    void aBadFileInTheMiddleIsNamedAndCounted() throws IOException, SQLException {
        List<Path> files = new ArrayList<>(series().subList(0, 5));
        files.set(2, Files.writeString(folder.resolve("bad.xye"), "0.7 5 1\n0.8 nothing 1\n"));
        Cli cli = replay(files);
        assertEquals(ExitCode.IO, cli.code(), cli.err());
        assertTrue(
                cli.err()
                        .contains("1 of 5 frames could not be read, the first because of " + files.get(2)
                                + ": line 2: I=nothing must be a finite number"),
                cli.err());
        FinishedRun run = FinishedRun.in(out());
        assertEquals(
                1,
                run.summary().get("ledger").get("lost").get("REDUCTION_FAILED").asInt());
        assertEquals(5, run.summary().get("ledger").get("archived").asInt());
        assertTrue(run.summary().get("ledger").get("closes").asBoolean());
        assertEquals("2", fact("SELECT id FROM frame WHERE flags & " + FrameFlag.CORRUPT.bit() + " != 0"));
        assertEquals("1", fact("SELECT count(*) FROM frame WHERE flags & " + FrameFlag.CORRUPT.bit() + " != 0"));
        assertEquals("1", fact("SELECT count(*) FROM frame WHERE temperature_method = 'INTERPOLATED'"));
        assertTrue(Double.isNaN(run.metric("total_counts").get(2).value()));
    }

    @Test
    void aLogTakesThePlaceOfWhatFilesState() throws IOException {
        List<Path> files = series().subList(0, 2);
        Path log = Files.writeString(folder.resolve("log.csv"), "time_s,celsius\n0,100\n50,105\n100,110\n150,115\n");
        Cli cli = replay(files, "--temperature", log.toString(), "--exposure", "0.5");
        assertEquals(ExitCode.DONE, cli.code(), cli.err());
        List<Point> temperatures = FinishedRun.in(out()).temperature();
        assertEquals(100.025, temperatures.get(0).value(), 1e-9);
        assertEquals(100 + 0.1 * 79.998 + 0.025, temperatures.get(1).value(), 1e-3);
    }

    @Test
    void theRecordedConfigurationRunsAgain() throws IOException {
        assertEquals(ExitCode.DONE, replay(series().subList(0, 3)).code());
        Path config = out().resolve("config.toml");
        Path again = folder.resolve("again");
        Cli cli = Cli.run("replay", "--config", config.toString(), "--out", again.toString());
        assertEquals(ExitCode.DONE, cli.code(), cli.err());
        assertEquals(
                FinishedRun.in(out()).metric("total_counts").getFirst().value(),
                FinishedRun.in(again).metric("total_counts").getFirst().value());
    }

    @Test
    void whatGoesWithImagesOnlyIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("a.xye"), "# q_A^-1\n1 5 1\n2 6 1\n");
        Cli poni = replay(List.of(file), "--poni", "p.poni");
        assertEquals(ExitCode.USAGE, poni.code());
        assertTrue(poni.err().contains("--poni is for --frames, and cannot be given with --patterns"), poni.err());
        Cli wavelength = replay(List.of(file), "--wavelength", "1.5,1.6");
        assertEquals(ExitCode.USAGE, wavelength.code());
        assertTrue(wavelength.err().contains("--wavelength must be A or A,A2:RATIO, is 1.5,1.6"), wavelength.err());
        Cli idle = Cli.run("replay", "--poni", "p.poni", "--frames", "f.tif", "--unit", "q_A^-1");
        assertTrue(idle.err().contains("--unit is for --patterns"), idle.err());
        Path toml = Files.writeString(folder.resolve("a.toml"), """
                [source]
                kind = "patterns"
                files = ["a.xye"]
                [detector]
                poni = "p.poni"
                second_share = 0.5
                [reduce]
                split = "bbox"
                unit = "r_mm"
                [beside.detector]
                role = "imaging"
                """);
        Cli config = Cli.run("check-config", toml.toString());
        assertEquals(ExitCode.CONFIGURATION, config.code());
        for (String key :
                List.of("detector.poni", "second_wavelength_angstrom", "reduce.split", "reduce.unit", "beside")) {
            assertTrue(config.err().contains(key), key + " in " + config.err());
        }
    }
}
