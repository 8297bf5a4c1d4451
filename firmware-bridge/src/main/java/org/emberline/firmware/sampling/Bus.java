package org.emberline.firmware.sampling;

import org.emberline.firmware.sampling.Probe.Sample;
import org.jspecify.annotations.Nullable;

/** Does one question at a time, somewhere else. Both methods are called by the sampling's thread only. */
interface Bus {

    /**
     * What a probe is asked for.
     *
     * @param channel index of the channel
     * @param restart of the device, instead of a reading
     */
    record Question(int channel, boolean restart) {}

    /**
     * How the question ended.
     *
     * @param sample for a reading that did not fail
     * @param failure null if it did not fail
     * @param tookNanos from begin to end of the call
     */
    record Answer(@Nullable Sample sample, @Nullable String failure, long tookNanos) {}

    /** Begins; only when the answer to the question before has been taken. */
    void ask(Question question);

    /** Takes the answer; null as long as there is none. */
    @Nullable
    Answer answer();
}
