package org.emberline.edge.acquire;

import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a CBF's binary section says of the image behind it.
 *
 * @param begin of the differences in the file, bytes
 * @param bytes of them
 * @param digest their MD5; null when the header has none
 */
record CbfHeader(ImageStack.Shape shape, long begin, long bytes, byte @Nullable [] digest) {
    private static final String BOUNDARY = "--CIF-BINARY-FORMAT-SECTION--";
    private static final int[] MARK = {0x0c, 0x1a, 0x04, 0xd5};
    private static final long LONGEST_HEADER = 1 << 20;
    private static final int DIGEST_BYTES = 16;

    /** Reads it, and finds the section's bytes in the file. */
    static CbfHeader read(MappedFile file) throws InputException {
        long mark = mark(file);
        byte[] bytes = file.bytes().asSlice(0, mark).toArray(ValueLayout.JAVA_BYTE);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int section = text.indexOf(BOUNDARY);
        if (section < 0) {
            throw new InputException(file.path(), "has no binary section: " + BOUNDARY);
        }
        return new Fields(file, fields(text.substring(section + BOUNDARY.length()))).header(mark + MARK.length);
    }

    private static long mark(MappedFile file) throws InputException {
        long end = Math.min(file.length(), LONGEST_HEADER);
        for (long at = 0; at < end; at++) {
            if (file.has(at, MARK)) {
                return at;
            }
        }
        throw new InputException(file.path(), "no binary section of CBF begins within " + end + " bytes");
    }

    /** A line a field; a line that begins with white space goes on with the one before. */
    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        String unfolded = text.replaceAll("\\r?\\n[ \\t]+", " ");
        for (String line : unfolded.split("\\r?\\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    /** The fields of one header, by their names in lower case. */
    private record Fields(MappedFile file, Map<String, String> map) {

        CbfHeader header(long begin) throws InputException {
            String conversion = map.getOrDefault("content-type", "").replace(" ", "");
            if (!conversion.toLowerCase(Locale.ROOT).contains("conversions=\"x-cbf_byte_offset\"")) {
                throw refusal("only conversions=\"x-CBF_BYTE_OFFSET\" is read", "content-type");
            }
            if (!map.getOrDefault("x-binary-element-byte-order", "LITTLE_ENDIAN")
                    .equalsIgnoreCase("LITTLE_ENDIAN")) {
                throw refusal("only LITTLE_ENDIAN is read", "x-binary-element-byte-order");
            }
            int rows = size("x-binary-size-second-dimension");
            int columns = size("x-binary-size-fastest-dimension");
            long bytes = size("x-binary-size");
            file.require(begin, bytes, "the binary section");
            // A pixel takes a byte at least: what claims more of them is lying.
            if (rows > bytes / columns) {
                throw new InputException(
                        file.path(), rows + "x" + columns + " pixels do not fit X-Binary-Size=" + bytes);
            }
            return new CbfHeader(new ImageStack.Shape(1, rows, columns, type()), begin, bytes, md5());
        }

        private int size(String key) throws InputException {
            @Nullable Integer size = PositiveInteger.parse(map.getOrDefault(key, ""));
            if (size == null) {
                throw refusal("needs a size in 1..2147483647", key);
            }
            return size;
        }

        private SampleType type() throws InputException {
            String key = "x-binary-element-type";
            return switch (map.getOrDefault(key, "").replace("\"", "").toLowerCase(Locale.ROOT)) {
                case "signed 8-bit integer" -> SampleType.I8;
                case "unsigned 8-bit integer" -> SampleType.U8;
                case "signed 16-bit integer" -> SampleType.I16;
                case "unsigned 16-bit integer" -> SampleType.U16;
                case "signed 32-bit integer" -> SampleType.I32;
                case "unsigned 32-bit integer" -> SampleType.U32;
                default -> throw refusal("unread element type", key);
            };
        }

        private byte @Nullable [] md5() throws InputException {
            String text = map.get("content-md5");
            if (text == null) {
                return null;
            }
            try {
                byte[] digest = Base64.getDecoder().decode(text);
                if (digest.length == DIGEST_BYTES) {
                    return digest;
                }
            } catch (IllegalArgumentException e) {
                // no Base64: said below
            }
            throw refusal("is no MD5 digest", "content-md5");
        }

        private InputException refusal(String what, String key) {
            String value = Objects.requireNonNullElse(map.get(key), "(absent)");
            return new InputException(file.path(), what + ": " + key + "=" + InputException.quote(value));
        }
    }
}
