#!/usr/bin/env python3
"""Segments of a run against its database: check_segments.py RUNDIR [COPY]

Opens every segment with h5py and with h5dump, resolves the default plot, and holds every number against run.sqlite, bit for bit. COPY is the
folder as it was before patterns that were left in its database became segments: those are compared too.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys

import h5py
import numpy as np


def same(ours, theirs, what):
    theirs = np.asarray([np.nan if v is None else v for v in theirs], dtype=ours.dtype)
    assert ours.tobytes() == theirs.tobytes() or np.array_equal(ours, theirs, equal_nan=True), what


def column(db, query, *arguments):
    return [row[0] for row in db.execute(query, arguments)]


def check_patterns(data, frames, copy):
    db = sqlite3.connect(copy + "/run.sqlite")
    for i, frame in enumerate(frames):
        row = db.execute("SELECT intensity, sigma, count FROM pattern WHERE detector = 0 AND frame = ?", (int(frame),)).fetchone()
        if row:
            for blob, name in zip(row, ("I", "I_errors", "norm")):
                assert data[name][i].tobytes() == blob, (name, frame)


def text(value):
    return value.decode() if isinstance(value, bytes) else value


def check_h5dump(path, signal, name):
    """The C library's own tool reads the whole structure, and the first numbers that viewers plot."""
    if not shutil.which("h5dump"):
        assert not os.environ.get("EMBERLINE_REQUIRE_ORACLES"), "h5dump is missing: install hdf5-tools"
        return
    subprocess.run(["h5dump", "-H", path], check=True, stdout=subprocess.DEVNULL)
    start = ",".join("0" for _ in signal.shape)
    count = ",".join("1" for _ in signal.shape[:-1]) + "," + str(signal.shape[-1])
    dump = subprocess.run(["h5dump", "-y", "-m", "%.9g", "-d", name, "-s", start, "-c", count, path],
                          check=True, capture_output=True, text=True).stdout
    numbers = dump[dump.index("DATA {") + 6:dump.index("}", dump.index("DATA {"))].replace(",", " ").split()
    first = signal[(0,) * (signal.ndim - 1)]
    assert np.array_equal(np.array(numbers, dtype="<f4"), first, equal_nan=True), path


def check_plot(entry, segment, path):
    """What a viewer shows at once."""
    data = entry[text(entry.attrs["default"])]
    signal = data[text(data.attrs["signal"])]
    axes = [data[text(name)] for name in data.attrs["axes"]]
    assert signal.shape == tuple(len(axis) for axis in axes), (signal.shape, path)
    assert signal.dtype == np.dtype("<f4") and list(signal.chunks) == segment["chunk"], path
    units = [text(axis.attrs["units"]) for axis in axes]
    if signal.ndim == 2:
        assert entry["definition"][()] == b"NXazint1d"
        assert units == ["s", "1/angstrom"], units
    else:
        assert units == ["s", "pixel", "pixel"] and np.isfinite(signal[:]).any(), units
    check_h5dump(path, signal, signal.name)
    return data


def check(folder, segment, db, copy):
    path = folder + "/" + segment["file"]
    with open(path, "rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == segment["sha256"], path
    with h5py.File(path, "r") as file:
        entry = file[file.attrs["default"]]
        data = check_plot(entry, segment, path)
        frames = entry["frames/frame"][:]
        assert frames[0] == segment["first_frame"] and frames[-1] == segment["last_frame"] and len(frames) == segment["frames"]
        known = db.execute("SELECT id FROM detector WHERE name = ?", (segment["detector"],)).fetchone()[0]
        span = (known, int(frames[0]), int(frames[-1]))
        for name, of in (("frame", "id"), ("start_ns", "start_ns"), ("stop_ns", "stop_ns"), ("flags", "flags"),
                         ("temperature", "celsius"), ("temperature_errors", "sigma")):
            same(entry["frames/" + name][:],
                 column(db, "SELECT %s FROM frame WHERE detector = ? AND id BETWEEN ? AND ? ORDER BY id" % of, *span), name)
        for metric, number in db.execute("SELECT name, id FROM metric_name WHERE detector = ?", (known,)).fetchall():
            for name, of in (("value", "value"), ("value_errors", "sigma"), ("flags", "flags")):
                same(entry["metrics"][metric][name][:],
                     column(db, "SELECT %s FROM metric WHERE name = ? AND frame BETWEEN ? AND ? ORDER BY frame" % of,
                            number, span[1], span[2]), metric + " " + name)
        start = np.datetime64(entry["data/time"].attrs["start"].decode().rstrip("Z")
                              if isinstance(entry["data/time"].attrs["start"], bytes)
                              else entry["data/time"].attrs["start"].rstrip("Z"))
        first = (start - np.datetime64(0, "s")).astype("timedelta64[ns]").astype(np.int64) + entry["data/time"][0] * 1e9
        middle = (entry["frames/start_ns"][0] + entry["frames/stop_ns"][0]) / 2
        assert abs(first - middle) < 1e4, (first, middle)
        if copy and known == 0:
            check_patterns(data, frames, copy)
        return [int(frame) for frame in frames]


def main(folder, copy=None):
    db = sqlite3.connect(folder + "/run.sqlite")
    assert column(db, "PRAGMA integrity_check") == ["ok"]
    for table in ("pattern", "image", "metric_map"):
        assert column(db, "SELECT count(*) FROM " + table) == [0], table
    with open(folder + "/manifest.json") as file:
        manifest = json.load(file)
    for number, name, role in db.execute("SELECT id, name, role FROM detector").fetchall():
        seen = []
        for segment in manifest["segments"]:
            if segment["detector"] == name:
                seen += check(folder, segment, db, copy)
        frames = column(db, "SELECT id FROM frame WHERE detector = ? ORDER BY id", number)
        assert seen == frames or (role == "imaging" and set(seen) < set(frames)), "each frame is in one segment"


if __name__ == "__main__":
    main(*sys.argv[1:])
