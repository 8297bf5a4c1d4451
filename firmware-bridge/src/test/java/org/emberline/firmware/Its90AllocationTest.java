package org.emberline.firmware;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class Its90AllocationTest {
    private static final int ROUNDS = 100_000;

    @Test
    void conversionsLeaveNothingBehind() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ThermocoupleType[] types = ThermocoupleType.values();
        double sum = convert(types);
        long before = threads.getCurrentThreadAllocatedBytes();
        sum += convert(types);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(sum > 0);
        // The question itself costs some tens of bytes.
        assertTrue(allocated < 1_000, "bytes=" + allocated + " for conversions=" + ROUNDS * types.length);
    }

    private static double convert(ThermocoupleType[] types) {
        double sum = 0;
        for (int i = 0; i < ROUNDS; i++) {
            for (ThermocoupleType type : types) {
                sum += Its90.hotCelsius(type, 0.001 + i * 1e-4, 25) > 0 ? 1 : 0;
                sum += type.millivoltsPerKelvin(50);
            }
        }
        return sum;
    }
}
