package org.emberline.gpu.imaging.maps;

/**
 * How far a map's content lies from the reference's.
 *
 * @param rows pixels towards higher rows: {@code map(row, column) = reference(row - rows, column - columns)}
 * @param columns pixels towards higher columns
 * @param peak height of the correlation's peak, 1 for a perfect copy, near 0 for strangers: the measure of trust; NaN when one of the
 *     maps is constant or unknown, and then rows and columns are NaN, too
 */
public record Shift(double rows, double columns, double peak) {}
