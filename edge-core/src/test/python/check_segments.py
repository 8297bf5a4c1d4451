#!/usr/bin/env python3
"""Segments of a run against its database: check_segments.py RUNDIR [COPY]

Opens every segment with h5py, resolves the default plot, and holds every number against run.sqlite, bit for bit. COPY is the folder as it was
before patterns that were left in its database became segments: those are compared too.
"""

import hashlib
import json
import sqlite3
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


def check(folder, segment, db, copy):
    path = folder + "/" + segment["file"]
    with open(path, "rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == segment["sha256"], path
    with h5py.File(path, "r") as file:
        entry = file[file.attrs["default"]]
        assert entry["definition"][()] == b"NXazint1d"
        data = entry[entry.attrs["default"]]
        signal = data[data.attrs["signal"]]
        axes = [data[name.decode() if isinstance(name, bytes) else name] for name in data.attrs["axes"]]
        assert signal.shape == tuple(len(axis) for axis in axes), (signal.shape, path)
        assert signal.dtype == np.dtype("<f4") and list(signal.chunks) == segment["chunk"], path
        assert axes[1].attrs["units"] in (b"1/angstrom", "1/angstrom") and axes[0].attrs["units"] in (b"s", "s")
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
        if copy:
            check_patterns(data, frames, copy)
        return [int(frame) for frame in frames]


def main(folder, copy=None):
    db = sqlite3.connect(folder + "/run.sqlite")
    assert column(db, "PRAGMA integrity_check") == ["ok"]
    assert column(db, "SELECT count(*) FROM pattern") == [0]
    with open(folder + "/manifest.json") as file:
        manifest = json.load(file)
    seen = []
    for segment in manifest["segments"]:
        seen += check(folder, segment, db, copy)
    diffraction = column(db, "SELECT id FROM detector WHERE role = 'diffraction'")[0]
    assert seen == column(db, "SELECT id FROM frame WHERE detector = ? ORDER BY id", diffraction), "each frame is in one segment"


if __name__ == "__main__":
    main(*sys.argv[1:])
