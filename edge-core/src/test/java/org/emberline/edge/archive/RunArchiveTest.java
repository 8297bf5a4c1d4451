package org.emberline.edge.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.MetricLayout;
import org.emberline.firmware.ThermocoupleReading.Fault;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.emberline.firmware.Trigger;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunArchiveTest {
    private static final int BINS = 5;
    private static final RunArchive.Layout LAYOUT = new RunArchive.Layout(
            "r1",
            17,
            List.of(new DetectorLayout(
                    "panel",
                    "cpu",
                    new DetectorLayout.Patterns(16, new RadialAxis(RadialUnit.Q_PER_ANGSTROM, BINS, 1, 2)),
                    List.of(MetricLayout.of("total_counts", "count"), MetricLayout.of("lattice_a", "")))),
            List.of("furnace"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final FrameSlot slot = new FrameSlot(Arena.ofAuto(), 16, BINS, 2);

    @Test
    void everythingTakenIsInTheFileAndReadsBackTheSame() throws Exception {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        RunArchive archive = RunArchive.create(run, LAYOUT);
        for (int i = 0; i < 500; i++) {
            archive.trigger(new Trigger(i, 1000 + i));
            archive.reading(new Temperature(0, 1000 + i, 20.5 + i, 0.25));
            fill(i);
            archive.stage(0).process(slot);
        }
        archive.reading(new Fault(0, 9999, FaultKind.OPEN_CIRCUIT));
        archive.close();
        assertNull(archive.failure());
        assertEquals(500, archive.committedFrames(0));
        assertEquals(0, archive.failedFrames(0));
        try (RunReader reader = new RunReader(run)) {
            List<RunReader.Point> counts = reader.metric("total_counts");
            assertEquals(500, counts.size());
            assertEquals(new RunReader.Point(7, 1008, 107, 0.5), counts.get(7));
            assertTrue(Double.isNaN(reader.metric("lattice_a").get(7).value()));
            assertEquals(27.5, reader.temperature().get(7).value());
        }
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + run.database());
                Statement statement = c.createStatement()) {
            assertEquals("500|0|499", one(statement, "SELECT count(*), min(id), max(id) FROM trigger_edge"));
            assertEquals("501", one(statement, "SELECT count(*) FROM temperature"));
            assertEquals(
                    "null|OPEN_CIRCUIT", one(statement, "SELECT celsius, fault FROM temperature WHERE t_ns = 9999"));
            assertEquals(
                    "7|1007|1010|" + FrameFlag.SATURATED.bit(),
                    one(statement, "SELECT trigger_id, start_ns, stop_ns, flags FROM frame WHERE id = 7"));
            assertEquals("q_A^-1", one(statement, "SELECT value FROM run WHERE key = 'radial_unit'"));
            assertEquals("ok", one(statement, "PRAGMA integrity_check"));
            assertEquals("0", one(statement, "PRAGMA freelist_count"), "what patterns took is given back");
            assertEquals("0", one(statement, "SELECT count(*) FROM pattern"));
            assertEquals("1|500|0|499", one(statement, "SELECT number, frames, first_frame, last_frame FROM segment"));
            assertEquals(
                    "ABORTED", one(statement, "SELECT value FROM run WHERE key = 'end_reason'"), "nobody said why");
        }
        assertTrue(Files.notExists(run.path().resolve("run.sqlite-wal")), "one closed file is left");
        assertTrue(Files.notExists(run.path().resolve("run.lock")), "nothing is to be recovered");
        try (HdfFile segment = new HdfFile(run.path().resolve("segments/0001.nxs"))) {
            float[][] intensity =
                    (float[][]) segment.getDatasetByPath("/entry/data/I").getData();
            assertEquals(7.0f, intensity[7][0]);
            assertTrue(Float.isNaN(intensity[7][4]));
        }
    }

    @Test
    void aDatabaseThatFailsIsCountedAndDoesNotStopTheRun() throws Exception {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        RunArchive archive = RunArchive.create(run, LAYOUT);
        fill(0);
        archive.stage(0).process(slot);
        archive.stage(0).process(slot); // the same frame again breaks the primary key
        for (int i = 1; i < 200; i++) {
            fill(i);
            archive.stage(0).process(slot);
        }
        archive.close();
        assertTrue(String.valueOf(archive.failure()).contains("UNIQUE"), archive.failure());
        assertEquals(201, archive.committedFrames(0) + archive.failedFrames(0));
    }

    @Test
    void aFolderThatHoldsARunIsRefused() throws Exception {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        RunArchive.create(run, LAYOUT).close();
        IOException refused = assertThrows(IOException.class, () -> RunFolder.create(run.path()));
        assertTrue(String.valueOf(refused.getMessage()).contains("already holds a run"), refused.getMessage());
    }

    @Test
    void aFolderWithOtherFilesOrAFileIsRefused() throws Exception {
        Files.writeString(folder.resolve("thesis.txt"), "mine");
        IOException other = assertThrows(IOException.class, () -> RunFolder.create(folder));
        assertTrue(String.valueOf(other.getMessage()).contains("not empty"), other.getMessage());
        IOException file = assertThrows(IOException.class, () -> RunFolder.create(folder.resolve("thesis.txt")));
        assertTrue(String.valueOf(file.getMessage()).contains("is a file"), file.getMessage());
    }

    private void fill(int i) {
        slot.reset(i);
        slot.triggerIndex = i;
        slot.startNanos = 1000L + i;
        slot.stopNanos = 1003L + i;
        slot.flag(FrameFlag.SATURATED);
        slot.temperatureCelsius = 20.5 + i;
        slot.temperatureSigma = 0.25;
        slot.metric(0, 100 + i, 0.5, 0);
        slot.metric(1, Double.NaN, Double.NaN, FrameFlag.REFLECTIONS_MISSING.bit());
        slot.reduction().intensity()[0] = i;
        slot.reduction().count()[0] = 3;
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            StringBuilder text = new StringBuilder();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                text.append(i > 1 ? "|" : "").append(row.getString(i));
            }
            return text.toString();
        }
    }
}
