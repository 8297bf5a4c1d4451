package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.emberline.edge.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames from {@code simulate --stream2} over a socket into {@code run}: nothing is lost on the way, and every count arrives. */
class StreamRunTest {
    private static final int SIDE = 512;
    private static final int FRAMES = 40;
    private static final int MASKED = 1000;

    @TempDir
    Path folder;

    private final String address;

    StreamRunTest() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "tcp://127.0.0.1:" + free.getLocalPort();
        }
    }

    /** Random counts; the pixels that a detector masks are the largest number there is. */
    private List<Double> recorded(Path file) throws Exception {
        SplittableRandom random = new SplittableRandom(4);
        String header =
                "{'descr': '<u2', 'fortran_order': False, 'shape': (%d, %d, %d), }".formatted(FRAMES, SIDE, SIDE);
        ByteBuffer bytes = ByteBuffer.allocate(128 + FRAMES * SIDE * SIDE * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        bytes.putShort((short) 118)
                .put((header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
        List<Double> sums = new ArrayList<>();
        for (int frame = 0; frame < FRAMES; frame++) {
            double sum = 0;
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                int count = pixel < MASKED ? 0xffff : random.nextInt(frame + 2);
                bytes.putShort((short) count);
                sum += pixel < MASKED ? 0 : count;
            }
            sums.add(sum);
        }
        Files.write(file, bytes.array());
        return sums;
    }

    private Path configuration(String backend) throws Exception {
        return Files.writeString(folder.resolve("stream.toml"), """
                [run]
                folder = "%s"
                when_full = "block"
                [source]
                kind = "stream2"
                address = "%s"
                pixels = "u16"
                series = 1
                [detector]
                poni = "%s"
                [reduce]
                backend = "%s"
                [metrics]
                enabled = ["total_counts"]
                [coap]
                enabled = false
                """.formatted(
                        folder.resolve("runs"),
                        address,
                        RealData.repositoryRoot().toAbsolutePath().resolve("config/detectors/simulated-panel.poni"),
                        backend));
    }

    @ParameterizedTest
    @CsvSource({"cpu,bslz4", "cpu,lz4", "cpu,plain", "opencl,bslz4"})
    void everyCountArrives(String backend, String compression) throws Exception {
        Cli.needs(backend);
        Path file = folder.resolve("recorded.npy");
        List<Double> sums = recorded(file);
        Path config = configuration(backend);
        // Not the common pool, whose only thread on two cores the run needs.
        CompletableFuture<Cli> sender = CompletableFuture.supplyAsync(
                () -> Cli.run(
                        "simulate", "--stream2", address, "--rate", "0", "--compression", compression, file.toString()),
                task -> new Thread(task, "sender").start());
        Cli.done("run", "--config", config.toString());
        assertEquals(FRAMES + " images sent\n", sender.get().out());
        Path run;
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            run = runs.findFirst().orElseThrow();
        }
        JsonNode ledger = new ObjectMapper()
                .readTree(Files.readString(run.resolve("summary.json")))
                .get("ledger");
        List<String> kinds = events(run);
        assertEquals(FRAMES, ledger.get("triggers").asInt());
        assertEquals(FRAMES, ledger.get("archived").asInt(), () -> ledger + " " + kinds);
        assertEquals(0, ledger.get("lost").size(), ledger::toString);
        assertEquals(sums, totals(run));
        assertTrue(kinds.containsAll(List.of("DETECTOR_CONNECTED", "SERIES_BEGUN", "SERIES_ENDED")), kinds::toString);
    }

    private static List<Double> totals(Path run) throws Exception {
        List<Double> totals = new ArrayList<>();
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + run.resolve("run.sqlite"));
                Statement statement = db.createStatement();
                ResultSet rows = statement.executeQuery("SELECT value FROM metric ORDER BY frame")) {
            while (rows.next()) {
                totals.add(rows.getDouble(1));
            }
        }
        return totals;
    }

    private static List<String> events(Path run) throws Exception {
        List<String> kinds = new ArrayList<>();
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + run.resolve("run.sqlite"));
                Statement statement = db.createStatement();
                ResultSet rows = statement.executeQuery("SELECT kind FROM event ORDER BY rowid")) {
            while (rows.next()) {
                kinds.add(rows.getString(1));
            }
        }
        return kinds;
    }

    @Test
    void theShippedConfigurationIsSound() {
        Cli.done(
                "check-config",
                RealData.repositoryRoot().resolve("config/stream2.toml").toString());
    }

    @Test
    void aConfigurationIsCheckedWithoutConnecting() throws Exception {
        try (ServerSocket detector = new ServerSocket(
                Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)),
                1,
                InetAddress.getLoopbackAddress())) {
            Cli.done("check-config", configuration("cpu").toString());
            detector.setSoTimeout(300);
            assertThrows(SocketTimeoutException.class, detector::accept);
        }
    }
}
