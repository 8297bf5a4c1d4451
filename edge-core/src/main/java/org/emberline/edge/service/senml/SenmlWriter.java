package org.emberline.edge.service.senml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Packs as bytes, losslessly: what the parser reads back is equal. Any thread. */
public final class SenmlWriter {
    private static final double LARGEST_EXACT_INTEGER = 1L << 53;
    private static final double SMALLEST_PLAIN = 1e-3;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    /** Integers and doubles in the shortest form that holds them exactly (RFC 8949 section 4.1). */
    private static final CBORFactory CBOR = CBORFactory.builder()
            .enable(CBORGenerator.Feature.WRITE_MINIMAL_INTS)
            .enable(CBORGenerator.Feature.WRITE_MINIMAL_DOUBLES)
            .build();

    private SenmlWriter() {}

    /** Content-format 110, application/senml+json. */
    public static byte[] json(List<SenmlRecord> pack) {
        return write(JSON, pack);
    }

    /** Content-format 112, application/senml+cbor. */
    public static byte[] cbor(List<SenmlRecord> pack) {
        return write(CBOR, pack);
    }

    private static byte[] write(JsonFactory factory, List<SenmlRecord> pack) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = factory.createGenerator(bytes)) {
            generator.writeStartArray(pack, pack.size());
            for (SenmlRecord senml : pack) {
                Map<SenmlField, Object> fields = SenmlFields.of(senml);
                generator.writeStartObject(senml, fields.size());
                for (Map.Entry<SenmlField, Object> field : fields.entrySet()) {
                    write(generator, field.getKey(), field.getValue());
                }
                generator.writeEndObject();
            }
            generator.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory", e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator generator, SenmlField field, Object content) throws IOException {
        boolean cbor = generator instanceof CBORGenerator;
        if (cbor) {
            generator.writeFieldId(field.cborLabel);
        } else {
            generator.writeFieldName(field.jsonLabel);
        }
        switch (content) {
            case Double number -> write(generator, cbor, number);
            case Integer version -> generator.writeNumber(version);
            case Boolean bool -> generator.writeBoolean(bool);
            case byte[] data when cbor -> generator.writeBinary(data);
            case byte[] data ->
                generator.writeString(Base64.getUrlEncoder().withoutPadding().encodeToString(data));
            default -> generator.writeString(content.toString());
        }
    }

    private static void write(JsonGenerator generator, boolean cbor, double number) throws IOException {
        double size = Math.abs(number);
        if (number == Math.rint(number) && size < LARGEST_EXACT_INTEGER && !isNegativeZero(number)) {
            generator.writeNumber((long) number);
        } else if (!cbor && size >= SMALLEST_PLAIN && size < LARGEST_EXACT_INTEGER) {
            // Same digits as Double.toString, without the exponent that hides a time of day from a reader.
            generator.writeNumber(BigDecimal.valueOf(number));
        } else {
            generator.writeNumber(number);
        }
    }

    private static boolean isNegativeZero(double number) {
        return Double.doubleToRawLongBits(number) == Double.doubleToRawLongBits(-0.0);
    }
}
