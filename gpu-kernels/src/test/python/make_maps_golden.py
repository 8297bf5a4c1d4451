#!/usr/bin/env python3
"""Reference results for the arithmetic on maps, by numpy and scipy (made with numpy 1.24.2, scipy 1.10.1).

    python3 make_maps_golden.py > ../resources/org/emberline/gpu/imaging/maps/maps-golden.csv

Each line is a name, the rows, the columns, and the values row by row; nan marks unknown pixels. The map is rounded to single precision
first, so that both sides compute from the same numbers.
"""
import numpy as np
from scipy import ndimage, signal

ROWS, COLUMNS = 27, 40
LOCAL_RADIUS = 3
LARGEST_DISC = 6
LARGEST_LAG = 9


def write(name, values):
    values = np.atleast_2d(values)
    text = ",".join("nan" if np.isnan(v) else repr(float(v)) for v in values.ravel())
    print(f"{name},{values.shape[0]},{values.shape[1]},{text}")


def make_map(random):
    smooth = ndimage.gaussian_filter(random.standard_normal((ROWS, COLUMNS)), 1.7)
    values = 1 + 2 * smooth + 0.05 * random.standard_normal((ROWS, COLUMNS))
    values[random.random((ROWS, COLUMNS)) < 0.03] = np.nan
    values[10:13, 20:24] = np.nan
    return values.astype(np.float32).astype(float)


def local_mean(values):
    known = ~np.isnan(values)
    box = np.ones((2 * LOCAL_RADIUS + 1,) * 2)
    sums = ndimage.convolve(np.where(known, values, 0), box, mode="constant")
    counts = ndimage.convolve(known.astype(float), box, mode="constant")
    with np.errstate(invalid="ignore", divide="ignore"):
        return values - sums / counts


def opening(values, radius):
    y, x = np.mgrid[-radius:radius + 1, -radius:radius + 1]
    disc = x * x + y * y <= radius * radius
    known = ~np.isnan(values)
    eroded = ndimage.grey_erosion(np.where(known, values, np.inf), footprint=disc, mode="constant", cval=np.inf)
    opened = ndimage.grey_dilation(eroded, footprint=disc, mode="constant", cval=-np.inf)
    return np.where(known, opened, np.nan)


def autocovariance(values):
    known = ~np.isnan(values)
    centred = np.where(known, values - np.nanmean(values), 0)
    products = signal.correlate(centred, centred, mode="full", method="direct")
    pairs = signal.correlate(known.astype(float), known.astype(float), mode="full", method="direct")
    y, x = np.mgrid[-ROWS + 1:ROWS, -COLUMNS + 1:COLUMNS]
    distance = np.hypot(x, y)
    rings = np.floor(distance + 0.5).astype(int)
    inside = rings <= LARGEST_LAG
    sums = np.bincount(rings[inside], products[inside])
    counts = np.bincount(rings[inside], pairs[inside])
    radii = np.bincount(rings[inside], (pairs * distance)[inside])
    return sums / counts, radii / counts


def least_squares_flux(change):
    """Least squares with the Laplacian as a matrix: nothing of cosines in it."""
    size = change.size
    index = np.arange(size).reshape(change.shape)
    laplace = np.zeros((size, size))
    for a, b in ((index[:-1], index[1:]), (index[:, :-1], index[:, 1:])):
        for i, j in zip(a.ravel(), b.ravel()):
            laplace[i, i] -= 1
            laplace[j, j] -= 1
            laplace[i, j] += 1
            laplace[j, i] += 1
    known = ~np.isnan(change)
    right = np.where(known, change - np.nanmean(change), 0)
    potential = np.linalg.lstsq(laplace, right.ravel(), rcond=None)[0].reshape(change.shape)
    down = np.zeros(change.shape)
    across = np.zeros(change.shape)
    down[:-1] = potential[:-1] - potential[1:]
    across[:, :-1] = potential[:, :-1] - potential[:, 1:]
    return down, across


def gini(values):
    c = values[~np.isnan(values)]
    return np.abs(c[:, None] - c[None, :]).sum() / (2 * c.size**2 * c.mean())


def morans_i(values):
    known = ~np.isnan(values)
    d = np.where(known, values - np.nanmean(values), 0)
    ring = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], float)
    cross = (d * ndimage.convolve(d, ring, mode="constant")).sum()
    weight = (known * ndimage.convolve(known.astype(float), ring, mode="constant")).sum()
    return known.sum() / weight * cross / (d * d).sum()


def otsu(counts):
    best = (-1, None, None)
    x = np.arange(len(counts)) + 0.5
    samples = np.repeat(x, counts)
    for k in range(1, len(counts)):
        low, high = samples[samples < k], samples[samples >= k]
        if low.size and high.size:
            between = low.size * high.size / samples.size**2 * (low.mean() - high.mean())**2
            best = max(best, (between, k, between / samples.var()))
    return best


def main():
    random = np.random.default_rng(20)
    values = make_map(random)
    write("map", values)
    write("local_mean", local_mean(values))
    for radius in range(1, LARGEST_DISC + 1):
        write(f"opening{radius}", opening(values, radius))
    covariance, radii = autocovariance(values)
    write("covariance", covariance)
    write("radii", radii)
    chosen = values > 1.1
    for name, structure in (("regions4", ndimage.generate_binary_structure(2, 1)),
                            ("regions8", ndimage.generate_binary_structure(2, 2))):
        labels, _ = ndimage.label(chosen, structure)
        write(name, labels.astype(float))
    down, across = least_squares_flux(values)
    write("flux_down", down)
    write("flux_across", across)
    write("gini", gini(values))
    write("morans_i", morans_i(values))
    counts = random.poisson(50 * np.exp(-((np.arange(40) - 9) / 4.0)**2) + 80 * np.exp(-((np.arange(40) - 27) / 6.0)**2))
    between, edge, separability = otsu(counts)
    write("otsu_counts", counts.astype(float))
    write("otsu", np.array([edge, separability]))


main()
