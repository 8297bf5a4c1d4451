package org.emberline.edge.sync;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.RealData;
import org.emberline.firmware.ThermocoupleReading.Fault;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every second reading of a real log is left out and predicted from the rest, once the odd and once the even ones; the log states no
 * noise, so the left-out reading's own is what the rest has shown of it.
 */
class LeftOutReadingsTest {
    private static final int LEARNING = 16;

    @ParameterizedTest
    @CsvSource({
        "thermocouple/furnace-17bm/furnace_temperature_log.csv, 1, 2, 60",
        "thermocouple/two-channel-logs/roast_25-10-05_1841.csv, 0, 1, 1",
        "thermocouple/two-channel-logs/roast_25-10-05_1841.csv, 0, 2, 1",
        "thermocouple/two-channel-logs/roast_26-03-29_1449.csv, 0, 1, 1",
        "thermocouple/two-channel-logs/roast_26-03-29_1449.csv, 0, 2, 1",
        "thermocouple/two-channel-logs/roast_26-04-25_1251_R56_sumatra_25.csv, 0, 1, 1",
        "thermocouple/two-channel-logs/roast_26-04-25_1251_R56_sumatra_25.csv, 0, 2, 1",
    })
    void isPredictedWithinTheStatedSigma(String log, int timeColumn, int column, double secondsPerUnit)
            throws IOException {
        List<double[]> rows = rows(RealData.path(log), timeColumn, column, secondsPerUnit);
        double sum = 0;
        int count = 0;
        for (int kept = 0; kept < 2; kept++) {
            TemperatureTimeline record = record(rows, kept);
            ExposureMean mean = new ExposureMean();
            for (int i = 1 - kept; i < rows.size() - 1; i += 2) {
                double[] row = rows.get(i);
                long nanos = Math.round(row[0] * 1e9);
                mean.take(record, nanos, nanos, new ExposureMean.Reading(0, 0, 0, Long.MAX_VALUE));
                if (i < 2 * LEARNING || Double.isNaN(row[1]) || Double.isNaN(mean.celsius)) {
                    continue;
                }
                long after = record.lastUntil(nanos, 0, record.end()) + 1;
                double own = record.shownVariance(Math.min(after + 2, record.end() - 1));
                double error = row[1] - mean.celsius;
                sum += error * error / (mean.sigma * mean.sigma + own);
                count++;
            }
        }
        double chiSquared = sum / count;
        System.out.println(log + " column " + column + ": chi^2 per reading " + chiSquared + " of " + count);
        assertTrue(chiSquared >= 0.8 && chiSquared <= 1.2, () -> "chi^2 per reading " + chiSquared);
    }

    private static TemperatureTimeline record(List<double[]> rows, int first) {
        TemperatureTimeline record = new TemperatureTimeline(1024);
        for (int i = first; i < rows.size(); i += 2) {
            long nanos = Math.round(rows.get(i)[0] * 1e9);
            double celsius = rows.get(i)[1];
            record.append(
                    Double.isNaN(celsius)
                            ? new Fault(0, nanos, FaultKind.NO_RESPONSE)
                            : new Temperature(0, nanos, celsius, 0));
        }
        return record;
    }

    /** Seconds and degrees Celsius; NaN for a dropout, written as -1. */
    private static List<double[]> rows(Path log, int timeColumn, int column, double secondsPerUnit) throws IOException {
        List<double[]> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(log);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            double celsius = Double.parseDouble(cells[column]);
            rows.add(new double[] {
                Double.parseDouble(cells[timeColumn]) * secondsPerUnit, celsius == -1 ? Double.NaN : celsius
            });
        }
        return rows;
    }
}
