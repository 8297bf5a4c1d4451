package org.emberline.edge.acquire;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * ESRF data format, as pyFAI, fabio and LImA write it: text headers in braces, each followed by one image of two dimensions, uncompressed, all of
 * one shape. Keys are read without regard to case.
 */
final class EdfFile {
    private static final long LONGEST_HEADER = 1 << 20;
    /** Writers may fill up the last block; another image needs at least a header of this size. */
    private static final long BLOCK_BYTES = 512;

    private final MappedFile file;
    private final Map<String, String> header;

    private EdfFile(MappedFile file, Map<String, String> header) {
        this.file = file;
        this.header = header;
    }

    static ImageStack open(MappedFile file) throws InputException {
        RawStack first = image(file, file.has(0, '{') ? 0 : 1);
        List<Long> begins = new ArrayList<>();
        begins.add(first.dataEnd() - first.shape().frameBytes());
        for (long at = next(file, first.dataEnd()); at >= 0; ) {
            RawStack another = image(file, at);
            if (!another.sameLayout(first)) {
                throw new InputException(
                        file.path(),
                        "EDF images differ: image 0 is " + first.shape() + ", image " + begins.size() + " is "
                                + another.shape());
            }
            begins.add(another.dataEnd() - another.shape().frameBytes());
            at = next(file, another.dataEnd());
        }
        return begins.size() == 1 ? first : first.scattered(begins);
    }

    /** Where the next header begins, or -1 when there is only filling left. */
    private static long next(MappedFile file, long from) throws InputException {
        for (long at = from; at < Math.min(file.length(), from + BLOCK_BYTES); at++) {
            if (file.has(at, '{')) {
                return at;
            }
            int filling = file.u8(at);
            if (filling != 0 && !Character.isWhitespace(filling)) {
                break;
            }
        }
        if (file.length() - from >= BLOCK_BYTES) {
            throw new InputException(
                    file.path(), (file.length() - from) + " bytes left over behind the last EDF image");
        }
        return -1;
    }

    private static RawStack image(MappedFile file, long open) throws InputException {
        long close = find(file, '}', open);
        long data = find(file, '\n', close) + 1;
        byte[] text = file.bytes().asSlice(open + 1, close - open - 1).toArray(ValueLayout.JAVA_BYTE);
        return new EdfFile(file, keys(new String(text, StandardCharsets.ISO_8859_1))).stack(data);
    }

    private static long find(MappedFile file, char wanted, long from) throws InputException {
        long end = Math.min(file.length(), from + LONGEST_HEADER);
        for (long at = from; at < end; at++) {
            if (file.has(at, wanted)) {
                return at;
            }
        }
        throw new InputException(
                file.path(), "the EDF header at " + from + " does not end within " + (end - from) + " bytes");
    }

    private static Map<String, String> keys(String text) {
        Map<String, String> keys = new HashMap<>();
        for (String entry : text.split(";", -1)) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                String key = entry.substring(0, equals).trim().toLowerCase(Locale.ROOT);
                keys.put(key, entry.substring(equals + 1).trim());
            }
        }
        return keys;
    }

    private RawStack stack(long data) throws InputException {
        String compression = header.getOrDefault("compression", "none").toLowerCase(Locale.ROOT);
        if (!compression.equals("none") && !compression.equals("nocompression")) {
            throw refusal("only uncompressed EDF is read", "compression");
        }
        if (!header.getOrDefault("dim_3", "1").equals("1")) {
            throw refusal("only two dimensions are read", "dim_3");
        }
        ImageStack.Shape shape = new ImageStack.Shape(1, size("dim_2"), size("dim_1"), type());
        return new RawStack(file, shape, order(), data);
    }

    private int size(String key) throws InputException {
        @Nullable Integer size = PositiveInteger.parse(header.getOrDefault(key, ""));
        if (size == null) {
            throw refusal("needs a size in 1..2147483647", key);
        }
        return size;
    }

    private SampleType type() throws InputException {
        return switch (header.getOrDefault("datatype", "").toLowerCase(Locale.ROOT)) {
            case "unsignedbyte" -> SampleType.U8;
            case "signedbyte" -> SampleType.I8;
            case "unsignedshort" -> SampleType.U16;
            case "signedshort" -> SampleType.I16;
            case "unsignedinteger", "unsignedlong" -> SampleType.U32;
            case "signedinteger", "signedlong" -> SampleType.I32;
            case "unsigned64" -> SampleType.U64;
            case "signed64" -> SampleType.I64;
            case "float", "floatvalue" -> SampleType.F32;
            case "double", "doublevalue" -> SampleType.F64;
            default -> throw refusal("unread EDF sample type", "datatype");
        };
    }

    private ByteOrder order() throws InputException {
        return switch (header.getOrDefault("byteorder", "").toLowerCase(Locale.ROOT)) {
            case "lowbytefirst" -> ByteOrder.LITTLE_ENDIAN;
            case "highbytefirst" -> ByteOrder.BIG_ENDIAN;
            default -> throw refusal("unread EDF byte order", "byteorder");
        };
    }

    private InputException refusal(String what, String key) {
        String value = header.getOrDefault(key, "(absent)");
        return new InputException(file.path(), what + ": " + key + "=" + InputException.quote(value));
    }
}
