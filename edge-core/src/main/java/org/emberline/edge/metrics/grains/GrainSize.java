package org.emberline.edge.metrics.grains;

import org.emberline.edge.frame.FrameFlag;

/**
 * The volume-weighted size of the grains, the diameter of a sphere as large as the mean grain of a volume element:
 *
 * <pre>
 *   V_w = ε²/kept φ V m cos θ Δ Δη / 4π,   D = (6 V_w/π)^(1/3)
 * </pre>
 *
 * <p>Without a calibration it is relative to the mean of the first {@value #REFERENCE_FRAMES} frames that knew it well. One thread.
 */
public final class GrainSize {
    /** Frames that make up the reference. */
    static final int REFERENCE_FRAMES = 3;
    /** Relative sigma of a graininess that may be part of it. */
    private static final double SURE = 0.4;
    /** Share of the phase from which its volume tells that of the sample. */
    private static final double MOSTLY = 0.9;
    /** What cells of other phases leave open of the share, for 1 of them. */
    private static final double OTHER_CELLS = 0.1;
    /** By so much the volume in the beam may change before the calibration is one of another sample. */
    private static final double SAME_VOLUME = 0.1;

    private final GrainSettings settings;
    private double reference;
    private double referenceVariance;
    private int frames;
    private double usualVolume;
    private int volumes;
    private int departures;
    private boolean otherVolume;
    private double value;
    private double sigma;
    private long flags;
    private boolean exists;

    GrainSize(GrainSettings settings) {
        this.settings = settings;
    }

    /**
     * Works out the size.
     *
     * @param relative sigma of the graininess over it
     * @param perVolume m cos θ
     * @param formed volume of the phase over that once it is fully formed
     * @param formedSigma its sigma
     */
    void look(double graininess, double relative, double perVolume, double formed, double formedSigma) {
        GrainCalibration calibration = settings.calibration();
        double share = Math.hypot(formedSigma / formed, OTHER_CELLS * (1 - formed));
        double variance = relative * relative + share * share;
        double cube = graininess * perVolume * formed;
        flags = otherVolume ? FrameFlag.UNCALIBRATED.bit() : 0;
        exists = true;
        if (calibration == null) {
            relative(cube, variance, relative < SURE);
            return;
        }
        double radians = 2 * Math.PI / settings.sectors();
        double weighted = cube
                * calibration.solidVolume()
                * calibration.acceptanceRadians()
                * radians
                / (4 * Math.PI * calibration.kept(settings.sectorDegrees()));
        value = Math.cbrt(6 * weighted / Math.PI);
        sigma = value / 3 * Math.sqrt(variance + calibration.relativeSigma() * calibration.relativeSigma());
    }

    private void relative(double cube, double variance, boolean sure) {
        flags |= FrameFlag.UNCALIBRATED.bit();
        if (frames < REFERENCE_FRAMES && sure) {
            reference += cube / REFERENCE_FRAMES;
            referenceVariance += variance / REFERENCE_FRAMES;
            frames++;
        }
        if (frames < REFERENCE_FRAMES) {
            exists = false;
            flags |= FrameFlag.REFERENCE_MISSING.bit();
            return;
        }
        value = Math.cbrt(cube / reference);
        // Grains that stay do not average out: the mean of three is as uncertain as one.
        sigma = value / 3 * Math.sqrt(variance + referenceVariance);
    }

    /**
     * Watches how much sample there is: when some of it slides out of the beam, or the beam changes, the calibration is one of another
     * sample, and after {@value #REFERENCE_FRAMES} such frames for the rest of the run. A frame that cannot tell changes nothing.
     *
     * @param volume of the phase, on any scale that stays; NaN when unknown
     */
    void watch(double formed, double volume) {
        if (!(volume > 0 && formed > MOSTLY)) {
            return;
        }
        double sample = volume / formed;
        if (volumes < REFERENCE_FRAMES) {
            volumes++;
            usualVolume += sample / REFERENCE_FRAMES;
        } else {
            boolean departs = Math.abs(sample / usualVolume - 1) > SAME_VOLUME;
            departures = departs || departures >= REFERENCE_FRAMES ? departures + 1 : 0;
            otherVolume = departures > 0;
        }
    }

    /** Whether there is a size. */
    public boolean exists() {
        return exists;
    }

    /** Metres where there is a calibration, otherwise relative. */
    public double value() {
        return value;
    }

    public double sigma() {
        return sigma;
    }

    /** Why there is no size, or what goes with it. */
    public long flags() {
        return flags;
    }
}
