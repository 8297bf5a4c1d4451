#!/usr/bin/env python3
"""Computes a flat-field correction with numpy and holds a file of emberline flatfield against it.

usage: check_flatfield.py OUT QUANTITY BIN --dark F... --flat F... [--flat-after F...] --raw F...
       check_flatfield.py OUT QUANTITY BIN --scan NXTOMO
       check_flatfield.py --make NXTOMO
Reads TIFF with PIL, HDF5 with h5py. The third form makes a scan file with an image_key.
"""
import argparse

import h5py
import numpy
import PIL.Image
import PIL.ImageSequence


def read(path):
    if path.endswith(".npy"):
        images = numpy.load(path)
    elif path.endswith((".tif", ".tiff")):
        with PIL.Image.open(path) as file:
            images = numpy.array([numpy.array(page) for page in PIL.ImageSequence.Iterator(file)])
    else:
        with h5py.File(path) as file:
            images = file["entry/data/data"][()]
    return images.reshape((-1,) + images.shape[-2:])


def stack(paths):
    return numpy.concatenate([read(path) for path in paths])


def field(images):
    """Mean of darks or flats; what is kept of it is single precision, which shows where raw is hardly above the dark."""
    return images.mean(axis=0, dtype="f8").astype("f4").astype("f8")


def make(path):
    random = numpy.random.default_rng(11)
    key = numpy.array([2, 2, 1, 1, 1, 0, 0, 3, 0, 0, 1, 1, 2])
    beam = 4000 * random.uniform(0.8, 1.2, (9, 14))
    images = numpy.empty((len(key), 9, 14))
    for i, kind in enumerate(key):
        mean = {0: 100 + beam * random.uniform(0, 0.9, beam.shape), 1: 100 + beam, 2: 100 + 0 * beam, 3: 9 * beam}[kind]
        images[i] = random.poisson(mean)
    images[:, 3, 4] = 0
    with h5py.File(path, "w") as file:
        detector = file.create_group("entry1/tomo_entry/instrument/detector")
        detector.create_dataset("data", data=images.astype("u2"), chunks=(1, 9, 14), compression="gzip", shuffle=True)
        file["entry1/flyScanDetector/image_key"] = key.astype("f8")
        detector["image_key"] = h5py.SoftLink("/entry1/flyScanDetector/image_key")
        # A second image dataset, so that only the key says which one is meant.
        file["entry1/diode/frames"] = images[:2, :8, :8]


def expected(quantity, factor, dark, flats, raw):
    """Mean over the pixels of each block that have a value; float64 throughout."""
    with numpy.errstate(divide="ignore", invalid="ignore"):
        t = (raw - dark) / (flats - dark)
        t[~(flats > dark)] = numpy.nan
        if quantity == "od":
            t = numpy.where(t > 0, -numpy.log(t), numpy.nan)
    rows, columns = (size // factor for size in t.shape[1:])
    blocks = t[:, : rows * factor, : columns * factor].reshape(len(t), rows, factor, columns, factor)
    count = (~numpy.isnan(blocks)).sum(axis=(2, 4))
    with numpy.errstate(invalid="ignore"):
        return numpy.nansum(blocks, axis=(2, 4)) / count


def check_nexus(path, quantity):
    with h5py.File(path) as file:
        entry = file[file.attrs["default"]]
        data = entry[entry.attrs["default"]]
        assert data.attrs["NX_class"] in ("NXdata", b"NXdata")
        signal = data[data.attrs["signal"]]
        assert signal.dtype == numpy.dtype("<f4") and signal.ndim == 3
        text = {name: value.decode() if isinstance(value, bytes) else value for name, value in signal.attrs.items()}
        assert text["units"] == "1", text
        formula = "(raw - dark) / (flat - dark)"
        assert text["definition"] == (formula if quantity == "transmission" else f"-ln({formula})"), text


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("quantity", nargs="?", choices=("transmission", "od"))
    parser.add_argument("bin", nargs="?", type=int)
    parser.add_argument("--make", action="store_true")
    parser.add_argument("--scan")
    for name in ("--dark", "--flat", "--flat-after", "--raw"):
        parser.add_argument(name, nargs="+")
    options = parser.parse_args()
    if options.make:
        make(options.out)
        return
    if options.scan:
        with h5py.File(options.scan) as file:
            detector = file["entry1/tomo_entry/instrument/detector"]
            key, images = detector["image_key"][()], detector["data"][()]
        raw, flat, dark = (images[key == kind] for kind in (0, 1, 2))
    else:
        raw, flat, dark = stack(options.raw), stack(options.flat), stack(options.dark)
    raw = raw.astype("f8")
    dark, flat = field(dark), field(flat)
    flats = numpy.broadcast_to(flat, raw.shape)
    if options.flat_after:
        weight = (numpy.arange(len(raw)) + 0.5)[:, None, None] / len(raw)
        flats = flats * (1 - weight) + field(stack(options.flat_after)) * weight
    wanted = expected(options.quantity, options.bin, dark, flats, raw)
    if options.out.endswith((".h5", ".nxs")):
        check_nexus(options.out, options.quantity)
    found = read(options.out)
    assert found.dtype == numpy.float32, found.dtype
    assert found.shape == wanted.shape, (found.shape, wanted.shape)
    assert numpy.array_equal(numpy.isnan(found), numpy.isnan(wanted)), "other pixels have no value"
    assert not numpy.isnan(wanted).all()
    off = numpy.nanmax(abs(found - wanted) / (1e-6 * abs(wanted) + 1e-7))
    assert off < 1, f"off by {off} times what is allowed"


main()
