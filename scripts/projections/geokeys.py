"""Writes the fixture of GeoKeys: those that GDAL writes for CRSs with and without a code, and positions by PROJ.

    python geokeys.py > ../../test/fixtures/oracles/geokeys.json        (needs rasterio and pyproj)
"""

import json
import struct
import sys
import warnings

import numpy
import pyproj
import rasterio
from rasterio.io import MemoryFile

warnings.simplefilter("ignore")

DEFINITIONS = {
    "EPSG:32631": [3, 50], "EPSG:4326": [3, 50], "EPSG:2263": [-74, 40.7], "EPSG:3031": [50, -75], "EPSG:27572": [3, 47],
    "ESRI:102008": [-90, 40], "ESRI:54009": [10, 40],
    "+proj=aea +lat_1=20 +lat_2=-23 +lat_0=0 +lon_0=25 +datum=WGS84": [20, 10],
    "+proj=sinu +R=6371007.181": [30, 40],
    "+proj=lcc +lat_1=34 +lat_2=36 +lat_0=33.75 +lon_0=-79 +x_0=609601.22 +datum=NAD27 +units=us-ft": [-78, 35],
    "+proj=lcc +lat_1=46.5 +lat_0=46.5 +lon_0=3 +k_0=0.9998 +x_0=600000 +y_0=2200000 +ellps=clrk80ign": [3, 46],
    "+proj=tmerc +lat_0=48 +lon_0=1 +k=0.9999 +x_0=10000 +y_0=20000 +ellps=clrk80ign +pm=paris": [4, 48],
    "+proj=stere +lat_0=90 +lat_ts=73.5 +lon_0=17.25 +x_0=1234.5 +y_0=-77 +datum=WGS84": [10, 80],
    "+proj=stere +lat_0=46 +lon_0=10 +k=0.9999 +x_0=500000 +datum=WGS84": [11, 46],
    "+proj=laea +lat_0=45 +lon_0=100 +datum=WGS84": [100, 40],
    "+proj=aeqd +lat_0=45.4 +lon_0=-75.7 +x_0=1000 +y_0=2000 +datum=WGS84": [-75, 45],
    "+proj=merc +lon_0=110 +k=0.998 +x_0=3900000 +y_0=900000 +ellps=bessel": [112, 3],
    "+proj=omerc +lat_0=57 +lonc=-133 +alpha=-36.8 +gamma=-36.8 +k=0.9999 +x_0=5000000 +y_0=-5000000 +ellps=GRS80": [-134, 57],
    "+proj=cass +lat_0=10.4 +lon_0=-61.3 +x_0=86500 +y_0=65400 +ellps=intl": [-61, 10.5],
    "+proj=poly +lat_0=1 +lon_0=-54 +x_0=5000000 +y_0=10000000 +ellps=GRS80": [-50, -10],
    "+proj=eqdc +lat_1=43 +lat_2=62 +lat_0=30 +lon_0=10 +datum=WGS84": [12, 50],
    "+proj=cea +lat_ts=30 +lon_0=5 +datum=WGS84": [12, 50],
    "+proj=longlat +R=6371229": [3, 50],
}


def keys_of(content):
    """The GeoKeys of a TIFF."""
    offset = struct.unpack_from("<I", content, 4)[0]
    tags = {}
    for index in range(struct.unpack_from("<H", content, offset)[0]):
        tag, kind, count, place = struct.unpack_from("<HHII", content, offset + 2 + 12 * index)
        if tag in (34735, 34736, 34737):
            form = {3: f"<{count}H", 12: f"<{count}d", 2: f"<{count}s"}[kind]
            tags[tag] = struct.unpack_from(form, content, place)
    directory, keys = tags[34735], {}
    for at in range(4, len(directory), 4):
        key, location, count, value = directory[at : at + 4]
        if location == 34737:
            keys[key] = tags[34737][0][value : value + count - 1].decode("latin1")
        else:
            keys[key] = tags[location][value] if location else value
    return keys


cases = []
for definition, (longitude, latitude) in DEFINITIONS.items():
    crs = pyproj.CRS(definition if ":" in definition else definition + " +no_defs +type=crs")
    with MemoryFile() as file:
        with file.open(
            driver="GTiff", width=1, height=1, count=1, dtype="uint8", crs=crs.to_wkt(),
            transform=rasterio.transform.from_origin(0, 0, 1, 1),
        ) as raster:
            raster.write(numpy.zeros((1, 1, 1), "uint8"))
        keys = keys_of(file.read())
    x, y = pyproj.Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True).transform(longitude, latitude)
    if crs.is_geographic:
        x, y = longitude, latitude
    cases.append({"definition": definition, "keys": keys, "place": [longitude, latitude], "position": [x, y]})
engine = f"GDAL {rasterio.__gdal_version__}, PROJ {pyproj.proj_version_str}"
json.dump({"engine": engine, "cases": cases}, sys.stdout, indent=1)
