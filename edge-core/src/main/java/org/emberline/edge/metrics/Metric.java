package org.emberline.edge.metrics;

import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.MapLayout;
import org.emberline.edge.frame.MetricLayout;
import org.jspecify.annotations.Nullable;

/**
 * One published quantity. Stateful or not, it is called frame by frame from one thread and does not allocate.
 *
 * <p>A metric whose inputs are flagged writes NaN and the flag, never a number.
 */
public interface Metric {

    /** Name in the archive and in SenML: lower case, digits and underscores. */
    String name();

    /** Which of possibly several definitions of its name this is: a value is comparable with another of the same definition only. */
    default String definition() {
        return name() + "/1";
    }

    /** SenML unit, or the empty string when SenML has none (RFC 8428 section 12.1 knows no reciprocal metre). */
    String unit();

    /** The map that this metric renews in {@link FrameSlot#metricMap} beside its value, or null. */
    default @Nullable MapLayout map() {
        return null;
    }

    /** What is fixed of it. */
    default MetricLayout layout() {
        return new MetricLayout(name(), unit(), definition(), map());
    }

    /** Writes value, sigma and flags with {@link FrameSlot#metric}({@code index}, ...). */
    void measure(FrameSlot slot, int index);
}
