package org.emberline.edge.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the service bears while a run goes on: many observers of {@code /metrics}, the delay of what they hear, and requests a second beside
 * libcoap's example server. The load comes from a process of its own, {@link CoapLoad}, on the same machine.
 */
public final class CoapBench {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS = 1e9;
    private static final double MEBIBYTE = 1 << 20;
    private static final int CLIENTS = 16;
    private static final String LIBCOAP = "coap-server-notls";
    private static final long PATIENCE_SECONDS = 120;

    /**
     * How much to do.
     *
     * @param observers of {@code /metrics}
     * @param seconds of each part
     * @param rounds of requests, ours and theirs in turn
     */
    public record Settings(int observers, int seconds, int rounds) {}

    /** A run with its service, in this process. */
    public interface Subject {
        /** UDP port of the service. */
        int port();

        /** The monotonic time at which the round of notifications began that first showed the frame of that time; null for none. */
        @Nullable
        Long roundOf(double frameTime);

        /** Snapshots and notifications as often as possible. */
        void hurry();

        /** Seconds from the middle of an exposure to its end. */
        double halfExposure();

        /** Frames so far, and how many of them were lost. */
        long[] frames();

        /** Ends the run; the service goes on showing its last state. */
        void end() throws IOException, InterruptedException;
    }

    /** Delays of notifications, in milliseconds, each with how many had it. */
    private static final class Delays {
        private final List<double[]> values = new ArrayList<>();
        private long count;

        void add(double millis, long times) {
            values.add(new double[] {millis, times});
            count += times;
        }

        double percentile(double percent) {
            values.sort((a, b) -> Double.compare(a[0], b[0]));
            double rest = percent / 100 * count;
            for (double[] value : values) {
                rest -= value[1];
                if (rest <= 0) {
                    return value[0];
                }
            }
            return values.isEmpty() ? Double.NaN : values.getLast()[0];
        }
    }

    private final Settings settings;
    private final Consumer<String> progress;

    /** @param progress told in a line each what is going on */
    public CoapBench(Settings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** Measures; a minute or more. */
    public Report run(Subject subject) throws IOException, InterruptedException {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("bench", "coap");
        root.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        root.put("java", System.getProperty("java.version"));
        root.put("processors", Runtime.getRuntime().availableProcessors());
        List<String> lines = new ArrayList<>();
        observers(subject, root, lines);
        latency(subject, root, lines);
        subject.end();
        requests(subject, root, lines);
        return new Report(root, lines);
    }

    private void observers(Subject subject, ObjectNode root, List<String> lines)
            throws IOException, InterruptedException {
        progress.accept(settings.observers + " observers for " + settings.seconds + " s");
        long[] before = subject.frames();
        List<String> said = load("observe", subject.port(), settings.observers, "/metrics");
        long[] after = subject.frames();
        String[] head = said.getFirst().split(" ", -1);
        long registered = Long.parseLong(head[1]);
        long begin = Long.parseLong(head[3]);
        Delays delays = new Delays();
        Map<Double, Long> perFrame = new HashMap<>();
        for (String line : said.subList(1, said.size())) {
            String[] fields = line.split(" ", -1);
            Long round = subject.roundOf(Double.parseDouble(fields[0]));
            if (round != null && round >= begin) {
                delays.add((Long.parseLong(fields[1]) - round) / NANOS_PER_MILLI, Long.parseLong(fields[3]));
                perFrame.merge(Double.valueOf(fields[0]), Long.parseLong(fields[3]), Long::sum);
            }
        }
        // The last round may be cut by the end.
        double last = perFrame.keySet().stream().mapToDouble(t -> t).max().orElse(Double.NaN);
        long missing = perFrame.entrySet().stream()
                .filter(entry -> entry.getKey() != last)
                .mapToLong(entry -> registered - entry.getValue())
                .sum();
        root.put("observers", registered);
        root.put("notifications", delays.count);
        root.put("missing_notifications", missing);
        root.put("frames", after[0] - before[0]);
        root.put("lost_frames", after[1] - before[1]);
        root.put("notify_p50_ms", delays.percentile(50));
        root.put("notify_p99_ms", delays.percentile(99));
        root.put("notify_max_ms", delays.percentile(100));
        System.gc();
        double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE;
        root.put("heap_mib", heap);
        lines.add(String.format(
                Locale.ROOT,
                "%d observers, %d frames meanwhile, %d lost; %d notifications, %d missing; delay %.1f ms (p50), %.1f (p99), %.1f"
                        + " (most); %.0f MiB of heap",
                registered,
                after[0] - before[0],
                after[1] - before[1],
                delays.count,
                missing,
                delays.percentile(50),
                delays.percentile(99),
                delays.percentile(100),
                heap));
    }

    private void latency(Subject subject, ObjectNode root, List<String> lines)
            throws IOException, InterruptedException {
        progress.accept("one observer, as often as possible");
        subject.hurry();
        List<String> said = load("observe", subject.port(), 1, "/metrics");
        Delays delays = new Delays();
        for (String line : said.subList(1, said.size())) {
            String[] fields = line.split(" ", -1);
            double end = Double.parseDouble(fields[0]) + subject.halfExposure();
            double arrival = Long.parseLong(fields[2]) / NANOS;
            delays.add((arrival - end) * NANOS / NANOS_PER_MILLI, Long.parseLong(fields[3]));
        }
        root.put("latency_notifications", delays.count);
        root.put("latency_p50_ms", delays.percentile(50));
        root.put("latency_p99_ms", delays.percentile(99));
        lines.add(String.format(
                Locale.ROOT,
                "end of exposure to datagram: %.1f ms (p50), %.1f (p99) of %d",
                delays.percentile(50),
                delays.percentile(99),
                delays.count));
    }

    private void requests(Subject subject, ObjectNode root, List<String> lines)
            throws IOException, InterruptedException {
        Path theirs = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, LIBCOAP))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        int port = freePort();
        Process server = theirs == null
                ? null
                : new ProcessBuilder(theirs.toString(), "-A", "127.0.0.1", "-p", String.valueOf(port), "-v", "0")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            double[] own = new double[settings.rounds];
            double[] other = new double[settings.rounds];
            for (int i = 0; i < settings.rounds; i++) {
                progress.accept("requests, round " + (i + 1) + " of " + settings.rounds);
                own[i] = rate(subject.port(), "/metrics");
                other[i] = server == null ? Double.NaN : rate(port, "/");
            }
            double ours = Samples.percentile(own, 50);
            root.put("requests_per_s", ours);
            lines.add(String.format(Locale.ROOT, "%.0f requests/s", ours));
            if (server == null) {
                root.putNull("ratio_to_libcoap");
                lines.add(LIBCOAP + " is not on PATH (Debian: libcoap3-bin): nothing to compare with");
            } else {
                double libcoap = Samples.percentile(other, 50);
                root.put("libcoap_requests_per_s", libcoap);
                root.put("ratio_to_libcoap", ours / libcoap);
                lines.add(String.format(
                        Locale.ROOT, "libcoap's example server: %.0f requests/s, ratio %.2f", libcoap, ours / libcoap));
            }
        } finally {
            if (server != null) {
                server.destroyForcibly().waitFor();
            }
        }
    }

    private double rate(int port, String path) throws IOException, InterruptedException {
        return Long.parseLong(load("request", port, CLIENTS, path).getFirst()) / (double) settings.seconds;
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private List<String> load(String what, int port, int count, String path) throws IOException, InterruptedException {
        Path out = Files.createTempFile("emberline-load", ".txt");
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            CoapLoad.class.getName(),
                            what,
                            String.valueOf(port),
                            String.valueOf(count),
                            String.valueOf(settings.seconds),
                            path)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(out.toFile())
                    .start();
            if (!process.waitFor(settings.seconds + PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("the load generator has failed");
            }
            return Files.readAllLines(out, StandardCharsets.UTF_8);
        } finally {
            Files.delete(out);
        }
    }
}
