package org.emberline.edge.service.senml;

import org.jspecify.annotations.Nullable;

/**
 * One record of a pack as it stands in the pack: null where a field is absent.
 *
 * @param base base fields that begin here
 * @param name name, to be prefixed by the base name
 * @param unit SenML unit
 * @param value the value, or null in a record of a sum or of base fields alone
 * @param sum integral of the value over time
 * @param time seconds: since the Unix epoch from 2^28 on, relative to now below (after adding the base time)
 * @param updateTime seconds until the next reading at the latest
 */
public record SenmlRecord(
        SenmlBase base,
        @Nullable String name,
        @Nullable String unit,
        @Nullable SenmlValue value,
        @Nullable Double sum,
        @Nullable Double time,
        @Nullable Double updateTime) {

    public SenmlRecord {
        SenmlBase.requireFinite("s", sum);
        SenmlBase.requireFinite("t", time);
        SenmlBase.requireFinite("ut", updateTime);
    }

    /** A number without a time of its own. The empty unit is none. */
    public static SenmlRecord number(String name, String unit, double value) {
        return new SenmlRecord(
                SenmlBase.NONE, name, unit.isEmpty() ? null : unit, new SenmlValue.Numeric(value), null, null, null);
    }

    /** A string without a time of its own. */
    public static SenmlRecord text(String name, String value) {
        return new SenmlRecord(SenmlBase.NONE, name, null, new SenmlValue.Text(value), null, null, null);
    }

    /** The same record, so many seconds after the base time. */
    public SenmlRecord later(double seconds) {
        return new SenmlRecord(base, name, unit, value, sum, seconds, updateTime);
    }

    /** The same record with other base fields and another name. */
    public SenmlRecord with(SenmlBase newBase, @Nullable String newName) {
        return new SenmlRecord(newBase, newName, unit, value, sum, time, updateTime);
    }
}
