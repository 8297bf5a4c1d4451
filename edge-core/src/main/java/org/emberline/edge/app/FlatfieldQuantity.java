package org.emberline.edge.app;

import org.emberline.gpu.imaging.ImageReduction;

/** What {@code flatfield} writes. */
enum FlatfieldQuantity {
    TRANSMISSION("transmission", "(raw - dark) / (flat - dark)"),
    OD("optical_density", "-ln((raw - dark) / (flat - dark))");

    private final String word;
    private final String definition;

    FlatfieldQuantity(String word, String definition) {
        this.word = word;
        this.definition = definition;
    }

    /** As it is called in files and summaries. */
    String word() {
        return word;
    }

    /** Its formula, where the flat is not scaled. */
    String definition() {
        return definition;
    }

    /** The map of it; live. */
    float[] of(ImageReduction reduction) {
        return this == OD ? reduction.opticalDensity() : reduction.transmission();
    }
}
