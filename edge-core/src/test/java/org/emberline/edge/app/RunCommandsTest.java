package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator far away: a service in its own process, commanded by the verbs of the command line. */
class RunCommandsTest {
    private static final int LOOKS = 2000;

    @TempDir
    private Path folder;

    private String uri = "";

    @BeforeEach
    void makeKeys() throws Exception {
        String keys = folder.resolve("keys").toString();
        Cli.done("keys", "add", "laptop", "--role", "observer", "--folder", keys, "-o", file("laptop.key"));
        Cli.done("keys", "pair", file("console.pem"));
        Cli.done("keys", "add", "console", "--role", "operator", "--folder", keys, "--public-key", file("console.pem"));
        Files.writeString(
                folder.resolve("server.pub"),
                Cli.done("keys", "server", "--folder", keys).out());
        assertEquals(
                "laptop observer psk\nconsole operator rpk\n",
                Cli.done("keys", "list", "--folder", keys).out());
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private RunningAppliance service() throws Exception {
        return service(text -> text);
    }

    private RunningAppliance service(UnaryOperator<String> edits) throws Exception {
        RunningAppliance service = RunningAppliance.start(
                folder,
                "",
                text -> edits.apply(text)
                        .replace("snapshots_per_second = 4", "snapshots_per_second = 20\nstart = \"on_command\"")
                        .replace("enabled = false\nbind = \"0.0.0.0\"\nport = 5684", "enabled = true\nport = 0")
                        .replace("keys = \"keys\"", "keys = \"" + folder.resolve("keys") + "\""));
        uri = service.secureUri();
        return service;
    }

    private Cli tell(String... words) {
        return Cli.run(Stream.of(
                        Stream.of("tell", uri + "/run", "--key-pair", file("console.pem")),
                        Stream.of("--server-key", file("server.pub")),
                        Stream.of(words))
                .flatMap(each -> each)
                .toArray(String[]::new));
    }

    private JsonNode status() throws Exception {
        return new ObjectMapper()
                .readTree(Cli.done(
                                "poll",
                                "--json",
                                uri + "/status",
                                "--identity",
                                "laptop",
                                "--key-file",
                                file("laptop.key"))
                        .out());
    }

    private JsonNode awaitStatus(Predicate<JsonNode> wanted) throws Exception {
        JsonNode status = status();
        for (int i = 0; i < LOOKS && !wanted.test(status); i++) {
            status = status();
        }
        assertTrue(wanted.test(status), status.toString());
        return status;
    }

    private static List<String> events(Path run) throws SQLException {
        List<String> events = new ArrayList<>();
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + run.resolve("run.sqlite"));
                Statement statement = c.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT kind || ' ' || text FROM event WHERE kind IN ('COMMAND', 'LABEL') ORDER BY rowid")) {
            while (rows.next()) {
                events.add(rows.getString(1));
            }
        }
        return events;
    }

    @Test
    void runsBeginAndEndAsTheOperatorSays() throws Exception {
        try (RunningAppliance service = service()) {
            assertEquals("IDLE", status().get("phase").asText());
            assertEquals("74", String.valueOf(tell("stop").code()));
            assertTrue(tell("stop").err().contains("4.09"), tell("stop").err());
            assertTrue(tell("label", "batch", "12").out().startsWith("label batch 12"));
            assertTrue(tell("arm").out().startsWith("armed "));
            JsonNode armed = status();
            assertEquals("ARMED", armed.get("phase").asText());
            assertEquals("batch 12", armed.get("label").asText());
            assertTrue(armed.get("frame").isNull());
            assertTrue(tell("start").out().startsWith("started "));
            awaitStatus(status -> status.path("frame").asInt(0) >= 2);
            assertTrue(tell("stop").out().startsWith("stop "));
            assertEquals(
                    "STOPPED",
                    awaitStatus(s -> s.get("phase").asText().equals("ENDED"))
                            .get("end_reason")
                            .asText());
            assertTrue(tell("start").out().startsWith("started "));
            awaitStatus(s -> s.get("phase").asText().equals("ACQUIRING"));
            assertTrue(tell("abort").out().startsWith("abort "));
            assertEquals(
                    "ABORTED",
                    awaitStatus(s -> s.get("phase").asText().equals("ENDED"))
                            .get("end_reason")
                            .asText());
            assertTrue(tell("arm").out().startsWith("armed "));
            assertTrue(tell("abort").out().startsWith("abort "));
            assertEquals("ENDED", status().get("phase").asText());
            assertEquals(0, service.terminate());
            List<Path> runs = service.runFolders();
            assertEquals(3, runs.size());
            assertEquals(
                    List.of(
                            "LABEL batch 12",
                            "COMMAND operator console: arm",
                            "COMMAND operator console: start",
                            "COMMAND operator console: stop"),
                    events(runs.get(0)));
            assertEquals(
                    List.of(
                            "COMMAND operator console: arm",
                            "COMMAND operator console: start",
                            "COMMAND operator console: abort"),
                    events(runs.get(1)));
            for (Path run : runs) {
                assertTrue(Files.exists(run.resolve("manifest.json")), run.toString());
                assertFalse(Files.exists(run.resolve("run.lock")), run.toString());
            }
        }
    }

    private JsonNode correction() throws Exception {
        return new ObjectMapper()
                .readTree(Cli.done(
                                "poll",
                                "--json",
                                uri + "/run",
                                "--identity",
                                "laptop",
                                "--key-file",
                                file("laptop.key"))
                        .out())
                .path("correction");
    }

    private JsonNode awaitCorrection() throws Exception {
        JsonNode correction = correction();
        for (int i = 0; i < LOOKS && correction.path("state").asText().equals("taking"); i++) {
            correction = correction();
        }
        return correction;
    }

    @Test
    void darksAndFlatsAreTakenBetweenRuns() throws Exception {
        Files.createDirectory(folder.resolve("corrections"));
        try (RunningAppliance service = service(text -> text.replace(
                "name = \"microscope\" ",
                "dark = \"" + file("corrections/dark.tif") + "\"\nflat = \"" + file("flat.h5")
                        + "\"\nname = \"microscope\" "))) {
            assertTrue(correction().isMissingNode());
            assertEquals(
                    "taking 6 dark frames of microscope\n", tell("dark", "6").out());
            JsonNode dark = awaitCorrection();
            assertEquals("done", dark.get("state").asText(), dark.toString());
            assertEquals(6, dark.get("taken").asInt());
            assertEquals(
                    new ObjectMapper()
                            .readTree(Cli.done(
                                            "acquire",
                                            "--kind",
                                            "dark",
                                            "--frames",
                                            "6",
                                            "--json",
                                            "-o",
                                            file("own.tif"))
                                    .out())
                            .get("mean")
                            .asDouble(),
                    dark.get("mean").asDouble());
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("own.tif")),
                    Files.readAllBytes(folder.resolve("corrections/dark.tif")));
            assertTrue(tell("flat", "10000", "microscope").out().startsWith("taking 10000 flat"));
            Cli busy = tell("start");
            assertTrue(busy.err().contains("4.09") && busy.err().contains("[stop, abort, label]"), busy.err());
            assertTrue(tell("stop").out().startsWith("stop of the frames"));
            JsonNode flat = awaitCorrection();
            assertEquals("stopped", flat.get("state").asText(), flat.toString());
            assertFalse(Files.exists(folder.resolve("flat.h5")));
            assertTrue(tell("flat", "9", "panel").err().contains("known are [microscope]"));
            assertTrue(tell("flat", "0").err().contains("0 frames are not between 1 and 10000"));
            assertTrue(tell("flat", "many").err().contains("4.00"));
            assertTrue(tell("flat", "6").out().startsWith("taking 6"));
            assertEquals("done", awaitCorrection().get("state").asText());
            Cli armed = tell("arm");
            assertTrue(armed.out().startsWith("armed "), armed.err());
            assertTrue(tell("dark").err().contains("4.09"));
            assertTrue(tell("abort").out().startsWith("abort "));
            Files.delete(folder.resolve("corrections/dark.tif"));
            Files.delete(folder.resolve("corrections"));
            assertTrue(tell("dark").out().startsWith("taking 32"));
            JsonNode failed = awaitCorrection();
            assertEquals("failed", failed.get("state").asText(), failed.toString());
            assertTrue(failed.get("reason").asText().contains("corrections"), failed.toString());
            assertEquals(0, service.terminate());
        }
    }

    @Test
    void anObserverMayNotCommandAndSaysWhoItIs() throws Exception {
        try (RunningAppliance _ = service()) {
            Cli refused =
                    Cli.run("tell", uri + "/run", "--identity", "laptop", "--key-file", file("laptop.key"), "start");
            assertEquals(74, refused.code());
            assertTrue(refused.err().contains("4.03"), refused.err());
            Cli nobody = Cli.run("poll", uri + "/status");
            assertEquals(2, nobody.code());
            assertTrue(nobody.err().contains("coaps needs a key"), nobody.err());
            assertEquals("IDLE", status().get("phase").asText());
        }
    }
}
