package org.emberline.gpu;

/**
 * Equal sectors over {@code [lower, upper)} of the azimuth chi, in pyFAI's convention: degrees, 0 along the fast axis, growing
 * towards the slow axis. Azimuths are taken modulo 360 degrees; a pixel belongs to the sector of its centre and is never shared among
 * sectors. Pixels outside belong to no bin.
 *
 * @param sectors number of sectors, at least 1
 * @param lowerDegrees where the first begins, -360 to 360
 * @param upperDegrees where the last ends, above {@code lowerDegrees} by at most 360
 */
public record AzimuthalAxis(int sectors, double lowerDegrees, double upperDegrees) {
    private static final double CIRCLE = 360;

    /** Every azimuth, undivided. */
    public static final AzimuthalAxis WHOLE = fullCircle(1);

    public AzimuthalAxis {
        if (sectors < 1) {
            throw new IllegalArgumentException("at least one sector is needed npt_azim=" + sectors);
        }
        if (!(lowerDegrees >= -CIRCLE && lowerDegrees <= CIRCLE)) {
            throw new IllegalArgumentException("azimuths begin within -360 to 360 degrees azimuth=" + lowerDegrees);
        }
        if (!(upperDegrees > lowerDegrees && upperDegrees - lowerDegrees <= CIRCLE)) {
            throw new IllegalArgumentException("azimuthal range is empty, inverted or beyond a full circle azimuth="
                    + lowerDegrees + "," + upperDegrees);
        }
    }

    /** That many sectors from -180 to 180 degrees. */
    public static AzimuthalAxis fullCircle(int sectors) {
        return new AzimuthalAxis(sectors, -CIRCLE / 2, CIRCLE / 2);
    }

    /** Whether every azimuth is in the one and only sector. */
    public boolean isWhole() {
        return sectors == 1 && upperDegrees - lowerDegrees == CIRCLE;
    }

    /** The sector of an azimuth in degrees, or -1 when it lies in none. */
    public int sectorOf(double chiDegrees) {
        double width = upperDegrees - lowerDegrees;
        double beyond = chiDegrees - lowerDegrees;
        beyond -= CIRCLE * Math.floor(beyond / CIRCLE);
        if (beyond >= CIRCLE) { // rounding, from a hair below the lower end
            beyond = 0;
        }
        return beyond < width ? Math.min((int) (beyond * (sectors / width)), sectors - 1) : -1;
    }

    /** Middle of a sector, degrees. */
    public double centre(int sector) {
        return lowerDegrees + (sector + 0.5) * (upperDegrees - lowerDegrees) / sectors;
    }
}
