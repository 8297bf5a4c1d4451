#!/usr/bin/env python3
"""Reads an NXazint2d file as a NeXus reader does and holds it against the pattern of the same image.

usage: check_nxazint2d.py CAKE.nxs PATTERN.csv SECTORS
"""
import sys

import h5py
import numpy


def main():
    cake_file, csv_file, sectors = sys.argv[1], sys.argv[2], int(sys.argv[3])
    pattern = numpy.genfromtxt(csv_file, delimiter=",", skip_header=1)
    with h5py.File(cake_file) as file:
        entry = file[file.attrs["default"]]
        assert entry["definition"].asstr()[()] == "NXazint2d"
        data = entry[entry.attrs["default"]]
        signal = data[data.attrs["signal"]]
        axes = [axis.decode() if isinstance(axis, bytes) else axis for axis in data.attrs["axes"]]
        assert axes == [".", "azimuthal_axis", "radial_axis"], axes
        assert signal.shape == (1, sectors, len(pattern)), signal.shape
        assert data["I_errors"].shape == signal.shape
        azimuth, edges = data["azimuthal_axis"][()], data["azimuthal_axis_edges"][()]
        units = data["azimuthal_axis"].attrs["units"]
        assert (units.decode() if isinstance(units, bytes) else units) == "degree"
        assert numpy.allclose(azimuth, (edges[1:] + edges[:-1]) / 2) and edges[0] == -180 and edges[-1] == 180
        assert numpy.allclose(data["radial_axis"][()], pattern[:, 0])
        intensity, norm = signal[0], data["norm"][()]
        assert numpy.array_equal(numpy.isnan(intensity), norm == 0)
        assert numpy.array_equal(norm.sum(axis=0), pattern[:, 3])
        # Solid angles hardly differ within a ring: the mean over pixels is the mean over sectors weighted by pixels.
        mean = numpy.nansum(intensity * norm, axis=0) / norm.sum(axis=0)
        assert numpy.nanmax(abs(mean / pattern[:, 1] - 1)) < 2e-3


main()
