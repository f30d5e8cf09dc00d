"""Writes areas.json: where each CRS in definitions.json is meant to be used, as its register says.

    python areas.py ../../geo/crs/generated/definitions.json \\
        > ../../geo/crs/generated/areas.json             (needs pyproj)

Many CRSs share an area, which is written once: west, south, east, north in degrees to a tenth, outwards.
"""

import json
import math
import sys
import warnings

import pyproj
from pyproj.exceptions import CRSError

warnings.simplefilter("ignore")


def area_of(code):
    try:
        area = pyproj.CRS.from_epsg(code).area_of_use
    except CRSError:
        area = pyproj.CRS.from_authority("ESRI", code).area_of_use
    if area is None:
        return None
    west, south, east, north = area.bounds
    return (math.floor(west * 10) / 10, math.floor(south * 10) / 10, math.ceil(east * 10) / 10, math.ceil(north * 10) / 10)


with open(sys.argv[1], encoding="utf-8") as file:
    register = json.load(file)
codes = [int(line.split()[0]) for line in register["definitions"].split("\n") if line]
areas, indices = {}, {}
for code in codes:
    area = area_of(code)
    if area is not None:
        indices[code] = areas.setdefault(area, len(areas))
text = lambda values: ",\n".join(json.dumps(value, separators=(",", ":")) for value in values)
by_code = ",\n".join(f'"{code}":{index}' for code, index in indices.items())
print('{"areas":[\n' + text(areas) + '\n],\n"codes":{\n' + by_code + "\n}}")
