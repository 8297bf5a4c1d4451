package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.emberline.edge.RealData;

/** {@code run} in a process of its own, as a service manager would start it: five simulated frames a second for half a minute. */
final class RunningAppliance implements AutoCloseable {
    private static final int FRAMES = 150;

    private final Path folder;
    private final Process process;
    private final BufferedReader err;
    private final String uri;

    private RunningAppliance(Path folder, Process process) throws IOException {
        this.folder = folder;
        this.process = process;
        err = process.errorReader(StandardCharsets.UTF_8);
        uri = await("coap://").replace("/.well-known/core", "");
    }

    static RunningAppliance start(Path folder) throws IOException {
        return start(folder, "", text -> text);
    }

    /**
     * @param simulation what the scenario has besides, TOML
     * @param edits what is changed in the configuration
     */
    static RunningAppliance start(Path folder, String simulation, UnaryOperator<String> edits) throws IOException {
        Path home = RealData.repositoryRoot();
        // Heated fast, so that the layered phase is there when the first frames are asked for.
        Path scenario = Files.writeString(folder.resolve("fast.toml"), """
                base = "%s"
                [[simulation.programme]]
                kelvin_per_minute = 50.0
                target_celsius = 950.0
                hold_seconds = 43200.0
                %s
                """.formatted(
                        home.resolve("config/scenarios/calcination.toml"), simulation));
        String text = Files.readString(home.resolve("config/appliance.toml"))
                .replace("scenarios/calcination.toml", scenario.toString())
                .replace("phases/", home.resolve("config/phases") + "/")
                .replace("../runs", folder.resolve("runs").toString())
                .replace("port = 5683", "port = 0")
                .replace("\"auto\"", "\"cpu\"")
                .replace("frames_per_second = 2.0", "frames_per_second = 5.0\nframes = " + FRAMES);
        Path config = Files.writeString(folder.resolve("config.toml"), edits.apply(text));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Demberline.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Emberline.class.getName(),
                "run",
                "--config",
                config.toString());
        return new RunningAppliance(
                folder, builder.redirectOutput(folder.resolve("out").toFile()).start());
    }

    /** {@code coap://HOST:PORT}. */
    String uri() {
        return uri;
    }

    /** {@code coaps://HOST:PORT}, of one that was told to listen there; asked for before anything else is read of the log. */
    String secureUri() throws IOException {
        return await("coaps://").replace("/.well-known/core", "");
    }

    /** All run folders, the oldest first. */
    List<Path> runFolders() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            return runs.sorted().toList();
        }
    }

    /** Reads on to the line that tells of the first tenth of all frames: from then on there is something to see. */
    void awaitFrames() throws IOException {
        // The line comes with the first look at the run after that frame, so its number may be a later one.
        var _ = await("panel 0 of ");
        var _ = await("panel ");
    }

    private String await(String beginning) throws IOException {
        String line = err.readLine();
        while (line != null && !line.startsWith(beginning)) {
            line = err.readLine();
        }
        return Objects.requireNonNull(line, "the process ended without a line " + beginning);
    }

    /** SIGTERM; answers with the exit code. */
    int terminate() throws InterruptedException {
        // Through the handle: the process itself would close its streams too, and the end of the log is wanted.
        assertTrue(process.toHandle().destroy());
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "SIGTERM does not end the process");
        return process.exitValue();
    }

    /** SIGKILL: nothing in the process can do anything about it. Answers when it is gone. */
    void kill() throws InterruptedException {
        assertTrue(process.destroyForcibly().waitFor(20, TimeUnit.SECONDS));
    }

    long pid() {
        return process.pid();
    }

    /** What is left to read of the log, after the end. */
    List<String> restOfLog() {
        return err.lines().toList();
    }

    /** The one run folder. */
    Path runFolder() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            return runs.toList().getFirst();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
