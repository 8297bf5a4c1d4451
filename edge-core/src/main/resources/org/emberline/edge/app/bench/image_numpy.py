"""Times numpy on the frames of a job folder: dark and flat, optical density, means over squares of pixels, histogram of these.

Usage: image_numpy.py FOLDER, which holds job.json, frame0.raw and so on, dark.raw, flat.raw. Writes FOLDER/density.raw (of the first
frame) and FOLDER/result.json: {"version", "millis": [..] a frame, "histogram": [..] of the first frame}.
"""

import json
import os
import sys
import time

import numpy

UNTIMED_ROUNDS = 3  # the first touch new memory


class Radiographs:
    """As one writes it with numpy: single precision, the beam made once, and no new array of a frame's size."""

    def __init__(self, job, dark, flat):
        self.factor = job["factor"]
        self.rows = job["rows"] // self.factor
        self.columns = job["columns"] // self.factor
        self.bins = job["bins"]
        self.range = tuple(job["range"])
        self.dark = self.whole(dark)
        self.beam = self.whole(flat) - self.dark
        self.work = numpy.empty_like(self.beam)

    def whole(self, image):
        """The part of an image that fills whole squares."""
        return image[:self.rows * self.factor, :self.columns * self.factor]

    def reduce(self, frame):
        work = self.work
        numpy.subtract(self.whole(frame), self.dark, out=work)
        numpy.divide(work, self.beam, out=work)
        numpy.log(work, out=work)
        squares = work.reshape(self.rows, self.factor, self.columns, self.factor)
        density = -squares.mean(axis=(1, 3))
        histogram, _ = numpy.histogram(density, bins=self.bins, range=self.range)
        return density, histogram


def main(folder):
    with open(os.path.join(folder, "job.json"), encoding="utf-8") as file:
        job = json.load(file)

    def image(name, dtype):
        return numpy.fromfile(os.path.join(folder, name + ".raw"), dtype=dtype).reshape(job["rows"], job["columns"])

    frames = [image("frame{}".format(i), job["dtype"]) for i in range(job["frames"])]
    radiographs = Radiographs(job, image("dark", "<f4"), image("flat", "<f4"))
    millis = []
    for number in range(UNTIMED_ROUNDS + job["repeats"]):
        start = time.perf_counter()
        for frame in frames:
            radiographs.reduce(frame)
        if number >= UNTIMED_ROUNDS:
            millis.append(1e3 * (time.perf_counter() - start) / len(frames))
    density, histogram = radiographs.reduce(frames[0])
    density.astype("<f4").tofile(os.path.join(folder, "density.raw"))
    with open(os.path.join(folder, "result.json"), "w", encoding="utf-8") as file:
        json.dump({"version": numpy.__version__, "millis": millis, "histogram": histogram.tolist()}, file)


if __name__ == "__main__":
    main(sys.argv[1])
