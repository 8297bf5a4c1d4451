package org.emberline.gpu.imaging;

/**
 * One level of the preview pyramid. Pixels at the far edges may stand for less than a whole square of the level below.
 *
 * @param shape of the level
 * @param factor downsampled pixels of {@link ImageReduction#opticalDensity} per pixel of the level along each axis: 2, 4, 8 ...
 * @param opticalDensity mean optical density over valid detector pixels, NaN where there is none; the live array
 * @param validPixels valid detector pixels per pixel; the live array
 */
public record PreviewLevel(ImageShape shape, int factor, float[] opticalDensity, int[] validPixels) {

    PreviewLevel(ImageShape shape, int factor) {
        this(shape, factor, new float[shape.pixels()], new int[shape.pixels()]);
    }
}
