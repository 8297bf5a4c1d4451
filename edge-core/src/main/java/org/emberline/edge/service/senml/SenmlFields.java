package org.emberline.edge.service.senml;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record as a table of its present fields, and back: what the two forms have in common. */
final class SenmlFields {

    private SenmlFields() {}

    /** Values are Double, String, Boolean, byte[], or Integer for the version. */
    static Map<SenmlField, Object> of(SenmlRecord senml) {
        Map<SenmlField, Object> fields = new EnumMap<>(SenmlField.class);
        SenmlBase base = senml.base();
        put(fields, SenmlField.BASE_VERSION, base.version());
        put(fields, SenmlField.BASE_NAME, base.name());
        put(fields, SenmlField.BASE_TIME, base.time());
        put(fields, SenmlField.BASE_UNIT, base.unit());
        put(fields, SenmlField.BASE_VALUE, base.value());
        put(fields, SenmlField.BASE_SUM, base.sum());
        put(fields, SenmlField.NAME, senml.name());
        put(fields, SenmlField.UNIT, senml.unit());
        putValue(fields, senml.value());
        put(fields, SenmlField.SUM, senml.sum());
        put(fields, SenmlField.TIME, senml.time());
        put(fields, SenmlField.UPDATE_TIME, senml.updateTime());
        return fields;
    }

    private static void putValue(Map<SenmlField, Object> fields, @Nullable SenmlValue value) {
        switch (value) {
            case null -> {}
            case SenmlValue.Numeric numeric -> fields.put(SenmlField.VALUE, numeric.value());
            case SenmlValue.Text text -> fields.put(SenmlField.STRING_VALUE, text.value());
            case SenmlValue.Bool bool -> fields.put(SenmlField.BOOLEAN_VALUE, bool.value());
            case SenmlValue.Data data -> fields.put(SenmlField.DATA_VALUE, data.bytes());
        }
    }

    private static void put(Map<SenmlField, Object> fields, SenmlField field, @Nullable Object value) {
        if (value != null) {
            fields.put(field, value);
        }
    }

    /** @throws SenmlException when the record has more than one value */
    static SenmlRecord toRecord(Map<SenmlField, Object> fields) throws SenmlException {
        SenmlBase base = new SenmlBase(
                (String) fields.get(SenmlField.BASE_NAME),
                (Double) fields.get(SenmlField.BASE_TIME),
                (String) fields.get(SenmlField.BASE_UNIT),
                (Double) fields.get(SenmlField.BASE_VALUE),
                (Double) fields.get(SenmlField.BASE_SUM),
                (Integer) fields.get(SenmlField.BASE_VERSION));
        return new SenmlRecord(
                base,
                (String) fields.get(SenmlField.NAME),
                (String) fields.get(SenmlField.UNIT),
                value(fields),
                (Double) fields.get(SenmlField.SUM),
                (Double) fields.get(SenmlField.TIME),
                (Double) fields.get(SenmlField.UPDATE_TIME));
    }

    private static @Nullable SenmlValue value(Map<SenmlField, Object> fields) throws SenmlException {
        SenmlValue found = null;
        for (Map.Entry<SenmlField, Object> field : fields.entrySet()) {
            SenmlValue value = value(field.getKey(), field.getValue());
            if (value != null && found != null) {
                throw new SenmlException("more than one value");
            }
            found = value == null ? found : value;
        }
        return found;
    }

    private static @Nullable SenmlValue value(SenmlField field, Object content) {
        return switch (field) {
            case VALUE -> new SenmlValue.Numeric((Double) content);
            case STRING_VALUE -> new SenmlValue.Text((String) content);
            case BOOLEAN_VALUE -> new SenmlValue.Bool((Boolean) content);
            case DATA_VALUE -> new SenmlValue.Data((byte[]) content);
            default -> null;
        };
    }
}
