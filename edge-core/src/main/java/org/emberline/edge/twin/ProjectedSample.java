package org.emberline.edge.twin;

import java.util.Arrays;

/**
 * The agglomerate's shadow before any optics: thickness of metal as dense layered oxide, and barium by area, each the mean over its
 * pixel. The field's centre is the origin. One thread; allocates nothing per drawing.
 *
 * <p>Mass. The solid is traced with 2 x 2 rays per pixel, also outside the field; the sum of all rays misses the solid's volume by the
 * error of that quadrature, which {@link #correction} tells (within 1e-3 of 1), and all rays are scaled by it, so that the whole
 * shadow holds the metal to rounding. Barium is placed by pool: spheres are integrated exactly, a film is divided by its own area, what
 * is dissolved follows the metal.
 */
final class ProjectedSample {
    private static final int RAYS = 2;
    /** Pixels per edge of a tile of rays that share their list of grains. */
    private static final int TILE = 8;

    private final int rows;
    private final int columns;
    private final double pixel;
    private final Agglomerate agglomerate;
    private final BariumPools pools;
    private final SphereShadow spheres;
    private final BoundaryFilm film;
    private final double[] oxide;
    private final double[] barium;
    private final int[] label;
    private final double[] shares;
    private double correction;

    ProjectedSample(RadiographSettings settings, Agglomerate agglomerate, BariumPools pools) {
        rows = settings.camera().rows();
        columns = settings.camera().columns();
        pixel = settings.camera().pixelNanometres() * 1e-3;
        this.agglomerate = agglomerate;
        this.pools = pools;
        spheres = new SphereShadow(rows, columns, pixel);
        film = new BoundaryFilm(rows, columns, pixel, settings.sample().grains());
        oxide = new double[rows * columns];
        barium = new double[rows * columns];
        label = new int[rows * columns];
        shares = new double[settings.sample().grains()];
    }

    /** Draws the agglomerate as it is, turned about the field's centre and then moved. */
    void draw(double x, double y, double radians) {
        agglomerate.grains().place(x, y, radians);
        drawOxide();
        drawBarium(x, y, radians);
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    double pixelMicrometres() {
        return pixel;
    }

    /** um of dense layered oxide holding the same metal, row by row. */
    double[] oxide() {
        return oxide;
    }

    /** ug/cm2, row by row. */
    double[] barium() {
        return barium;
    }

    /** The grain with the longest piece of each pixel's rays, -1 where there is none. */
    int[] label() {
        return label;
    }

    /** Volume of each grain of the packing as solid, um3; 0 for one that is gone. */
    double[] grainMicrometres3() {
        return shares;
    }

    /** What the traced volume was multiplied with to be the true one. */
    double correction() {
        return correction;
    }

    /** Share of the boundaries' area that is wetted; 0 without boundaries or without film. */
    double wettedShare() {
        return film.areaMicrometres2() > 0 ? film.wettedMicrometres2() / film.areaMicrometres2() : 0;
    }

    private void drawOxide() {
        Arrays.fill(oxide, 0);
        Arrays.fill(label, -1);
        Arrays.fill(shares, 0);
        Grains grains = agglomerate.grains();
        int reach = (int) Math.ceil(grains.envelope() / pixel) + 1;
        int top = (int) Math.floor(grains.centreY() / pixel + rows / 2.0) - reach;
        int left = (int) Math.floor(grains.centreX() / pixel + columns / 2.0) - reach;
        double sum = 0;
        for (int row = top; row < top + 2 * reach + 1; row += TILE) {
            for (int column = left; column < left + 2 * reach + 1; column += TILE) {
                sum += tile(row, column);
            }
        }
        double ray = pixel * pixel / (RAYS * RAYS);
        correction = agglomerate.solidMicrometres3() / (sum * ray);
        double asLayered = correction * agglomerate.layeredMicrometres3() / agglomerate.solidMicrometres3();
        for (int i = 0; i < oxide.length; i++) {
            oxide[i] *= asLayered;
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] *= ray * correction;
        }
    }

    private double tile(int row, int column) {
        RayCaster caster = agglomerate.caster();
        double x0 = (column - columns / 2.0) * pixel;
        double y0 = (row - rows / 2.0) * pixel;
        caster.select(x0, x0 + TILE * pixel, y0, y0 + TILE * pixel);
        double sum = 0;
        for (int r = 0; r < TILE; r++) {
            for (int c = 0; c < TILE; c++) {
                boolean inside = row + r >= 0 && row + r < rows && column + c >= 0 && column + c < columns;
                sum += pixel(x0 + c * pixel, y0 + r * pixel, inside ? (row + r) * columns + column + c : -1);
            }
        }
        return sum;
    }

    private double pixel(double x, double y, int index) {
        RayCaster caster = agglomerate.caster();
        double sum = 0;
        double longest = 0;
        for (int ray = 0; ray < RAYS * RAYS; ray++) {
            double fromLeft = (ray % RAYS + 0.5) / RAYS * pixel;
            int down = ray / RAYS;
            double fromTop = (down + 0.5) / RAYS * pixel;
            sum += caster.trace(x + fromLeft, y + fromTop, shares);
            if (index >= 0 && caster.longest() > longest) {
                longest = caster.longest();
                label[index] = caster.longestOwner();
            }
        }
        if (index >= 0) {
            oxide[index] = sum / (RAYS * RAYS);
        }
        return sum;
    }

    private void drawBarium(double x, double y, double radians) {
        Arrays.fill(barium, 0);
        film.clear();
        pools.take(agglomerate);
        pools.addParticles(spheres, x, y, radians, barium);
        if (pools.filmMicrograms() > 0) {
            film.spread(agglomerate.grains(), agglomerate.state().bariumCoverage());
            spread();
        }
    }

    /** The film over its own area; all that has no boundary to sit on is dissolved in the solid. */
    private void spread() {
        double pixelCm2 = pixel * pixel * 1e-8;
        boolean wetted = film.wettedMicrometres2() > 0;
        double perArea = wetted ? pools.filmMicrograms() / film.wettedMicrometres2() / pixelCm2 : 0;
        double perThickness = wetted ? 0 : pools.filmMicrograms() / agglomerate.layeredMicrometres3() * 1e8;
        double[] area = film.map();
        for (int i = 0; i < barium.length; i++) {
            barium[i] += perArea * area[i] + perThickness * oxide[i];
        }
    }
}
