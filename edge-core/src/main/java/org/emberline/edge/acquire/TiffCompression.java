package org.emberline.edge.acquire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The strip encodings that are read, and the names of those that are not. */
enum TiffCompression {
    NONE(1),
    /** Runs of up to 128 bytes in 2: see TIFF 6.0, section 9. */
    PACK_BITS(64),
    /** The longest string of a full table, 3839 bytes, in 12 bits: see TIFF 6.0, section 13. */
    LZW(2560),
    /** A zlib stream per strip; deflate cannot shrink its input by more than 1032. */
    DEFLATE(1032);

    private static final Map<Long, String> REFUSED = Map.of(
            2L, "CCITT RLE",
            3L, "CCITT G3",
            4L, "CCITT G4",
            6L, "old JPEG",
            7L, "JPEG",
            34712L, "JPEG 2000",
            50000L, "Zstandard",
            50001L, "WebP");

    private final int largestExpansion;

    TiffCompression(int largestExpansion) {
        this.largestExpansion = largestExpansion;
    }

    /** The encoding of that number in tag 259, or null when it is not read. */
    static @Nullable TiffCompression of(long tagValue) {
        return switch ((int) Math.min(tagValue, Integer.MAX_VALUE)) {
            case 1 -> NONE;
            case 5 -> LZW;
            case 8, 32946 -> DEFLATE;
            case 32773 -> PACK_BITS;
            default -> null;
        };
    }

    static String nameOf(long tagValue) {
        return REFUSED.getOrDefault(tagValue, "an unknown method");
    }

    /** Upper bound of decoded bytes per stored byte: what a header claims beyond it is a lie. */
    int largestExpansion() {
        return largestExpansion;
    }
}
