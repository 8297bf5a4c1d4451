package org.emberline.gpu;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emberline.gpu.opencl.ListDevices;

/**
 * Finds OpenCL devices without risk: a child process loads the drivers, because a broken one can crash the process that asks it or
 * never answer.
 */
public final class Devices {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int MAXIMUM_BYTES = 1 << 16;
    /** A shell's and the JVM's way to tell that a signal ended a process. */
    private static final int SIGNAL_EXIT = 128;

    /** How the JVM tells on stdout of a crash; it ends with exit code 1 when it writes no core file. */
    private static final Pattern JVM_CRASH = Pattern.compile("(?m)^# {1,4}(SIG[A-Z]{2,8})\\b");

    private Devices() {}

    /**
     * Lists the OpenCL devices. Takes the start of a small JVM, at most 10 s. Never throws: a missing loader, no platform, a
     * crash, a hang or garbage becomes {@link ProbeReport#problem}. An interrupt ends the wait and stays set.
     */
    public static ProbeReport probe() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return probe(
                List.of(
                        java,
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=/dev/null",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ListDevices.class.getName()),
                DEADLINE);
    }

    /** Runs the given command as the probing process. */
    static ProbeReport probe(List<String> command, Duration deadline) {
        long endNanos = System.nanoTime() + deadline.toNanos();
        Process process;
        try {
            process = new ProcessBuilder(command).start();
        } catch (IOException e) {
            return failed("could not be started: " + e.getMessage());
        }
        try {
            process.getOutputStream().close();
            FutureTask<String> output = reading(process.getInputStream());
            FutureTask<String> complaints = reading(process.getErrorStream());
            if (!process.waitFor(remaining(endNanos), TimeUnit.NANOSECONDS)) {
                return failed("gave no answer within " + deadline.toMillis() + " ms");
            }
            String written = output.get(remaining(endNanos), TimeUnit.NANOSECONDS);
            if (process.exitValue() != 0) {
                String why = complaints.get(remaining(endNanos), TimeUnit.NANOSECONDS);
                return failed(ending(process.exitValue(), written) + firstLine(why));
            }
            return DeviceListing.parse(written);
        } catch (IOException | ExecutionException e) {
            return failed("could not be read: " + e.getMessage());
        } catch (TimeoutException e) {
            return failed("gave no answer within " + deadline.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("was interrupted");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Reads a stream on a thread of its own: all of it, so that the writer never waits, but keeps only its beginning. */
    private static FutureTask<String> reading(InputStream stream) {
        FutureTask<String> task = new FutureTask<>(() -> {
            try (stream) {
                byte[] kept = stream.readNBytes(MAXIMUM_BYTES);
                stream.transferTo(OutputStream.nullOutputStream());
                return new String(kept, StandardCharsets.UTF_8);
            }
        });
        Thread.ofPlatform().name("opencl-probe").daemon().start(task);
        return task;
    }

    private static long remaining(long endNanos) {
        return Math.max(0, endNanos - System.nanoTime());
    }

    private static String ending(int exitCode, String written) {
        Matcher crash = JVM_CRASH.matcher(written);
        if (crash.find()) {
            return "was ended by " + crash.group(1);
        }
        return exitCode > SIGNAL_EXIT
                ? "was ended by signal " + (exitCode - SIGNAL_EXIT)
                : "ended with exit code " + exitCode;
    }

    private static String firstLine(String complaints) {
        return complaints
                .lines()
                .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
                .filter(line -> !line.isEmpty() && !line.startsWith("Picked up ") && !line.startsWith("WARNING"))
                .findFirst()
                .map(line -> ": " + line)
                .orElse("");
    }

    private static ProbeReport failed(String how) {
        return new ProbeReport(List.of(), "the OpenCL probe " + how);
    }
}
