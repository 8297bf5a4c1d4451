package org.emberline.edge.app.bench;

import org.emberline.gpu.Ceiling;

/** What is measured; a round takes them in this order. */
enum Figure {
    IMAGE("density and histogram"),
    COMPRESSED("pattern, of a compressed frame"),
    DECODE("decoding alone"),
    LIBLZ4("liblz4 alone, not unshuffled"),
    PATTERN("pattern"),
    STREAM("pattern, overlapped"),
    CAKE("pattern, cake and rings"),
    TRANSFER("transfer alone"),
    SUM("sum of the pixels alone"),
    READ("reading the memory alone");

    private final String words;

    Figure(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    static Figure of(Ceiling.Measure measure) {
        return switch (measure) {
            case TRANSFER -> TRANSFER;
            case SUM -> SUM;
            case READ -> READ;
        };
    }
}
