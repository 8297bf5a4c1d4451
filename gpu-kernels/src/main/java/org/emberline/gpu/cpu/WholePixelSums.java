package org.emberline.gpu.cpu;

import java.util.Arrays;
import org.emberline.gpu.BinMap;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.Reduction;
import org.jspecify.annotations.Nullable;

/** Integer pixels that count wholly in one bin: raw counts, their variance and the pixels are summed exactly. */
final class WholePixelSums implements BinSums {
    private final int[] bin;
    private final double[] normalisation;
    private final float @Nullable [] dark;
    private final long[] rawSum;
    private final long[] varianceSum;
    private final long[] pixels;
    private final double[] normSum;
    private final double[] darkSum;
    private final double[] darkVarianceSum;

    WholePixelSums(BinMap map, float @Nullable [] dark) {
        bin = map.firstBin();
        normalisation = map.normalisation();
        this.dark = dark;
        rawSum = new long[map.bins()];
        varianceSum = new long[map.bins()];
        pixels = new long[map.bins()];
        normSum = new double[map.bins()];
        darkSum = new double[map.bins()];
        darkVarianceSum = new double[map.bins()];
    }

    @Override
    public void clear() {
        Arrays.fill(rawSum, 0);
        Arrays.fill(varianceSum, 0);
        Arrays.fill(pixels, 0);
        Arrays.fill(normSum, 0);
        Arrays.fill(darkSum, 0);
        Arrays.fill(darkVarianceSum, 0);
    }

    @Override
    public void add(FrameRows rows, int firstPixel, int count) {
        long[] row = rows.integers();
        for (int i = 0; i < count; i++) {
            int pixel = firstPixel + i;
            int b = bin[pixel];
            if (b >= 0 && row[i] != FrameRows.INVALID) {
                rawSum[b] += row[i];
                varianceSum[b] += Math.max(row[i], 1);
                pixels[b]++;
                normSum[b] += normalisation[pixel];
                if (dark != null) {
                    darkSum[b] += dark[pixel];
                    darkVarianceSum[b] += Math.max(dark[pixel], 0);
                }
            }
        }
    }

    @Override
    public void finish(ErrorModel errorModel, Reduction into) {
        for (int b = 0; b < rawSum.length; b++) {
            double variance =
                    errorModel == ErrorModel.POISSON ? (double) varianceSum[b] + darkVarianceSum[b] : Double.NaN;
            into.setBin(b, (double) rawSum[b] - darkSum[b], variance, normSum[b], (double) pixels[b]);
        }
    }
}
