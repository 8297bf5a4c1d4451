package org.emberline.firmware.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.emberline.firmware.ThermocoupleType;
import org.emberline.firmware.bus.SpiDevice;
import org.emberline.firmware.chip.Max31855;
import org.emberline.firmware.chip.Max31856;
import org.emberline.firmware.chip.Max31856Settings;
import org.emberline.firmware.chip.Max31856Settings.Mains;
import org.emberline.firmware.chip.Max31856Settings.Mode;
import org.emberline.firmware.chip.Max31856Settings.OpenCircuitTest;
import org.emberline.firmware.chip.Mcp9600;
import org.emberline.firmware.chip.Mcp9600Settings;
import org.emberline.firmware.clock.ClockRelation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A million samples by the threads of the service, through the probes of all three chips, over buses that answer as the chips do. The
 * chips live a few thousand times faster than we, the loop does not.
 */
@Tag("long")
class SamplingSoakTest {
    private static final long SAMPLES = 1_000_000;
    private static final long SETTLED = 200_000;
    private static final long FASTER = 4_000;
    private static final long PERIOD_NANOS = 150_000;
    private static final long MEBIBYTE = 1 << 20;

    private final long begin = System.nanoTime();

    private long chipTime() {
        return (System.nanoTime() - begin) * FASTER;
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aMillionSamplesLeaveNothingBehind() throws IOException, InterruptedException {
        AtomicLong sound = new AtomicLong();
        AtomicLong all = new AtomicLong();
        CountDownLatch settled = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        SampledThermocouples thermocouples =
                new SampledThermocouples(channels(), FaultPolicy.STANDARD, () -> new ClockRelation(0, 0, 0));
        thermocouples.start(reading -> {
            all.incrementAndGet();
            sound.addAndGet(isPlausible(reading) ? 1 : 0);
            if (all.get() == SETTLED) {
                settled.countDown();
            } else if (all.get() == SAMPLES + SETTLED) {
                done.countDown();
            }
        });
        settled.await();
        long heapBefore = usedAfterCollection();
        long residentBefore = residentBytes();
        long from = System.nanoTime();
        done.await();
        double seconds = (System.nanoTime() - from) * 1e-9;
        long heapAfter = usedAfterCollection();
        long residentAfter = residentBytes();
        thermocouples.close();
        print(seconds, heapBefore, heapAfter, residentBefore, residentAfter);
        thermocouples.status().channels().forEach(channel -> System.out.println("soak: " + channel));
        assertEquals(all.get(), sound.get(), "faults or implausible values on sound chips");
        assertTrue(heapAfter - heapBefore < MEBIBYTE, "heap grew by " + (heapAfter - heapBefore));
        assertTrue(
                residentAfter - residentBefore < 16 * MEBIBYTE, "process grew by " + (residentAfter - residentBefore));
    }

    private List<SampledChannel> channels() {
        FakeMax31856 max31856 = new FakeMax31856(this::chipTime, _ -> 900);
        FakeMcp9600 mcp9600 = new FakeMcp9600(this::chipTime, _ -> 900);
        Probe first = new Max31856Probe(
                max31856::open,
                new Max31856(new Max31856Settings(
                        ThermocoupleType.K, Mode.ONE_SHOT, 1, Mains.HZ_50, OpenCircuitTest.BELOW_5_KILOOHM)),
                this::chipTime);
        Probe second = new Max31855Probe(FixedMax31855::new, new Max31855(ThermocoupleType.K), this::chipTime);
        Probe third = new Mcp9600Probe(
                mcp9600::open,
                new Mcp9600(
                        Mcp9600.Model.MCP9600,
                        new Mcp9600Settings(
                                ThermocoupleType.K,
                                0,
                                Mcp9600Settings.Converter.BITS_18,
                                Mcp9600Settings.ColdJunctionStep.SIXTEENTH_KELVIN,
                                0)),
                this::chipTime);
        return List.of(
                new SampledChannel("max31856", "spi0", first, PERIOD_NANOS),
                new SampledChannel("max31855", "spi0", second, PERIOD_NANOS),
                new SampledChannel("mcp9600", "i2c1", third, PERIOD_NANOS));
    }

    private static boolean isPlausible(ThermocoupleReading reading) {
        return reading instanceof Temperature temperature && Math.abs(temperature.hotJunctionCelsius() - 900) < 10;
    }

    private static long usedAfterCollection() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Second field of statm: resident pages of 4 KiB. */
    private static long residentBytes() throws IOException {
        String statm = Files.readString(Path.of("/proc/self/statm"), StandardCharsets.US_ASCII);
        return Long.parseLong(statm.split(" ", -1)[1]) * 4096;
    }

    private static void print(
            double seconds, long heapBefore, long heapAfter, long residentBefore, long residentAfter) {
        System.out.printf(
                Locale.ROOT,
                "soak: %d samples in %.1f s (%.0f/s), heap after collection %.2f -> %.2f MiB, resident %.1f -> %.1f MiB%n",
                SAMPLES,
                seconds,
                SAMPLES / seconds,
                heapBefore / (double) MEBIBYTE,
                heapAfter / (double) MEBIBYTE,
                residentBefore / (double) MEBIBYTE,
                residentAfter / (double) MEBIBYTE);
    }

    /** Shows 905.25 degrees beside 25: E_K^-1(880.25 K x 41.276 uV/K + E_K(25)) is about 900. */
    private static final class FixedMax31855 implements SpiDevice {
        private static final int WORD = 3621 << 18 | 400 << 4;

        @Override
        public void transfer(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (WORD >> (24 - 8 * i));
            }
        }

        @Override
        public void close() {}
    }
}
