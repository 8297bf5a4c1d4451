#!/usr/bin/env python3
"""Writes docs/emberline.sdf.json (SDF, RFC 9880) from what a service shows: build-tools/sdf.py DEFINITIONS.json CORE.json

The two files are what `emberline poll --json` prints of /definitions and /.well-known/core of the shipped configuration."""
import json
import re
import sys

DESCRIPTIONS = {
    "status": "Where the run stands, and the latest frame in short.",
    "health": "Whether all is well, and how each station stands, since when and why.",
    "ledger": "What became of every trigger and frame; the books close at every moment.",
    "metrics": "The latest frame of every detector as a SenML pack; a sigma is the record NAME:sigma.",
    "t": "The latest reading of one thermocouple channel.",
    "pattern": "The latest pattern of one detector: radial axis, intensity, sigma, count.",
    "preview": "The latest radiograph of one detector, made smaller.",
    "map": "The latest map of one metric.",
    "history": "What has been archived of a series.",
    "events": "What has happened to the run, numbered; confirmable notifications.",
    "observers": "Who observes, and what they have missed.",
    "run": "What the run allows now; an operator's commands.",
    "config": "The configuration in force; an operator's merge patches.",
    "definitions": "Which definition stands behind each metric's name.",
}
FAMILIES = {"t": "channel", "pattern": "detector", "preview": "detector", "map": "metric"}
COMMANDS = {
    "arm": "Open the devices and make the folder of a new run; no frame is taken.",
    "start": "Take frames; what is not armed is armed first.",
    "stop": "End after the frames that are there.",
    "abort": "End at once; frames that have not been measured are discarded.",
    "label": "Say what is being measured.",
    "dark": "Between runs: take frames with a closed shutter, to be subtracted from later ones.",
    "flat": "Between runs: take frames without the sample, which later ones are divided by.",
}


def resource(link):
    segments = link["uri"].strip("/").split("/")
    name = segments[0]
    path = "/" + name + ("/{" + FAMILIES[name] + "}" if name in FAMILIES else "")
    return name, {
        "label": name,
        "description": DESCRIPTIONS[name],
        "readable": True,
        "writable": name == "config",
        "observable": bool(link.get("obs")),
        "ember:path": path,
        "ember:rt": link["rt"],
        "ember:ct": [int(ct) for ct in str(link["ct"]).split()],
    }


def metric(name, entry):
    generic = re.sub(r"^phase:.*", "phase:{name}", name)
    body = {"type": "number", "ember:definition": entry["definition"].replace(name, generic)}
    if entry["unit"]:
        body["unit"] = entry["unit"]
    return generic, body


def main():
    definitions, links = (json.load(open(path)) for path in sys.argv[1:3])
    properties = dict(resource(link) for link in links if not link["uri"].startswith("/.well-known"))
    document = {
        "info": {
            "title": "Emberline: an appliance that watches a calcination",
            "version": "2026-11-23",
            "license": "Apache-2.0",
            "features": [],
        },
        "namespace": {"ember": "urn:emberline:sdf"},
        "defaultNamespace": "ember",
        "sdfObject": {
            "Appliance": {
                "description": "All resources of the CoAP service, by their first path segment.",
                "sdfProperty": {name: properties[name] for name in DESCRIPTIONS if name in properties},
                "sdfAction": {
                    name: {"description": text, "ember:path": "/run", "ember:role": "operator"}
                    for name, text in COMMANDS.items()
                },
            },
            "Metrics": {
                "description": "The records of /metrics; each with its standard uncertainty as NAME:sigma in the same unit.",
                "sdfProperty": {
                    name: body | {"writable": False}
                    for name, body in (metric(name, entry) for name, entry in definitions.items())
                },
            },
        },
    }
    with open("docs/emberline.sdf.json", "w", encoding="utf-8") as out:
        json.dump(document, out, indent=2, ensure_ascii=False)
        out.write("\n")


main()
