package org.emberline.edge.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.emberline.edge.RealData;

/** The measured frames with a reference integration. */
enum MeasuredFrame {
    CEO2_PILATUS("ceo2-pilatus1m", "CeO2_Pilatus1M", "CeO2_Pilatus1M.tif", true),
    FE3O4_FIRST("fe3o4-pilatus1m", "Fe3O4C_M1_map_1", "Fe3O4C_M1_map_1.tif", true),
    FE3O4_SIXTH("fe3o4-pilatus1m", "Fe3O4C_M1_map_6", "Fe3O4C_M1_map_6.tif", true),
    CEO2_GE("ceo2-ge41rt", "ceria_GE41RT", "ge_wppf.h5", false),
    LAMBDA(
            "lambda-3module",
            "lambda_part0_frame0",
            "testasapo1_1009_00002_m1_part00000.nxs",
            true,
            "testasapo1_1009_00002_m2_part00000.nxs",
            "testasapo1_1009_00002_m3_part00000.nxs");

    private final String folder;
    private final String tag;
    private final String image;
    final boolean flipRows;
    /** Separated by spaces; an enum is to have no lists. */
    private final String modules;

    /** @param modules the other modules of the detector */
    MeasuredFrame(String folder, String tag, String image, boolean flipRows, String... modules) {
        this.folder = folder;
        this.tag = tag;
        this.image = image;
        this.flipRows = flipRows;
        this.modules = String.join(" ", modules);
    }

    /** The words that name the other modules to {@code integrate}. */
    List<String> modules() {
        return Stream.of(modules.split(" ", -1))
                .filter(name -> !name.isEmpty())
                .flatMap(name -> Stream.of("--module", path(name).toString()))
                .toList();
    }

    String image() {
        return path(image).toString();
    }

    String poni() {
        return path(tag + ".poni").toString();
    }

    /** What was computed beforehand: shape, sums, range. */
    JsonNode facts() throws IOException {
        return new ObjectMapper().readTree(path(tag + ".geometry.json").toFile());
    }

    /** The reference table: its header, then its rows. */
    List<String[]> reference() throws IOException {
        return Files.readAllLines(path(tag + ".ref.csv")).stream()
                .map(line -> line.split(",", -1))
                .toList();
    }

    /** The facility's own pattern: two-theta in degrees and intensity of each bin. */
    List<double[]> facilityPattern() throws IOException {
        return Files.readAllLines(path(tag + ".xy")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.strip().split("\\s+", -1))
                .map(words -> new double[] {Double.parseDouble(words[0]), Double.parseDouble(words[1])})
                .toList();
    }

    private Path path(String file) {
        return RealData.path("diffraction/" + folder + "/" + file);
    }
}
