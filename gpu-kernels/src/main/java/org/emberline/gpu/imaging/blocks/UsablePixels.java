package org.emberline.gpu.imaging.blocks;

import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.ImagingPlan;

/** Which pixels of a plan are usable, and which blocks consist of nothing else. */
public final class UsablePixels {
    private final byte[] usable;
    private final boolean[] plain;
    private final int count;
    private final double typicalFlat;

    /**
     * Looks at every pixel.
     *
     * @throws IllegalArgumentException when no pixel is usable
     */
    public UsablePixels(ImagingPlan plan) {
        usable = new byte[plan.shape().pixels()];
        int found = 0;
        double logarithms = 0;
        for (int pixel = 0; pixel < usable.length; pixel++) {
            usable[pixel] = (byte) (plan.usable(pixel) ? 1 : 0);
            if (usable[pixel] != 0) {
                found++;
                logarithms += Math.log((double) plan.flatfield().before()[pixel]
                        - plan.flatfield().dark()[pixel]);
            }
        }
        if (found == 0) {
            throw new IllegalArgumentException(
                    "no pixel can be used: each is masked, or its flat is not above its dark, or not a number pixels="
                            + usable.length);
        }
        count = found;
        typicalFlat = Math.exp(logarithms / found);
        ImageShape small = plan.smallShape();
        plain = new boolean[small.pixels()];
        for (int block = 0; block < plain.length; block++) {
            plain[block] = isPlain(plan, block / small.columns(), block % small.columns());
        }
    }

    private boolean isPlain(ImagingPlan plan, int blockRow, int blockColumn) {
        int factor = plan.factor();
        for (int row = blockRow * factor; row < (blockRow + 1) * factor; row++) {
            for (int column = blockColumn * factor; column < (blockColumn + 1) * factor; column++) {
                int pixel = row * plan.shape().columns() + column;
                if (usable[pixel] == 0 || plan.flatfield().dark()[pixel] < 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** 1 for every usable pixel, 0 for the others. The live array. */
    public byte[] usable() {
        return usable;
    }

    /** Number of usable pixels. */
    public int count() {
        return count;
    }

    /** Geometric mean of the first flat less the dark, over usable pixels. */
    public double typicalFlat() {
        return typicalFlat;
    }

    /** Whether a block holds nothing but usable pixels whose dark is not negative. */
    public boolean plain(int block) {
        return plain[block];
    }
}
