package org.emberline.edge.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.emberline.edge.service.History.Question;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryQueryTest {

    @Test
    void whatIsNotSaidIsTheWholeRun() {
        assertEquals(new Question("lattice_a", 0, 9e9, 200), HistoryQuery.parse(List.of("name=lattice_a")));
        assertEquals(
                new Question("t:furnace", -3600, 1.7e9, 50),
                HistoryQuery.parse(List.of("n=50", "from=-3600", "to=1700000000.0", "name=t:furnace")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from=1                | name= must be that of a metric",
                "name=a&n=1            | n=1 must be a whole number from 2 to 2000",
                "name=a&n=2001         | n=2001 must be",
                "name=a&n=2.5          | n=2.5 must be",
                "name=a&n=             | n= must be",
                "name=a&n=0x10         | n=0x10 must be",
                "name=a&from=NaN       | from=NaN must be Unix seconds",
                "name=a&from=1e3       | from=1e3 must be Unix seconds",
                "name=a&to=99999999999 | to=99999999999 must be Unix seconds",
                "name=a&name=b         | name is there twice",
                "name=a&colour=red     | unknown colour=red, known are [name, from, to, n]",
                "name                  | name= must be",
            })
    void nonsenseIsNamed(String query, String complaint) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> HistoryQuery.parse(List.of(query.split("&", -1))));
        assertTrue(String.valueOf(refused.getMessage()).startsWith(complaint), refused.getMessage());
    }

    @Test
    void anythingAtAllIsReadOrRefusedInOneLine() {
        SplittableRandom random = new SplittableRandom(6);
        String alphabet = "name=from=to=n=&0123456789.-+eE:_ \u0000\n\u00e4\ud83d";
        for (int i = 0; i < 20_000; i++) {
            List<String> options = new ArrayList<>();
            for (int k = random.nextInt(4); k >= 0; k--) {
                StringBuilder option = new StringBuilder(
                        List.of("", "name=", "from=", "to=", "n=").get(random.nextInt(5)));
                for (int c = random.nextInt(12); c > 0; c--) {
                    option.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                options.add(option.toString());
            }
            try {
                Question question = HistoryQuery.parse(options);
                assertTrue(question.points() >= 2 && question.points() <= 2000);
                assertTrue(Math.abs(question.fromSeconds()) <= 9e9 && Math.abs(question.toSeconds()) <= 9e9);
                assertFalse(question.name().isEmpty());
            } catch (IllegalArgumentException e) {
                String line = String.valueOf(e.getMessage());
                assertTrue(line.length() < 200 && line.chars().allMatch(c -> c >= 0x20 && c < 0x7f), line);
            }
        }
    }
}
