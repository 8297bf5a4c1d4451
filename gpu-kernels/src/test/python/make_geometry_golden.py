#!/usr/bin/env python3
"""Writes the reference files of GeometryGoldenTest and FullSplitGoldenTest. Needs numpy, scipy and pyFAI 0.21.3 (Debian 12).

usage: make_geometry_golden.py FOLDER      (FOLDER is gpu-kernels/src/test/resources/org/emberline/gpu)

FOLDER/geometry-CASE.csv: a line of names and a line of values of the geometry, then per pixel, row by row, pyFAI's radial
  coordinates, azimuth and solid angle in double precision, and its polarisation, which it computes in single precision.
FOLDER/split-pyfai.csv: a line of names and a line of values, then the shares that pyFAI's full splitting gives to the bins of each
  pixel, one line "pixel,bin,share" each.
FOLDER/split-pattern.csv: the same head, then "count,I" per bin of FOLDER/split-frame.bin (u16, little-endian), split in full.
"""
import logging
import sys
from pathlib import Path

import numpy
import pyFAI
import scipy.sparse
from pyFAI import units
from pyFAI.azimuthalIntegrator import AzimuthalIntegrator
from pyFAI.detectors import Detector

UNITS = ("q_A^-1", "q_nm^-1", "2th_deg", "2th_rad", "r_mm", "d*2_A^-2")
POLARIZATIONS = ((0.8, 0), (0.8, 25), (-0.5, -70))
GEOMETRIES = dict(
    flat=dict(rows=7, columns=5, pixel1=1e-4, pixel2=1e-4, dist=0.05, poni1=2.5e-4, poni2=1.5e-4, rot1=0, rot2=0, rot3=0,
              wavelength=1e-10),
    tilted=dict(rows=7, columns=5, pixel1=2e-3, pixel2=3e-3, dist=0.03, poni1=4.1e-3, poni2=5.2e-3, rot1=0.3, rot2=-0.2, rot3=0.7,
                wavelength=0.6e-10),
    behind=dict(rows=7, columns=5, pixel1=4e-3, pixel2=5e-3, dist=0.01, poni1=9e-3, poni2=-2e-3, rot1=1.4, rot2=0.1, rot3=-2.5,
                wavelength=2e-10),
)
SPLIT = dict(rows=20, columns=26, pixel1=1e-4, pixel2=1.3e-4, dist=0.2, poni1=-0.04, poni2=-0.03, rot1=0, rot2=0, rot3=0.3,
             wavelength=0.7e-10, bins=40, lower=51.0, upper=53.4)


def integrator(g):
    detector = Detector(g["pixel1"], g["pixel2"], max_shape=(g["rows"], g["columns"]))
    names = ("dist", "poni1", "poni2", "rot1", "rot2", "rot3", "wavelength")
    return AzimuthalIntegrator(detector=detector, **{name: g[name] for name in names})


def head(g):
    return ",".join(g) + "\n" + ",".join(repr(value) for value in g.values()) + "\n"


def places(g):
    """pyFAI's own functions of the place, called with double-precision pixel numbers; its arrays hold single ones."""
    ai = integrator(g)
    shape = (g["rows"], g["columns"])
    i, j = numpy.mgrid[0 : shape[0], 0 : shape[1]].astype(float)
    z, y, x = ai.calc_pos_zyx(d1=i, d2=j)
    columns = [units.RADIAL_UNITS[u].equation(x, y, z, g["wavelength"]) * units.RADIAL_UNITS[u].scale for u in UNITS]
    chi = ai.chi(i, j)
    round_angle = abs(numpy.exp(1j * chi) - numpy.exp(1j * ai.chiArray(shape)))
    assert round_angle[numpy.hypot(x, y) > 1e-9].max() < 1e-5 and abs(columns[3] - ai.twoThetaArray(shape)).max() < 1e-6
    columns += [numpy.degrees(chi), ai.diffSolidAngle(i, j)]
    columns += [ai.polarization(shape, factor=f, axis_offset=numpy.radians(a)) for f, a in POLARIZATIONS]
    return [column.ravel() for column in columns]


def write_places(folder, name, g):
    names = [*UNITS, "chi_deg", "solid_angle", *(f"polarization({f};{a})" for f, a in POLARIZATIONS)]
    with open(folder / f"geometry-{name}.csv", "w", encoding="ascii") as out:
        out.write(head(g) + ",".join(names) + "\n")
        for row in zip(*places(g)):
            out.write(",".join(f"{value:.17g}" for value in row) + "\n")


def random_numbers(seed):
    """Uniform numbers in [0, 1) by a linear congruential generator, the same on every machine."""
    state = seed
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield (state >> 11) / 2**53


def write_split(folder):
    pixels = SPLIT["rows"] * SPLIT["columns"]
    source = random_numbers(11)
    frame = numpy.array([100 + 3000 * next(source) ** 4 for _ in range(pixels)]).astype("<u2")
    (folder / "split-frame.bin").write_bytes(frame.tobytes())
    ai = integrator(SPLIT)
    settings = dict(unit="r_mm", radial_range=(SPLIT["lower"], SPLIT["upper"]), correctSolidAngle=False)
    image = frame.reshape(SPLIT["rows"], SPLIT["columns"])
    csr = ai.integrate1d_ng(image, SPLIT["bins"], method=("full", "csr", "cython"), **settings)
    engine = next(e.engine for key, e in ai.engines.items() if "CSR" in str(key) and "full" in str(key))
    histogram = ai.integrate1d_ng(image, SPLIT["bins"], method=("full", "histogram", "cython"), **settings)
    assert numpy.allclose(csr.count, histogram.count) and numpy.allclose(csr.intensity, histogram.intensity)
    matrix = scipy.sparse.csr_matrix((engine.data, engine.indices, engine.indptr), shape=(SPLIT["bins"], pixels)).tocsc()
    with open(folder / "split-pyfai.csv", "w", encoding="ascii") as out:
        out.write(head(SPLIT) + "pixel,bin,share\n")
        for pixel in range(pixels):
            column = matrix[:, pixel].tocoo()
            for b, share in sorted(zip(column.row, column.data)):
                if share > 0:
                    out.write(f"{pixel},{b},{share:.9g}\n")
    with open(folder / "split-pattern.csv", "w", encoding="ascii") as out:
        out.write(head(SPLIT) + "count,I\n")
        for count, intensity in zip(csr.count, csr.intensity):
            out.write(f"{count:.9g},{intensity:.9g}\n")


def main():
    if pyFAI.version != "0.21.3":
        sys.exit(f"needs pyFAI 0.21.3, found {pyFAI.version}")
    logging.disable(logging.CRITICAL)
    folder = Path(sys.argv[1])
    for name, g in GEOMETRIES.items():
        write_places(folder, name, g)
    write_split(folder)


if __name__ == "__main__":
    main()
