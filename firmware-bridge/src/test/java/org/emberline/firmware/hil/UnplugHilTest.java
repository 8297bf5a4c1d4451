package org.emberline.firmware.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.emberline.firmware.clock.UtcClock;
import org.emberline.firmware.gpiochip.GpioChipOutput;
import org.emberline.firmware.gpiochip.GpioChipTrigger;
import org.emberline.firmware.gpiochip.GpioOutputSettings;
import org.emberline.firmware.gpiochip.GpioTriggerSettings;
import org.emberline.firmware.linux.DeviceException;
import org.emberline.firmware.linux.Errno;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A chip that goes while its lines are in use. */
@Tag("hil")
@Timeout(60)
class UnplugHilTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Test
    void aReaderEndsWithAReasonAndDoesNotSpin() throws Exception {
        SimBank bank = new SimBank("unplugged", List.of("TRIG"), -1);
        try (GpioChipTrigger trigger =
                GpioChipTrigger.open(GpioTriggerSettings.of("unplugged", "TRIG"), new UtcClock())) {
            Edges edges = Edges.flowing();
            trigger.start(edges);
            try (SimBank.Wire wire = bank.wire(0)) {
                wire.pulse();
            }
            edges.take();
            Thread reader = readerThread();
            long cpuBefore = THREADS.getThreadCpuTime(reader.threadId());
            bank.unplug();
            long ended = awaitEnd(reader);
            assertTrue(
                    trigger.failure().orElse("none").contains("the line is gone; was its chip unplugged?"),
                    () -> trigger.failure().orElse("none"));
            assertTrue(ended - cpuBefore < TimeUnit.MILLISECONDS.toNanos(200), () -> "cpu ns=" + (ended - cpuBefore));
            assertEquals(1, trigger.counters().edges());
        } finally {
            bank.close();
        }
    }

    @Test
    void anOutputSaysThatItIsGone() throws Exception {
        SimBank bank = new SimBank("unplugged", List.of("BEAT"), -1);
        try (GpioChipOutput output = GpioChipOutput.open(GpioOutputSettings.of("unplugged", "BEAT"))) {
            output.set(true);
            bank.unplug();
            DeviceException gone = assertThrows(DeviceException.class, () -> output.set(false));
            assertEquals(Errno.ENODEV, gone.errno(), gone.getMessage());
        } finally {
            bank.close();
        }
    }

    private static Thread readerThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("trigger "))
                .findFirst()
                .orElseThrow();
    }

    /** The CPU time that the thread had taken when it was last seen alive. */
    private static long awaitEnd(Thread thread) throws InterruptedException {
        long latest = 0;
        while (!thread.join(Duration.ofMillis(50))) {
            latest = Math.max(latest, THREADS.getThreadCpuTime(thread.threadId()));
        }
        return latest;
    }
}
