"""Reflections of the shipped phases, for StructureGoldenTest: usage make_structure_golden.py config/phases OUT.csv

Equivalence, multiplicity and absence by gemmi's operations (Debian's python3-gemmi), form factors by periodictable's copy of Waasmaier's and
Kirfel's table (python3-periodictable), without resonant scattering; B at 300 K. One line a family with d above 1.1 Angstrom.
"""
import cmath
import math
import os
import sys
import tomllib

import gemmi
import periodictable

HIGHEST = 1 / 1.1


def form_factors():
    path = os.path.join(os.path.dirname(periodictable.__file__), "xsf", "f0_WaasKirf.dat")
    table, symbol = {}, None
    for line in open(path, encoding="latin-1"):
        if line.startswith("#S"):
            symbol = line.split()[2]
        elif symbol and not line.startswith("#"):
            table.setdefault(symbol, [float(x) for x in line.split()])
            symbol = None
    return table


def f0(row, s2):
    return row[5] + sum(a * math.exp(-b * s2) for a, b in zip(row[:5], row[6:]))


def group(generators):
    ops = {"x,y,z": gemmi.Op("x,y,z")}
    todo = list(ops.values())
    gens = [gemmi.Op(g) for g in generators]
    while todo:
        op = todo.pop()
        for g in gens:
            new = (g * op).wrap()
            if new.triplet() not in ops:
                ops[new.triplet()] = new
                todo.append(new)
    return gemmi.GroupOps(list(ops.values()))


def cell(t):
    a = t["a_angstrom"]
    hexagonal = t["system"] == "hexagonal"
    return gemmi.UnitCell(a, t.get("b_angstrom", a), t.get("c_angstrom", a), t.get("alpha_degrees", 90),
                          t.get("beta_degrees", 90), t.get("gamma_degrees", 120 if hexagonal else 90))


def atoms(t, ops):
    for site in t["site"]:
        seen = []
        for op in ops:
            p = [x % 1 for x in op.apply_to_xyz(site["position"])]
            if not any(all(min(abs(u - v), 1 - abs(u - v)) < 1e-3 for u, v in zip(p, q)) for q in seen):
                seen.append(p)
        yield site, seen


def families(name, t, table):
    ops = group(t["symmetry"])
    uc = cell(t)
    sites = list(atoms(t, ops))
    n = [int(math.ceil(e * HIGHEST)) + 1 for e in (uc.a, uc.b, uc.c)]
    done = set()
    for h in range(-n[0], n[0] + 1):
        for k in range(-n[1], n[1] + 1):
            for l in range(-n[2], n[2] + 1):
                hkl = [h, k, l]
                if hkl == [0, 0, 0] or tuple(hkl) in done or uc.calculate_1_d2(hkl) > HIGHEST ** 2:
                    continue
                orbit = set()
                for op in ops:
                    image = tuple(op.apply_to_hkl(hkl))
                    orbit.add(image)
                    orbit.add(tuple(-x for x in image))
                done |= orbit
                if ops.is_systematically_absent(hkl):
                    continue
                s2 = uc.calculate_1_d2(hkl) / 4
                total = 0
                for site, places in sites:
                    f = sum(o * f0(table[i], s2) for i, o in site["occupancy"].items()) * math.exp(-site["b_iso"] * s2)
                    total += f * sum(cmath.exp(2j * math.pi * (h * x + k * y + l * z)) for x, y, z in places)
                if abs(total) ** 2 > 1e-3:
                    first = max(orbit)
                    yield "%s,%d,%d,%d,%d,%.6f,%.6g" % (name, *first, len(orbit), 1 / math.sqrt(4 * s2), abs(total) ** 2)


def main():
    folder, out = sys.argv[1:3]
    table = form_factors()
    with open(out, "w") as file:
        file.write("phase,h,k,l,multiplicity,d_angstrom,f_squared\n")
        for name in sorted(os.listdir(folder)):
            t = tomllib.load(open(os.path.join(folder, name), "rb"))
            for line in families(t["name"], t, table):
                file.write(line + "\n")


main()
