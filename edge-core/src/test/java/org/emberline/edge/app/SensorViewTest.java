package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.emberline.firmware.ThermocoupleReading.Fault;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.emberline.firmware.Trigger;
import org.emberline.firmware.TriggerInput;
import org.emberline.firmware.csv.CsvStatus;
import org.emberline.firmware.sampling.SamplingStatus;
import org.emberline.firmware.sampling.SamplingStatus.Latency;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SensorViewTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long BEGIN = -3 * SECOND;
    /** 2026-11-22, noon. */
    private static final long NOON = 1_795_348_800L * SECOND;

    private static final List<String> CHANNELS = List.of("furnace", "sample");

    private final SensorBoard board = new SensorBoard(CHANNELS.size());
    private final StringWriter text = new StringWriter();
    private @Nullable String failure;
    private final TriggerInput trigger = new TriggerInput() {
        @Override
        public void start(Consumer<? super Trigger> sink) {}

        @Override
        public Optional<String> failure() {
            return Optional.ofNullable(failure);
        }

        @Override
        public void close() {}
    };

    private SensorView view(@Nullable TriggerInput line, SensorFormat format) {
        return new SensorView(CHANNELS, line, board, format, new PrintWriter(text, true), BEGIN);
    }

    private static void tick(SensorView view, double seconds) {
        long nanos = Math.round(seconds * SECOND);
        view.tick(BEGIN + nanos, NOON + nanos);
    }

    private static long at(double seconds) {
        return NOON + Math.round(seconds * SECOND);
    }

    private List<String> printed() {
        List<String> lines = text.toString().lines().toList();
        text.getBuffer().setLength(0);
        return lines;
    }

    @Test
    void aSecondShowsTheLatestOfEveryChannelThatSaidAnything() {
        SensorView view = view(null, new SensorText(CHANNELS));
        board.accept(new Temperature(0, at(0.1), 849, 0.2));
        board.accept(new Temperature(0, at(0.9), 850.123, 0.2));
        tick(view, 0.95);
        assertEquals(List.of(), printed());
        tick(view, 1);
        assertEquals(List.of("2026-11-22T12:00:00.900Z  furnace  850.12 +- 0.20 Cel"), printed());
        board.accept(new Temperature(1, at(1.5), 25, 0));
        tick(view, 1.95);
        assertEquals(List.of(), printed());
        tick(view, 2.05);
        assertEquals(List.of("2026-11-22T12:00:01.500Z  sample   25.0000 Cel"), printed(), "nothing twice");
        board.accept(new Temperature(0, at(2.9), 851, 0.2));
        tick(view, 2.99);
        tick(view, 3);
        assertEquals(1, printed().size(), "a look that was late shifts no second");
        board.accept(new Temperature(0, at(3.1), 852, 0.2));
        view.showRest();
        assertEquals(List.of("2026-11-22T12:00:03.100Z  furnace  852.00 +- 0.20 Cel"), printed());
    }

    @Test
    void aFaultIsShownWhenItBegins() {
        SensorView view = view(null, new SensorText(CHANNELS));
        tick(view, 0);
        board.accept(new Fault(1, at(0.1), FaultKind.OPEN_CIRCUIT));
        tick(view, 0.15);
        assertEquals(List.of("2026-11-22T12:00:00.100Z  sample   FAULT OPEN_CIRCUIT"), printed());
        board.accept(new Fault(1, at(0.2), FaultKind.OPEN_CIRCUIT));
        tick(view, 0.25);
        assertEquals(List.of(), printed(), "the same one goes on");
        board.accept(new Fault(1, at(0.3), FaultKind.SHORT_TO_GROUND));
        board.accept(new Temperature(1, at(0.4), 20, 0.1));
        tick(view, 0.45);
        assertEquals(List.of("2026-11-22T12:00:00.300Z  sample   FAULT SHORT_TO_GROUND"), printed());
        board.accept(new Fault(1, at(0.5), FaultKind.SHORT_TO_GROUND));
        tick(view, 0.55);
        assertEquals(1, printed().size(), "it was gone in between");
        board.accept(new Fault(1, at(0.9), FaultKind.SHORT_TO_GROUND));
        tick(view, 1);
        assertEquals(List.of("2026-11-22T12:00:00.900Z  sample   FAULT SHORT_TO_GROUND"), printed());
    }

    @Test
    void edgesAreCountedByTheSecondAndByTheirIndex() {
        SensorView view = view(trigger, new SensorText(CHANNELS));
        for (int i = 0; i < 10; i++) {
            board.accept(new Trigger(i, at(i * 0.1)));
        }
        tick(view, 1);
        board.accept(new Trigger(13, at(1.4)));
        tick(view, 2);
        tick(view, 3.25);
        board.accept(new Trigger(14, at(3.9)));
        board.accept(new Trigger(15, at(3.95)));
        board.accept(new Trigger(16, at(4)));
        tick(view, 4);
        assertEquals(
                List.of(
                        "2026-11-22T12:00:01.000Z  trigger  10.0 edges/s, seen=10 lost=0",
                        "2026-11-22T12:00:02.000Z  trigger  1.0 edges/s, seen=11 lost=3",
                        "2026-11-22T12:00:03.250Z  trigger  0.0 edges/s, seen=11 lost=3",
                        "2026-11-22T12:00:04.000Z  trigger  4.0 edges/s, seen=14 lost=3"),
                printed());
        failure = "/dev/gpiochip0 line 17: gone";
        tick(view, 4.1);
        tick(view, 4.2);
        assertEquals(List.of("2026-11-22T12:00:04.100Z  trigger  LOST /dev/gpiochip0 line 17: gone"), printed());
    }

    @Test
    void machinesGetAnObjectALine() throws Exception {
        SensorView view = view(trigger, new SensorJson());
        board.accept(new Temperature(0, at(0.9), 850.123, 0.2));
        board.accept(new Fault(1, at(0.5), FaultKind.STALE));
        board.accept(new Trigger(2, at(0.75)));
        failure = "gone";
        tick(view, 1);
        List<String> lines = printed();
        assertEquals(4, lines.size(), lines::toString);
        JsonNode fault = new ObjectMapper().readTree(lines.get(0));
        assertEquals("STALE", fault.get("fault").asText());
        assertEquals("sample", fault.get("channel").asText());
        assertEquals(
                "gone",
                new ObjectMapper().readTree(lines.get(1)).at("/trigger/failure").asText());
        JsonNode reading = new ObjectMapper().readTree(lines.get(2));
        assertEquals(at(0.9), reading.get("timestamp_ns").asLong());
        assertEquals(850.123, reading.get("celsius").asDouble());
        assertEquals(0.2, reading.get("sigma").asDouble());
        JsonNode edges = new ObjectMapper().readTree(lines.get(3)).get("trigger");
        assertEquals(1, edges.get("edges_per_second").asDouble());
        assertEquals(2, edges.get("lost").asLong());
        assertEquals(at(0.75), edges.get("latest_ns").asLong());
    }

    @Test
    void theTotalsOfBothFormatsAgree() throws Exception {
        SamplingStatus.Channel channel = new SamplingStatus.Channel(
                "sample",
                100,
                90,
                Map.of(FaultKind.STALE, 3L),
                Map.of(FaultKind.OPEN_CIRCUIT, 2L),
                4,
                1,
                5,
                6,
                7,
                new Latency(95, 100_000, 250_000, 9_000_000),
                "timed out");
        assertEquals(
                "sample: due=100 readings=90 faults={STALE=3} suppressed={OPEN_CIRCUIT=2} missed=4 misordered=1 retries=5"
                        + " restarts=6 late=7 latency_us=250 (100 to 9000) last failure: timed out",
                new SensorText(CHANNELS).total(channel));
        JsonNode json = new ObjectMapper().readTree(new SensorJson().total(channel));
        assertEquals(
                "{\"total\":\"sample\",\"due\":100,\"readings\":90,\"faults\":{\"STALE\":3},\"suppressed\":{\"OPEN_CIRCUIT\":2},"
                        + "\"missed\":4,\"misordered\":1,\"retries\":5,\"restarts\":6,\"late\":7,\"latency\":{\"count\":95,"
                        + "\"min_ns\":100000,\"median_ns\":250000,\"max_ns\":9000000},\"last_failure\":\"timed out\"}",
                json.toString());
        CsvStatus log = new CsvStatus(9, 8, 7, 6, 5, 4, 3, "furnace.csv:12: time=x");
        assertEquals(
                "log: lines=9 readings=8 missing=7 refused=6 misordered=5 restarts=4 failures=3"
                        + " last problem: furnace.csv:12: time=x",
                new SensorText(CHANNELS).total(log));
        assertEquals(
                "{\"total\":\"log\",\"lines\":9,\"readings\":8,\"missing\":7,\"refused\":6,\"misordered\":5,"
                        + "\"restarts\":4,\"failures\":3,\"last_problem\":\"furnace.csv:12: time=x\"}",
                new SensorJson().total(log));
        SensorBoard.Edges edges = new SensorBoard.Edges(8, 10, NOON);
        String text = new SensorText(CHANNELS).total(edges, Map.of("reads", 4L));
        assertEquals("trigger: seen=8 lost=2; its adapter: reads=4", text);
        assertEquals("trigger: seen=8 lost=2", new SensorText(CHANNELS).total(edges, Map.of()));
        assertTrue(
                new SensorJson().total(edges, Map.of("reads", 4L)).endsWith("\"lost\":2,\"adapter\":{\"reads\":4}}"));
    }
}
