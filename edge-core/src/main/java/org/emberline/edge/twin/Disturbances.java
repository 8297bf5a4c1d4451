package org.emberline.edge.twin;

/** What the timed events do to one frame; overwritten from frame to frame by {@link EventTimeline#conditions}. */
final class Disturbances {
    /** What {@link #frozenSinceNanos} says of a live image. */
    static final long NOT_FROZEN = -1;

    /** Mean flux over the exposure as a fraction of the undisturbed one, a closed shutter included. */
    double beamFactor;
    /** Fraction of the exposure with an open shutter. */
    double shutterOpenFraction;
    /** Mean illuminated volume over the exposure as a fraction of the undisturbed one. */
    double volumeFactor;
    /** Mean displacement of the sample along the beam, metres, positive away from the detector. */
    double displacementMetres;
    /** Whether the capillary is broken during any part of the exposure. */
    boolean capillaryBroken;
    /** Saturated spots to add. */
    int saturatedSpots;
    /**
     * When the detector froze, nanoseconds from the start of the run, or {@link #NOT_FROZEN}: a frame whose exposure begins later shows
     * the last frame whose exposure began before this time.
     */
    long frozenSinceNanos;
    /** To be added to the frame's own time stamps. */
    long clockOffsetNanos;
    /** Worst state of the thermocouple during the exposure. */
    Junction junction = Junction.SOUND;
    /** Mean false temperature of the thermocouple during the exposure. */
    double thermocoupleStepKelvin;

    Disturbances() {
        clear();
    }

    void clear() {
        beamFactor = 1;
        shutterOpenFraction = 1;
        volumeFactor = 1;
        displacementMetres = 0;
        capillaryBroken = false;
        saturatedSpots = 0;
        frozenSinceNanos = NOT_FROZEN;
        clockOffsetNanos = 0;
        junction = Junction.SOUND;
        thermocoupleStepKelvin = 0;
    }

    boolean frozen() {
        return frozenSinceNanos != NOT_FROZEN;
    }
}
