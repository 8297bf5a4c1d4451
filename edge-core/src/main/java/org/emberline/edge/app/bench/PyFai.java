package org.emberline.edge.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.Reduction;

/** pyFAI, the reference of the field, in a process of its own. */
public final class PyFai {
    private static final String SCRIPT = "reduce_pyfai.py";
    private static final Duration IMPORT_DEADLINE = Duration.ofMinutes(1);
    private static final Duration DEADLINE = Duration.ofMinutes(20);

    private final Path python;

    private PyFai(Path python) {
        this.python = python;
    }

    /**
     * Looks for a Python that has it: {@code /usr/bin/python3}, then the one on the path.
     *
     * @throws OracleMissingException when there is none
     */
    public static PyFai find() throws OracleMissingException, IOException, InterruptedException {
        String searched = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return find(Stream.concat(Stream.of("/usr/bin"), Arrays.stream(searched.split(File.pathSeparator, -1)))
                .map(folder -> Path.of(folder, "python3"))
                .filter(Files::isExecutable)
                .distinct()
                .limit(2)
                .toList());
    }

    /** The first of these Pythons that has it. */
    static PyFai find(List<Path> pythons) throws OracleMissingException, IOException, InterruptedException {
        for (Path python : pythons) {
            List<String> command = List.of(python.toString(), "-c", "import pyFAI");
            if (run(command, ProcessBuilder.Redirect.DISCARD, IMPORT_DEADLINE) == 0) {
                return new PyFai(python);
            }
        }
        throw new OracleMissingException(
                "no pyFAI (Debian: python3-pyfai), asked " + (pythons.isEmpty() ? "no python3" : pythons));
    }

    /**
     * Times every method that pyFAI has for the plan's splitting.
     *
     * @param frame the frame to reduce
     * @param ours our reduction of that frame, which its results are compared with
     * @param repeats runs a method; slow ones get fewer, but at least 5
     * @throws BenchException when it fails
     */
    PyFaiResult measure(IntegrationPlan plan, MemorySegment frame, Reduction ours, int repeats)
            throws IOException, InterruptedException, BenchException {
        Path folder = Files.createTempDirectory("emberline-bench");
        try {
            PyFaiJob.write(folder, plan, frame, repeats);
            Path script = folder.resolve(SCRIPT);
            try (InputStream shipped = Objects.requireNonNull(PyFai.class.getResourceAsStream(SCRIPT), SCRIPT)) {
                Files.copy(shipped, script);
            }
            Path said = folder.resolve("said");
            int code = run(
                    List.of(python.toString(), script.toString(), folder.toString()),
                    ProcessBuilder.Redirect.to(said.toFile()),
                    DEADLINE);
            if (code != 0) {
                throw new BenchException("pyFAI ended with exit code " + code + ": " + lastLine(said));
            }
            return read(
                    new ObjectMapper().readTree(folder.resolve("result.json").toFile()), ours);
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

    private static PyFaiResult read(JsonNode result, Reduction ours) {
        List<PyFaiMethod> methods = new ArrayList<>();
        for (JsonNode method : result.get("methods")) {
            double[] millis = doubles(method.path("millis"));
            methods.add(new PyFaiMethod(
                    method.get("name").asText(),
                    method.hasNonNull("device") ? method.get("device").asText() : null,
                    millis.length,
                    Samples.percentile(millis, 50),
                    deviation(doubles(method.path("intensity")), ours),
                    method.hasNonNull("problem") ? method.get("problem").asText() : null));
        }
        return new PyFaiResult(result.get("version").asText(), methods);
    }

    private static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asDouble(Double.NaN);
        }
        return values;
    }

    /** Median relative deviation over our bins that hold pixels; a bin that the other has not deviates without bounds. */
    static double deviation(double[] theirs, Reduction ours) {
        double[] deviations = new double[ours.count().length];
        int bins = 0;
        for (int bin = 0; bin < deviations.length; bin++) {
            if (ours.count()[bin] > 0) {
                double own = ours.intensity()[bin];
                double deviation = bin < theirs.length ? Math.abs(theirs[bin] - own) / Math.abs(own) : Double.NaN;
                deviations[bins++] = Double.isNaN(deviation) ? Double.POSITIVE_INFINITY : deviation;
            }
        }
        double[] known = Arrays.copyOf(deviations, bins);
        Arrays.sort(known);
        return bins == 0 ? Double.POSITIVE_INFINITY : known[bins / 2];
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
}
