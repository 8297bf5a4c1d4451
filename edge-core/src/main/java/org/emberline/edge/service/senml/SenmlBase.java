package org.emberline.edge.service.senml;

import org.jspecify.annotations.Nullable;

/**
 * The base fields of a record, each valid for it and all that follow until set anew; null where the record leaves it as it is.
 *
 * @param name prefix of names
 * @param time added to times, seconds
 * @param unit unit of records without one
 * @param value added to numbers
 * @param sum added to sums
 * @param version version of the format, 10 where nobody says otherwise
 */
public record SenmlBase(
        @Nullable String name,
        @Nullable Double time,
        @Nullable String unit,
        @Nullable Double value,
        @Nullable Double sum,
        @Nullable Integer version) {

    /** No base field at all. */
    public static final SenmlBase NONE = new SenmlBase(null, null, null, null, null, null);

    public SenmlBase {
        requireFinite("bt", time);
        requireFinite("bv", value);
        requireFinite("bs", sum);
    }

    static void requireFinite(String label, @Nullable Double number) {
        if (number != null && !Double.isFinite(number)) {
            throw new IllegalArgumentException(label + "=" + number + " is not finite");
        }
    }
}
