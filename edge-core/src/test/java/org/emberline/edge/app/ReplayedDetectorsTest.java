package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.emberline.edge.archive.RunFolder;
import org.emberline.edge.archive.RunReader;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.pipeline.Ledger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded frames of a panel and a microscope in one run; every image is the same all over. */
@Timeout(60)
class ReplayedDetectorsTest {
    private static final int SIDE = 8;
    private static final long SECOND = 1_000_000_000L;
    /** A furnace that heats by 100 K/s is not for kinetics. */
    private static final long SYNTHETIC = FrameFlag.TIME_SYNTHETIC.bit() | FrameFlag.TEMPERATURE_UNSYNCHRONISED.bit();

    private static final Map<String, Long> ONE_LOST = Map.of("FRAME_MISSING", 1L);

    private static final String CONFIG = """
            [source]
            kind = "files"
            files = ["p0.npy", "p1.npy", "p2.npy", "p3.npy"]
            cadence_seconds = 1.5
            temperature = "log.csv"
            [detector]
            poni = "panel.poni"
            [reduce]
            backend = "cpu"
            bins = 5
            [coap]
            enabled = false
            [beside.source]
            files = ["x0.npy", "x1.npy", "x2.npy"]
            cadence_seconds = 2
            [beside.detector]
            role = "imaging"
            dark = "dark.npy"
            flat = "flat.npy"
            flat_after = "after.npy"
            [beside.image]
            backend = "cpu"
            pixel_nanometres = 50
            flat_scaling = "none"
            flat_after_time_seconds = 4
            energies_kev = [5.24, 5.28]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void record() throws IOException {
        for (int i = 0; i < 4; i++) {
            image("p" + i + ".npy", 100 + i);
            image("x" + i + ".npy", 510);
        }
        image("dark.npy", 10);
        image("flat.npy", 1010);
        image("after.npy", 2010);
        Files.writeString(folder.resolve("log.csv"), "time_s,celsius\n0,20\n3,320\n7,720\n");
        Files.writeString(folder.resolve("panel.poni"), """
                poni_version: 2
                Detector: Detector
                Detector_config: {"pixel1": 1e-4, "pixel2": 1e-4, "max_shape": [8, 8], "orientation": 3}
                Distance: 0.3
                Poni1: 0.0
                Poni2: 0.0
                Rot1: 0
                Rot2: 0
                Rot3: 0
                Wavelength: 4.8e-11
                """);
    }

    private void image(String name, int value) throws IOException {
        String header = "{'descr': '<u2', 'fortran_order': False, 'shape': (" + SIDE + ", " + SIDE + "), }";
        header = header + " ".repeat(117 - header.length()) + "\n";
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + header.length() + 2 * SIDE * SIDE).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        bytes.put((byte) 1).put((byte) 0).putShort((short) header.length());
        bytes.put(header.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            bytes.putShort((short) value);
        }
        Files.write(folder.resolve(name), bytes.array());
    }

    private void cutShort(String name) throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve(name));
        Files.write(folder.resolve(name), Arrays.copyOf(whole, whole.length - 1));
    }

    /** OD = ln((flat - dark) / (raw - dark)), with the flat of the middle of the exposure; the furnace heats by 100 K/s. */
    @Test
    void timesEnergiesTemperaturesAndFlatsAreThoseOfTheExposure() throws Exception {
        TwoDetectors runs = new TwoDetectors(folder);
        Outcome outcome = runs.run("run", CONFIG);
        assertTrue(outcome.sound());
        List<TwoDetectors.Frame> panel = runs.frames("run", 0);
        List<TwoDetectors.Frame> microscope = runs.frames("run", 1);
        assertEquals(4, panel.size());
        assertEquals(3, microscope.size());
        for (int i = 0; i < 4; i++) {
            assertEquals(SYNTHETIC, panel.get(i).flags());
            assertEquals(20 + 100 * (1.5 * i + 0.75), panel.get(i).celsius(), 1e-9);
        }
        double[] energies = {5.24, 5.28, 5.24};
        double[] densities = {Math.log(1250 / 500.0), Math.log(1750 / 500.0), Math.log(2000 / 500.0)};
        try (RunReader reader = new RunReader(new RunFolder(folder.resolve("run")))) {
            for (int i = 0; i < 3; i++) {
                assertEquals(SYNTHETIC, microscope.get(i).flags());
                assertEquals(
                        2 * SECOND,
                        microscope.get(i).stopNanos() - microscope.get(i).startNanos());
                assertEquals(
                        2L * i * SECOND,
                        microscope.get(i).startNanos() - panel.getFirst().startNanos());
                assertEquals(20 + 100 * (2 * i + 1.0), microscope.get(i).celsius(), 1e-9);
                assertEquals(energies[i], microscope.get(i).energyKev());
                for (float density : reader.images(1).get(i).opticalDensity()) {
                    assertEquals(densities[i], density, 1e-6);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"p2.npy, 0", "x1.npy, 1"})
    void aFileThatIsCutShortIsInTheBooksOfItsDetector(String file, int detector) throws Exception {
        TwoDetectors runs = new TwoDetectors(folder);
        Outcome outcome = runs.run("run", CONFIG, () -> cutShort(file));
        int[] announced = {4, 3};
        for (int i = 0; i < 2; i++) {
            int frames = announced[i] - (i == detector ? 1 : 0);
            assertEquals(
                    new Ledger(announced[i], frames, frames, frames, frames, i == detector ? ONE_LOST : Map.of()),
                    outcome.last().detectors().get(i).ledger());
        }
        assertEquals(new Ledger(7, 6, 6, 6, 6, ONE_LOST), outcome.last().ledger());
        assertTrue(outcome.last().closes());
        assertTrue(String.valueOf(outcome.remarks().get(Input.FIRST_LOSS)).contains(file), outcome::toString);
    }

    @Test
    void aLostFrameDoesNotShiftTheEnergies() throws Exception {
        TwoDetectors runs = new TwoDetectors(folder);
        var _ = runs.run("run", CONFIG, () -> cutShort("x1.npy"));
        assertEquals(
                List.of(5.24, 5.24),
                runs.frames("run", 1).stream()
                        .map(TwoDetectors.Frame::energyKev)
                        .toList());
    }

    @Test
    void withoutAPlanTheEnergyIsUnknown() throws Exception {
        TwoDetectors runs = new TwoDetectors(folder);
        var _ = runs.run("run", CONFIG.replace("energies_kev = [5.24, 5.28]", ""));
        for (TwoDetectors.Frame frame : runs.frames("run", 1)) {
            assertEquals(SYNTHETIC | FrameFlag.ENERGY_UNKNOWN.bit(), frame.flags());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"dark.npy\"        | \"none.npy\"            | 74 | none.npy: no such file",
                "\"after.npy\"       | \"wide.npy\"            | 74 | wide.npy: image of 4x4 (rows x columns) does not fit frames of 8x8",
                "\"x1.npy\"          | \"wide.npy\"            | 74 | wide.npy: frames of 4x4 I32 differ from 8x8 U16 in",
                "\"none\"            | \"rim\"                 | 78 | the rim leaves no field width=5 downsampled=8x8",
                "dark = \"dark.npy\" |                         | 78 | beside.detector.dark is missing: radiographs from files need a dark",
                "cadence_seconds = 2 | cadence_seconds = 4     | 74 | log.csv: does not cover frame 1, exposed from 4.0 s to 8.0 s",
                "seconds = 4         | seconds = -1            | 78 | beside.image.flat_after_time_seconds must be later than flat_time_seconds=0.0, is -1.0",
            })
    void whatDoesNotFitIsNamed(String from, String to, int code, String complaint) throws IOException {
        BadInputTest.imageOfInt(folder.resolve("wide.npy"), 4, 4, 1);
        Path file = Files.writeString(
                folder.resolve("bad.toml"),
                CONFIG.replace(from, to == null ? "" : to).replace("\"rim\"", "\"rim\"\nrim_width = 5"));
        Cli cli = Cli.run("check-config", file.toString());
        assertEquals(code, cli.code(), cli.err());
        assertTrue(cli.err().contains(complaint), cli.err());
    }
}
