"""Writes projjson.json: the parts from which the PROJJSON of each CRS in definitions.json is put together.

    python projjson.py ../../geo/crs/generated/definitions.json \\
        > ../../geo/crs/generated/projjson.json          (needs pyproj)

What many CRSs have in common is written once: datums, coordinate systems, and the methods of projections with the
parameters and units that they take.
"""

import json
import sys
import warnings

import pyproj
from pyproj.exceptions import CRSError

warnings.simplefilter("ignore")


def crs_of(code):
    """The CRS with a code, whichever register has it."""
    try:
        return pyproj.CRS.from_epsg(code)
    except CRSError:
        return pyproj.CRS.from_authority("ESRI", code)


class Shared:
    """A list without duplicates; gives the index of each."""

    def __init__(self):
        self.values, self.indices = [], {}

    def index(self, value):
        key = json.dumps(value, sort_keys=True)
        if key not in self.indices:
            self.indices[key] = len(self.values)
            self.values.append(value)
        return self.indices[key]


datums, systems, methods = Shared(), Shared(), Shared()
geographic, projected = {}, {}


def add_geographic(crs):
    datum = {member: crs[member] for member in ("datum", "datum_ensemble") if member in crs}
    geographic[str(crs["id"]["code"])] = [crs["name"], datums.index(datum), systems.index(crs["coordinate_system"])]


def add_projected(crs):
    conversion, base = crs["conversion"], crs["base_crs"]
    parameters = conversion["parameters"]
    method = {
        "method": conversion["method"],
        "parameters": [{key: value for key, value in each.items() if key != "value"} for each in parameters],
    }
    # Texts of ESRI do not say the code of their longitudes and latitudes.
    code = base["id"]["code"] if "id" in base else bases[crs["id"]["code"]]
    if str(code) not in geographic:
        add_geographic(crs_of(code).to_json_dict())
    projected[str(crs["id"]["code"])] = [
        crs["name"], code, conversion["name"], methods.index(method), systems.index(crs["coordinate_system"]),
        [each["value"] for each in parameters],
    ]


with open(sys.argv[1]) as file:
    register = json.load(file)
rows = [line.split() for line in register["definitions"].split("\n") if line]
bases = {int(code): int(base.split("@")[0]) for code, base, *_ in rows}
for code, *_ in rows:
    crs = crs_of(int(code)).to_json_dict()
    (add_geographic if crs["type"].startswith(("Geographic", "Geodetic")) else add_projected)(crs)


def lines(values):
    """A line for each entry, so that changes can be read."""
    text = lambda value: json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    if isinstance(values, list):
        return "[\n" + ",\n".join(map(text, values)) + "\n]"
    return "{\n" + ",\n".join(f"{text(code)}:{text(value)}" for code, value in values.items()) + "\n}"


parts = {
    "datums": datums.values, "systems": systems.values, "methods": methods.values, "geographic": geographic,
    "projected": projected,
}
print("{" + ",\n".join(f"{json.dumps(name)}:{lines(values)}" for name, values in parts.items()) + "}")
