package org.emberline.edge.metrics;

import java.util.List;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.Stage;

/** Measures a reduced frame: metric i of the list writes entry i of the slot. */
public final class MetricsStage implements Stage {
    private final Metric[] metrics;

    /** @param metrics the metrics of the run; the slots have as many entries */
    public MetricsStage(List<Metric> metrics) {
        this.metrics = metrics.toArray(new Metric[0]);
    }

    @Override
    public void process(FrameSlot slot) {
        for (int i = 0; i < metrics.length; i++) {
            metrics[i].measure(slot, i);
        }
    }
}
