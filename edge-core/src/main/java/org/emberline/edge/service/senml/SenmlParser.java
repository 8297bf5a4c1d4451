package org.emberline.edge.service.senml;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Packs from bytes that may be anything. Unknown labels are passed over, as the RFC asks, unless they end in {@code _}
 * ("must understand"). Any thread.
 */
public final class SenmlParser {
    /** Larger packs are refused unread. */
    public static final int MAX_BYTES = 1 << 20;
    /** A pack with more records is refused. */
    public static final int MAX_RECORDS = 10_000;

    private static final int MAX_TEXT_SHOWN = 40;
    /** A pack is an array of flat maps; the third level leaves room for a decimal fraction. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(3)
            .maxDocumentLength(MAX_BYTES)
            .maxStringLength(64 << 10)
            .maxNameLength(256)
            .maxNumberLength(400)
            .build();

    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(LIMITS).build();
    private static final CBORFactory CBOR =
            CBORFactory.builder().streamReadConstraints(LIMITS).build();

    private SenmlParser() {}

    /** Reads content-format 110. */
    public static List<SenmlRecord> json(byte[] bytes) throws SenmlException {
        return parse(JSON, SenmlField.BY_JSON_LABEL, bytes);
    }

    /** Reads content-format 112. */
    public static List<SenmlRecord> cbor(byte[] bytes) throws SenmlException {
        return parse(CBOR, SenmlField.BY_CBOR_LABEL, bytes);
    }

    private static List<SenmlRecord> parse(JsonFactory factory, Map<String, SenmlField> labels, byte[] bytes)
            throws SenmlException {
        if (bytes.length > MAX_BYTES) {
            throw new SenmlException("bytes=" + bytes.length + " exceeds " + MAX_BYTES);
        }
        List<SenmlRecord> pack = new ArrayList<>();
        try (JsonParser parser = factory.createParser(bytes)) {
            require(parser.nextToken() == JsonToken.START_ARRAY, "not an array of records");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                require(pack.size() < MAX_RECORDS, "more than " + MAX_RECORDS + " records");
                require(parser.currentToken() == JsonToken.START_OBJECT, "not a map of labels");
                pack.add(SenmlFields.toRecord(fields(parser, labels)));
            }
            require(parser.nextToken() == null, "bytes after the pack");
        } catch (SenmlException e) {
            throw e.inRecord(pack.size());
        } catch (JacksonException e) {
            throw new SenmlException("record " + pack.size() + ": " + shown(e.getOriginalMessage(), 120));
        } catch (IOException e) {
            throw new SenmlException("record " + pack.size() + ": " + shown(String.valueOf(e.getMessage()), 120));
        }
        return List.copyOf(pack);
    }

    private static Map<SenmlField, Object> fields(JsonParser parser, Map<String, SenmlField> labels)
            throws IOException {
        Map<SenmlField, Object> fields = new EnumMap<>(SenmlField.class);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String label = parser.currentName();
            require(label != null && parser.currentToken() == JsonToken.FIELD_NAME, "ends early");
            SenmlField field = labels.get(label);
            parser.nextToken();
            if (field == null) {
                passOver(parser, label);
            } else {
                require(fields.put(field, content(parser, field)) == null, field.jsonLabel + " appears twice");
            }
        }
        return fields;
    }

    private static void passOver(JsonParser parser, String label) throws IOException {
        String quoted = "label=" + shown(label, MAX_TEXT_SHOWN);
        require(!label.endsWith("_"), quoted + " must be understood and is not");
        JsonToken token = parser.currentToken();
        require(token != null && token.isScalarValue(), quoted + " is not a plain value");
    }

    private static Object content(JsonParser parser, SenmlField field) throws IOException {
        return switch (field) {
            case BASE_NAME, BASE_UNIT, NAME, UNIT, STRING_VALUE -> text(parser, field);
            case BOOLEAN_VALUE -> bool(parser, field);
            case DATA_VALUE -> data(parser, field);
            case BASE_VERSION -> version(parser, field);
            case BASE_TIME, BASE_VALUE, BASE_SUM, VALUE, SUM, TIME, UPDATE_TIME -> number(parser, field);
        };
    }

    private static String text(JsonParser parser, SenmlField field) throws IOException {
        require(parser.currentToken() == JsonToken.VALUE_STRING, field.jsonLabel + " is not a string");
        return parser.getText();
    }

    private static boolean bool(JsonParser parser, SenmlField field) throws IOException {
        JsonToken token = parser.currentToken();
        require(token != null && token.isBoolean(), field.jsonLabel + " is not a boolean");
        return token == JsonToken.VALUE_TRUE;
    }

    private static double number(JsonParser parser, SenmlField field) throws IOException {
        JsonToken token = parser.currentToken();
        require(token != null && token.isNumeric(), field.jsonLabel + " is not a number");
        double number = parser.getDoubleValue();
        require(Double.isFinite(number), field.jsonLabel + "=" + number + " is not finite");
        return number;
    }

    private static int version(JsonParser parser, SenmlField field) throws IOException {
        double number = number(parser, field);
        require(
                number >= 1 && number <= Integer.MAX_VALUE && number == Math.rint(number),
                String.format(Locale.ROOT, "%s=%s is not a version", field.jsonLabel, number));
        return (int) number;
    }

    private static byte[] data(JsonParser parser, SenmlField field) throws IOException {
        if (parser instanceof CBORParser) {
            require(
                    parser.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT,
                    field.jsonLabel + " is not a byte string");
            return parser.getBinaryValue();
        }
        try {
            return Base64.getUrlDecoder().decode(text(parser, field));
        } catch (IllegalArgumentException e) {
            throw new SenmlException(field.jsonLabel + " is not base64url");
        }
    }

    private static void require(boolean condition, String otherwise) throws SenmlException {
        if (!condition) {
            throw new SenmlException(otherwise);
        }
    }

    /** Foreign text cut short and without control characters, fit for a terminal and a log. */
    private static String shown(String text, int longest) {
        String cut = text.length() > longest ? text.substring(0, longest) + "..." : text;
        return cut.replaceAll("\\p{Cntrl}+", " ");
    }
}
