package org.emberline.edge.service.senml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.upokecenter.cbor.CBORObject;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SenmlRoundTripTest {
    private static final int PACKS = 1000;

    @Test
    void thousandRandomPacksComeBackEqualFromBothForms() throws SenmlException {
        RandomPacks packs = new RandomPacks(new SplittableRandom(8428));
        for (int i = 0; i < PACKS; i++) {
            List<SenmlRecord> pack = packs.next();
            assertEquals(pack, SenmlParser.json(SenmlWriter.json(pack)), "pack " + i);
            assertEquals(pack, SenmlParser.cbor(SenmlWriter.cbor(pack)), "pack " + i);
        }
    }

    @Test
    void anIndependentDecoderReadsTheSameCbor() {
        RandomPacks packs = new RandomPacks(new SplittableRandom(7049));
        for (int i = 0; i < PACKS; i++) {
            List<SenmlRecord> pack = packs.next();
            CBORObject decoded = CBORObject.DecodeFromBytes(SenmlWriter.cbor(pack));
            assertEquals(pack.size(), decoded.size());
            for (int r = 0; r < pack.size(); r++) {
                assertSameFields(pack.get(r), decoded.get(r));
            }
        }
    }

    private static void assertSameFields(SenmlRecord senml, CBORObject decoded) {
        Map<SenmlField, Object> fields = SenmlFields.of(senml);
        assertEquals(fields.size(), decoded.size());
        fields.forEach((field, expected) -> {
            CBORObject actual = decoded.get(CBORObject.FromObject(field.cborLabel));
            switch (expected) {
                // Zeros by value: an integer has no sign of zero, and -0.0 is told from 0.0 by the round trip above.
                case Double number -> assertEquals(number, actual.AsDouble(), 0.0, field.name());
                case byte[] bytes -> assertArrayEquals(bytes, actual.GetByteString(), field.name());
                case Integer number -> assertEquals(number, actual.AsInt32Value(), field.name());
                case Boolean bool -> assertEquals(bool, actual.AsBoolean(), field.name());
                default -> assertEquals(expected, actual.AsString(), field.name());
            }
        });
    }
}
