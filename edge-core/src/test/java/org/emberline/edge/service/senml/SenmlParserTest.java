package org.emberline.edge.service.senml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SenmlParserTest {

    private static List<SenmlRecord> json(String text) throws SenmlException {
        return SenmlParser.json(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<SenmlRecord> cbor(String hex) throws SenmlException {
        return SenmlParser.cbor(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | not an array",
                "[1] | record 0: not a map",
                "[{\"n\":\"a\",\"v\":1},{\"n\":5}] | record 1: n is not a string",
                "[{\"v\":\"1\"}] | v is not a number",
                "[{\"v\":1e999}] | v=Infinity is not finite",
                "[{\"v\":null}] | v is not a number",
                "[{\"vb\":1}] | vb is not a boolean",
                "[{\"vd\":\"*\"}] | vd is not base64url",
                "[{\"bver\":1.5}] | bver=1.5 is not a version",
                "[{\"v\":1,\"v\":2}] | v appears twice",
                "[{\"v\":1,\"vs\":\"x\"}] | more than one value",
                "[{\"new_\":1}] | label=new_ must be understood",
                "[{\"new\":[1]}] | label=new is not a plain value",
                "[{\"v\":1}] x | record 1",
                "[{\"v\":1} | record 1",
                "[{\"v\":NaN}] | record 0",
            })
    void refusesInOneLine(String text, String expected) {
        String message = String.valueOf(
                assertThrows(SenmlException.class, () -> json(text)).getMessage());
        assertEquals(1, message.lines().count());
        assertEquals(true, message.startsWith("SenML: ") && message.contains(expected), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "81a102f97e00", // half-precision NaN
                "81a102fb7ff0000000000000", // infinity
                "81a1027f", // string without an end
                "81a1025affffffff", // four gigabytes of bytes, announced
                "9affffffff", // four thousand million records, announced
                "818181818181818181", // too deep
                "81a102c4821a7fffffff01", // decimal fraction beyond every double
                "81a10863616263", // data value as text
                "81a1f600", // null as a label
                "" // nothing
            })
    void refusesHostileCbor(String hex) {
        assertThrows(SenmlException.class, () -> cbor(hex));
    }

    @Test
    void readsADecimalFraction() throws SenmlException {
        // RFC 8428 allows tag 4: 273.15 is 27315 * 10^-2 (the example of RFC 8949 section 3.4.4)
        assertEquals(
                new SenmlValue.Numeric(273.15),
                cbor("81a102c48221196ab3").getFirst().value());
    }

    @Test
    void passesOverUnknownLabels() throws SenmlException {
        assertEquals(List.of(SenmlRecord.number("a", "", 1)), json("[{\"n\":\"a\",\"x\":\"y\",\"v\":1}]"));
        assertEquals(List.of(SenmlRecord.number("a", "", 1)), cbor("81a3006161183cf50201"));
    }

    @Test
    void refusesMoreRecordsOrBytesThanItShould() {
        String many = "[" + "{\"v\":1},".repeat(SenmlParser.MAX_RECORDS) + "{\"v\":1}]";
        assertThrows(SenmlException.class, () -> json(many));
        String large = "[{\"v\":1" + " ".repeat(SenmlParser.MAX_BYTES) + "}]";
        assertThrows(SenmlException.class, () -> json(large));
    }

    @Test
    void writesNumbersForReaders() {
        SenmlRecord time = new SenmlRecord(
                SenmlBase.NONE, "a", null, new SenmlValue.Numeric(2.8665e-10), null, 1.276020076001e9, null);
        assertEquals(
                "[{\"n\":\"a\",\"v\":2.8665E-10,\"t\":1276020076.001}]",
                new String(SenmlWriter.json(List.of(time)), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"lattice_a,lattice_a", "phase:a-Fe,phase:a-Fe", "°C,x_C", "_x,x_x", "'',x", "a b%,a_b_"})
    void mendsNames(String name, String mended) {
        assertEquals(mended, SenmlNames.mended(name));
        assertEquals(name.equals(mended), SenmlNames.valid(name));
    }

    @Test
    void valuesThatSenmlCannotHoldAreRefusedAtOnce() {
        assertThrows(IllegalArgumentException.class, () -> new SenmlValue.Numeric(Double.NaN));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SenmlBase(null, Double.POSITIVE_INFINITY, null, null, null, null));
        assertFalse(SenmlNames.valid("a b"));
    }
}
