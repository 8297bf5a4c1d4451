package org.emberline.edge.service.senml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenmlResolverTest {
    private static final double NOW = 1_800_000_000;

    private static List<SenmlRecord> resolve(String json) throws SenmlException {
        return SenmlResolver.resolve(SenmlParser.json(json.getBytes(StandardCharsets.UTF_8)), NOW);
    }

    @Test
    void baseValueAndSumAreAdded() throws SenmlException {
        List<SenmlRecord> resolved = resolve(
                "[{\"bn\":\"a:\",\"bv\":20,\"bs\":100,\"n\":\"x\",\"v\":1.5,\"s\":5},{\"n\":\"y\",\"vs\":\"z\"}]");
        assertEquals(new SenmlValue.Numeric(21.5), resolved.getFirst().value());
        assertEquals(105.0, resolved.getFirst().sum());
        assertEquals(new SenmlValue.Text("z"), resolved.get(1).value());
        assertEquals("a:y", resolved.get(1).name());
    }

    @Test
    void smallTimesCountFromNow() throws SenmlException {
        List<SenmlRecord> resolved = resolve(
                "[{\"n\":\"a\",\"v\":1},{\"n\":\"a\",\"v\":1,\"t\":-10},{\"n\":\"a\",\"v\":1,\"t\":268435456}]");
        assertEquals(
                List.of(NOW, NOW - 10, 268_435_456.0),
                resolved.stream().map(SenmlRecord::time).toList());
    }

    @Test
    void aRecordOfBaseFieldsAloneVanishesButCounts() throws SenmlException {
        List<SenmlRecord> resolved = resolve("[{\"bn\":\"dev:\",\"bu\":\"Cel\",\"bver\":10},{\"n\":\"a\",\"v\":1}]");
        assertEquals(1, resolved.size());
        assertEquals("dev:a", resolved.getFirst().name());
        assertEquals("Cel", resolved.getFirst().unit());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{\"v\":1}] | record 0: the name",
                "[{\"n\":\"a\",\"v\":1},{\"n\":\"-a\",\"v\":1}] | record 1: the name",
                "[{\"n\":\"a b\",\"v\":1}] | forbidden",
                "[{\"n\":\"a\"}] | neither value nor sum",
                "[{\"bver\":11,\"n\":\"a\",\"v\":1}] | bver=11 is above 10",
                "[{\"bver\":9,\"n\":\"a\",\"v\":1},{\"bver\":10,\"n\":\"a\",\"v\":1}] | bver=10 after bver=9",
                "[{\"bv\":1e308,\"n\":\"a\",\"v\":1e308}] | v=Infinity",
            })
    void refuses(String json, String expected) {
        String message = String.valueOf(
                assertThrows(SenmlException.class, () -> resolve(json)).getMessage());
        assertTrue(message.contains(expected), message);
    }
}
