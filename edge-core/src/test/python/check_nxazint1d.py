"""Reads FILE.nxs with h5py as a viewer would, and compares it with the CSV of the same pattern: python3 check_nxazint1d.py FILE.nxs FILE.csv"""

import csv
import sys

import h5py
import numpy as np


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def number(cell):
    return float(cell) if cell else float("nan")


with open(sys.argv[2], newline="") as stream:
    header, *rows = csv.reader(stream)
radial, intensity, sigma, count = (np.array([number(row[i]) for row in rows]) for i in range(4))

with h5py.File(sys.argv[1], "r") as file:
    entry = file[text(file.attrs["default"])]
    data = entry[text(entry.attrs["default"])]
    assert [text(group.attrs["NX_class"]) for group in (file, entry, data)] == ["NXroot", "NXentry", "NXdata"]
    assert text(entry["definition"][()]) == "NXazint1d"
    assert text(data.attrs["signal"]) == "I"
    assert [text(axis) for axis in data.attrs["axes"]] == [".", "radial_axis"]
    assert text(data.attrs["interpretation"]) == "spectrum"
    for name, expected in (("I", [intensity]), ("I_errors", [sigma]), ("radial_axis", radial), ("norm", count)):
        np.testing.assert_array_equal(data[name][()], expected, name)
    edges = data["radial_axis_edges"][()]
    assert len(edges) == len(radial) + 1
    np.testing.assert_allclose((edges[1:] + edges[:-1]) / 2, radial, rtol=1e-12)
    assert text(data["radial_axis"].attrs["long_name"]) == "q"
    assert text(data["radial_axis"].attrs["units"]) == "1/angstrom"
    assert text(data["I"].attrs["units"]) == "arbitrary units"
    flags = [bool(entry[name][()]) for name in ("solid_angle_applied", "polarization_applied", "normalization_applied")]
    assert flags == [True, False, True], flags
    monochromator = entry["instrument/monochromator"]
    np.testing.assert_allclose(monochromator["wavelength"][()] * monochromator["energy"][()], 12.398419843320026)
    for name in ("name", "source/name", "source/type", "source/probe"):
        assert text(entry["instrument"][name][()])
    reduction = entry["reduction"]
    assert text(reduction["program"][()]) == "emberline"
    for name in ("version", "date", "reference"):
        assert text(reduction[name][()])
    assert text(reduction["input/unit"][()]) == header[0]
    assert "poni_version" in text(reduction["input/poni"][()])
    assert text(reduction["input/error_model"][()]) == "poisson"
    assert not reduction["input/flip_rows"][()]
print("agrees")
