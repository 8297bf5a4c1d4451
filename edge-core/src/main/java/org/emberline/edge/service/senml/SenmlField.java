package org.emberline.edge.service.senml;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The labels of RFC 8428 sections 4 and 6 (table 4), in the order in which a record is written. */
enum SenmlField {
    BASE_VERSION("bver", -1),
    BASE_NAME("bn", -2),
    BASE_TIME("bt", -3),
    BASE_UNIT("bu", -4),
    BASE_VALUE("bv", -5),
    BASE_SUM("bs", -6),
    NAME("n", 0),
    UNIT("u", 1),
    VALUE("v", 2),
    STRING_VALUE("vs", 3),
    BOOLEAN_VALUE("vb", 4),
    DATA_VALUE("vd", 8),
    SUM("s", 5),
    TIME("t", 6),
    UPDATE_TIME("ut", 7);

    /** By the label of the JSON form. */
    static final Map<String, SenmlField> BY_JSON_LABEL = index(field -> field.jsonLabel);
    /** By the label of the CBOR form in decimal digits, as the reader hands integer keys over. */
    static final Map<String, SenmlField> BY_CBOR_LABEL = index(field -> Integer.toString(field.cborLabel));

    final String jsonLabel;
    final int cborLabel;

    SenmlField(String jsonLabel, int cborLabel) {
        this.jsonLabel = jsonLabel;
        this.cborLabel = cborLabel;
    }

    private static Map<String, SenmlField> index(Function<SenmlField, String> label) {
        return Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(label, field -> field));
    }
}
