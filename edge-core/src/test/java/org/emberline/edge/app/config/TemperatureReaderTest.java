package org.emberline.edge.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.app.config.ApplianceConfig.TemperatureChannel;
import org.emberline.edge.app.config.ApplianceConfig.TemperatureSection;
import org.emberline.edge.sync.OffsetModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemperatureReaderTest {
    @Test
    void aChannelHasWhatIsSaidAboveUnlessItSaysOtherwise() throws Exception {
        List<String> complaints = new ArrayList<>();
        TemperatureSection section = read("""
                lag_seconds = 2.0
                lag_sigma_seconds = 0.2
                offset = [1.5, 0.01, 0.0]
                offset_covariance = [0.04, 0, 0, 1e-6, 0, 0]
                max_kelvin_per_minute = 120
                wait_seconds = 0
                [[temperature.channel]]
                name = "near"
                weight = 0.75
                [[temperature.channel]]
                name = "far"
                weight = 0.25
                lag_seconds = 5.0
                offset = [-3.0, 0.0, 0.0]
                """, complaints);
        assertEquals(List.of(), complaints);
        assertEquals(2, section.maxKelvinPerSecond(), 1e-12);
        assertEquals(Duration.ZERO, section.patience());
        OffsetModel common = new OffsetModel(1.5, 0.01, 0, new OffsetModel.Covariance(0.04, 0, 0, 1e-6, 0, 0));
        Duration sigma = Duration.ofMillis(200);
        assertEquals(
                new TemperatureChannel("near", 0.75, Duration.ofSeconds(2), sigma, common),
                section.channels().get(0));
        OffsetModel own = new OffsetModel(-3, 0, 0, new OffsetModel.Covariance(0, 0, 0, 0, 0, 0));
        assertEquals(
                new TemperatureChannel("far", 0.25, Duration.ofSeconds(5), sigma, own),
                section.channels().get(1));
        assertEquals(Duration.ofMillis(3500).toNanos(), section.windowNanos(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "offset = [1.0, 2.0]           | temperature.offset must be a list of 3 numbers, is [1,2]",
                "offset_covariance = [1,0,0,1,0,1] | temperature.offset_covariance belongs to offset, which is missing",
                "offset = [1,0,0]#offset_covariance = [1,2,0,1,0,1] | temperature.offset_covariance must be the upper triangle",
                "offset = [1,0,0]#offset_covariance = [-1,0,0,1,0,1] | temperature.offset_covariance must be the upper triangle",
                "[[temperature.channel]]#name = \"a\"#weight = 0.5 | temperature.channel weights must sum to 1, sum to 0.5",
                "[[temperature.channel]]#weight = 1.0 | temperature.channel[0].name is missing",
                "[[temperature.channel]]#name=\"a\"#weight=0.5#[[temperature.channel]]#name=\"a\"#weight=0.5 | temperature.channel[1].name is given twice: \"a\"",
                "max_kelvin_per_minute = 0     | temperature.max_kelvin_per_minute must lie in",
                "frozen_readings = 1           | temperature.frozen_readings must lie in 3..1000000, is 1",
                "wait = 1                      | temperature.wait is not a key",
            })
    void whatCannotBeIsNamed(String lines, String complaint) throws Exception {
        List<String> complaints = new ArrayList<>();
        var _ = read(lines.replace('#', '\n'), complaints);
        assertTrue(complaints.stream().anyMatch(said -> said.startsWith(complaint)), complaints::toString);
    }

    private static TemperatureSection read(String lines, List<String> complaints) throws ConfigException {
        TomlSection root = TomlSection.root(ConfigFile.parse("[temperature]\n" + lines), complaints);
        return TemperatureReader.read(root.section("temperature"));
    }
}
