#!/usr/bin/python3
"""Prints `DIGEST ROWS COLUMNS DTYPE FILE` for every image file named, read by fabio: SHA-256 over the little-endian pixels."""

import hashlib
import sys

import fabio

for name in sys.argv[1:]:
    data = fabio.open(name).data
    little = data.astype(data.dtype.newbyteorder("<"))
    print(hashlib.sha256(little.tobytes()).hexdigest(), *little.shape, f"{data.dtype.kind}{data.dtype.itemsize}", name)
