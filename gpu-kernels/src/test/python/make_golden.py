#!/usr/bin/env python3
"""Writes the reference files of GoldenTest. Needs numpy and pyFAI 0.21.3 (Debian 12: python3-pyfai).

usage: make_golden.py FOLDER      (FOLDER is gpu-kernels/src/test/resources/org/emberline/gpu)

Per case FOLDER/golden-CASE.csv: a line of names and a line of values that say what to compute, then one line per bin with
  count64,I64,sigma64   double precision, computed below pixel by pixel, independent of pyFAI and of the Java code
  countP,IP,sigmaP      pyFAI's own answer (radii and sums of single precision pixels)
Empty bins have count 0 and "nan". pyFAI takes every pixel's variance for at least 1, which is too much where counts are low: its sigma
is compared only in bins without pixels below 1, and "nan" in the others. Of the azimuthal error model it leaves out the divisor
1 - sum(w^2) / sum(w)^2, which is put in here. The frame, dark, flat and mask are stored beside them, little-endian, row by row.
"""
import logging
import math
import sys
from pathlib import Path

import numpy
import pyFAI
from pyFAI.azimuthalIntegrator import AzimuthalIntegrator
from pyFAI.detectors import Detector

SHAPE = (61, 83)
PIXEL = (1.0e-4, 1.3e-4)
GEOMETRY = dict(dist=0.02, poni1=0.0031, poni2=0.0052, rot1=0.02, rot2=-0.015, rot3=0.3, wavelength=0.7e-10)


def random_numbers(seed):
    """Uniform numbers in [0, 1) by a linear congruential generator, the same on every machine."""
    state = seed
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield (state >> 11) / 2**53


def uniform(seed, low, high):
    source = random_numbers(seed)
    values = [low + (high - low) * next(source) for _ in range(SHAPE[0] * SHAPE[1])]
    return numpy.array(values).reshape(SHAPE)


def frames():
    u16 = (1 + uniform(1, 0, 1) ** 4 * 3000).astype("<u2")
    i32 = u16.astype("<i4") * 7
    i32[uniform(2, 0, 1) < 0.08] = -1
    i32[20:23, :] = -2
    return {"u16": u16, "i32": i32}


def lab(geometry, v, u, pixel=PIXEL):
    """(t1, t2, t3) and (y, x) of places in pixels on the sensor, double precision."""
    c1, c2, c3 = (math.cos(geometry[r]) for r in ("rot1", "rot2", "rot3"))
    s1, s2, s3 = (math.sin(geometry[r]) for r in ("rot1", "rot2", "rot3"))
    y = v * pixel[0] - geometry["poni1"]
    x = u * pixel[1] - geometry["poni2"]
    z = geometry["dist"]
    t1 = y * c2 * c3 + x * (c3 * s1 * s2 - c1 * s3) - z * (c1 * c3 * s2 + s1 * s3)
    t2 = y * c2 * s3 + x * (c1 * c3 + s1 * s2 * s3) - z * (-(c3 * s1) + c1 * s2 * s3)
    t3 = y * s2 - x * c2 * s1 + z * c1 * c2
    return t1, t2, t3, y, x


def radius(geometry, unit, v, u, held="double"):
    """held: "double", or how pyFAI holds it for bounding boxes: "centre" (places in single precision), "corner" (the coordinate)."""
    if held == "corner":
        value = radius(geometry, unit, v, u)
        unit_held = {"q_A^-1": 10, "2th_deg": math.pi / 180, "r_mm": 1e-3}.get(unit, 1)
        return (value * unit_held).astype(numpy.float32).astype(float) / unit_held
    if held == "centre":
        single = numpy.float32
        y = v.astype(single) * single(PIXEL[0]) - single(geometry["poni1"])
        x = u.astype(single) * single(PIXEL[1]) - single(geometry["poni2"])
        v, u = (y.astype(float) + geometry["poni1"]) / PIXEL[0], (x.astype(float) + geometry["poni2"]) / PIXEL[1]
    t1, t2, t3, _, _ = lab(geometry, v, u)
    r = numpy.hypot(t1, t2)
    tth = numpy.arctan2(r, t3)
    q = 4 * math.pi / geometry["wavelength"] * numpy.sin(tth / 2)
    return {"q_A^-1": 1e-10 * q, "q_nm^-1": 1e-9 * q, "2th_deg": numpy.degrees(tth), "2th_rad": tth, "r_mm": 1e3 * r}[unit]


def normalisation(case, geometry, v, u, flat):
    t1, t2, t3, y, x = lab(geometry, v, u)
    norm = flat.copy() if case["flat"] else numpy.ones(SHAPE)
    if case["solid_angle"]:
        norm = norm * (geometry["dist"] / numpy.sqrt(x * x + y * y + geometry["dist"] ** 2)) ** 3
    if case["polarization"] is not None:
        tth, chi = numpy.arctan2(numpy.hypot(t1, t2), t3), numpy.arctan2(t1, t2)
        cos2 = numpy.cos(tth) ** 2
        norm = norm * 0.5 * (1 + cos2 - case["polarization"] * numpy.cos(2 * chi) * (1 - cos2))
    return norm


def sensor_places(case):
    """The place on the sensor of each pixel in memory, and the four places of its corners."""
    i, j = numpy.mgrid[0 : SHAPE[0], 0 : SHAPE[1]].astype(float)
    if case["flip"]:
        i = SHAPE[0] - 1 - i
    if case["orientation"] in (1, 2):
        i = SHAPE[0] - 1 - i
    if case["orientation"] in (1, 4):
        j = SHAPE[1] - 1 - j
    return (i + 0.5, j + 0.5), [(i + a, j + b) for a in (0, 1) for b in (0, 1)]


def shares(case, geometry):
    """Yields (pixel, bin, share)."""
    (v, u), corners = sensor_places(case)
    n, lo, hi = case["bins"], case["lower"], case["upper"]
    boxes = case["split"] == "bbox"
    centre = radius(geometry, case["unit"], v, u, "centre" if boxes else "double")
    places = [radius(geometry, case["unit"], *corner, "corner") for corner in corners]
    reach = numpy.max([abs(place - centre) for place in places], axis=0)
    for p, (c, d) in enumerate(zip(centre.ravel(), reach.ravel())):
        if case["split"] == "no":
            if lo <= c <= hi:
                yield p, min(int((c - lo) * (n / (hi - lo))), n - 1), 1.0
            continue
        a, b = (c - d - lo) / (hi - lo) * n, (c + d - lo) / (hi - lo) * n
        if b < 0 or a > n:
            continue
        first, last = max(math.floor(a), 0), min(math.floor(b), n - 1)
        for k in range(first, last + 1):
            left = a if k == first else k
            right = b if k == last else k + 1
            yield p, k, (right - left) / (b - a)


def double_precision(case, geometry, data):
    valid = ~data["invalid"].ravel()
    (v, u), _ = sensor_places(case)
    norm = normalisation(case, geometry, v, u, data["flat"].astype(float)).ravel()
    raw = data["raw"].astype(float).ravel()
    dark = data["dark"].astype(float).ravel() if case["dark"] else numpy.zeros(raw.size)
    sums = numpy.zeros((6, case["bins"]))
    low = numpy.zeros(case["bins"], dtype=bool)
    parts = [part for part in shares(case, geometry) if valid[part[0]]]
    for p, k, w in parts:
        if valid[p]:
            sums[:, k] += w * (raw[p] - dark[p]), w * w * raw[p], w * norm[p], w, w * w, w * w * max(dark[p], 0)
            low[k] |= raw[p] < 1
    with numpy.errstate(invalid="ignore"):
        one_count = (sums[4] / sums[3]) ** 2
        variance = numpy.maximum(sums[1], one_count) + sums[5]
        if case["error"] == "azimuthal":
            mean, (scatter, squares) = sums[0] / sums[2], numpy.zeros((2, case["bins"]))
            for p, k, w in parts:
                scatter[k] += (w * (raw[p] - dark[p] - mean[k] * norm[p])) ** 2
                squares[k] += (w * norm[p]) ** 2
            freedom = 1 - squares / sums[2] ** 2
            variance = numpy.where(freedom > 1e-9, scatter / freedom, numpy.nan)
            # pyFAI 0.21.3 weights squares by w norm, which is the variance of a mean only where all weights are alike.
            low[:] = numpy.ptp(norm[valid]) > 1e-9 or case["split"] != "no"
        else:
            freedom = numpy.ones(case["bins"])
        return (sums[3], sums[0] / sums[2], numpy.sqrt(variance) / sums[2]), low, freedom


def by_pyfai(case, geometry, data):
    """pyFAI 0.21.3 knows no orientation: the arrays are turned to the default one instead."""

    def turned(array):
        for axis, turn in ((0, case["flip"]), (0, case["orientation"] in (1, 2)), (1, case["orientation"] in (1, 4))):
            array = numpy.flip(array, axis) if turn else array
        return numpy.ascontiguousarray(array)

    engine = ("histogram", "python" if case["split"] == "no" else "cython")
    if case["error"] == "azimuthal":  # which only this engine knows
        engine = ("csr", "cython")
    ai = AzimuthalIntegrator(detector=Detector(*PIXEL, max_shape=SHAPE), **geometry)
    result = ai.integrate1d_ng(
        turned(data["raw"]), case["bins"], unit=case["unit"], radial_range=(case["lower"], case["upper"]),
        method=(case["split"], *engine),
        mask=turned(data["invalid"]).astype(numpy.int8), error_model=case["error"],
        dark=turned(data["dark"]) if case["dark"] else None, flat=turned(data["flat"]) if case["flat"] else None,
        correctSolidAngle=case["solid_angle"], polarization_factor=case["polarization"])
    empty = result.count == 0
    return result.count, numpy.where(empty, numpy.nan, result.intensity), numpy.where(empty, numpy.nan, result.sigma)


DEFAULT = dict(frame="u16", unit="q_A^-1", bins=100, lower=0.2, upper=2.4, split="no", flip=False, orientation=3,
               solid_angle=True, polarization=None, dark=False, flat=False, mask=False, keep_negative=False, error="poisson")
CASES = dict(
    plain=dict(), plain_bbox=dict(split="bbox"),
    corrected=dict(polarization=0.99, dark=True, flat=True, mask=True),
    corrected_bbox=dict(split="bbox", polarization=-0.3, dark=True, flat=True, mask=True, lower=0.0, bins=90),
    gaps=dict(frame="i32", unit="q_nm^-1", lower=1.5, upper=22.0, flip=True),
    negative_bbox=dict(frame="i32", unit="2th_deg", lower=2.0, upper=14.0, split="bbox", keep_negative=True),
    radius=dict(frame="i32", unit="r_mm", lower=0.0, upper=9.0, solid_angle=False, bins=70),
    orientation1=dict(orientation=1, polarization=0.5), orientation2=dict(orientation=2, polarization=0.5),
    orientation4_bbox=dict(orientation=4, split="bbox", flip=True),
    radians=dict(unit="2th_rad", lower=0.03, upper=0.25, mask=True, split="bbox"),
    azimuthal=dict(error="azimuthal", polarization=0.99, dark=True, flat=True, mask=True),
    azimuthal_plain=dict(error="azimuthal", solid_angle=False),
    azimuthal_bbox=dict(error="azimuthal", split="bbox", frame="i32", lower=0.3, bins=60),
)


def write(folder, name, case, columns):
    with open(folder / f"golden-{name}.csv", "w", encoding="ascii") as out:
        out.write(",".join(case) + "\n")
        out.write(",".join(str(value).lower() if isinstance(value, bool) else str(value) for value in case.values()) + "\n")
        out.write("count64,I64,sigma64,countP,IP,sigmaP\n")
        for row in zip(*columns):
            out.write(",".join([f"{value:.17g}" for value in row[:3]] + [f"{value:.9g}" for value in row[3:]]) + "\n")


def main():
    if pyFAI.version != "0.21.3":
        sys.exit(f"needs pyFAI 0.21.3, found {pyFAI.version}")
    logging.disable(logging.CRITICAL)
    folder = Path(sys.argv[1])
    dark = uniform(3, -0.5, 4).astype("<f4")
    flat = uniform(4, 0.8, 1.2).astype("<f4")
    mask = uniform(5, 0, 1) < 0.1
    stored = {**{f"golden-{k}.bin": v for k, v in frames().items()}, "golden-dark.bin": dark, "golden-flat.bin": flat,
              "golden-mask.bin": mask.astype("u1")}
    for name, array in stored.items():
        (folder / name).write_bytes(array.tobytes())
    for name, change in CASES.items():
        case = {**DEFAULT, **change}
        raw = frames()[case["frame"]]
        invalid = (raw < 0) & (not case["keep_negative"])
        if case["mask"]:
            invalid = invalid | mask
        data = dict(raw=raw, dark=dark, flat=flat, invalid=invalid)
        exact, low, freedom = double_precision(case, GEOMETRY, data)
        count, intensity, sigma = by_pyfai(case, GEOMETRY, data)
        columns = (*exact, count, intensity, numpy.where(low | (freedom <= 1e-9), numpy.nan, sigma / numpy.sqrt(freedom)))
        write(folder, name, case, columns)
        same = abs(columns[0] - columns[3]) <= (0 if case["split"] == "no" else 1e-3)
        deviation = numpy.nanmax(abs(columns[1] - columns[4])[same] / numpy.nanmax(abs(columns[1])))
        sigma = max(abs(columns[5] / columns[2] - 1)[same & ~low & (columns[0] > 0)], default=numpy.nan)
        print(f"{name:18s} bins {same.size} same count {same.sum()} I {deviation:.1e} sigma {sigma:.1e}")


if __name__ == "__main__":
    main()
