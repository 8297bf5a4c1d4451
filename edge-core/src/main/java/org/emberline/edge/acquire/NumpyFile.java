package org.emberline.edge.acquire;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * NumPy's {@code .npy}, versions 1 to 3 (numpy.lib.format): two or three dimensions, C order, little-endian numbers or bool, and
 * nothing behind the array.
 */
final class NumpyFile {
    /** NumPy itself writes 118 bytes, and reads no more than 10 000 unasked. */
    private static final long LONGEST_HEADER = 65_536;

    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]*)\\)");
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
    private static final Map<String, SampleType> TYPES = Map.ofEntries(
            Map.entry("|b1", SampleType.U8),
            Map.entry("|u1", SampleType.U8),
            Map.entry("|i1", SampleType.I8),
            Map.entry("<u2", SampleType.U16),
            Map.entry("<i2", SampleType.I16),
            Map.entry("<u4", SampleType.U32),
            Map.entry("<i4", SampleType.I32),
            Map.entry("<u8", SampleType.U64),
            Map.entry("<i8", SampleType.I64),
            Map.entry("<f4", SampleType.F32),
            Map.entry("<f8", SampleType.F64));

    private NumpyFile() {}

    static ImageStack open(MappedFile file) throws InputException {
        int version = file.u8(6);
        boolean shortLength = version == 1;
        if (version < 1 || version > 3) {
            throw new InputException(file.path(), "unread .npy version: version=" + version);
        }
        long begin = shortLength ? 10 : 12;
        long length = shortLength ? file.u16(8, ByteOrder.LITTLE_ENDIAN) : file.u32(8, ByteOrder.LITTLE_ENDIAN);
        if (length > LONGEST_HEADER) {
            throw new InputException(file.path(), ".npy header too long: bytes=" + length);
        }
        file.require(begin, length, "the header");
        byte[] text = file.bytes().asSlice(begin, length).toArray(ValueLayout.JAVA_BYTE);
        ImageStack.Shape shape = shape(file, new String(text, StandardCharsets.UTF_8));
        RawStack stack = new RawStack(file, shape, ByteOrder.LITTLE_ENDIAN, begin + length);
        if (stack.dataEnd() != file.length()) {
            throw new InputException(
                    file.path(),
                    "more bytes than " + shape + " has: " + (file.length() - stack.dataEnd()) + " left over");
        }
        return stack;
    }

    private static ImageStack.Shape shape(MappedFile file, String header) throws InputException {
        String descr = field(file, header, DESCR, "descr");
        SampleType type = TYPES.get(descr);
        if (type == null) {
            throw new InputException(
                    file.path(), "only bool and little-endian numbers are read: descr=" + InputException.quote(descr));
        }
        if (!"False".equals(field(file, header, ORDER, "fortran_order"))) {
            throw new InputException(file.path(), "only C order is read: fortran_order=True");
        }
        String text = field(file, header, SHAPE, "shape").trim();
        String[] sizes = COMMA.split(text.endsWith(",") ? text.substring(0, text.length() - 1) : text, -1);
        if (sizes.length != 2 && sizes.length != 3) {
            throw new InputException(
                    file.path(), "needs 2 or 3 dimensions: shape=(" + InputException.quote(text) + ")");
        }
        int frames = sizes.length == 3 ? size(file, sizes[0], text) : 1;
        return new ImageStack.Shape(
                frames, size(file, sizes[sizes.length - 2], text), size(file, sizes[sizes.length - 1], text), type);
    }

    private static String field(MappedFile file, String header, Pattern pattern, String name) throws InputException {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new InputException(file.path(), ".npy header has no valid " + name);
        }
        return matcher.group(1);
    }

    private static int size(MappedFile file, String text, String shape) throws InputException {
        @Nullable Integer size = PositiveInteger.parse(text);
        if (size == null) {
            throw new InputException(
                    file.path(), "each size must lie in 1..2147483647: shape=(" + InputException.quote(shape) + ")");
        }
        return size;
    }
}
