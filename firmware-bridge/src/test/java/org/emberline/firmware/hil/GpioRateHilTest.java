package org.emberline.firmware.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import org.emberline.firmware.clock.UtcClock;
import org.emberline.firmware.gpiochip.GpioChipTrigger;
import org.emberline.firmware.gpiochip.GpioTriggerSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten thousand edges a second for a minute, and the books about them. {@code -Demberline.hil.rate} (edges a second) and
 * {@code -Demberline.hil.seconds} choose others. What it measures is printed.
 */
@Tag("hil")
@Timeout(600)
class GpioRateHilTest {
    private static final int RATE = Integer.getInteger("emberline.hil.rate", 10_000);
    private static final int SECONDS = Integer.getInteger("emberline.hil.seconds", 60);

    private final UtcClock clock = new UtcClock();

    @Test
    void everyEdgeIsAccountedFor() throws Exception {
        int count = Math.multiplyExact(RATE, SECONDS);
        Ledger ledger = new Ledger(clock, count);
        long[] before = new long[count];
        long interrupts;
        double seconds;
        GpioChipTrigger.Counters counters;
        try (SimBank bank = new SimBank("rate", List.of("TRIG"), -1);
                GpioChipTrigger trigger = GpioChipTrigger.open(GpioTriggerSettings.of("rate", "TRIG"), clock);
                SimBank.Wire wire = bank.wire(0)) {
            trigger.start(ledger);
            try (OneCpu _ = new OneCpu()) {
                seconds = drive(wire, before);
            }
            interrupts = interrupts();
            ledger.awaitIndex(count - 1L);
            counters = trigger.counters();
            assertEquals("none", trigger.failure().orElse("none"));
        }
        report(ledger, before, counters, interrupts, seconds);
        assertEquals(count, interrupts, "the simulated chip interrupts once an edge");
        assertEquals(count, counters.edges() + counters.lost());
        assertEquals(ledger.edges(), counters.edges());
        assertEquals(0, counters.malformed());
        assertEquals(0, clock.steps());
        ledger.assertOrder();
        ledger.assertNotBefore(before);
    }

    /** Pulses at the rate; what a pause of the machine held up is made good by a burst. */
    private double drive(SimBank.Wire wire, long[] before) throws IOException {
        long half = 500_000_000L / RATE;
        long start = System.nanoTime();
        for (int i = 0; i < before.length; i++) {
            spinUntil(start + 2L * i * half);
            before[i] = clock.relation().utcAt(System.nanoTime());
            wire.pull(true);
            spinUntil(start + (2L * i + 1) * half);
            wire.pull(false);
        }
        return (System.nanoTime() - start) * 1e-9;
    }

    private static void spinUntil(long nanos) {
        while (System.nanoTime() < nanos) {
            Thread.onSpinWait();
        }
    }

    private static void report(
            Ledger ledger, long[] before, GpioChipTrigger.Counters counters, long interrupts, double seconds) {
        long[] latency = ledger.latencies();
        long[] stamping = ledger.stampDelays(before);
        System.out.printf(
                Locale.ROOT,
                "hil: gpio rate asked=%d/s reached=%.0f/s for %.1f s interrupts=%d edges=%d lost=%d reads=%d%n",
                RATE,
                before.length / seconds,
                seconds,
                interrupts,
                counters.edges(),
                counters.lost(),
                counters.reads());
        System.out.printf(
                Locale.ROOT,
                "hil: gpio edge to stamp ns %s; stamp to sink ns %s; allocated %.1f bytes an edge%n",
                quantiles(stamping),
                quantiles(latency),
                ledger.bytesAnEdge());
    }

    private static String quantiles(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "median=%d p99=%d max=%d",
                sorted[sorted.length / 2],
                sorted[(int) (sorted.length * 0.99)],
                sorted[sorted.length - 1]);
    }

    /** How often the line interrupted so far, as the kernel counts. */
    private static long interrupts() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/interrupts"))) {
            if (line.endsWith(" emberline")) {
                StringTokenizer words = new StringTokenizer(line);
                words.nextToken();
                long sum = 0;
                for (String word = words.nextToken(); word.matches("[0-9]+"); word = words.nextToken()) {
                    sum += Long.parseLong(word);
                }
                return sum;
            }
        }
        throw new AssertionError("no line of emberline in /proc/interrupts");
    }
}
