package org.emberline.edge.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emberline.edge.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureTableTest {
    @TempDir
    Path folder;

    /** Reads text in which a tilde stands for the end of a line. */
    private TemperatureTable table(String text, String lineEnd) throws IOException {
        return TemperatureTable.read(Files.writeString(folder.resolve("log.csv"), text.replace("~", lineEnd)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time_s,celsius~0,20.5~10,21~",
                "celsius,time_s~20.5,0~21,10",
                "\uFEFFTime_S , Celsius~~# a comment, with a comma~0 , 20.5~  ~10 , 21~~",
                "scan,time_min,temperature_C~1,0,20.5~2,0.16666666666666666,21~"
            })
    void readsEveryWriting(String text) throws IOException {
        for (String lineEnd : new String[] {"\n", "\r\n", "\r"}) {
            TemperatureTable table = table(text, lineEnd);
            assertEquals(2, table.size());
            assertEquals(0, table.seconds(0));
            assertEquals(20.5, table.celsius(0));
            assertEquals(10, table.seconds(1), 1e-12);
            assertEquals(21, table.celsius(1));
            assertEquals(0.1, table.stepCelsius(), 1e-15);
        }
    }

    @Test
    void anEmptyCellIsADropout() throws IOException {
        TemperatureTable table = table("time_s,celsius~0,20~1,~2,22~", "\n");
        assertFalse(table.isDropout(0));
        assertTrue(table.isDropout(1));
        assertTrue(Double.isNaN(table.celsius(1)));
        assertEquals(22, table.celsius(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time_s,celsius~0,20~0,21 | line 3: time does not increase: \"0,21\"",
                "time_s,celsius~0,20~#~-1,21 | line 4: time does not increase: \"-1,21\"",
                "time_s,celsius~0,NaN | line 2: temperature is not finite: \"0,NaN\"",
                "time_s,celsius~Infinity,20 | line 2: time is not finite",
                "time_s,celsius~,20 | line 2: time is no number: \",20\"",
                "time_s,celsius~0,warm | line 2: temperature is no number: \"0,warm\"",
                "time_s,celsius~0,20,30 | line 2: 3 columns instead of 2: \"0,20,30\"",
                "time_s,celsius~0,20~1,-1 | line 3: a temperature of -1 stands for a dropout in some logs",
                "time_s,celsius~0,-1.0 | line 2: a temperature of -1",
                "time_s,celsius~0,-300 | line 2: temperature below absolute zero",
                "time_s,time_min,celsius~0,0,20 | line 1: the header needs one column time_s or time_min",
                "time_s,kelvin~0,20 | line 1: the header needs one column celsius or temperature_C: \"time_s,kelvin\"",
                "time_s,celsius,celsius~0,20,20 | line 1: column celsius appears twice",
                "0,20~1,21 | line 1: the header needs one column",
                "time_s,celsius~# nothing | holds no reading",
                "# nothing | holds no header line"
            })
    void refusesByLine(String text, String expected) {
        InputException e = assertThrows(InputException.class, () -> table(text, "\n"));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith(folder.resolve("log.csv") + ": " + expected), message);
    }

    @Test
    void refusesWhatIsNoText() throws IOException {
        Path file = Files.write(
                folder.resolve("log.csv"), "time_s,celsius\n0,20 \u00b0".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(
                file + ": is no UTF-8 text",
                assertThrows(InputException.class, () -> TemperatureTable.read(file))
                        .getMessage());
    }

    @Test
    void coversToTheNanosecondOrTheLastDigitOfMinutes() throws IOException {
        TemperatureTable exact = table("time_s,celsius~0,20~20,21~", "\n");
        assertTrue(exact.covers(0, 20));
        assertFalse(exact.covers(0, 20.00001));
        assertFalse(exact.covers(-0.00001, 20));
        assertTrue(table("time_s,celsius~0,20~0.3,21~", "\n").covers(0, 2 * 0.1 + 0.1));
        TemperatureTable rounded = table("time_min,celsius~0,20~0.333,21~", "\n");
        assertTrue(rounded.covers(0, 20));
        assertFalse(rounded.covers(0, 20.02));
        TemperatureTable mixed = table("time_min,celsius~0,20~0.16666667,21~0.333,22", "\n");
        assertTrue(mixed.covers(0, 20));
    }

    @Test
    void readsTheFurnaceLog() throws IOException {
        TemperatureTable table =
                TemperatureTable.read(RealData.path("thermocouple/furnace-17bm/furnace_temperature_log.csv"));
        assertEquals(384, table.size());
        assertEquals(24.9, table.celsius(0));
        assertEquals(0, table.seconds(0));
        assertEquals(383 * 20, table.seconds(383), 3e-6); // written as 127.6666667 min
        assertEquals(0.1, table.stepCelsius(), 1e-15);
        double hottest = 0;
        for (int row = 0; row < table.size(); row++) {
            hottest = Math.max(hottest, table.celsius(row));
        }
        assertEquals(652.8, hottest);
    }
}
