package org.emberline.edge.acquire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an image of a tomographic scan shows. */
public enum ImageKind {
    /** The sample in the beam. */
    PROJECTION(0),
    /** The beam without the sample. */
    FLAT(1),
    /** No beam. */
    DARK(2),
    /** Not to be used. */
    INVALID(3);

    private final int key;

    ImageKind(int key) {
        this.key = key;
    }

    /** The kind that NXtomo's {@code image_key} means by a number. */
    static Optional<ImageKind> ofKey(double key) {
        return Arrays.stream(values()).filter(kind -> kind.key == key).findFirst();
    }

    /** Lower case, for messages. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
