package org.emberline.edge.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.emberline.edge.pipeline.EndReason;
import org.emberline.edge.pipeline.Ledger;
import org.emberline.edge.pipeline.RunState;
import org.emberline.edge.pipeline.RunView;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.Condition;
import org.emberline.edge.pipeline.Snapshot.StationView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HealthTest {
    static Stream<Arguments> states() {
        String disk = "java.io.IOException: disk";
        return Stream.of(
                Arguments.of(new RunState.Idle(), null, true, "IDLE"),
                Arguments.of(new RunState.Armed(), null, true, "ARMED"),
                Arguments.of(new RunState.Acquiring(), null, true, "ACQUIRING"),
                Arguments.of(new RunState.Draining(), null, true, "DRAINING"),
                Arguments.of(new RunState.Ended(EndReason.COMPLETED), null, true, "ENDED: COMPLETED"),
                Arguments.of(new RunState.Ended(EndReason.STOPPED), null, true, "ENDED: STOPPED"),
                Arguments.of(new RunState.Ended(EndReason.ABORTED), null, false, "ENDED: ABORTED"),
                Arguments.of(new RunState.Ended(EndReason.OVERRUN), null, false, "ENDED: OVERRUN"),
                Arguments.of(new RunState.Ended(EndReason.ARCHIVE_FULL), null, false, "ENDED: ARCHIVE_FULL"),
                Arguments.of(new RunState.Ended(EndReason.STOPPED), disk, false, "ENDED: STOPPED: " + disk),
                Arguments.of(new RunState.Faulted(disk), disk, false, "FAULTED: " + disk));
    }

    @ParameterizedTest
    @MethodSource("states")
    void healthSaysWhy(RunState state, @Nullable String fault, boolean ok, String reason) {
        String trace = fault == null ? null : fault + "\n\tat org.emberline.Stage.run(Stage.java:1)";
        RunView view = new RunView("run-0001", state, FakeRun.STARTED, "cpu", trace);
        Snapshot snapshot = new Snapshot(3, view, List.of(), List.of(FakeRun.panel(Ledger.EMPTY, null, null)));
        assertEquals(ok, Documents.health(snapshot).get("ok"));
        assertEquals(reason, Documents.health(snapshot).get("reason"));
        assertEquals(state.phase(), Documents.status(snapshot).get("phase"));
        assertEquals(fault, Documents.status(snapshot).get("fault"), "one line of it");
    }

    @Test
    void aStationThatFailsIsNotHealthyAndAllOfThemFitADatagram() {
        RunView view = new RunView("run-0001", new RunState.Acquiring(), FakeRun.STARTED, "cpu", null);
        for (Condition condition : Condition.values()) {
            List<StationView> stations = Stream.of(StationView.Name.values())
                    .map(name -> new StationView(
                            name,
                            name == StationView.Name.DISK ? condition : Condition.OK,
                            1_700_000_000_123_456_789L,
                            "y".repeat(500)))
                    .toList();
            Snapshot snapshot = new Snapshot(
                    3,
                    view,
                    List.of(),
                    List.of(FakeRun.panel(Ledger.EMPTY, null, null)),
                    Snapshot.Events.NONE,
                    stations);
            Map<String, @Nullable Object> health = Documents.health(snapshot);
            assertEquals(condition != Condition.FAIL, health.get("ok"));
            assertEquals(
                    Map.of(
                            "state",
                            condition.name().toLowerCase(Locale.ROOT),
                            "since",
                            1_700_000_000.123,
                            "reason",
                            "y".repeat(60) + "..."),
                    ((Map<?, ?>) Objects.requireNonNull(health.get("stations"))).get("disk"));
            assertTrue(Documents.write(health, Description.JSON).length <= 1024);
        }
    }
}
