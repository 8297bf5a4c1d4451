package org.emberline.edge.service.senml;

import java.util.Arrays;

/** The value of a record: one of the four kinds of RFC 8428 section 4.2. */
public sealed interface SenmlValue {

    /** A finite number; SenML has no NaN and no infinity. */
    record Numeric(double value) implements SenmlValue {
        public Numeric {
            SenmlBase.requireFinite("v", value);
        }
    }

    /** A string. */
    record Text(String value) implements SenmlValue {}

    /** A boolean. */
    record Bool(boolean value) implements SenmlValue {}

    /** Bytes, base64url in JSON. Equal when the bytes are. */
    record Data(byte[] bytes) implements SenmlValue {
        public Data {
            bytes = bytes.clone();
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Data data && Arrays.equals(bytes, data.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Data[bytes=" + bytes.length + "]";
        }
    }
}
