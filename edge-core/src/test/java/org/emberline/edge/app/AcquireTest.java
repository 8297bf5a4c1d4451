package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Darks and flats taken on command are what a run then corrects by. */
class AcquireTest {
    private static final int ROWS = 6;
    private static final int COLUMNS = 8;
    private static final int PIXELS = ROWS * COLUMNS;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    /** A microscope whose stream of frames is a file; dark and flat are yet to be taken. */
    private String config(String... names) throws IOException {
        StringBuilder files = new StringBuilder();
        for (String name : names) {
            files.append(files.isEmpty() ? "" : ", ").append('"').append(name).append('"');
        }
        Path file = folder.resolve("appliance.toml");
        Files.writeString(file, """
                [run]
                folder = "runs"
                [source]
                kind = "files"
                files = [%s]
                cadence_seconds = 1
                [detector]
                name = "microscope"
                role = "imaging"
                dark = "dark.tif"
                flat = "flat.h5"
                saturation_counts = 5000
                [image]
                pixel_nanometres = 100
                [metrics]
                enabled = []
                [coap]
                enabled = false
                """.formatted(files));
        return file.toString();
    }

    @Test
    void aRunIsCorrectedByWhatWasTaken() throws Exception {
        Npy.u16(folder.resolve("closed.npy"), 4, ROWS, COLUMNS, i -> i / PIXELS % 2 == 0 ? 90 : 110);
        Npy.u16(folder.resolve("open.npy"), 4, ROWS, COLUMNS, i -> 1100 + i % PIXELS);
        Npy.u16(folder.resolve("sample.npy"), 3, ROWS, COLUMNS, i -> 100 + (1000 + i % PIXELS) / 2);
        Cli dark = Cli.done("acquire", "--kind", "dark", "--frames", "4", "--config", config("closed.npy"));
        assertTrue(
                dark.out().contains("4 dark frames of 6x8 (rows x columns) of microscope, mean 100.000 counts"),
                dark.out());
        JsonNode flat = new ObjectMapper()
                .readTree(
                        Cli.done("acquire", "--kind", "flat", "--frames", "3", "--json", "--config", config("open.npy"))
                                .out());
        assertEquals(1100 + (PIXELS - 1) / 2.0, flat.get("mean").asDouble(), 1e-9);
        assertEquals(0, flat.get("change").asDouble());
        assertEquals(3, flat.get("frames").asInt());
        Cli.done("flatfield", "--dark", at("dark.tif"), "--flat", at("flat.h5"), "-o", at("t.h5"), at("sample.npy"));
        try (HdfFile hdf = new HdfFile(folder.resolve("t.h5"))) {
            float[][][] transmission =
                    (float[][][]) hdf.getDatasetByPath("/entry/data/data").getData();
            assertEquals(0.5, transmission[2][0][0], 1e-6);
            assertEquals(Math.floor((1000 + 47) / 2.0) / (1000 + 47), transmission[2][5][7], 1e-6);
        }
    }

    @Test
    void theSimulatedMicroscopeShowsDarkAndBeam() throws Exception {
        double[] means = new double[2];
        for (String kind : new String[] {"dark", "flat"}) {
            JsonNode told = new ObjectMapper()
                    .readTree(Cli.done("acquire", "--kind", kind, "--frames", "2", "--json", "-o", at(kind + ".tif"))
                            .out());
            assertEquals("microscope", told.get("detector").asText());
            means[kind.equals("dark") ? 0 : 1] = told.get("mean").asDouble();
        }
        assertTrue(means[1] > 10 * means[0] && means[0] > 0, means[0] + " " + means[1]);
    }

    @Test
    void aSourceThatEndsLeavesNoFile() throws Exception {
        Npy.u16(folder.resolve("open.npy"), 2, ROWS, COLUMNS, _ -> 1100);
        Cli cli = Cli.run("acquire", "--kind", "flat", "--frames", "3", "--config", config("open.npy"));
        assertEquals(ExitCode.IO, cli.code(), cli.err());
        assertTrue(cli.err().contains("ended after 2 of 3 frames"), cli.err());
        assertFalse(Files.exists(folder.resolve("flat.h5")));
    }

    @Test
    void framesThatAreNotGoodForMuchAreSaidSo() throws Exception {
        Npy.u16(folder.resolve("open.npy"), 4, ROWS, COLUMNS, i -> i % PIXELS == 5 ? 5000 : 1000 + i / PIXELS * 20);
        Cli cli = Cli.done("acquire", "--kind", "flat", "--frames", "4", "--config", config("open.npy"));
        assertTrue(cli.err().contains("4 pixels, over all frames, have 5000.0 counts or more"), cli.err());
        assertTrue(
                cli.err().contains("changed by 3.") && cli.err().contains("when beam and shutter are steady"),
                cli.err());
    }

    @Test
    void whatCannotBeMeantIsRefused() throws Exception {
        Npy.u16(folder.resolve("open.npy"), 1, ROWS, COLUMNS, _ -> 1100);
        String config = config("open.npy");
        refused("--kind flat --frames 0 --config " + config, "--frames 0 is not between 1 and 10000");
        refused("--kind flat -o flat.png --config " + config, "-o flat.png ends in none of");
        refused("--kind light --config " + config, "light");
        refused(
                "--kind flat --detector panel --config " + config,
                "no imaging detector is named panel, known are [microscope]");
        refused("--kind dark", "-o is needed: the configuration names no dark of microscope");
    }

    private static void refused(String words, String why) {
        Cli cli = Cli.run(("acquire " + words).split(" ", -1));
        assertEquals(ExitCode.USAGE, cli.code(), cli.err());
        assertTrue(cli.err().contains(why), cli.err());
    }
}
