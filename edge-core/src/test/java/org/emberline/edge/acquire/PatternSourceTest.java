package org.emberline.edge.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource.Next;
import org.emberline.edge.frame.PatternPoints;
import org.emberline.edge.frame.TemperatureMethod;
import org.emberline.gpu.RadialUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times, temperatures and places of a series of patterns, and what is wrong with some of them. */
class PatternSourceTest {
    private static final long START = 1_000_000_000_000L;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<Path> files = new ArrayList<>();

    private PatternSourceTest with(String name, String text) throws IOException {
        files.add(Files.writeString(folder.resolve(name), text));
        return this;
    }

    private PatternSeries series(@Nullable RadialUnit unit, double wavelength, RadialUnit run) throws InputException {
        return PatternSeries.open(
                files, new PatternSettings(unit, wavelength, run, new ReplayTiming(20, 4, START), true, 0.4));
    }

    private PatternSeries inQ() throws InputException {
        return series(null, Double.NaN, RadialUnit.Q_PER_ANGSTROM);
    }

    private static List<FrameSlot> play(PatternSeries series) throws InputException {
        List<FrameSlot> slots = new ArrayList<>();
        try (PatternSource source = new PatternSource(series, null, false, Turn.ALWAYS)) {
            while (true) {
                FrameSlot slot = new FrameSlot(Arena.ofAuto(), series.frameBytes(), 1, 0);
                slot.reset(slots.size());
                if (source.next(slot) == Next.END) {
                    return slots;
                }
                slots.add(slot);
            }
        }
    }

    @Test
    void anglesBecomeQByTheFilesWavelength() throws IOException {
        PatternSeries series =
                with("a.xye", "# wavelength_A 2.0\n60 5 1\n90 6 2\n").inQ();
        assertEquals(2.0, series.wavelengthAngstrom());
        FrameSlot slot = play(series).getFirst();
        assertEquals(2, PatternPoints.points(slot.pixels()));
        assertEquals(Math.PI, PatternPoints.x(slot.pixels(), 0), 1e-15); // 4 pi sin(30 deg) / 2
        assertEquals(Math.PI * Math.sqrt(2), PatternPoints.x(slot.pixels(), 1), 1e-15);
        assertEquals(6, PatternPoints.intensity(slot.pixels(), 1));
        assertEquals(2, PatternPoints.sigma(slot.pixels(), 1));
        assertEquals(12.398419843 / 2, slot.energyKev, 1e-12);
        assertEquals("measured patterns in 2th_deg, errors from the files", series.description());
    }

    @Test
    void unitsGoBothWays() throws InputException {
        RadialUnit[] units = {
            RadialUnit.TWO_THETA_DEGREES,
            RadialUnit.TWO_THETA_RADIANS,
            RadialUnit.Q_PER_ANGSTROM,
            RadialUnit.Q_PER_NANOMETRE
        };
        double[] same = {60, Math.PI / 3, Math.PI, 10 * Math.PI};
        for (int i = 0; i < units.length; i++) {
            for (int k = 0; k < units.length; k++) {
                assertEquals(same[k], new RadialScale(units[i], units[k], 2).apply(same[i]), 1e-13 * same[k]);
            }
        }
        assertTrue(
                Double.isNaN(new RadialScale(RadialUnit.Q_PER_ANGSTROM, RadialUnit.TWO_THETA_DEGREES, 2).apply(6.3)));
    }

    @Test
    void withoutErrorsCountsSay() throws IOException {
        PatternSeries series = with("a.chi", "t\nQ (Inverse Nanometres)\nI\n3\n10 100\n20 0\n30 -4\n")
                .inQ();
        FrameSlot slot = play(series).getFirst();
        assertEquals(1, PatternPoints.x(slot.pixels(), 0));
        assertEquals(10, PatternPoints.sigma(slot.pixels(), 0));
        assertEquals(1, PatternPoints.sigma(slot.pixels(), 1));
        assertEquals(1, PatternPoints.sigma(slot.pixels(), 2));
        assertEquals("measured patterns in q_nm^-1, errors by counting: sqrt(max(I, 1))", series.description());
        assertTrue(Double.isNaN(slot.energyKev));
    }

    @Test
    void theNaturalAxisIsAsFineAsTheClosestPoints() throws IOException {
        PatternSeries series = with("a.xy", "1 5\n1.5 5\n1.7 5\n2.2 5\n")
                .series(RadialUnit.Q_PER_ANGSTROM, Double.NaN, RadialUnit.Q_PER_ANGSTROM);
        assertEquals(0.75, series.naturalAxis().lower(), 1e-12);
        assertEquals(2.45, series.naturalAxis().upper(), 1e-12);
        assertEquals(9, series.naturalAxis().bins());
    }

    @Test
    void timesAndTemperaturesAreTheFiles() throws IOException {
        String rows = "1 5 1\n2 6 1\n";
        with("1.xye", "# q_A^-1 temperature_C 24.9 time_min 2\n" + rows);
        with("2.xye", "# q_A^-1 temperature_C 30 time_min 3\n" + rows);
        with("3.xye", "# q_A^-1 no word of either\n" + rows);
        with("4.xye", "# q_A^-1 temperature_C 50.5 time_min 5\n" + rows);
        with("5.xye", "");
        List<FrameSlot> slots = play(inQ());
        double[] seconds = {120, 180, 240, 300, 360};
        double[] celsius = {24.9, 30, Double.NaN, 50.5, Double.NaN};
        for (int i = 0; i < 5; i++) {
            FrameSlot slot = slots.get(i);
            boolean stated = !Double.isNaN(celsius[i]);
            assertEquals(START + Math.round(seconds[i] * 1e9), slot.startNanos);
            assertEquals(slot.startNanos + 4_000_000_000L, slot.stopNanos);
            assertEquals(i, slot.triggerIndex);
            assertEquals(celsius[i], slot.temperatureCelsius);
            assertEquals(stated ? TemperatureMethod.STATED : TemperatureMethod.NONE, slot.temperatureMethod);
            assertEquals(!stated, slot.has(FrameFlag.TIME_SYNTHETIC));
            assertEquals(i == 4, slot.has(FrameFlag.CORRUPT));
        }
        FrameSlot moved = new FrameSlot(Arena.ofAuto(), slots.get(0).pixels().byteSize(), 1, 0);
        moved.takeReceived(slots.get(0)); // as where a ring was full
        assertEquals(24.9, moved.temperatureCelsius);
        assertEquals(TemperatureMethod.STATED, moved.temperatureMethod);
        assertEquals(slots.get(0).temperatureSigma, moved.temperatureSigma);
        assertEquals(5, PatternPoints.intensity(moved.pixels(), 0));
        assertEquals(Math.hypot(0.1 / Math.sqrt(12), 0.4), slots.get(0).temperatureSigma, 1e-12);
        assertEquals(Math.hypot(1 / Math.sqrt(12), 0.4), slots.get(1).temperatureSigma, 1e-12);
    }

    @Test
    void withoutTimesTheCadenceMakesThem() throws IOException {
        String rows = "# q_A^-1\n1 5\n2 6\n";
        List<FrameSlot> slots = play(with("1.xy", rows).with("2.xy", rows).inQ());
        assertEquals(START + 20_000_000_000L, slots.get(1).startNanos);
        assertTrue(slots.get(0).has(FrameFlag.TIME_SYNTHETIC) && slots.get(1).has(FrameFlag.TIME_SYNTHETIC));
        assertTrue(Double.isNaN(slots.get(1).temperatureCelsius));
    }

    @Test
    void aBadFileIsAFrameThatIsLostAndTheSeriesGoesOn() throws IOException {
        with("1.xye", "# q_A^-1\n1 5 1\n2 6 1\n");
        with("2.xye", "# q_A^-1\n1 5 1\n2 6 -1\n");
        with("3.xye", "# q_A^-1\n1 5\n2 6\n");
        with("4.xye", "# 2th_deg\n1 5 1\n2 6 1\n");
        with("5.xye", "# q_A^-1\n1 5 1\n2 6 1\n");
        PatternSeries series = inQ();
        PatternSource source = new PatternSource(series, null, false, Turn.ALWAYS);
        FrameSlot slot = new FrameSlot(Arena.ofAuto(), series.frameBytes(), 1, 0);
        boolean[] corrupt = {false, true, true, true, false};
        for (int i = 0; i < 5; i++) {
            slot.reset(i);
            assertEquals(Next.FRAME, source.next(slot));
            assertEquals(corrupt[i], slot.has(FrameFlag.CORRUPT), "file " + (i + 1));
        }
        assertEquals(Next.END, source.next(slot));
        assertTrue(source.firstFailure().orElse("").startsWith(files.get(1) + ": line 3: sigma=-1.0"));
        assertFalse(play(inQ()).get(4).has(FrameFlag.CORRUPT));
    }

    @Test
    void whatNobodySaysIsAskedFor() throws IOException {
        with("1.xy", "1 5\n2 6\n");
        assertTrue(refusal().contains("does not say what its first column is: give --unit"));
        files.clear();
        with("1.xye", "1 5\n2 6\n");
        assertTrue(refusal().contains("is in 2th_deg and does not say its wavelength, which q_A^-1 needs"));
        files.clear();
        with("1.xye", "# wavelength_A 1\n1 5\n180 6\n");
        assertTrue(refusal().contains("reaches x=180.0, beyond the last angle"));
        files.clear();
        with("1.xye", "# q_A^-1 time_s 20\n1 5\n2 6\n").with("2.xye", "# q_A^-1 time_s 20\n1 5\n2 6\n");
        assertTrue(refusal().contains("2.xye: time_s=20.0 is not after time_s=20.0 of "));
    }

    private String refusal() {
        return String.valueOf(assertThrows(InputException.class, this::inQ).getMessage());
    }
}
