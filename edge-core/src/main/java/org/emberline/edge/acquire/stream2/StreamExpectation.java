package org.emberline.edge.acquire.stream2;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.emberline.gpu.PixelFormat;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says of the images that will come. It holds: what a detector says otherwise is told, not followed.
 *
 * @param channel which image of each message is taken; empty for the first by name
 * @param beam what the geometry says; NaN for what it does not
 * @param saturationCounts infinity where nobody has said it
 * @param masked whether there is a mask
 * @param flattened whether there is a flat
 */
public record StreamExpectation(
        int rows,
        int columns,
        PixelFormat format,
        String channel,
        Beam beam,
        double saturationCounts,
        boolean masked,
        boolean flattened) {

    /** A wavelength is known better than this; a detector rounds it. */
    private static final double WAVELENGTH_SHARE = 1e-3;
    /** What a detector knows of its place is what somebody has typed in: a calibration is right, and not far from it. */
    private static final double DISTANCE_SHARE = 0.02;

    private static final double PIXEL_SHARE = 1e-3;

    /**
     * @param wavelengthAngstrom of the incident beam
     * @param distanceMetres from the sample along the beam
     * @param pixelMetresY slow axis
     * @param pixelMetresX fast axis
     */
    public record Beam(double wavelengthAngstrom, double distanceMetres, double pixelMetresY, double pixelMetresX) {}

    /** In what the detector disagrees, each with both values. */
    List<String> disagreements(StreamMessage.Start start) {
        List<String> found = new ArrayList<>();
        if (start.rows() != rows || start.columns() != columns) {
            found.add("image " + start.rows() + "x" + start.columns() + ", configured " + rows + "x" + columns);
        }
        String dtype = dtype(format);
        if (!start.imageDtype().isEmpty() && !start.imageDtype().equals(dtype)) {
            found.add("pixels " + start.imageDtype() + ", configured " + dtype);
        }
        if (!channel.isEmpty() && !start.channels().contains(channel)) {
            found.add("channels " + start.channels() + ", configured " + channel);
        }
        compare("wavelength_angstrom", start.wavelengthAngstrom(), beam.wavelengthAngstrom(), WAVELENGTH_SHARE, found);
        compare("distance_m", start.distanceMetres(), beam.distanceMetres(), DISTANCE_SHARE, found);
        compare("pixel_size_x_m", start.pixelMetresX(), beam.pixelMetresX(), PIXEL_SHARE, found);
        compare("pixel_size_y_m", start.pixelMetresY(), beam.pixelMetresY(), PIXEL_SHARE, found);
        if (start.saturation() > 0 && start.saturation() != saturationCounts) {
            found.add("saturation_value " + number(start.saturation()) + ", configured "
                    + (saturationCounts < Double.POSITIVE_INFINITY ? number(saturationCounts) : "none"));
        }
        if (!masked && !start.pixelMask().isEmpty()) {
            found.add("a pixel mask, configured none");
        }
        if (!flattened && !start.flatfield().isEmpty()) {
            found.add("a flatfield, configured none");
        }
        return found;
    }

    private static void compare(String name, double said, double configured, double share, List<String> found) {
        if (said > 0 && configured > 0 && Math.abs(said - configured) > share * configured) {
            found.add(name + " " + number(said) + ", configured " + number(configured));
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }

    /** The image of the configured channel, or null when it is not there. */
    @Nullable
    StreamImage choose(StreamMessage.Image message) {
        return channel.isEmpty()
                ? message.channels().values().iterator().next()
                : message.channels().get(channel);
    }

    boolean fits(StreamImage image) {
        return image.rows() == rows && image.columns() == columns && image.format() == format;
    }

    /** The image in words, for example {@code 4362x4148 uint16}. */
    String words() {
        return rows + "x" + columns + " " + dtype(format);
    }

    /** A kind of pixels in the detectors' words. */
    static String dtype(PixelFormat format) {
        return switch (format) {
            case U8 -> "uint8";
            case U16 -> "uint16";
            case U32 -> "uint32";
            case I16 -> "int16";
            case I32 -> "int32";
            case F32 -> "float32";
        };
    }
}
