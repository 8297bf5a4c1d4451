package org.emberline.edge.twin;

import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource;

/**
 * The radiographs of a twin as frames. There is no trigger line: each is announced by its index, and says at which energy it was taken.
 * None is lost.
 */
final class RadiographSource implements FrameSource {
    private final Twin twin;
    private final Radiograph radiographs;
    private final TwinReadings readings;
    private final Pacer pacer;
    private long next;
    private volatile boolean closed;

    RadiographSource(Twin twin, TwinReadings readings, Pacer pacer) {
        this.twin = twin;
        this.readings = readings;
        this.pacer = pacer;
        radiographs = twin.radiographs();
    }

    @Override
    public Next next(FrameSlot slot) {
        if (closed || next >= radiographs.frames() || !pacer.await(next)) {
            return Next.END;
        }
        if (slot.pixels().byteSize() < radiographs.bytes()) {
            throw new IllegalArgumentException(
                    "slot too small slotBytes=" + slot.pixels().byteSize() + " frameBytes=" + radiographs.bytes());
        }
        long frame = next++;
        slot.triggerIndex = frame;
        slot.startNanos = twin.radiographBegin(frame);
        slot.stopNanos = twin.radiographEnd(frame);
        slot.energyKev = radiographs.energyKev(frame);
        readings.advanceTo(slot.stopNanos);
        radiographs.expose(frame, slot.pixels());
        return Next.FRAME;
    }

    @Override
    public void close() {
        closed = true;
    }
}
