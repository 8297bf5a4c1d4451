package org.emberline.gpu.cells;

import java.util.stream.IntStream;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.Reduction;
import org.emberline.gpu.RingFilter;
import org.emberline.gpu.Sectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns the sums of a frame into its pattern, cake and ring counts; the same code for every backend. With raw sums A, constants D
 * (dark) and V1 (normalisation) and the monitor m: intensity = (A - D) / (V1 m).
 *
 * <p>Used so: {@link #part} for every part, by as many threads as there are parts, then {@link #conclude} by one. Allocates nothing.
 */
public final class Finisher {
    private final IntegrationPlan plan;
    private final CellMap map;
    private final CellConstants constants;
    private final Sigmas sigmas;
    private final boolean azimuthal;
    private final SectorSums[] rows;
    private final SectorSums[] patterns;
    private final RingSums[] rings;
    private final @Nullable RingSieve sieve;

    /** @param parts how many threads share the work, at least 1 */
    public Finisher(IntegrationPlan plan, CellMap map, CellConstants constants, int parts) {
        this.plan = plan;
        this.map = map;
        this.constants = constants;
        Sectors sectors = plan.sectors();
        sigmas = new Sigmas(plan.errorModel(), map.isSplit());
        azimuthal = plan.errorModel() == ErrorModel.AZIMUTHAL;
        rows = sums(parts);
        patterns = sums(parts);
        rings = sectors.rings().stream()
                .map(ring -> new RingSums(ring, plan.axis()))
                .toArray(RingSums[]::new);
        sieve = sectors.filter() instanceof RingFilter.None ? null : new RingSieve(plan, constants);
    }

    private SectorSums[] sums(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SectorSums(map.bins(), !map.isSplit() && plan.errorModel() == ErrorModel.POISSON))
                .toArray(SectorSums[]::new);
    }

    /** Deals with every sector of one part, 0 to parts - 1. */
    public void part(int part, CellSums sums, double monitor, Reduction into) {
        SectorSums row = rows[part];
        SectorSums pattern = patterns[part];
        int end = map.sectors() * (part + 1) / patterns.length;
        pattern.clear();
        for (int sector = map.sectors() * part / patterns.length; sector < end; sector++) {
            sums.sector(sector, row.raw, row.second, row.cross);
            pattern.add(row, azimuthal);
            if (plan.sectors().cake()) {
                cake(sector, row, monitor, into);
            }
            for (int r = 0; r < rings.length; r++) {
                rings[r].sector(
                        sector, row, map.bins(), constants.cells(), into.rings().get(r));
            }
            if (sieve != null) {
                sieve.keep(sector, row);
            }
        }
    }

    private void cake(int sector, SectorSums row, double monitor, Reduction into) {
        if (into.cake().isEmpty()) {
            return;
        }
        int bins = map.bins();
        int first = sector * bins;
        Tally cells = constants.cells();
        double[] intensity = into.cake().get().intensity();
        double[] sigma = into.cake().get().sigma();
        if (into.cake().get().countStamp() != constants.stamp()) {
            System.arraycopy(cells.count, first, into.cake().get().count(), first, bins);
        }
        if (row.oneSum) {
            Sigmas.wholePoissonCells(row.raw, cells, first, 1 / monitor, intensity, sigma);
            return;
        }
        double perMonitor = 1 / monitor;
        for (int b = 0; b < bins; b++) {
            intensity[first + b] = (row.raw[b] - cells.dark[first + b]) * cells.inverse[first + b] * perMonitor;
        }
        sigmas.standardErrors(row, cells, first, monitor, sigma);
    }

    /** Writes the pattern and the totals; the parts must be done. */
    public void conclude(CellSums sums, double monitor, Reduction into) {
        SectorSums pattern = patterns[0];
        for (int part = 1; part < patterns.length; part++) {
            pattern.add(patterns[part], azimuthal);
        }
        Tally bins = constants.bins();
        for (int b = 0; b < map.bins(); b++) {
            boolean empty = Double.isNaN(bins.inverse[b]);
            into.intensity()[b] =
                    empty ? Double.NaN : (pattern.raw[b] - bins.dark[b]) / (bins.normalisation[b] * monitor);
        }
        System.arraycopy(bins.count, 0, into.count(), 0, map.bins());
        sigmas.standardErrors(pattern, bins, 0, monitor, into.sigma());
        Sigmas.deviations(bins, into.sigma(), into.deviation());
        if (sieve != null) {
            sieve.pattern(monitor, into);
        }
        if (plan.sectors().cake() && into.cake().isPresent()) {
            into.cake().get().countStamp(constants.stamp());
        }
        into.frameTotals(sums.totalCounts(pattern.total()), constants.validPixels(), sums.saturatedPixels());
    }
}
