#!/usr/bin/python3
"""Writes the small HDF5, NumPy and EDF files that the acquire tests read, with h5py, numpy and fabio.

    make_hdf5_fixtures.py FOLDER        (src/test/resources/acquire)

Pixel (f, r, c) of every image is 100 f + 10 r + c, plus 1000 where the type has room, so that a test can compute it.
"""

import os
import sys

import fabio
import h5py
import numpy

FRAMES, ROWS, COLUMNS = 3, 5, 7


def image(dtype):
    f, r, c = numpy.meshgrid(numpy.arange(FRAMES), numpy.arange(ROWS), numpy.arange(COLUMNS), indexing="ij")
    values = 100 * f + 10 * r + c
    if numpy.dtype(dtype).itemsize > 1:
        values = values + 1000
    return (values % 128 if dtype == "i1" else values % 256 if dtype == "u1" else values).astype(dtype)


def write_layouts(folder):
    with h5py.File(os.path.join(folder, "layouts.h5"), "w", libver=("earliest", "v108")) as file:
        file["contiguous_u2"] = image("<u2")
        file["contiguous_big_i4"] = image(">i4")
        file["flat_f8"] = image("<f8")[0]
        file["flat_bool"] = image("u1")[0] % 2 == 1
        file["flat_i1"] = image("i1")[0]
        file["line_u2"] = numpy.arange(9, dtype="<u2")
        file["text"] = "no image"
        file.create_dataset("per_frame_u4", data=image("<u4"), chunks=(1, ROWS, COLUMNS), compression="gzip", shuffle=True)
        file.create_dataset("odd_chunks_i2", data=image("<i2"), chunks=(2, 3, 4), compression="gzip")
        file.create_dataset("never_u2", shape=(ROWS, COLUMNS), dtype="<u2")
        file["soft"] = h5py.SoftLink("/contiguous_u2")
        file["outside"] = h5py.ExternalLink("other.h5", "/data")
        file["ring"] = h5py.SoftLink("/ring")
    with h5py.File(os.path.join(folder, "layouts_latest.h5"), "w", libver="latest") as file:
        file.create_dataset("odd_chunks_big_f4", data=image(">f4"), chunks=(2, 2, 5))
        file.create_dataset("lzf_u1", data=image("u1"), chunks=(1, 2, COLUMNS), compression="lzf")
        holes = file.create_dataset("holes_u2", shape=(FRAMES, ROWS, COLUMNS), dtype="<u2", chunks=(1, ROWS, COLUMNS))
        holes[0] = image("<u2")[0]
        holes[2] = image("<u2")[2]
        file.create_dataset("per_frame_u4", data=image("<u4"), chunks=(1, ROWS, COLUMNS), compression="gzip")


def write_choices(folder):
    with h5py.File(os.path.join(folder, "preferred.h5"), "w", libver="latest") as file:
        file["entry/other"] = image("<u2")
        file["entry/instrument/detector/data"] = image("<i2")
        file["entry/again"] = file["entry"]
    with h5py.File(os.path.join(folder, "linked.nxs"), "w", libver="latest") as file:
        file["entry/measured"] = image("<u2")
        file["entry/data/data"] = h5py.SoftLink("/entry/measured")
        file["entry/mask"] = image("u1")[0]
    with h5py.File(os.path.join(folder, "single.h5"), "w", userblock_size=512) as file:
        file["a/b/frames"] = image("<u2")
    with h5py.File(os.path.join(folder, "dominant.h5"), "w", libver="latest") as file:
        file["images"] = (numpy.arange(64 * 35) % 251).astype("u1").reshape(64, 35)
        file["table"] = numpy.zeros((5, 7), "<f8")


def write_arrays(folder):
    for dtype in ("?", "u1", "i1", "<u2", "<i2", "<u4", "<i4", "<i8", "<f4", "<f8"):
        name = numpy.dtype(dtype).str.strip("<|")
        numpy.save(os.path.join(folder, f"{name}.npy"), image("u1") % 2 == 1 if dtype == "?" else image(dtype))
    numpy.lib.format.write_array(open(os.path.join(folder, "v2.npy"), "wb"), image("<f4")[0], version=(2, 0))
    numpy.save(os.path.join(folder, "fortran.npy"), numpy.asfortranarray(image("<u2")[0]))
    numpy.save(os.path.join(folder, "big.npy"), image(">u2")[0])
    numpy.save(os.path.join(folder, "line.npy"), numpy.arange(5))
    for dtype in ("u1", "<u2", "<i4", "<f4"):
        fabio.edfimage.EdfImage(data=image(dtype)[0]).write(os.path.join(folder, f"{dtype.strip('<')}.edf"))


if __name__ == "__main__":
    os.makedirs(sys.argv[1], exist_ok=True)
    write_layouts(sys.argv[1])
    write_choices(sys.argv[1])
    write_arrays(sys.argv[1])
