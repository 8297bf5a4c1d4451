#!/usr/bin/python3
"""Writes the small HDF5, NumPy, EDF, CBF and TIFF files that the acquire tests read, with h5py, hdf5plugin, numpy, fabio and Pillow.

    make_hdf5_fixtures.py FOLDER        (src/test/resources/acquire)

Pixel (f, r, c) of every image is 100 f + 10 r + c, plus 1000 where the type has room, so that a test can compute it.
"""

import gzip
import os
import sys

import fabio
import h5py
import bitshuffle.h5  # noqa: F401 registers its filter
import hdf5plugin  # noqa: F401 registers LZ4
import numpy
from PIL import Image

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


def write_filters(folder):
    """Filters of plug-ins, in blocks that do not divide the chunks."""
    lz4, bitshuffle = 32004, 32008
    with h5py.File(os.path.join(folder, "filters.h5"), "w", libver="latest") as file:
        r, c = numpy.meshgrid(numpy.arange(64), numpy.arange(96), indexing="ij")
        data = numpy.stack([rough(r, c) % 32, rough(c, r) % 32]).astype("<u2")
        sizes = {"chunks": (1, 64, 96)}
        for name, options in {
            "lz4": {"compression": lz4, "compression_opts": (5000,)},
            "shuffle_lz4": {"compression": lz4, "compression_opts": (4096,), "shuffle": True},
            "lz4_fletcher": {"compression": lz4, "compression_opts": (0,), "fletcher32": True},
            "bitshuffle": {"compression": bitshuffle, "compression_opts": (0, 0)},
            "bslz4_fletcher": {"compression": bitshuffle, "compression_opts": (0, 2), "fletcher32": True},
        }.items():
            file.create_dataset(name, data=data, **sizes, **options)


def write_eiger(folder):
    """A master and two files of images, as the file writer of an Eiger names them; the third was never copied."""
    for master, parts in (("eiger_master.h5", (1, 2)), ("eiger_short_master.h5", (1, 2, 3)), ("eiger_far_master.h5", (0,))):
        with h5py.File(os.path.join(folder, master), "w", libver="latest") as file:
            data = file.create_group("entry/data")
            for part in parts:
                name = f"eiger_data_{part:06d}.h5" if part else "../single.h5"
                data[f"data_{max(part, 1):06d}"] = h5py.ExternalLink(name, "/entry/data/data")
            file["entry/instrument/detector/detectorSpecific/pixel_mask"] = numpy.zeros((ROWS, COLUMNS), "<u4")
    for part, frames in ((1, slice(0, 2)), (2, slice(2, 3))):
        with h5py.File(os.path.join(folder, f"eiger_data_{part:06d}.h5"), "w", libver="latest") as file:
            file.create_dataset(
                "entry/data/data",
                data=image("<u2")[frames],
                chunks=(1, ROWS, COLUMNS),
                compression=32008,
                compression_opts=(0, 2),
            )


def write_modules(folder):
    """Modules of a detector; the last three cannot be put together with the first."""
    for name, distance, units, dtype in (
        ("module1.h5", (-2, 0, 0), "pixel", "<i2"),
        ("module2.h5", (1, 6, 0), "pixel", "<i2"),
        ("module_half.h5", (0.5, 0, 0), "pixel", "<i2"),
        ("module_metres.h5", (0, 1, 0), "m", "<i2"),
        ("module_far.h5", (0, 900000, 0), "pixel", "<i2"),
        ("module_unsigned.h5", (0, 6, 0), "pixel", "<u2"),
    ):
        with h5py.File(os.path.join(folder, name), "w", libver="latest") as file:
            detector = file.create_group("entry/instrument/detector")
            detector["data"] = image(dtype)
            mask = numpy.zeros((1, ROWS, COLUMNS), "<u4")
            mask[0, 1, 2] = 4
            if name == "module2.h5":
                detector["pixel_mask"] = mask
            detector["translation/distance"] = numpy.array(distance, "<f4")
            detector["translation/distance"].attrs["units"] = units


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


def rough(row, column):
    """Numbers that LZW finds few repetitions in, so that its table fills up and is cleared."""
    return (row * row * 31 + column * column * 17 + row * column * 7) % 997


def write_images(folder):
    r, c = numpy.meshgrid(numpy.arange(64), numpy.arange(96), indexing="ij")
    for predictor in (1, 2):
        Image.fromarray(rough(r, c).astype("<u2")).save(
            os.path.join(folder, f"lzw{predictor}.tif"), compression="tiff_lzw", tiffinfo={317: predictor}
        )
    Image.fromarray(numpy.full((64, 96), 7, "u1")).save(os.path.join(folder, "lzw_flat.tif"), compression="tiff_lzw")
    jumps = image("<i4")[0]
    jumps[1, 2], jumps[1, 3], jumps[2, 0], jumps[3, 4] = -2, 2**31 - 1, -(2**31), 1000 + 30000
    fabio.cbfimage.CbfImage(data=jumps).write(os.path.join(folder, "jumps.cbf"))
    series = fabio.edfimage.EdfImage(data=image("<u2")[0])
    for frame in (1, 2):
        series.append_frame(data=image("<u2")[frame])
    series.write(os.path.join(folder, "series.edf"))
    for name in ("u2.edf", "jumps.cbf"):
        with open(os.path.join(folder, name), "rb") as plain, open(os.path.join(folder, name + ".gz"), "wb") as packed:
            packed.write(gzip.compress(plain.read(), mtime=0))


if __name__ == "__main__":
    os.makedirs(sys.argv[1], exist_ok=True)
    write_layouts(sys.argv[1])
    write_filters(sys.argv[1])
    write_eiger(sys.argv[1])
    write_modules(sys.argv[1])
    write_choices(sys.argv[1])
    write_arrays(sys.argv[1])
    write_images(sys.argv[1])
