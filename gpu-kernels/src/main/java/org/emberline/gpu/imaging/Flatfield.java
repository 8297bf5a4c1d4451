package org.emberline.gpu.imaging;

import org.jspecify.annotations.Nullable;

/**
 * What a radiograph is compared with: a dark (beam off) and one or two flats (beam on, no sample), averages of some frames, in counts, in
 * the memory order of the frame. The arrays are not copied: leave them alone after construction.
 *
 * @param dark dark counts per pixel
 * @param before flat counts per pixel at {@code beforeNanos}
 * @param beforeNanos when the first flat was taken, in nanoseconds on the clock of the frames; with one flat without meaning
 * @param after flat counts per pixel at {@code afterNanos}, or null: the first flat holds throughout
 * @param afterNanos when the second flat was taken; later than the first
 */
public record Flatfield(float[] dark, float[] before, long beforeNanos, float @Nullable [] after, long afterNanos) {

    // Written out, because checkers see the nullness of a compact constructor's arrays only within this module.
    public Flatfield(float[] dark, float[] before, long beforeNanos, float @Nullable [] after, long afterNanos) {
        if (after != null && afterNanos <= beforeNanos) {
            throw new IllegalArgumentException("the second flat must be later than the first beforeNanos=" + beforeNanos
                    + " afterNanos=" + afterNanos);
        }
        this.dark = dark;
        this.before = before;
        this.beforeNanos = beforeNanos;
        this.after = after;
        this.afterNanos = afterNanos;
    }

    /** With one flat that holds throughout. */
    public Flatfield(float[] dark, float[] flat) {
        this(dark, flat, 0, null, 0);
    }

    /** The second flat, or the first where there is no second. */
    public float[] last() {
        return after == null ? before : after;
    }

    /**
     * How far between the two flats a time lies, in [0, 1]: the flat of that time is {@code (1 - fraction) before + fraction after}.
     * Times outside are given the nearer flat: a lamp that drifts is not extrapolated. 0 where there is one flat.
     */
    public double fraction(long timeNanos) {
        if (after == null) {
            return 0;
        }
        return Math.clamp((double) (timeNanos - beforeNanos) / (afterNanos - beforeNanos), 0.0, 1.0);
    }
}
