package org.emberline.edge.twin;

import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource;
import org.emberline.firmware.sim.SimulatedTriggerInput;

/**
 * The frames of a twin. With each frame come its trigger and every reading up to one reading period after its exposure, so that
 * the temperature of the exposure can be interpolated. The image is free of allocation; trigger and readings are one record each.
 */
final class TwinSource implements FrameSource {
    /** From the end of an exposure until its frame is there. */
    private static final long READOUT_NANOS = 5_000_000;

    private final Twin twin;
    private final TwinReadings readings;
    private final SimulatedTriggerInput triggers;
    private final Pacer pacer;
    private final RingPanel panel;
    private final SaturatedSpots spots;
    private final Noise noise;
    private final TriggerPlan plan = new TriggerPlan();
    private final Disturbances conditions = new Disturbances();
    private final Disturbances shownConditions = new Disturbances();
    private long nextFrame;
    private boolean closed;

    TwinSource(Twin twin, TwinReadings readings, SimulatedTriggerInput triggers, Pacer pacer) {
        this.twin = twin;
        this.readings = readings;
        this.triggers = triggers;
        this.pacer = pacer;
        panel = twin.panel();
        noise = twin.noise();
        spots = new SaturatedSpots(twin);
    }

    @Override
    public Next next(FrameSlot slot) {
        if (closed || nextFrame >= twin.frames() || !pacer.await(nextFrame)) {
            return Next.END;
        }
        if (slot.pixels().byteSize() < twin.frameBytes()) {
            throw new IllegalArgumentException(
                    "slot too small slotBytes=" + slot.pixels().byteSize() + " frameBytes=" + twin.frameBytes());
        }
        long frame = nextFrame++;
        FrameConditions meets = twin.conditions(frame, conditions);
        twin.triggers().plan(frame, noise, plan);
        slot.startNanos = twin.exposureBegin(frame) + conditions.clockOffsetNanos;
        slot.stopNanos = twin.exposureEnd(frame) + conditions.clockOffsetNanos;
        slot.triggerIndex = plan.triggerIndexOnFrame;
        slot.hardwareId = frame;
        slot.detectorNanos = slot.startNanos;
        slot.arrivalNanos = twin.exposureEnd(frame) + READOUT_NANOS;
        deliverSignals(frame);
        if (!plan.frameDelivered) {
            return Next.LOST;
        }
        long shown = twin.shown(frame, conditions);
        panel.expose(
                shown,
                twin.state(shown),
                shown == frame ? meets : twin.conditions(shown, shownConditions),
                slot.pixels());
        spots.add(shown, conditions.saturatedSpots, slot.pixels());
        return Next.FRAME;
    }

    private void deliverSignals(long frame) {
        if (plan.edge != null) {
            triggers.deliver(plan.edge);
        }
        if (plan.extraEdge != null) {
            triggers.deliver(plan.extraEdge);
        }
        readings.advanceTo(twin.exposureEnd(frame));
    }

    @Override
    public void close() {
        closed = true;
    }
}
