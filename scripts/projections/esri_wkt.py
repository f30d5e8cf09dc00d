"""Writes esri-wkt.json: the parts from which the WKT1 of each CRS in definitions.json is put together, in the
dialect of ESRI that .prj files of Shapefiles have.

    python esri_wkt.py ../../geo/crs/generated/definitions.json \\
        > ../../geo/crs/generated/esri-wkt.json          (needs pyproj)

What many CRSs have in common is written once: geographic CRSs, units, and projections with their parameters' names.
Deprecated codes are listed, because others are meant by texts that they share. The few CRSs that this dialect cannot
express are left out.
"""

import json
import re
import sys
import warnings

import pyproj
from pyproj.exceptions import CRSError

warnings.simplefilter("ignore")

PROJECTED = re.compile(r'^PROJCS\["([^"]*)",(GEOGCS\[.*?\]\]),PROJECTION\["([^"]*)"\],(.*),(UNIT\[[^\]]*\])\]$')
PARAMETER = re.compile(r'PARAMETER\["([^"]*)",([^\]]*)\]')


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
        key = json.dumps(value)
        if key not in self.indices:
            self.indices[key] = len(self.values)
            self.values.append(value)
        return self.indices[key]


geographic, units, methods = Shared(), Shared(), Shared()
crss = {}

with open(sys.argv[1]) as file:
    codes = [int(line.split()[0]) for line in json.load(file)["definitions"].split("\n") if line]
for code in codes:
    crs = crs_of(code)
    try:
        text = crs.to_wkt("WKT1_ESRI")
    except CRSError:
        continue
    if "VERTCS" in text:
        continue
    if text.startswith("GEOGCS"):
        crss[code] = [geographic.index(text)]
        continue
    name, base, projection, parameters, unit = PROJECTED.match(text).groups()
    pairs = PARAMETER.findall(parameters)
    assert ",".join(f'PARAMETER["{key}",{value}]' for key, value in pairs) == parameters, text
    method = methods.index([projection, *(key for key, _ in pairs)])
    values = [float(value) for _, value in pairs]
    values = [int(value) if value.is_integer() else value for value in values]
    crss[code] = [geographic.index(base), name, method, units.index(unit), values]

print("{")
for member, shared in (("geographic", geographic), ("units", units), ("methods", methods)):
    lines = ",\n".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in shared.values)
    print(f'"{member}":[\n{lines}\n],')
lines = ",\n".join(
    f'"{code}":{json.dumps(parts, ensure_ascii=False, separators=(",", ":"))}' for code, parts in crss.items()
)
print(f'"crss":{{\n{lines}\n}}\n}}')
