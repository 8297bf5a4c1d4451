package org.emberline.edge.metrics.diffraction;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.metrics.Metric;

/** One quantity of the analysis that all of them share. */
final class AnalysisMetric implements Metric {
    private final String name;
    private final String unit;
    private final String definition;
    private final DiffractionAnalysis analysis;
    private final int reader;
    private final Quantity quantity;

    /** @param definition which of possibly several ways to define it */
    AnalysisMetric(String name, String unit, String definition, DiffractionAnalysis analysis, Quantity quantity) {
        this.name = name;
        this.unit = unit;
        this.definition = name + "/" + definition;
        this.analysis = analysis;
        this.quantity = quantity;
        reader = analysis.newReader();
    }

    /** Reads a quantity of the frame that the analysis has just looked at. */
    interface Quantity {
        /** Writes with {@link Reading#set} or {@link Reading#none}. */
        void read(DiffractionAnalysis analysis, Reading into);
    }

    /** Where a quantity is written. */
    static final class Reading {
        private double value;
        private double sigma;
        private long flags;

        /** A value; without a sigma, which a fit on spoilt bins may not have, there is none. */
        void set(double newValue, double newSigma, long newFlags) {
            boolean sound = Double.isFinite(newValue) && newSigma > 0 && newSigma < Double.POSITIVE_INFINITY;
            value = sound ? newValue : Double.NaN;
            sigma = sound ? newSigma : Double.NaN;
            flags = sound ? newFlags : newFlags | FrameFlag.FIT_FAILED.bit();
        }

        /** A value that is known without doubt, and has no sigma. */
        void setExact(double newValue, long newFlags) {
            value = newValue;
            sigma = Double.NaN;
            flags = newFlags;
        }

        /** No value, and why. */
        void none(long why) {
            value = Double.NaN;
            sigma = Double.NaN;
            flags = why;
        }
    }

    private final Reading reading = new Reading();

    @Override
    public String name() {
        return name;
    }

    @Override
    public String unit() {
        return unit;
    }

    @Override
    public String definition() {
        return definition;
    }

    @Override
    public void measure(FrameSlot slot, int index) {
        analysis.look(slot, reader);
        quantity.read(analysis, reading);
        slot.metric(index, reading.value, reading.sigma, reading.flags);
    }
}
