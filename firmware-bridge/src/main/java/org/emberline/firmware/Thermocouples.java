package org.emberline.firmware;

import java.util.List;
import java.util.function.Consumer;

/** A set of thermocouple channels that deliver readings on their own until closed. */
public interface Thermocouples extends AutoCloseable {

    /** Channel names, short and lower case (they become CoAP paths), in the order of their indices. */
    List<String> channels();

    /**
     * Begins delivery. Called once. Readings of one channel come in order of time; all calls to {@code sink} come from one
     * thread, which must not be blocked.
     */
    void start(Consumer<? super ThermocoupleReading> sink);

    /** Ends delivery; no call to the sink begins after it returns. Idempotent. */
    @Override
    void close();
}
