package org.emberline.gpu.cells;

import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.Ring;
import org.emberline.gpu.RingBins;
import org.emberline.gpu.RingCounts;

/**
 * Counts of one ring. With G, D, V1 the sums over the ring's bins and F, Df, V1f those over the flanks' (raw, dark, normalisation):
 * net = G - D - (F - Df) V1 / V1f, and its variance by the rules of propagation.
 */
final class RingSums {
    private final RingBins bins;
    private final boolean background;

    RingSums(Ring ring, RadialAxis axis) {
        bins = RingBins.of(ring, axis);
        background = ring.background() > 0;
    }

    /** Writes one sector. */
    void sector(int sector, SectorSums row, int binsPerSector, Tally cells, RingCounts into) {
        double gross = 0;
        double dark = 0;
        double variance = 0;
        double norm = 0;
        double pixels = 0;
        int place = sector * binsPerSector;
        for (int b = bins.first(); b < bins.end(); b++) {
            gross += row.raw[b];
            dark += cells.dark[place + b];
            variance += row.raw[b] + cells.darkVariance[place + b];
            norm += cells.normalisation[place + b];
            pixels += cells.count[place + b];
        }
        into.gross()[sector] = gross;
        into.normalisation()[sector] = norm;
        into.pixels()[sector] = pixels;
        into.net()[sector] = pixels > 0 ? gross - dark : Double.NaN;
        into.netVariance()[sector] = pixels > 0 ? variance : Double.NaN;
        if (background) {
            subtract(sector, row, place, cells, into);
        }
    }

    private void subtract(int sector, SectorSums row, int place, Tally cells, RingCounts into) {
        double net = 0;
        double variance = 0;
        double norm = 0;
        for (int b = bins.innerFirst(); b < bins.outerEnd(); b++) {
            if (b < bins.first() || b >= bins.end()) {
                net += row.raw[b] - cells.dark[place + b];
                variance += row.raw[b] + cells.darkVariance[place + b];
                norm += cells.normalisation[place + b];
            }
        }
        double ratio = norm > 0 ? into.normalisation()[sector] / norm : Double.NaN;
        into.net()[sector] -= net * ratio;
        into.netVariance()[sector] += variance * ratio * ratio;
    }
}
