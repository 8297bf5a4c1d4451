package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.emberline.edge.archive.RunReader.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user exports opens elsewhere, and here again. */
class ExportTest {
    private static final int FRAMES = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path run() {
        Path run = folder.resolve("run");
        Cli.done("demo", "--frames", "" + FRAMES, "--radiographs", "4", "--backend", "cpu", "--out", run.toString());
        return run;
    }

    @Test
    void exportedPatternsHaveTheSameCell() throws Exception {
        Path run = run();
        Path nexus = folder.resolve("all.nxs");
        assertEquals(
                nexus + "\n",
                Cli.done("export", run.toString(), "-o", nexus.toString()).out());
        Python.needs("h5py, numpy");
        Python.check("check_export.py", List.of(nexus.toString(), run.toString()));

        Path texts = folder.resolve("all.xye");
        Cli.done("export", run.toString(), "-o", texts.toString());
        List<Point> before = FinishedRun.in(run).metric("total_counts");
        List<String> arguments = new ArrayList<>(List.of("replay", "--patterns"));
        try (Stream<Path> files = Files.list(texts)) {
            arguments.addAll(files.map(Path::toString).sorted().toList());
        }
        assertEquals(2 + FRAMES, arguments.size());
        arguments.addAll(List.of("--out", folder.resolve("again").toString()));
        Cli.done(arguments.toArray(String[]::new));
        assertEquals(
                before.size(),
                FinishedRun.in(folder.resolve("again")).metric("total_counts").size());

        Path table = folder.resolve("all.csv");
        Cli.done("export", run.toString(), "-o", table.toString());
        assertEquals(FRAMES + 1, Files.readAllLines(table).size());
        Cli.done("export", run.toString(), "-o", table.toString(), "--detector", "microscope");
        assertEquals(4 + 1, Files.readAllLines(table).size());
    }

    @Test
    void whatCannotBeMeantIsRefused() throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        Cli none = Cli.run(
                "export",
                folder.resolve("empty").toString(),
                "-o",
                folder.resolve("x.nxs").toString());
        assertEquals(ExitCode.IO, none.code());
        assertTrue(none.err().contains("empty: there is no run"), none.err());
        Cli ending = Cli.run(
                "export", folder.toString(), "-o", folder.resolve("x.dat").toString());
        assertEquals(ExitCode.USAGE, ending.code());
        assertTrue(ending.err().contains("must end in .nxs, .h5, .csv or .xye"), ending.err());
        Cli nowhere = Cli.run("recover", folder.resolve("empty").toString());
        assertEquals(ExitCode.IO, nowhere.code());
        assertTrue(nowhere.err().contains("run.sqlite: there is no run"), nowhere.err());
    }
}
