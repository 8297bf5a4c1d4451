package org.emberline.edge.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.junit.jupiter.api.Test;

class BadReadingsTest {
    private static final long PERIOD = 100_000_000;

    private final ExposureMean mean = new ExposureMean();

    /** Whatever comes between them, the sound readings give the same temperatures, to the last bit. */
    @Test
    void whatIsOutOfOrderOrNoNumberIsLeftOutAndCounted() {
        SplittableRandom random = new SplittableRandom(11);
        TemperatureTimeline clean = new TemperatureTimeline(512);
        TemperatureTimeline dirty = new TemperatureTimeline(512);
        long bad = 0;
        double[] nonsense = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < 400; i++) {
            Temperature sound = new Temperature(0, i * PERIOD, 300 + 0.1 * i + 0.05 * random.nextGaussian(), 0.05);
            clean.append(sound);
            assertTrue(dirty.append(sound));
            for (int k = random.nextInt(3); k > 0; k--) {
                ThermocoupleReading worse = switch (random.nextInt(4)) {
                    case 0 -> new Temperature(0, i * PERIOD - random.nextLong(1, 50 * PERIOD), 900, 0.05);
                    case 1 -> new Temperature(0, i * PERIOD, 900, 0.05);
                    case 2 -> new Temperature(0, i * PERIOD + 1, nonsense[random.nextInt(3)], 0.05);
                    default -> new Temperature(0, i * PERIOD + 1, 900, random.nextBoolean() ? Double.NaN : -1);
                };
                assertEquals(false, dirty.append(worse));
                bad++;
            }
        }
        assertEquals(bad, dirty.dropped());
        ExposureMean other = new ExposureMean();
        for (int frame = 0; frame < 200; frame++) {
            long start = random.nextLong(PERIOD, 390 * PERIOD);
            ExposureMean.Reading how = new ExposureMean.Reading(7 * PERIOD, 10 * PERIOD, PERIOD, Long.MAX_VALUE);
            mean.take(clean, start, start + PERIOD, how);
            other.take(dirty, start, start + PERIOD, how);
            assertEquals(mean.celsius, other.celsius);
            assertEquals(mean.sigma, other.sigma);
            assertEquals(mean.flags, other.flags);
        }
    }

    @Test
    void anHonestHoldOfACoarseConverterIsNotFrozen() {
        SplittableRandom random = new SplittableRandom(12);
        TemperatureTimeline record = new TemperatureTimeline(4096);
        for (int i = 0; i < 4000; i++) {
            // Steps of 0.25 K, noise of 0.05 K; first a ramp, on which no two readings are equal, and then a hold.
            double celsius = 300 + Math.min(i, 500) * 0.3 + 0.05 * random.nextGaussian();
            record.append(new Temperature(0, i * PERIOD, Math.rint(celsius * 4) / 4, 0.07));
        }
        for (long i = 20; i < 3900; i++) {
            mean.take(record, i * PERIOD, i * PERIOD + PERIOD, new ExposureMean.Reading(0, 0, 0, Long.MAX_VALUE));
            assertEquals(0, mean.flags & FrameFlag.TEMPERATURE_FROZEN.bit(), "reading " + i);
        }
    }

    @Test
    void aChannelOfAKilohertzCostsLittleAndNothingIsAllocated() {
        SplittableRandom random = new SplittableRandom(13);
        TemperatureTimeline record = new TemperatureTimeline(1 << 14);
        for (int i = 0; i < 10_000; i++) {
            record.append(new Temperature(0, i * 1_000_000L, 300 + 0.05 * random.nextGaussian(), 0.05));
        }
        FrameSlot slot = new FrameSlot(Arena.ofAuto(), 16, 1, 0);
        SyncStage stage = new SyncStage(record, new SyncStage.Channel(1_000_000_000, Long.MAX_VALUE, 0));
        ThreadMXBean meters = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        long begin = 0;
        for (int i = 0; i < 60_000; i++) {
            if (i == 30_000) {
                before = meters.getCurrentThreadAllocatedBytes();
                begin = System.nanoTime();
            }
            slot.reset(i);
            slot.startNanos = 3_000_000_000L + i * 100_000L;
            slot.stopNanos = slot.startNanos + 900_000;
            stage.process(slot);
        }
        long nanos = System.nanoTime() - begin;
        long allocated = meters.getCurrentThreadAllocatedBytes() - before;
        System.out.println("1 kHz channel: " + nanos / 30_000 + " ns a frame, " + allocated + " bytes in 30000 frames");
        assertTrue(allocated < 30_000, () -> allocated + " bytes");
        assertTrue(slot.temperatureSigma < 0.1, () -> "sigma " + slot.temperatureSigma);
    }
}
