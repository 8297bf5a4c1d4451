package org.emberline.gpu;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The result of one frame, written over and over by a {@link Reducer}. Arrays have one entry per radial bin. One thread at a
 * time; whoever wants to keep values copies them.
 */
public final class Reduction {
    private final double[] intensity;
    private final double[] sigma;
    private final double[] deviation;
    private final double[] count;
    private final @Nullable Cake cake;
    private final Optional<Cake> optionalCake;
    private final List<RingCounts> rings;
    private double totalCounts;
    private long validPixels;
    private long saturatedPixels;

    /** Room for a pattern of {@code bins} bins; every bin starts empty. */
    public Reduction(int bins) {
        this(bins, null, List.of());
    }

    /** Room for all that the plan asks for. */
    public static Reduction of(IntegrationPlan plan) {
        return of(plan.axis().bins(), plan.sectors());
    }

    /** Room for a pattern of {@code bins} bins and for what is wanted of the azimuth. */
    public static Reduction of(int bins, Sectors sectors) {
        int count = sectors.axis().sectors();
        List<RingCounts> rings = sectors.rings().stream()
                .map(ring -> new RingCounts(ring, count))
                .toList();
        return new Reduction(bins, sectors.cake() ? new Cake(bins, count) : null, rings);
    }

    private Reduction(int bins, @Nullable Cake cake, List<RingCounts> rings) {
        intensity = new double[bins];
        sigma = new double[bins];
        deviation = new double[bins];
        count = new double[bins];
        this.cake = cake;
        optionalCake = Optional.ofNullable(cake); // once: asking for it costs no heap memory
        this.rings = rings;
        clear();
    }

    /** Mean corrected counts per pixel, divided by the monitor, in each bin; NaN in an empty bin. The live array, not a copy. */
    public double[] intensity() {
        return intensity;
    }

    /**
     * Standard error of {@link #intensity} (pyFAI's "sem"); NaN in an empty bin, under {@link ErrorModel#NONE}, and under
     * {@link ErrorModel#AZIMUTHAL} where a single pixel has no scatter. The live array.
     */
    public double[] sigma() {
        return sigma;
    }

    /** Standard deviation of a pixel's corrected counts within the bin (pyFAI's "std"); NaN as {@link #sigma}. The live array. */
    public double[] deviation() {
        return deviation;
    }

    /** Number of pixels in each bin (fractional when pixels are split); 0 marks an empty bin. The live array. */
    public double[] count() {
        return count;
    }

    /** The cake, when the plan asks for one. */
    public Optional<Cake> cake() {
        return optionalCake;
    }

    /** The counts of the plan's rings, in its order. */
    public List<RingCounts> rings() {
        return rings;
    }

    /** Sum of the raw counts of all valid pixels of the frame, inside the radial range or not. */
    public double totalCounts() {
        return totalCounts;
    }

    /** Pixels that are neither masked nor invalid in this frame, inside the radial range or not. */
    public long validPixels() {
        return validPixels;
    }

    /** Pixels at or above the saturation value that are not masked; dropped from the sums or not. */
    public long saturatedPixels() {
        return saturatedPixels;
    }

    /** Sets the figures of the whole frame. */
    public void frameTotals(double newTotalCounts, long newValidPixels, long newSaturatedPixels) {
        totalCounts = newTotalCounts;
        validPixels = newValidPixels;
        saturatedPixels = newSaturatedPixels;
    }

    /**
     * Checks that this is room for what the plan asks for.
     *
     * @throws IllegalArgumentException otherwise
     */
    public void requireRoomFor(IntegrationPlan plan) {
        int bins = plan.axis().bins();
        if (intensity.length != bins) {
            throw new IllegalArgumentException("the reduction has room for " + intensity.length + " bins, npt=" + bins);
        }
        int sectors = plan.sectors().axis().sectors();
        boolean cakeFits = !plan.sectors().cake() || (cake != null && cake.sectors() == sectors);
        if (!cakeFits || rings.size() != plan.sectors().rings().size()) {
            throw new IllegalArgumentException("the reduction has no room for the plan's cake and rings npt_azim="
                    + sectors + ", rings=" + plan.sectors().rings().size());
        }
    }

    /** Back to all bins empty and totals zero. */
    public void clear() {
        Arrays.fill(intensity, Double.NaN);
        Arrays.fill(sigma, Double.NaN);
        Arrays.fill(deviation, Double.NaN);
        Arrays.fill(count, 0);
        if (cake != null) {
            cake.clear();
        }
        for (int i = 0; i < rings.size(); i++) { // an iterator would be garbage of every frame until this is compiled
            rings.get(i).clear();
        }
        frameTotals(0, 0, 0);
    }
}
