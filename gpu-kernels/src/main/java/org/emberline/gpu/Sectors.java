package org.emberline.gpu;

import java.util.List;

/**
 * What is wanted of the azimuth, besides the pattern.
 *
 * @param axis the sectors
 * @param cake whether the cake (radius x azimuth) is delivered with each frame
 * @param rings rings whose counts are wanted sector by sector
 * @param filter what of each ring counts in the pattern
 */
public record Sectors(AzimuthalAxis axis, boolean cake, List<Ring> rings, RingFilter filter) {

    /** The pattern over the whole circle and nothing else. */
    public static final Sectors NONE = new Sectors(AzimuthalAxis.WHOLE, false, List.of(), RingFilter.NONE);

    public Sectors {
        rings = List.copyOf(rings);
    }

    /** The cake besides the pattern. */
    public static Sectors cake(AzimuthalAxis axis) {
        return new Sectors(axis, true, List.of(), RingFilter.NONE);
    }

    /** These with rings. */
    public Sectors withRings(List<Ring> wanted) {
        return new Sectors(axis, cake, wanted, filter);
    }

    /** These with a filter of the pattern. */
    public Sectors withFilter(RingFilter wanted) {
        return new Sectors(axis, cake, rings, wanted);
    }
}
