package org.emberline.edge.metrics.imaging;

import java.time.Duration;
import java.util.List;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.metrics.imaging.ImageMetrics.Absorption;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.maps.CubicShift;
import org.emberline.gpu.imaging.maps.PhaseCorrelation;
import org.emberline.gpu.imaging.maps.Shift;

/**
 * The latest radiograph at each energy, laid over the newest one. A set is complete only while all of them were taken within the configured
 * time and temperature of the newest: a dopant is never told from two energies of different temperatures. One thread.
 */
final class EnergySet {
    /** Shifts below this are left alone, pixels: what shifting costs in sharpness would exceed what it mends. */
    private static final double NEGLIGIBLE_SHIFT = 0.1;

    /** Shifts are found to hundredths of a pixel on maps of this size; larger ones are made coarser first. */
    private static final int LARGEST_SIDE = 300;

    private final List<Absorption> energies;
    private final long gapNanos;
    private final double gapKelvin;
    private final double largestShift;
    private final CoarseMap coarse;
    private final PhaseCorrelation registration;
    private final CubicShift shifter;
    private final float[][] latest;
    private final float[][] registered;
    private final double[] noise;
    private final long[] nanos;
    private final double[] celsius;
    private final boolean[] present;

    EnergySet(ImageShape shape, List<Absorption> energies, Duration gap, double gapKelvin, double largestShift) {
        this.energies = List.copyOf(energies);
        this.gapNanos = gap.toNanos();
        this.gapKelvin = gapKelvin;
        this.largestShift = largestShift;
        coarse = CoarseMap.upTo(LARGEST_SIDE, shape);
        registration = new PhaseCorrelation(coarse.shape());
        shifter = new CubicShift(shape);
        latest = new float[energies.size()][shape.pixels()];
        registered = new float[energies.size()][shape.pixels()];
        noise = new double[energies.size()];
        nanos = new long[energies.size()];
        celsius = new double[energies.size()];
        present = new boolean[energies.size()];
    }

    /** The place of an energy in the set; -1 when it is not one of the configured ones to 1 eV. */
    int indexOf(double kev) {
        for (int k = 0; k < energies.size(); k++) {
            if (Math.abs(energies.get(k).kev() - kev) < 1e-3) {
                return k;
            }
        }
        return -1;
    }

    /** Takes a copy of the newest radiograph. */
    void put(int k, OpticalField field, long midNanos, double temperatureCelsius) {
        System.arraycopy(field.density(), 0, latest[k], 0, latest[k].length);
        noise[k] = field.noise();
        nanos[k] = midNanos;
        celsius[k] = temperatureCelsius;
        present[k] = true;
    }

    /**
     * Lays all radiographs over the one at energy {@code newest}.
     *
     * @return 0, or why there is no set: REFERENCE_MISSING or UNREGISTERED
     */
    long assemble(int newest) {
        for (int k = 0; k < latest.length; k++) {
            if (!present[k] || Math.abs(nanos[newest] - nanos[k]) > gapNanos || !near(celsius[newest], celsius[k])) {
                return FrameFlag.REFERENCE_MISSING.bit();
            }
        }
        coarse.of(latest[newest]);
        registration.reference(coarse.values());
        for (int k = 0; k < latest.length; k++) {
            if (k == newest) {
                System.arraycopy(latest[k], 0, registered[k], 0, latest[k].length);
            } else if (!register(k)) {
                return FrameFlag.UNREGISTERED.bit();
            }
        }
        return 0;
    }

    /** Two unknown temperatures are not known to be near; a set of one energy compares a frame with itself. */
    private boolean near(double newest, double other) {
        return latest.length == 1 || Math.abs(newest - other) <= gapKelvin;
    }

    private boolean register(int k) {
        coarse.of(latest[k]);
        Shift shift = registration.register(coarse.values());
        double rows = coarse.factor() * shift.rows();
        double columns = coarse.factor() * shift.columns();
        double distance = Math.hypot(rows, columns);
        if (!(distance <= largestShift)) {
            return false;
        }
        if (distance < NEGLIGIBLE_SHIFT) {
            System.arraycopy(latest[k], 0, registered[k], 0, latest[k].length);
            return true;
        }
        shifter.move(latest[k], -rows, -columns, registered[k]);
        for (int i = 0; i < registered[k].length; i++) {
            // Beyond the field there is no sample: FIELD_OVERFULL has seen to that.
            registered[k][i] = Float.isNaN(registered[k][i]) ? 0 : registered[k][i];
        }
        return true;
    }

    /** Optical densities in the order of the energies, of a set that was assembled. The live arrays. */
    float[][] densities() {
        return registered;
    }

    /** Noise of a pixel of the empty field, by energy. The live array. */
    double[] noise() {
        return noise;
    }

    int size() {
        return latest.length;
    }
}
