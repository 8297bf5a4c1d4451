package org.emberline.firmware.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emberline.firmware.RealData;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.ThermocoupleReading.Fault;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.emberline.firmware.csv.CsvFormat.Time;
import org.emberline.firmware.csv.CsvFormat.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real logs of two thermocouples, whose dropouts are written as -1: each becomes a fault, and no reading is invented. */
class TwoChannelLogsTest {
    private static final long BEGIN_SECONDS = 1_700_000_000L;

    /** How many lines have a dropout was counted with grep. */
    @ParameterizedTest
    @CsvSource({
        "roast_25-10-05_1841.csv, 620, 2",
        "roast_26-03-29_1449.csv, 594, 1",
        "roast_26-04-25_1251_R56_sumatra_25.csv, 592, 0"
    })
    void everyDropoutIsAFault(String name, int rows, int dropouts) throws IOException {
        Path log = RealData.path("thermocouple/two-channel-logs").resolve(name);
        List<ThermocoupleReading> delivered = new ArrayList<>();
        CsvFormat format = new CsvFormat(
                ',',
                new Time.Elapsed("time_s", 1, Instant.ofEpochSecond(BEGIN_SECONDS)),
                List.of(new Value("ET_C", "air"), new Value("BT_C", "bean")),
                Set.of("-1"),
                0.25);
        CsvFollower follower =
                new CsvFollower(log, format, new CsvSettings(1, Long.MAX_VALUE, true), delivered::add, 0);
        follower.step(0, 0);
        follower.close();

        Map<Long, String[]> written = written(log);
        assertEquals(rows, written.size());
        assertEquals(2 * rows, delivered.size());
        int faults = 0;
        for (ThermocoupleReading reading : delivered) {
            String[] cells = written.get(reading.timestampNanos());
            assertNotNull(cells, () -> "nothing was written at " + reading);
            String cell = cells[1 + reading.channel()];
            switch (reading) {
                case Temperature t -> assertEquals(Double.parseDouble(cell), t.hotJunctionCelsius());
                case Fault _ -> {
                    assertTrue(cell.startsWith("-1"), cell);
                    faults++;
                }
            }
        }
        assertEquals(2 * dropouts, faults);
        assertEquals(faults, follower.status().missing());
        assertEquals(0, follower.status().refused() + follower.status().misordered());
    }

    /** The lines by their time, taken apart by other means: the times have six digits behind the point. */
    private static Map<Long, String[]> written(Path log) throws IOException {
        Map<Long, String[]> rows = new HashMap<>();
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.trim().split(",", -1);
            long micros = Long.parseLong(cells[0].replace(".", ""));
            rows.put((BEGIN_SECONDS * 1_000_000L + micros) * 1_000L, cells);
        }
        return rows;
    }
}
