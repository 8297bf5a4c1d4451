package org.emberline.edge.app;

import java.util.List;
import java.util.function.Consumer;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.Thermocouples;

/**
 * What is measured of the furnace; all detectors of a run share it.
 *
 * @param thermocouples the temperature channels; without any when nothing is known of the temperature
 * @param readingPeriodNanos longest ordinary time between two readings, 0 when unknown
 */
record Furnace(Thermocouples thermocouples, long readingPeriodNanos) {

    /** A furnace that nobody has measured: every frame will say TEMPERATURE_STALE. */
    static Furnace unmeasured() {
        return new Furnace(new NoThermocouples(), 0);
    }

    private static final class NoThermocouples implements Thermocouples {
        @Override
        public List<String> channels() {
            return List.of();
        }

        @Override
        public void start(Consumer<? super ThermocoupleReading> sink) {
            // nothing will ever be delivered
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
