"""Times pyFAI on the frame of a job folder: every method of the wanted splitting, in turns.

Usage: reduce_pyfai.py FOLDER, which holds job.json, frame.raw, dark.raw, flat.raw, mask.raw. Writes FOLDER/result.json:
{"version", "methods": [{"name", "device", "millis": [..], "intensity": [..], "problem"}]}. Drivers write to stdout and stderr as
they please, so nothing that matters goes there.
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
        self.frame = images["frame"]
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
            result = self.integrator.integrate1d_ng(self.frame, **self.arguments)
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
    images = {"frame": image(folder, "frame", job["dtype"], shape), "dark": image(folder, "dark", "<f4", shape),
              "flat": image(folder, "flat", "<f4", shape), "mask": image(folder, "mask", "i1", shape)}
    methods = IntegrationMethod.select_method(dim=1, split=job["split"], degradable=False)
    shared_integrator = integrator(job)  # it keeps the tables of each method apart
    candidates = [Candidate(method, shared_integrator, job, images) for method in methods]
    for candidate in candidates:
        for _ in range(UNTIMED_RUNS):
            candidate.run(timed=False)
    for _ in range(job["repeats"]):
        for candidate in candidates:
            if candidate.wants_more(job["repeats"]):
                candidate.run(timed=True)
    with open(os.path.join(folder, "result.json"), "w", encoding="utf-8") as file:
        json.dump({"version": pyFAI.version, "methods": [candidate.report() for candidate in candidates]}, file)


if __name__ == "__main__":
    main(sys.argv[1])
