package org.emberline.edge.service.senml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.upokecenter.cbor.CBORObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.emberline.edge.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 8428 section 5, with its authors' resolved forms as the truth. */
class SenmlRfcTest {
    /** The moment at which the authors resolved records without a time. */
    private static final double THEIR_NOW = 1.498780179e9;
    /** Double precision at today's epoch. */
    private static final double SECONDS = 5e-7;

    @ParameterizedTest
    @ValueSource(strings = {"ex1", "ex2", "ex3", "ex4", "ex5"})
    void resolvesAsTheAuthorsDid(String example) throws IOException {
        Path examples = RealData.path("senml");
        List<SenmlRecord> expected =
                SenmlParser.json(Files.readAllBytes(examples.resolve(example + ".gen.resolved.json")));
        List<SenmlRecord> pack = SenmlParser.json(Files.readAllBytes(examples.resolve(example + ".json")));
        assertSame(expected, SenmlResolver.resolve(pack, THEIR_NOW));
    }

    private static void assertSame(List<SenmlRecord> expected, List<SenmlRecord> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            SenmlRecord theirs = expected.get(i);
            SenmlRecord ours = actual.get(i);
            assertEquals(theirs.name(), ours.name());
            assertEquals(theirs.unit(), ours.unit());
            assertEquals(theirs.value(), ours.value());
            assertEquals(Objects.requireNonNull(theirs.time()), Objects.requireNonNull(ours.time()), SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ex3", "ex5"})
    void readsTheAuthorsCbor(String example) throws IOException {
        Path examples = RealData.path("senml");
        List<SenmlRecord> json = SenmlParser.json(Files.readAllBytes(examples.resolve(example + ".json")));
        List<SenmlRecord> cbor = SenmlParser.cbor(Files.readAllBytes(examples.resolve(example + ".gen.cbor")));
        assertSame(SenmlResolver.resolve(json, THEIR_NOW), SenmlResolver.resolve(cbor, THEIR_NOW));
    }

    @Test
    void writesCborThatEqualsTheAuthorsUnderAnotherDecoder() throws IOException {
        Path examples = RealData.path("senml");
        byte[] theirs = Files.readAllBytes(examples.resolve("ex3.gen.cbor"));
        byte[] ours = SenmlWriter.cbor(SenmlParser.json(Files.readAllBytes(examples.resolve("ex3.json"))));
        assertEquals(CBORObject.DecodeFromBytes(theirs), CBORObject.DecodeFromBytes(ours));
    }

    @Test
    void labelsAreThoseOfTheRfcsGrammar() throws IOException {
        String grammar = Files.readString(RealData.path("senml").resolve("senml-cbor.cddl"), StandardCharsets.UTF_8);
        Map<String, Integer> theirs = Pattern.compile("(\\w+) *= *(-?\\d+)")
                .matcher(grammar)
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> Integer.parseInt(match.group(2))));
        Map<String, Integer> ours = Arrays.stream(SenmlField.values())
                .collect(Collectors.toMap(field -> field.jsonLabel, field -> field.cborLabel));
        assertEquals(theirs, ours);
    }
}
