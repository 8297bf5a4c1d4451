package org.emberline.gpu.cpu;

import java.util.Arrays;
import org.emberline.gpu.BinMap;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.Reduction;
import org.jspecify.annotations.Nullable;

/** Pixels that are shared among bins, or are floating-point numbers, summed in double precision. */
final class SharedPixelSums implements BinSums {
    private final BinMap map;
    private final double[] normalisation;
    private final float @Nullable [] dark;
    private final double[] rawSum;
    private final double[] darkSum;
    private final double[] varianceSum;
    private final double[] normSum;
    private final double[] countSum;

    SharedPixelSums(BinMap map, float @Nullable [] dark) {
        this.map = map;
        normalisation = map.normalisation();
        this.dark = dark;
        rawSum = new double[map.bins()];
        darkSum = new double[map.bins()];
        varianceSum = new double[map.bins()];
        normSum = new double[map.bins()];
        countSum = new double[map.bins()];
    }

    @Override
    public void clear() {
        Arrays.fill(rawSum, 0);
        Arrays.fill(darkSum, 0);
        Arrays.fill(varianceSum, 0);
        Arrays.fill(normSum, 0);
        Arrays.fill(countSum, 0);
    }

    @Override
    public void add(FrameRows rows, int firstPixel, int count) {
        double[] row = rows.reals();
        int[] firstBin = map.firstBin();
        for (int i = 0; i < count; i++) {
            int pixel = firstPixel + i;
            int b = firstBin[pixel];
            if (b < 0 || Double.isNaN(row[i])) {
                continue;
            }
            if (map.isSplit()) {
                int[] start = map.shareStart();
                for (int s = start[pixel]; s < start[pixel + 1]; s++) {
                    add(b++, map.share()[s], row[i], pixel);
                }
            } else {
                add(b, 1, row[i], pixel);
            }
        }
    }

    private void add(int b, double share, double raw, int pixel) {
        double variance = Math.max(raw, 1);
        if (dark != null) {
            darkSum[b] += share * dark[pixel];
            variance += Math.max(dark[pixel], 0);
        }
        rawSum[b] += share * raw;
        varianceSum[b] += share * share * variance;
        normSum[b] += share * normalisation[pixel];
        countSum[b] += share;
    }

    @Override
    public void finish(ErrorModel errorModel, Reduction into) {
        for (int b = 0; b < rawSum.length; b++) {
            double variance = errorModel == ErrorModel.POISSON ? varianceSum[b] : Double.NaN;
            into.setBin(b, rawSum[b] - darkSum[b], variance, normSum[b], countSum[b]);
        }
    }
}
