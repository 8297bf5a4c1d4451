package org.emberline.firmware.sampling;

import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.chip.Conversion.Faulty;
import org.emberline.firmware.chip.Conversion.Junctions;
import org.emberline.firmware.sampling.Probe.Sample;

/**
 * What one channel wants and makes of the answers. A sample that is due opens a slot, which ends as a reading, a fault, a suppressed
 * fault or a miss. Knows neither threads nor clocks: the time is told. One thread.
 */
final class ChannelSampler {

    /** What is to be asked now. */
    enum Wish {
        NOTHING,
        READ,
        RESTART
    }

    private final FaultPolicy policy;
    private final long periodNanos;
    private final ChannelOutlet outlet;
    private final ChannelCounts counts;
    private final Debounce debounce;

    private long nextDueNanos;
    private boolean slotOpen;
    private long slotNanos;

    private boolean asking;
    private boolean needsRestart = true;
    private long restartNotBeforeNanos;
    private int failures;

    ChannelSampler(FaultPolicy policy, long periodNanos, ChannelOutlet outlet, ChannelCounts counts, long startNanos) {
        this.policy = policy;
        this.periodNanos = periodNanos;
        this.outlet = outlet;
        this.counts = counts;
        debounce = new Debounce(policy, startNanos);
        nextDueNanos = startNanos;
        restartNotBeforeNanos = startNanos;
    }

    /**
     * Opens the slots that have become due, and ends those that nobody can serve.
     *
     * @param busStuck a call on this bus is past its deadline
     */
    void advance(long nowNanos, boolean busStuck) {
        endUnreachable(nowNanos, busStuck);
        while (nowNanos - nextDueNanos >= 0) {
            counts.due();
            if (slotOpen && asking) {
                counts.missed();
            } else {
                endUnanswered();
                slotOpen = true;
                slotNanos = nextDueNanos;
                endUnreachable(nowNanos, busStuck);
            }
            nextDueNanos += periodNanos;
        }
    }

    /** While a fault is told, a sample that would have to wait for a stuck bus or for a pause to end is a fault at once. */
    private void endUnreachable(long nowNanos, boolean busStuck) {
        if (busStuck) {
            debounce.tell();
        }
        boolean paused = needsRestart && !asking && nowNanos - restartNotBeforeNanos < 0;
        if (slotOpen && (busStuck || (paused && debounce.told()))) {
            end(FaultKind.NO_RESPONSE);
        }
    }

    private void endUnanswered() {
        if (!slotOpen) {
            return;
        }
        slotOpen = false;
        if (failures > 0) {
            counts.suppressed(FaultKind.NO_RESPONSE);
        } else {
            counts.missed();
        }
    }

    private void end(FaultKind kind) {
        slotOpen = false;
        outlet.fault(slotNanos, kind);
    }

    Wish wish(long nowNanos) {
        if (asking) {
            return Wish.NOTHING;
        }
        if (needsRestart) {
            return nowNanos - restartNotBeforeNanos >= 0 ? Wish.RESTART : Wish.NOTHING;
        }
        return slotOpen ? Wish.READ : Wish.NOTHING;
    }

    /** When this channel next wants something, if no answer comes before: at the end of a pause, or with the next sample. */
    long wakeNanos(long nowNanos) {
        boolean paused = needsRestart && !asking && nowNanos - restartNotBeforeNanos < 0;
        return paused && restartNotBeforeNanos - nextDueNanos < 0 ? restartNotBeforeNanos : nextDueNanos;
    }

    void asked() {
        asking = true;
        if (failures > 0) {
            counts.retry();
        }
    }

    void restarted() {
        asking = false;
        needsRestart = false;
        counts.restart();
    }

    void failed(String text, long nowNanos) {
        asking = false;
        counts.failure(text);
        failAndPause(nowNanos);
        if (debounce.tellsFailures(failures) && slotOpen) {
            end(FaultKind.NO_RESPONSE);
        }
    }

    /** The call has passed its deadline; it will be heard of again by {@link #late}. */
    void overdue(String text, long nowNanos) {
        counts.failure(text);
        failAndPause(nowNanos);
        debounce.tell();
        if (slotOpen) {
            end(FaultKind.NO_RESPONSE);
        }
    }

    /** The call came back after its deadline. What it brought is of the past. */
    void late(long nowNanos) {
        asking = false;
        counts.late();
        restartNotBeforeNanos = nowNanos + policy.pauseNanos(failures);
    }

    private void failAndPause(long nowNanos) {
        failures++;
        needsRestart = true;
        restartNotBeforeNanos = nowNanos + policy.pauseNanos(failures);
    }

    void answered(Sample sample, long tookNanos, long nowNanos) {
        asking = false;
        slotOpen = false;
        failures = 0;
        counts.latency(tookNanos);
        switch (sample.conversion()) {
            case Junctions junctions
            when isNumber(junctions) -> {
                debounce.sound(nowNanos);
                outlet.temperature(sample.centreNanos(), junctions);
            }
            case Junctions _ -> faulty(FaultKind.CORRUPT, sample.centreNanos(), nowNanos);
            case Faulty faulty -> faulty(faulty.first(), sample.centreNanos(), nowNanos);
        }
    }

    private static boolean isNumber(Junctions junctions) {
        return Double.isFinite(junctions.hotCelsius())
                && Double.isFinite(junctions.sigmaCelsius())
                && junctions.sigmaCelsius() >= 0;
    }

    private void faulty(FaultKind kind, long centreNanos, long nowNanos) {
        if (kind == FaultKind.CONFIGURATION_LOST) {
            needsRestart = true;
            restartNotBeforeNanos = nowNanos;
        }
        if (debounce.tells(kind, nowNanos)) {
            outlet.fault(centreNanos, kind);
        } else {
            counts.suppressed(kind);
        }
    }
}
