"""Times pyFAI on the frame of a job folder: every method of the wanted splitting, in turns.

Usage: reduce_pyfai.py FOLDER, which holds job.json, frame.raw, dark.raw, flat.raw, mask.raw. Writes FOLDER/result.json:
{"version", "methods": [{"name", "device", "millis": [..], "intensity": [..], "problem"}], "decode_millis": [..]}. Drivers write to
stdout and stderr as they please, so nothing that matters goes there. With chunk.raw (bitshuffle and LZ4) in the place of frame.raw the
frame is read from an HDF5 file each time, and decode_millis holds what that alone takes.
"""

import json
import os
import sys
import time

import numpy
import pyFAI
import pyFAI.azimuthalIntegrator
from pyFAI.detectors import Detector
from pyFAI.method_registry import IntegrationMethod

UNTIMED_RUNS = 2  # the first builds the tables, the second may still allocate
FEWEST_RUNS = 5
SECONDS_PER_METHOD = 6


def image(folder, name, dtype, shape):
    return numpy.fromfile(os.path.join(folder, name + ".raw"), dtype=dtype).reshape(shape)


class Memory:
    """A frame that is there."""

    def __init__(self, frame):
        self.frame = frame

    def read(self):
        return self.frame


class Compressed:
    """A frame in an HDF5 file, as one chunk, put there as it is."""

    def __init__(self, folder, dtype, shape):
        import h5py
        import hdf5plugin
        self.file = h5py.File(os.path.join(folder, "frame.h5"), "w")
        self.dataset = self.file.create_dataset("data", (1,) + shape, dtype=dtype, chunks=(1,) + shape,
                                                **hdf5plugin.Bitshuffle())
        with open(os.path.join(folder, "chunk.raw"), "rb") as chunk:
            self.dataset.id.write_direct_chunk((0, 0, 0), chunk.read())
        self.file.flush()
        # Else HDF5 keeps the decoded chunk where it is small enough.
        self.file.close()
        self.file = h5py.File(os.path.join(folder, "frame.h5"), "r", rdcc_nbytes=0)
        self.dataset = self.file["data"]

    def read(self):
        return self.dataset[0]


def integrator(job):
    detector = Detector(job["pixel1"], job["pixel2"], max_shape=(job["rows"], job["columns"]))
    return pyFAI.azimuthalIntegrator.AzimuthalIntegrator(
        job["dist"], job["poni1"], job["poni2"], job["rot1"], job["rot2"], job["rot3"],
        detector=detector, wavelength=job["wavelength"])


class Candidate:
    """One method and its times."""

    def __init__(self, method, shared_integrator, job, images):
        self.method = method
        self.name = method.impl_lower + " " + method.algo_lower
        self.integrator = shared_integrator
        self.frame = images["frame"]  # has a method read
        self.arguments = dict(
            npt=job["npt"], unit=job["unit"], radial_range=tuple(job["range"]), method=method, error_model="poisson",
            correctSolidAngle=job["solid_angle"], polarization_factor=job["polarization"], dark=images["dark"],
            flat=images["flat"], mask=images["mask"], dummy=job["dummy"],
            delta_dummy=None if job["dummy"] is None else 0.5, safe=False)
        self.millis = []
        self.intensity = None
        self.problem = None

    def run(self, timed):
        start = time.perf_counter()
        try:
            result = self.integrator.integrate1d_ng(self.frame.read(), **self.arguments)
        except Exception as error:  # a method that this machine cannot run is reported, the others go on
            self.problem = "{}: {}".format(type(error).__name__, str(error).splitlines()[0] if str(error) else "")
            return
        if timed:
            self.millis.append(1e3 * (time.perf_counter() - start))
        self.intensity = result.intensity

    def wants_more(self, repeats):
        spent = sum(self.millis) / 1e3
        enough = len(self.millis) >= FEWEST_RUNS and spent >= SECONDS_PER_METHOD
        return self.problem is None and len(self.millis) < repeats and not enough

    def report(self):
        numbers = [] if self.intensity is None else [float(i) if numpy.isfinite(i) else None for i in self.intensity]
        device = self.method.target_name if self.method.impl_lower == "opencl" else None
        return {"name": self.name, "device": device, "millis": self.millis, "intensity": numbers,
                "problem": self.problem}


def main(folder):
    with open(os.path.join(folder, "job.json"), encoding="utf-8") as file:
        job = json.load(file)
    shape = (job["rows"], job["columns"])
    compressed = os.path.exists(os.path.join(folder, "chunk.raw"))
    frame = Compressed(folder, job["dtype"], shape) if compressed else Memory(image(folder, "frame", job["dtype"], shape))
    images = {"frame": frame, "dark": image(folder, "dark", "<f4", shape),
              "flat": image(folder, "flat", "<f4", shape), "mask": image(folder, "mask", "i1", shape)}
    methods = IntegrationMethod.select_method(dim=1, split=job["split"], degradable=False)
    shared_integrator = integrator(job)  # it keeps the tables of each method apart
    candidates = [Candidate(method, shared_integrator, job, images) for method in methods]
    for candidate in candidates:
        for _ in range(UNTIMED_RUNS):
            candidate.run(timed=False)
    decode_millis = []
    for _ in range(job["repeats"]):
        if compressed:
            start = time.perf_counter()
            frame.read()
            decode_millis.append(1e3 * (time.perf_counter() - start))
        for candidate in candidates:
            if candidate.wants_more(job["repeats"]):
                candidate.run(timed=True)
    with open(os.path.join(folder, "result.json"), "w", encoding="utf-8") as file:
        json.dump({"version": pyFAI.version, "methods": [candidate.report() for candidate in candidates],
                   "decode_millis": decode_millis}, file)


if __name__ == "__main__":
    main(sys.argv[1])
