"""What CRSs are called, for the choice among several codes of one definition.

    python names.py > names.json        (needs pyproj)

For each two-dimensional geographic or projected CRS of EPSG and ESRI, by its code: its names, whether it is deprecated,
and whether its first axis is east.
"""

import json
import re
import sqlite3
import sys
import warnings

import pyproj
from pyproj.enums import PJType

warnings.simplefilter("ignore")

plain = lambda name: re.sub(r"[\W_]", "", name).lower()
database = sqlite3.connect(pyproj.datadir.get_data_dir() + "/proj.db")
aliases = {}
for table in ("projected_crs", "geodetic_crs"):
    rows = database.execute("SELECT auth_name, code, alt_name FROM alias_name WHERE table_name = ?", (table,))
    for authority, code, name in rows:
        aliases.setdefault((authority, str(code)), []).append(name)

found = {}
for authority in ("EPSG", "ESRI"):
    for kind in (PJType.GEOGRAPHIC_2D_CRS, PJType.PROJECTED_CRS):
        for code in pyproj.get_codes(authority, kind, allow_deprecated=True):
            if code in found:
                continue
            try:
                crs = pyproj.CRS.from_authority(authority, code)
            except pyproj.exceptions.CRSError:
                continue
            names = sorted({plain(name) for name in [crs.name, *aliases.get((authority, code), [])]})
            found[code] = [authority, names, crs.is_deprecated, crs.axis_info[0].direction == "east"]
json.dump(found, sys.stdout)
