#!/usr/bin/python3
"""Prints the golden numbers of CalcinationGoldenTest from the prototype of the science report's section 5.1.

Usage: calcination_golden.py [FOLDER_OF_TWIN_PY]; by default ../shared/science beside the checkout. The step is 0.5 s, a tenth of
the prototype's own, because its first-order splitting is the larger error of the two.
"""

import pathlib
import sys

import numpy as np

root = pathlib.Path(__file__).resolve().parents[4]
sys.path.insert(0, sys.argv[1] if len(sys.argv) > 1 else str(root.parent / "shared" / "science"))

import twin  # noqa: E402

STEP = 0.5
CELSIUS, HYDROXIDE, LAYERED, DISORDER, GRAIN, POROSITY = 1, 2, 4, 5, 7, 8

print("# barium, hold C, D um, x, p after 12 h")
for barium in (False, True):
    for hold in (840, 880, 900, 920, 940, 1000):
        last = twin.run([(5, hold, 12 * 3600)], barium, STEP)[-1]
        print(f"{barium}, {hold}, {last[GRAIN]:.6g}, {last[DISORDER]:.6g}, {last[POROSITY]:.6g}")

rows = twin.run([(5, 950, 0)], False, STEP)
print("# ramp: C, hydroxide, layered, D um, x, p")
for celsius in (280, 300, 340, 500, 600, 650, 700, 750, 800, 850, 900, 945):
    at = [np.interp(celsius, rows[:, CELSIUS], rows[:, i]) for i in (HYDROXIDE, LAYERED, GRAIN, DISORDER, POROSITY)]
    print(f"{celsius}, " + ", ".join(f"{value:.6g}" for value in at))
least = np.argmin(rows[:, DISORDER])
print(f"# disorder is least, {rows[least, DISORDER]:.6g}, at C {rows[least, CELSIUS]:.2f}")
print(f"# half of the hydroxide is gone at C {np.interp(-0.5, -rows[:, HYDROXIDE], rows[:, CELSIUS]):.2f}")
print(f"# half is layered at C {np.interp(0.5, rows[:, LAYERED], rows[:, CELSIUS]):.2f}")
print(f"# grains of 0.088 um at C {np.interp(0.088, rows[:, GRAIN], rows[:, CELSIUS]):.2f}")
