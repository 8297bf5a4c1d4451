package org.emberline.edge.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Python that has what we compare with, in a process of its own. Its scripts lie beside this class; they take a folder as their only
 * argument and leave {@code result.json} there.
 */
final class Python {
    private static final Duration IMPORT_DEADLINE = Duration.ofMinutes(1);
    private static final Duration DEADLINE = Duration.ofMinutes(20);

    private final Path executable;
    private final String module;

    private Python(Path executable, String module) {
        this.executable = executable;
        this.module = module;
    }

    /** What is to be done in a folder. */
    @FunctionalInterface
    interface Job {
        /** Writes what the script needs. */
        void write(Path folder) throws IOException;
    }

    /** Makes something of what a script has left. */
    @FunctionalInterface
    interface Reading<T> {
        /** Reads the folder, which is deleted afterwards. */
        T read(JsonNode result, Path folder) throws IOException;
    }

    /** The Pythons to ask: {@code /usr/bin/python3}, then the one on the path. */
    static List<Path> installed() {
        String searched = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Stream.concat(Stream.of("/usr/bin"), Arrays.stream(searched.split(File.pathSeparator, -1)))
                .map(folder -> Path.of(folder, "python3"))
                .filter(Files::isExecutable)
                .distinct()
                .limit(2)
                .toList();
    }

    /**
     * The first of these Pythons that has a module.
     *
     * @throws OracleMissingException when there is none
     */
    static Python with(String module, List<Path> pythons)
            throws OracleMissingException, IOException, InterruptedException {
        for (Path python : pythons) {
            List<String> command = List.of(python.toString(), "-c", "import " + module);
            if (run(command, ProcessBuilder.Redirect.DISCARD, IMPORT_DEADLINE) == 0) {
                return new Python(python, module);
            }
        }
        throw new OracleMissingException("no " + module + " (Debian: python3-" + module.toLowerCase(Locale.ROOT)
                + "), asked " + (pythons.isEmpty() ? "no python3" : pythons));
    }

    /**
     * Runs a script in a folder that is deleted afterwards.
     *
     * @throws BenchException when the script fails
     */
    <T> T run(String script, Job job, Reading<T> reading) throws IOException, InterruptedException, BenchException {
        Path folder = Files.createTempDirectory("emberline-bench");
        try {
            job.write(folder);
            Path copy = folder.resolve(script);
            try (InputStream shipped = Objects.requireNonNull(Python.class.getResourceAsStream(script), script)) {
                Files.copy(shipped, copy);
            }
            Path said = folder.resolve("said");
            int code = run(
                    List.of(executable.toString(), copy.toString(), folder.toString()),
                    ProcessBuilder.Redirect.to(said.toFile()),
                    DEADLINE);
            if (code != 0) {
                throw new BenchException(module + " ended with exit code " + code + ": " + lastLine(said));
            }
            return reading.read(
                    new ObjectMapper().readTree(folder.resolve("result.json").toFile()), folder);
        } finally {
            delete(folder);
        }
    }

    /** The exit code, or -1 when it did not end in time. What it writes goes elsewhere: drivers talk on stdout too. */
    private static int run(List<String> command, ProcessBuilder.Redirect output, Duration deadline)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output)
                .redirectErrorStream(true);
        builder.environment().remove("LD_PRELOAD"); // meant for this virtual machine
        Process process = builder.start();
        try {
            return process.waitFor(deadline.toNanos(), TimeUnit.NANOSECONDS) ? process.exitValue() : -1;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String lastLine(Path said) throws IOException {
        return new String(Files.readAllBytes(said), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .reduce((before, last) -> last)
                .orElse("it said nothing");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** The numbers of an array; NaN for what is none. */
    static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asDouble(Double.NaN);
        }
        return values;
    }
}
