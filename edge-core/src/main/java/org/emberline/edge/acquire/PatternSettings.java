package org.emberline.edge.acquire;

import org.emberline.gpu.RadialUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is said of measured patterns beside their files.
 *
 * @param unit of x in files that do not say it; null to take {@code .xye} for degrees of 2theta, and refuse the rest
 * @param wavelengthAngstrom holds whatever the files say; NaN for what they say
 * @param runUnit unit of the run's axis
 * @param timing times of files that state none, and how long each was exposed
 * @param stated whether the temperatures that files state are taken
 * @param calibrationSigmaKelvin standard uncertainty common to all temperatures
 */
public record PatternSettings(
        @Nullable RadialUnit unit,
        double wavelengthAngstrom,
        RadialUnit runUnit,
        ReplayTiming timing,
        boolean stated,
        double calibrationSigmaKelvin) {

    public PatternSettings {
        if (!RadialScale.knows(runUnit)) {
            throw new IllegalArgumentException(
                    "patterns are brought to q or 2theta, not to reduce.unit=" + runUnit.symbol());
        }
        if (unit != null && !RadialScale.knows(unit)) {
            throw new IllegalArgumentException("patterns are in q or 2theta, not in source.unit=" + unit.symbol());
        }
    }
}
