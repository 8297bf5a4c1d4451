package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.upokecenter.cbor.CBORObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.emberline.edge.archive.RunReader.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service as others see it: a process that answers CoAP and ends in order when told to. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RunProcessTest {
    private static final int BINS = 1500;
    private static final int SENML_JSON = 110;
    private static final int SENML_CBOR = 112;
    private static final CBORObject NAME = CBORObject.FromObject(0);
    private static final CBORObject VALUE = CBORObject.FromObject(2);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void sigtermDrainsAndClosesTheRun() throws Exception {
        try (RunningAppliance appliance = RunningAppliance.start(folder)) {
            appliance.awaitFrames();
            Cli metrics = Cli.done("poll", appliance.uri() + "/metrics", "--json");
            assertTrue(metrics.out().contains("lattice_a"), metrics.out());
            Cli pattern = Cli.done("poll", appliance.uri() + "/pattern/panel", "--json");
            assertEquals(
                    BINS, new ObjectMapper().readTree(pattern.out()).get("I").size());

            assertEquals(ExitCode.DONE, appliance.terminate());
            assertEquals(
                    List.of(),
                    appliance.restOfLog().stream()
                            .filter(line -> !line.startsWith("panel "))
                            .toList());
            FinishedRun run = FinishedRun.in(appliance.runFolder());
            assertEquals("STOPPED", run.summary().get("end_reason").asText());
            int frames = run.archived("panel");
            assertTrue(frames >= 15 && frames < 150, "frames=" + frames);
            run.assertComplete(frames, run.archived("microscope"));
            List<Point> lattice = run.metric("lattice_a");
            assertEquals(frames, lattice.size());
            List<Point> found = lattice.stream()
                    .filter(point -> !Double.isNaN(point.value()))
                    .toList();
            assertTrue(found.size() >= frames / 2, found::toString);
            assertTrue(found.stream().allMatch(point -> point.value() > 2.8 && point.value() < 2.95));
        }
    }

    @Test
    void libcoapReadsEverything() throws Exception {
        String client = coapClient();
        try (RunningAppliance appliance = RunningAppliance.start(folder)) {
            appliance.awaitFrames();
            String links = new String(get(client, appliance.uri() + "/.well-known/core"), StandardCharsets.UTF_8);
            for (String path : List.of(
                    "/status",
                    "/health",
                    "/metrics",
                    "/ledger",
                    "/history",
                    "/t/furnace",
                    "/pattern/panel",
                    "/preview/microscope")) {
                assertTrue(links.contains("<" + path + ">"), links);
            }
            assertMetrics(json(get(client, appliance.uri() + "/metrics", "-A", "" + SENML_JSON)));
            assertMetrics(cbor(get(client, appliance.uri() + "/metrics", "-A", "" + SENML_CBOR)));
            List<Named> counts =
                    json(get(client, appliance.uri() + "/history?name=total_counts&n=10", "-A", "" + SENML_JSON));
            assertTrue(counts.size() >= 4 && counts.size() <= 20, counts::toString);
            assertTrue(counts.getFirst().value > 1e6, counts::toString);
            CBORObject pattern = CBORObject.DecodeFromBytes(get(client, appliance.uri() + "/pattern/panel"));
            assertEquals("panel", pattern.get("detector").AsString());
            assertEquals("q_A^-1", pattern.get("unit").AsString());
            assertEquals(Double.BYTES * BINS, bytes(pattern, "radial"));
            for (String array : List.of("I", "sigma", "count")) {
                assertEquals(Float.BYTES * BINS, bytes(pattern, array), array);
            }
            byte[] preview = get(client, appliance.uri() + "/preview/microscope");
            assertTrue(preview.length <= 65_536, "bytes=" + preview.length);
            CBORObject map = CBORObject.DecodeFromBytes(preview);
            assertEquals(128, map.get("rows").AsInt32());
            assertEquals(2 * 128 * 128, bytes(map, "optical_density"));
            byte[] png = get(client, appliance.uri() + "/preview/microscope", "-A", "23");
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            assertEquals(256, image.getWidth());
            int centre = image.getRaster().getSample(128, 128, 0);
            int rim = image.getRaster().getSample(2, 128, 0);
            assertTrue(centre > rim + 50, "the sample is brighter than empty beam centre=" + centre + " rim=" + rim);
            assertEquals(ExitCode.DONE, appliance.terminate());
        }
    }

    private static int bytes(CBORObject pattern, String array) {
        return pattern.get(array).Untag().GetByteString().length;
    }

    /** One record of a SenML pack. */
    private record Named(String name, double value) {}

    private static List<Named> json(byte[] answer) throws IOException {
        List<Named> pack = new ArrayList<>();
        for (JsonNode node : new ObjectMapper().readTree(answer)) {
            if (node.has("v")) {
                pack.add(new Named(node.path("n").asText(""), node.get("v").asDouble()));
            }
        }
        return pack;
    }

    private static List<Named> cbor(byte[] answer) {
        return CBORObject.DecodeFromBytes(answer).getValues().stream()
                .filter(node -> node.ContainsKey(VALUE))
                .map(node ->
                        new Named(node.get(NAME).AsString(), node.get(VALUE).AsDouble()))
                .toList();
    }

    private static void assertMetrics(List<Named> pack) {
        List<String> names = pack.stream().map(Named::name).toList();
        for (String metric : List.of("temperature", "total_counts", "saturated_fraction", "lattice_a", "lattice_c")) {
            assertTrue(names.contains(metric), names.toString());
            assertTrue(names.contains(metric + ":sigma"), names.toString());
        }
        assertFalse(pack.stream().anyMatch(record -> !Double.isFinite(record.value())), pack.toString());
    }

    private byte[] get(String client, String uri, String... options) throws IOException, InterruptedException {
        Path answer = folder.resolve("answer");
        Files.deleteIfExists(answer);
        Path said = folder.resolve("said");
        List<String> command = new ArrayList<>(List.of(client, "-B", "10", "-o", answer.toString()));
        command.addAll(List.of(options));
        command.add(uri);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "coap-client does not end");
        assertTrue(Files.exists(answer), () -> uri + " gives nothing, see " + said);
        return Files.readAllBytes(answer);
    }

    private static String coapClient() {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(entry -> Stream.of("coap-client", "coap-client-notls").map(name -> Path.of(entry, name)))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            Cli.oracleAbsent("no coap-client (Debian: libcoap3-bin)");
        }
        return found.orElseThrow().toString();
    }
}
