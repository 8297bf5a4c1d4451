package org.emberline.firmware.sampling;

import org.emberline.firmware.ThermocoupleReading.FaultKind;

/** Which faults of one channel last long enough to be told. One thread. */
final class Debounce {
    private final FaultPolicy policy;
    private long latestSoundNanos;
    private int faultsInRow;
    private long firstOfRowNanos;
    private boolean told;

    Debounce(FaultPolicy policy, long startNanos) {
        this.policy = policy;
        latestSoundNanos = startNanos;
    }

    /** A fault that the chip signalled: whether it is to be told. */
    boolean tells(FaultKind kind, long nowNanos) {
        if (kind == FaultKind.STALE) {
            told |= nowNanos - latestSoundNanos >= policy.staleNanos();
            return told;
        }
        if (faultsInRow++ == 0) {
            firstOfRowNanos = nowNanos;
        }
        told |= faultsInRow >= policy.confirmCount() && nowNanos - firstOfRowNanos >= policy.confirmNanos();
        return told;
    }

    /** So many calls failed in a row: whether that is to be told. */
    boolean tellsFailures(int failures) {
        told |= failures > policy.retries();
        return told;
    }

    /** A fault is told without waiting for more. */
    void tell() {
        told = true;
    }

    /** A temperature ends the fault. */
    void sound(long nowNanos) {
        latestSoundNanos = nowNanos;
        faultsInRow = 0;
        told = false;
    }

    /** Whether a fault was told and no temperature came since. */
    boolean told() {
        return told;
    }
}
