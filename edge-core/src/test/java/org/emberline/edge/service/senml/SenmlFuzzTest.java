package org.emberline.edge.service.senml;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.emberline.edge.service.Mutations;
import org.junit.jupiter.api.Test;

/** Damaged packs end in a pack or in a SenmlException, never in anything else. */
class SenmlFuzzTest {
    private static final int INPUTS = 10_000;

    @FunctionalInterface
    private interface Parser {
        List<SenmlRecord> parse(byte[] bytes) throws SenmlException;
    }

    @FunctionalInterface
    private interface Writer {
        byte[] write(List<SenmlRecord> pack);
    }

    @Test
    void damagedJson() {
        fuzz(SenmlParser::json, SenmlWriter::json, 1);
    }

    @Test
    void damagedCbor() {
        fuzz(SenmlParser::cbor, SenmlWriter::cbor, 2);
    }

    private static void fuzz(Parser parser, Writer writer, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomPacks packs = new RandomPacks(random);
        List<byte[]> seeds =
                Stream.generate(packs::next).limit(50).map(writer::write).toList();
        Mutations mutations = new Mutations(random, seeds);
        int refused = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = mutations.next();
            try {
                SenmlResolver.resolve(parser.parse(input), 1.8e9);
            } catch (SenmlException e) {
                refused++;
            } catch (RuntimeException | StackOverflowError e) {
                fail("input " + HexFormat.of().formatHex(input), e);
            }
        }
        assertTrue(refused > INPUTS / 2 && refused < INPUTS, "refused=" + refused);
    }
}
