package org.emberline.firmware.gpiochip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.emberline.firmware.Trigger;
import org.emberline.firmware.clock.FixedClock;
import org.emberline.firmware.linux.DeviceException;
import org.emberline.firmware.linux.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class GpioChipTriggerTest {
    private static final long AHEAD = 1_700_000_000_000_000_000L;

    @TempDir
    Path devices;

    private FakeGpio kernel;
    private final BlockingQueue<Trigger> seen = new LinkedBlockingQueue<>();

    @BeforeEach
    void build() throws IOException {
        kernel = new FakeBoard(devices).kernel;
    }

    @Test
    void edgesArriveWithTheirNumberAndTime() throws Exception {
        try (GpioChipTrigger trigger = open("GPIO4", 16)) {
            trigger.start(seen::add);
            kernel.edge(100);
            kernel.edge(250);
            assertEquals(new Trigger(0, AHEAD + 100), take());
            assertEquals(new Trigger(1, AHEAD + 250), take());
            assertTrue(trigger.toString().endsWith("gpiochip0 line 4 GPIO4"), trigger.toString());
        }
        assertEquals(Set.of(), kernel.open, "everything is closed");
    }

    @Test
    void whatCameBeforeTheStartReachesNobody() throws Exception {
        try (GpioChipTrigger trigger = open("4", 4)) {
            for (int i = 0; i < 6; i++) {
                kernel.edge(i);
            }
            trigger.start(seen::add);
            kernel.edge(10);
            assertEquals(new Trigger(0, AHEAD + 10), take());
            assertEquals(4, trigger.counters().ignored(), "the kernel kept four");
            assertEquals(0, trigger.counters().lost(), "nobody wanted them yet");
        }
    }

    @Test
    void aLateSinkLosesTheOldestAndTheyAreCounted() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (GpioChipTrigger trigger = open("4", 8)) {
            trigger.start(edge -> {
                entered.countDown();
                awaitUninterrupted(goOn);
                seen.add(edge);
            });
            kernel.edge(0);
            awaitUninterrupted(entered);
            for (int i = 1; i <= 100; i++) {
                kernel.edge(i);
            }
            goOn.countDown();
            List<Long> indices = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                indices.add(take().index());
            }
            assertEquals(List.of(0L, 93L, 94L, 95L, 96L, 97L, 98L, 99L, 100L), indices);
            GpioChipTrigger.Counters counters = trigger.counters();
            assertEquals(new GpioChipTrigger.Counters(9, 92, 0, 0, 2), counters);
            assertEquals(
                    "{edges=9, lost=92, ignored=0, malformed=0, reads=2}",
                    trigger.counts().toString());
        }
    }

    @Test
    void theKernelsNumbersMayStartOver() throws Exception {
        try (GpioChipTrigger trigger = open("4", 16)) {
            kernel.countFrom(-2);
            kernel.edge(1);
            trigger.start(seen::add);
            kernel.edge(2);
            kernel.edge(3);
            assertEquals(new Trigger(0, AHEAD + 2), take());
            assertEquals(new Trigger(1, AHEAD + 3), take());
        }
    }

    @Test
    void nothingIsDeliveredOnceClosed() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        GpioChipTrigger trigger = open("4", 16);
        trigger.start(edge -> {
            entered.countDown();
            awaitUninterrupted(goOn);
            seen.add(edge);
        });
        kernel.edge(1);
        awaitUninterrupted(entered);
        kernel.edge(2);
        Thread closer = Thread.ofPlatform().start(trigger::close);
        awaitBlocked(closer);
        assertTrue(closer.isAlive(), "close waits for the sink");
        goOn.countDown();
        closer.join();
        assertEquals(1, seen.size());
        trigger.close();
        assertEquals(Set.of(), kernel.open);
        assertEquals(Optional.empty(), trigger.failure());
    }

    @Test
    void theSinkItselfMayClose() throws Exception {
        GpioChipTrigger trigger = open("4", 16);
        CountDownLatch done = new CountDownLatch(1);
        kernel.countFrom(0);
        trigger.start(edge -> {
            seen.add(edge);
            trigger.close();
            done.countDown();
        });
        kernel.edge(1);
        kernel.edge(2);
        awaitUninterrupted(done);
        trigger.close();
        assertEquals(1, seen.size());
        assertEquals(Set.of(), kernel.open);
    }

    @Test
    void anUnpluggedChipEndsItWithAReason() throws Exception {
        try (GpioChipTrigger trigger = open("4", 16)) {
            trigger.start(seen::add);
            kernel.edge(1);
            take();
            int polls = kernel.polls.get();
            kernel.unplug();
            assertTrue(failure(trigger).endsWith("gpiochip0 line 4 GPIO4: the line is gone; was its chip unplugged?"));
            assertTrue(
                    kernel.polls.get() - polls <= 3, () -> "it does not spin: polls=" + (kernel.polls.get() - polls));
        }
        assertEquals(Set.of(), kernel.open);
    }

    @Test
    void anInterruptedPollIsTriedAgain() throws Exception {
        kernel.pollError = Errno.EINTR;
        try (GpioChipTrigger trigger = open("4", 16)) {
            trigger.start(seen::add); // discard meets it, and the loop the next
            kernel.pollError = Errno.EINTR;
            kernel.edge(1);
            assertEquals(0, take().index());
            assertEquals(Optional.empty(), trigger.failure());
        }
    }

    @Test
    void aFailingSinkEndsItWithAReason() throws Exception {
        assertSinkFailure(new IllegalStateException("full"));
    }

    @Test
    void anErrorOfTheSinkIsNotHidden() throws Exception {
        assertSinkFailure(new AssertionError("full"));
    }

    @Test
    void canBeStartedOnce() throws Exception {
        GpioChipTrigger trigger = open("4", 16);
        trigger.start(seen::add);
        assertThrows(IllegalStateException.class, () -> trigger.start(seen::add));
        trigger.close();
        GpioChipTrigger unused = open("4", 16);
        unused.close();
        assertThrows(IllegalStateException.class, () -> unused.start(seen::add));
        assertEquals(Set.of(), kernel.open);
    }

    @Test
    void aTakenLineNamesItsUser() {
        DeviceException busy = assertThrows(DeviceException.class, () -> open("GPIO3", 16));
        assertEquals(Errno.EBUSY, busy.errno());
        assertTrue(
                busy.getMessage()
                        .endsWith("gpiochip0 line 3 GPIO3: in use by \"spi0 CS0\" (EBUSY); release it there, or take "
                                + "another line"),
                busy.getMessage());
        assertEquals(Set.of(), kernel.open);
    }

    @Test
    void aChipThatCannotIsTold() {
        kernel.requestError = Errno.ENXIO;
        DeviceException deaf = assertThrows(DeviceException.class, () -> open("4", 16));
        assertTrue(deaf.getMessage().contains("the line cannot interrupt"), deaf.getMessage());
        kernel.requestError = Errno.EOPNOTSUPP;
        GpioTriggerSettings hardware =
                new GpioTriggerSettings("gpiochip0", "4", Edge.RISING, false, Bias.AS_IS, 0, EventClock.HARDWARE, 16);
        DeviceException plain = assertThrows(
                DeviceException.class, () -> GpioChipTrigger.open(kernel, devices, hardware, FixedClock.ahead(AHEAD)));
        assertTrue(plain.getMessage().contains("no hardware time stamps: clock=HARDWARE"), plain.getMessage());
    }

    @Test
    void settingsAreChecked() {
        assertRefused("chip=\"\"", () -> GpioTriggerSettings.of("", "4"));
        assertRefused("line=\" \"", () -> GpioTriggerSettings.of("gpiochip0", " "));
        assertRefused("bufferEdges=0", () -> settings("4", 0));
        assertRefused("bufferEdges=1025", () -> settings("4", 1025));
        assertRefused(
                "debounceMicros=-1",
                () -> new GpioTriggerSettings("c", "4", Edge.RISING, false, Bias.AS_IS, -1, EventClock.MONOTONIC, 16));
    }

    /** It ends the delivery with a reason, and reaches the handler of the thread. */
    private void assertSinkFailure(Throwable thrown) throws Exception {
        BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
        try (GpioChipTrigger trigger = open("4", 16)) {
            trigger.start(edge -> {
                Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
                switch (thrown) {
                    case RuntimeException e -> throw e;
                    case Error e -> throw e;
                    default -> throw new IllegalArgumentException(thrown);
                }
            });
            kernel.edge(1);
            assertSame(thrown, uncaught.poll(10, TimeUnit.SECONDS));
            assertTrue(failure(trigger).endsWith("whoever takes the edges failed: " + thrown));
        }
        assertEquals(Set.of(), kernel.open);
    }

    private static void assertRefused(String start, Runnable making) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, making::run);
        String message = refused.getMessage();
        assertTrue(message != null && message.startsWith(start), message);
    }

    private GpioChipTrigger open(String line, int buffer) throws IOException {
        return GpioChipTrigger.open(kernel, devices, settings(line, buffer), FixedClock.ahead(AHEAD));
    }

    private static GpioTriggerSettings settings(String line, int buffer) {
        return new GpioTriggerSettings(
                "gpiochip0", line, Edge.RISING, false, Bias.AS_IS, 0, EventClock.MONOTONIC, buffer);
    }

    private Trigger take() throws InterruptedException {
        Trigger trigger = seen.poll(10, TimeUnit.SECONDS);
        assertNotEquals(null, trigger, "no edge came");
        return trigger;
    }

    private String failure(GpioChipTrigger trigger) throws InterruptedException {
        kernel.awaitLineClosed();
        return trigger.failure().orElse("none");
    }

    private static void awaitBlocked(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
