"""Writes the fixture of CRSs whose longitudes and latitudes are not in degrees, and of projections of them: texts of several
programs, and positions as PROJ computes them, in the unit of the CRS.

    python angular_units.py > ../../test/fixtures/oracles/angular_units.json        (needs pyproj)
"""

import json
import math
import sys
import warnings

import pyproj
from pyproj.enums import PJType
from pyproj.exceptions import CRSError

from crs_texts import texts

warnings.simplefilter("ignore")

SHARES = (0.2, 0.5, 0.9)
# Units that no register has, on WGS 84: seconds of arc, as in elevation models, and radians.
CUSTOM = {
    "seconds of arc": 'GEOGCRS["WGS 84 in seconds",DATUM["World Geodetic System 1984",ELLIPSOID["WGS 84",6378137,298.257223563]],'
    'CS[ellipsoidal,2],AXIS["longitude",east],AXIS["latitude",north],ANGLEUNIT["arc-second",4.84813681109536E-06]]',
    "radians": 'GEOGCRS["ED50 in radians",DATUM["European Datum 1950",ELLIPSOID["International 1924",6378388,297]],'
    'CS[ellipsoidal,2],AXIS["longitude",east],AXIS["latitude",north],ANGLEUNIT["radian",1]]',
    "grads from Paris": 'GEOGCRS["on an ellipsoid",DATUM["mine",ELLIPSOID["mine",6377000,299]],PRIMEM["Paris",2.5969213],'
    'CS[ellipsoidal,2],AXIS["latitude",north],AXIS["longitude",east],ANGLEUNIT["grad",0.01570796326794897]]',
}
CUSTOM_AREA = (-4.0, 42.0, 8.0, 51.0)


def is_other_unit(crs):
    return abs(crs.axis_info[0].unit_conversion_factor * 180 / math.pi - 1) > 1e-9


def positions(crs, area):
    transformer = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    west, south, east, north = area
    # pyproj gives degrees where PROJ gives radians.
    factor = math.pi / 180 if crs.is_geographic and crs.axis_info[0].unit_name == "radian" else 1
    return [
        [longitude, latitude, *(factor * value for value in transformer.transform(longitude, latitude))]
        for longitude in (west + share * (east - west) for share in SHARES)
        for latitude in (south + share * (north - south) for share in SHARES)
    ]


cases, bases = [], set()
for authority in ("EPSG", "ESRI"):
    for code in pyproj.get_codes(authority, PJType.GEOGRAPHIC_2D_CRS, allow_deprecated=True):
        # Codes of ESRI that are codes of EPSG as well stand for those.
        if authority == "ESRI" and code in pyproj.get_codes("EPSG", PJType.CRS, allow_deprecated=True):
            continue
        crs = pyproj.CRS.from_authority(authority, code)
        # One has the name of another, which is not deprecated.
        if authority == "ESRI" and crs.is_deprecated:
            continue
        if is_other_unit(crs):
            bases.add(crs.name)
            cases.append({"name": f"{authority}:{code}", "positions": positions(crs, crs.area_of_use.bounds), **texts(crs)})
    for code in pyproj.get_codes(authority, PJType.PROJECTED_CRS, allow_deprecated=True):
        try:
            crs = pyproj.CRS.from_authority(authority, code)
        except CRSError:
            continue
        if crs.geodetic_crs.name in bases and is_other_unit(crs.geodetic_crs):
            try:
                cases.append({"name": f"{authority}:{code}", "positions": positions(crs, crs.area_of_use.bounds), **texts(crs)})
            except (CRSError, pyproj.exceptions.ProjError):
                continue
for name, text in CUSTOM.items():
    crs = pyproj.CRS.from_wkt(text)
    cases.append({"name": name, "positions": positions(crs, CUSTOM_AREA), **texts(crs)})
json.dump({"engine": f"PROJ {pyproj.proj_version_str}", "cases": cases}, sys.stdout, indent=1)
