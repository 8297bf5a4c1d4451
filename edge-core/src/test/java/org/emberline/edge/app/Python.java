package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.RealData;

/** Debian's Python, whose numpy and h5py are what we are compared with. */
final class Python {
    private static final Path PROGRAM = Path.of("/usr/bin/python3");

    private Python() {}

    /** A run that is over. */
    private record Ended(int code, String said) {}

    /** Skips the test, or fails it under EMBERLINE_REQUIRE_ORACLES, where a module is missing. */
    static void needs(String modules) throws IOException, InterruptedException {
        if (!Files.isExecutable(PROGRAM) || run(List.of("-c", "import " + modules)).code != 0) {
            Cli.oracleAbsent(PROGRAM + " has not all of " + modules);
        }
    }

    /** Runs a script of src/test/python, which must be content. */
    static void check(String script, List<String> arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(RealData.repositoryRoot()
                .resolve("edge-core/src/test/python")
                .resolve(script)
                .toString()));
        words.addAll(arguments);
        Ended ended = run(words);
        assertEquals(0, ended.code, () -> arguments + "\n" + ended.said);
    }

    private static Ended run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }
}
