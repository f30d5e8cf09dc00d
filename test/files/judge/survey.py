"""What GDAL sees in a file: whether it is geodata, which layers it has, whether they can be read."""

import json
import re

import numpy as np
import pyogrio
import rasterio
import shapely
from rasterio.errors import RasterioIOError

from reading import gdal_path, list_layers, read_layer

# Bounded, as some files have hundreds.
LAYERS = 6

# Drivers that this project does not open, with the reason.
LIMITS = {
    "VRT": "a VRT leads to other files, which are not followed",
    "OGR_VRT": "a VRT leads to other files, which are not followed",
    "WMS": "a description of a service leads to other hosts",
    "WMTS": "a description of a service leads to other hosts",
    "netCDF": "netCDF is not read",
    "HDF4": "HDF is not read",
    "HDF4Image": "HDF is not read",
    "HDF5": "HDF is not read",
    "HDF5Image": "HDF is not read",
    "JP2OpenJPEG": "JPEG 2000 is not read",
    "OpenFileGDB raster": "rasters of geodatabases are not read",
}
# Zoom, column and row of a tile, as GDAL and the product take them from its name; folders are not told to the product here.
TILE_NAME = re.compile(r"(?:^|/)\d{1,2}-\d{1,10}-\d{1,10}(?:\.\w+)*$")
RASTERS = (
    ".tif", ".tiff", ".gtiff", ".img", ".asc", ".hgt", ".vrt", ".dem", ".grd", ".nc", ".jp2", ".bil", ".dt0", ".dt1",
    ".dt2", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".rst", ".rsw", ".grib", ".grib2", ".grb", ".grb2", ".pix", ".ntf",
    ".bt", ".gtx", ".hf2", ".mtw", ".sigdem", ".pnm", ".pgm", ".ter", ".gsb", ".isg", ".byn", ".xyz",
)  # fmt: skip


def survey(path, sure):
    """
    sure: the extension says that it is geodata, so that what cannot be read is a file that cannot be read, and not
    something else.
    """
    if path.lower().endswith(RASTERS):
        return survey_raster(path, sure)
    return survey_layers(path, sure)


def survey_raster(path, sure):
    try:
        with rasterio.open(path) as raster:
            driver = raster.driver
            placed = raster.crs is not None or not raster.transform.is_identity or raster.gcps[0] or raster.rpcs
            if not sure and not placed:
                return {"kind": "none", "reason": "a picture without a place on the ground"}
            if raster.count == 0:
                return {"kind": "raster", "readable": False, "reason": "it has no bands", "driver": driver}
            limit = LIMITS.get(driver) or sample_limit(raster)
            if raster.gcps[0] and raster.transform.is_identity:
                limit = "its place is told by ground control points"
            bytes_of_band = raster.width * raster.height * np.dtype(raster.dtypes[0]).itemsize
            if bytes_of_band <= 1 << 30:
                for band in raster.indexes:
                    raster.read(band)
            return {"kind": "raster", "readable": True, "driver": driver, **({"limit": limit} if limit else {})}
    except (RasterioIOError, ValueError, TypeError, AttributeError) as error:
        if not sure:
            return {"kind": "none", "reason": "not known to GDAL"}
        return {"kind": "raster", "readable": False, "reason": f"GDAL: {cause_of(error)}"}


def sample_limit(raster):
    """Samples and blocks that no library at hand computes or unpacks, which the service says in its refusal."""
    if raster.dtypes[0] in ("int64", "uint64") and np.abs(raster.read(masked=True).astype(float)).max() > 2**53:
        return "integers beyond 2^53 are not computed, as pixels are floating point"
    return None


def cause_of(error):
    return str(error.__cause__ or error)[:200]


def survey_layers(path, sure):
    if path.lower().endswith((".json", ".geojson")) and not sure and not is_spatial_json(path):
        return {"kind": "none", "reason": "JSON without geometries"}
    try:
        names = list_layers(path)
    except Exception as error:
        if not sure:
            return {"kind": "none", "reason": "not known to GDAL"}
        return {"kind": "layers", "readable": False, "reason": f"GDAL: {cause_of(error)}", "layers": []}
    if not names:
        return {"kind": "none", "reason": "no layer with geometries"}
    driver = "Parquet" if names == [None] else pyogrio.read_info(gdal_path(path), layer=names[0])["driver"]
    layers = []
    for name in names[:LAYERS]:
        try:
            layer = read_layer(path, name)
            layers.append({
                "name": name,
                "readable": layer.damage is None,
                "damaged": layer.damage is not None,
                "reason": layer.damage,
                "features": len(layer.geometries),
                "placed": is_placed(layer),
            })  # fmt: skip
        except Exception as error:
            layers.append({"name": name, "readable": False, "reason": f"GDAL: {cause_of(error)}"})
    limit = LIMITS.get(driver)
    if driver == "MVT" and not TILE_NAME.search(path):
        limit = "the place of a vector tile is told by its name alone"
    return {
        "kind": "layers",
        "readable": any(layer["readable"] for layer in layers),
        "reason": layers[0]["reason"],
        "driver": driver,
        "layers": layers,
        "more": len(names) - len(layers),
        **({"limit": limit} if limit else {}),
    }


def is_placed(layer):
    """Whether its coordinates can be what its CRS says: degrees where that is geographic, or where there is none."""
    if layer.crs is not None and not layer.crs.is_geographic:
        return True
    if len(layer.geometries) == 0:
        return True
    west, south, east, north = shapely.total_bounds(layer.geometries)
    if np.isnan(west):
        return True
    return bool(max(abs(west), abs(east)) <= 3600 and max(abs(south), abs(north)) <= 90.0001)


TYPES = {
    "FeatureCollection", "Feature", "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
    "GeometryCollection", "Topology",
}  # fmt: skip


def is_spatial_json(path):
    try:
        with open(path, "rb") as file:
            content = json.load(file)
    except (ValueError, RecursionError):
        # A text per line, or nothing of ours.
        with open(path, "rb") as file:
            first = file.readline(1 << 20)
        return b'"Feature"' in first
    return isinstance(content, dict) and (content.get("type") in TYPES or "geometryType" in content)
