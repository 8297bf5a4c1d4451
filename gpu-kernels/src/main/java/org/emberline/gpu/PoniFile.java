package org.emberline.gpu;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads PONI files of versions 1, 2 and 2.1 as pyFAI writes them. Keys are case-insensitive, a key given twice takes its last
 * value (pyFAI appends a calibration to the file), unknown keys are ignored. The pixel size must stand in the file: detectors
 * are not known by name.
 */
public final class PoniFile {
    private static final long MAXIMUM_BYTES = 1 << 20;
    private static final int DEFAULT_ORIENTATION = 3;

    private final PoniText text;

    private PoniFile(PoniText text) {
        this.text = text;
    }

    /**
     * The geometry in that file.
     *
     * @throws PoniException when the file can be read but is no usable PONI file
     * @throws IOException when it cannot be read
     */
    public static Geometry read(Path file) throws IOException {
        if (Files.size(file) > MAXIMUM_BYTES) {
            throw new PoniException(file + ": too large for a PONI file bytes=" + Files.size(file));
        }
        String content;
        try {
            content = Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new PoniException(file + ": not a text file in UTF-8");
        }
        return parse(content, file.toString());
    }

    /**
     * The geometry in the text of a PONI file.
     *
     * @param name names the text in messages
     */
    public static Geometry parse(String text, String name) throws PoniException {
        return new PoniFile(PoniText.parse(text, name)).geometry();
    }

    private Geometry geometry() throws PoniException {
        Detector detector = isVersionOne() ? detectorOfVersionOne() : detectorOfVersionTwo();
        return new Geometry(
                detector,
                text.positive("Distance"),
                text.number("Poni1"),
                text.number("Poni2"),
                text.number("Rot1"),
                text.number("Rot2"),
                text.number("Rot3"),
                text.isGiven("Wavelength") ? text.positive("Wavelength") : Double.NaN);
    }

    private boolean isVersionOne() throws PoniException {
        if (!text.isGiven("poni_version")) {
            return true;
        }
        double version = text.number("poni_version");
        if (version != 1 && version != 2 && version != 2.1) {
            throw text.refuse("poni_version", "is not a version this program reads (1, 2, 2.1)");
        }
        return version == 1;
    }

    private Detector detectorOfVersionOne() throws PoniException {
        if (text.isGiven("SplineFile")) {
            throw text.refuse("SplineFile", "is a distortion file, which is not supported");
        }
        for (String key : List.of("PixelSize1", "PixelSize2")) {
            if (!text.isGiven(key)) {
                throw text.missing(key, " (the pixel size is not known from the detector's name)");
            }
        }
        String name = text.isGiven("Detector") ? text.value("Detector") : "Detector";
        return new Detector(name, 0, 0, text.positive("PixelSize1"), text.positive("PixelSize2"), DEFAULT_ORIENTATION);
    }

    private Detector detectorOfVersionTwo() throws PoniException {
        String name = text.value("Detector");
        Map<String, Object> config = config();
        if (!isAbsent(config.get("splineFile"))) {
            throw text.refuse("Detector_config", "names a distortion file (splineFile), which is not supported");
        }
        int[] shape = shape(config.get("max_shape"));
        return new Detector(
                name,
                shape[0],
                shape[1],
                pixelSize(name, "pixel1", config),
                pixelSize(name, "pixel2", config),
                orientation(config.get("orientation")));
    }

    private Map<String, Object> config() throws PoniException {
        try {
            return StrictJson.parseObject(text.value("Detector_config"));
        } catch (StrictJson.SyntaxException e) {
            throw text.refuse("Detector_config", "is not a JSON object (" + e.getMessage() + ")");
        }
    }

    private double pixelSize(String detector, String key, Map<String, Object> config) throws PoniException {
        Object value = config.get(key);
        if (isAbsent(value)) {
            throw text.refuse(
                    "Detector_config",
                    "gives no " + key + ", and the pixel size of detector " + PoniText.shown(detector)
                            + " is not known by name");
        }
        if (!(value instanceof Double metres) || !(metres > 0) || metres.isInfinite()) {
            throw text.refuse("Detector_config", "needs a positive number of metres " + key + "=" + value);
        }
        return metres;
    }

    private int[] shape(@Nullable Object value) throws PoniException {
        if (isAbsent(value)) {
            return new int[2];
        }
        if (value instanceof List<?> list
                && list.size() == 2
                && wholeNumber(list.get(0)) > 0
                && wholeNumber(list.get(1)) > 0) {
            int[] shape = {wholeNumber(list.get(0)), wholeNumber(list.get(1))};
            if ((long) shape[0] * shape[1] <= Integer.MAX_VALUE) {
                return shape;
            }
        }
        throw text.refuse("Detector_config", "needs [rows, columns] max_shape=" + value);
    }

    private int orientation(@Nullable Object value) throws PoniException {
        if (isAbsent(value)) {
            return DEFAULT_ORIENTATION;
        }
        int orientation = wholeNumber(value);
        if (orientation < 0 || orientation > 4) {
            throw text.refuse("Detector_config", "needs 1 to 4 orientation=" + value);
        }
        // pyFAI writes 0 for "unspecified" and computes as with its default.
        return orientation == 0 ? DEFAULT_ORIENTATION : orientation;
    }

    private static boolean isAbsent(@Nullable Object value) {
        return value == null || value instanceof StrictJson.Null;
    }

    /** The value as an int, or -1 when it is none. */
    private static int wholeNumber(@Nullable Object value) {
        return value instanceof Double number && number == Math.rint(number) && number >= 0 && number < (1 << 24)
                ? number.intValue()
                : -1;
    }
}
