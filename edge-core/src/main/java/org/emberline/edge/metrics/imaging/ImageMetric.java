package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.metrics.Metric;

/** A metric of the frame's metal map: without one it is NaN with the flags that say why. */
abstract class ImageMetric implements Metric {
    private final String name;
    private final String unit;

    ImageMetric(String name, String unit) {
        this.name = name;
        this.unit = unit;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String unit() {
        return unit;
    }

    @Override
    public void measure(FrameSlot slot, int index) {
        long trouble = look(slot);
        if (trouble != 0) {
            slot.metric(index, Double.NaN, Double.NaN, trouble);
        } else {
            compute(slot, index);
        }
    }

    /** Has the shared analysis look at the frame; 0 when all that {@link #compute} needs is there. */
    abstract long look(FrameSlot slot);

    abstract void compute(FrameSlot slot, int index);
}
