"""Writes the fixture of maps of the world: positions as PROJ computes them, all over the globe.

    python world_maps.py > ../../test/fixtures/oracles/world_maps.json        (needs pyproj)
"""

import json
import math
import sys

import pyproj

WORLD = (
    "eck1 eck2 eck3 eck4 eck5 eck6 gall mill moll robin sinu eqearth vandg aitoff hammer wag1 wag2 wag4 wag5 wag6 wag7 kav5 kav7 "
    "qua_aut mbtfpq crast times natearth natearth2 patterson comill goode igh igh_o"
).split()
OTHERS = {
    "wink1": "+lat_ts=50.4597762521898", "wink2": "+lat_1=50.4597762521898", "wintri": "+lat_1=50.467", "loxim": "+lat_1=40",
    "wag3": "+lat_ts=20", "ortho": "+lat_0=40", "gnom": "+lat_0=40", "nsper": "+lat_0=10 +h=5500000", "geos": "+h=35785831",
}
# The central meridian is a longitude of its own; borders of lobes are not, where PROJ and others may take either side.
LONGITUDES = (-180, -123.4, -41, -0.1, 12, 79, 151.7, 180)
LATITUDES = (-90, -72.5, -40, -0.3, 0, 27.1, 41, 60, 84, 90)

cases = []
for name, text in {**{name: "" for name in WORLD}, **OTHERS}.items():
    shape = "+R=6371000" if name in ("mill", "vandg") else "+datum=WGS84"
    definition = " ".join(f"+proj={name} {text} +lon_0=0 +x_0=1000 +y_0=-500 {shape}".split())
    project = pyproj.Proj(definition)
    positions = []
    for longitude in LONGITUDES:
        for latitude in LATITUDES:
            x, y = project(longitude, latitude)
            seen = math.isfinite(x) and math.isfinite(y)
            positions.append([longitude, latitude, *((round(x, 7), round(y, 7)) if seen else (None, None))])
    cases.append({"definition": definition, "positions": positions})
json.dump({"engine": f"PROJ {pyproj.proj_version_str}", "cases": cases}, sys.stdout, separators=(",", ":"))
