package org.emberline.edge.app;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emberline.gpu.imaging.FlatScaling;
import org.emberline.gpu.imaging.ImageShape;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The option {@code --scale}.
 *
 * @param text as the user wrote it
 * @param region what is empty, or null
 */
record FlatfieldScale(String text, FlatScaling.@Nullable Region region) {
    static final String NONE = "none";
    private static final String RIM = "rim";
    /** The shorter side of the image over the width of its rim. */
    private static final int RIMS_PER_SIDE = 20;

    private static final String NUMBER = "(\\d{1,9})";
    private static final Pattern REGION =
            Pattern.compile("region=" + NUMBER + "," + NUMBER + "," + NUMBER + "," + NUMBER);

    /** Whether the flat is scaled at all. */
    boolean scales() {
        return !text.equals(NONE);
    }

    /** For images that have this shape once they are downsampled. */
    FlatScaling of(ImageShape small) {
        if (region != null) {
            return region;
        }
        int shorter = Math.min(small.rows(), small.columns());
        return scales() ? new FlatScaling.Rim(Math.max(1, shorter / RIMS_PER_SIDE)) : FlatScaling.NONE;
    }

    /** Reads the option. */
    static final class Converter implements ITypeConverter<FlatfieldScale> {
        @Override
        public FlatfieldScale convert(String text) {
            Matcher matcher = REGION.matcher(text);
            if (matcher.matches()) {
                int[] numbers = new int[4];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = Integer.parseInt(matcher.group(i + 1));
                }
                if (numbers[2] > 0 && numbers[3] > 0) {
                    return new FlatfieldScale(
                            text, new FlatScaling.Region(numbers[0], numbers[1], numbers[2], numbers[3]));
                }
            } else if (text.equals(NONE) || text.equals(RIM)) {
                return new FlatfieldScale(text, null);
            }
            throw new TypeConversionException(
                    "must be none, rim or region=ROW,COL,ROWS,COLS with ROWS and COLS of 1 or more, is \"" + text
                            + "\"");
        }
    }
}
