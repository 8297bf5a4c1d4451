package org.emberline.edge.twin;

import java.util.Map;

/** What the counts of a frame should be: expected values, without counting noise. One thread; a whole image each time. */
final class CountTruths {
    private final RingPanel panel;
    private final double[] image;
    private final int saturation;

    CountTruths(RingPanel panel, int saturation) {
        this.panel = panel;
        this.saturation = saturation;
        image = new double[panel.pixels()];
    }

    /** Adds the sum over live pixels and the share of them whose expected counts exceed what they can show. */
    void addTo(Map<String, Double> values, SampleState state, FrameConditions conditions) {
        panel.expected(state, conditions, true, image);
        double total = 0;
        int live = 0;
        int saturated = 0;
        for (double expected : image) {
            if (!Double.isNaN(expected)) {
                live++;
                total += Math.min(expected, saturation);
                saturated += expected >= saturation ? 1 : 0;
            }
        }
        values.put("total_counts", total);
        values.put("saturated_fraction", (double) saturated / Math.max(1, live));
    }
}
