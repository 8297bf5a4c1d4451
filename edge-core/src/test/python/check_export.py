#!/usr/bin/env python3
"""One exported file against the segments it was made of: check_export.py FILE RUNDIR"""

import glob
import sys

import h5py
import numpy as np

NAMES = ["data/I", "data/I_errors", "data/norm", "data/time", "frames/frame", "frames/temperature",
         "metrics/lattice_a/value", "metrics/lattice_a/value_errors", "metrics/lattice_a/flags"]


def main(exported, run):
    segments = [h5py.File(path, "r") for path in sorted(glob.glob(run + "/segments/*.nxs"))]
    segments = [segment for segment in segments if "definition" in segment["entry"]]  # not those of radiographs
    with h5py.File(exported, "r") as file:
        entry = file[file.attrs["default"]]
        for name in NAMES:
            parts = np.concatenate([segment["entry/" + name][:] for segment in segments])
            assert entry[name][:].tobytes() == parts.tobytes(), name
        assert np.isfinite(entry["metrics/lattice_a/value"][:]).any()
        assert len(entry["sample/furnace/time"]) > len(entry["data/time"])


if __name__ == "__main__":
    main(*sys.argv[1:])
