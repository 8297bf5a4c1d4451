package org.emberline.edge.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.RealData;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ConfigFile;
import org.emberline.edge.app.config.ConfigReader;
import org.emberline.gpu.ProbeReport;

/** Runs of a small panel and a small microscope, in this process and with a begin that is always the same. */
record TwoDetectors(Path folder) {
    static final String BESIDE = """
            [beside.detector]
            role = "imaging"
            [beside.image]
            backend = "cpu"
            pixel_nanometres = 137.6
            """;

    /** One archived frame without its pixels. */
    record Frame(
            long id, long startNanos, long stopNanos, long flags, double celsius, double sigma, double energyKev) {}

    /** A calcination of 64 x 64 pixels on both detectors, with more lines for the scenario. */
    Path scenario(String more) throws IOException {
        Path base = RealData.repositoryRoot().resolve("config/scenarios/calcination.toml");
        return Files.writeString(folder.resolve("small.toml"), """
                base = "%s"
                %s
                [simulation.detector]
                rows = 64
                columns = 64
                [simulation.radiograph.camera]
                rows = 64
                columns = 64
                pixel_nanometres = 137.6
                hot_pixels = 4
                [simulation.radiograph.sample]
                grains = 20
                """.formatted(base, more));
    }

    /** Carries a run into a folder of that name. */
    Outcome run(String name, String toml) throws Exception {
        return run(name, toml, () -> {});
    }

    /** Something that happens to the files of a run after they were opened. */
    interface Mishap {
        void happen() throws IOException;
    }

    Outcome run(String name, String toml, Mishap mishap) throws Exception {
        Path file = Files.writeString(folder.resolve(name + ".toml"), toml);
        ApplianceConfig config = ConfigReader.read(ConfigFile.read(file), file.toString(), folder);
        Appliance.Order order = new Appliance.Order(name, Instant.parse("2026-11-22T10:00:00Z"));
        Preparation prepared = Preparation.of(config, file.toString(), order.startedNanos());
        try (Appliance appliance = Appliance.open(
                config, file.toString(), order, prepared, new ProbeReport(List.of(), "not looked for"))) {
            appliance.createFolder(folder.resolve(name), toml);
            mishap.happen();
            return appliance.run();
        }
    }

    List<Frame> frames(String run, int detector) throws SQLException {
        List<Frame> frames = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + folder.resolve(run).resolve("run.sqlite"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT id, start_ns, stop_ns, flags, celsius, sigma, energy_kev FROM frame WHERE detector = "
                                + detector + " ORDER BY id")) {
            while (row.next()) {
                frames.add(new Frame(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getDouble(5),
                        row.getDouble(6),
                        row.getDouble(7)));
            }
        }
        return frames;
    }
}
