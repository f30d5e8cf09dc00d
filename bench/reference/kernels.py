"""Computations by themselves: what they work on is in memory before the clock runs."""

import numpy as np
import rasterio
import rasterio.features
import rasterio.shutil
import rasterio.warp
import shapely
from files import CRS, NODATA, OUT, held, moved_to_web_mercator, pixels, shapes, values_in_zones
from pyproj import Transformer
from support import gdal


def buffer():
    return len(shapely.buffer(shapes("lines"), 100, quad_segs=8))


def union():
    return int(shapely.union_all(shapes("discs")).area)


def reproject():
    transformer = held("transformer", lambda: Transformer.from_crs(CRS, "EPSG:4326", always_xy=True))
    coordinates = held("coordinates", lambda: shapely.get_coordinates(shapes("detailed")))
    x, _ = transformer.transform(coordinates[:, 0], coordinates[:, 1])
    return len(x)


def terrain(mode):
    """From an array to an array: GDAL's driver MEM on both sides."""

    def run():
        values, transform = pixels("dem")
        gdal.gdaldem(mode, gdal.memory_raster(values, transform), "result", ["-of", "MEM"])
        return values.size

    return run


def zonal_statistics():
    total = 0
    for found in values_in_zones(*pixels("dem"), shapes("raster-zones")):
        total += found.size
        np.min(found), np.max(found), np.mean(found)
    return total


def polygonize():
    values, transform = pixels("classes")
    return sum(1 for _ in rasterio.features.shapes(values, mask=values != 0, transform=transform))


def contour():
    values, transform = pixels("dem")
    return len(gdal.contour_lines(gdal.memory_raster(values, transform), ["LEVEL_INTERVAL=25"]))


def rasterize():
    values, transform = pixels("dem")
    numbered = [(zone, index + 1) for index, zone in enumerate(shapes("zones"))]
    burnt = rasterio.features.rasterize(numbered, values.shape, transform=transform, fill=NODATA, dtype="float32")
    return int((burnt != NODATA).sum())


def reproject_raster():
    target, _ = moved_to_web_mercator(*pixels("dem"))
    return target.size


def write_cog():
    values, transform = pixels("dem")
    with rasterio.Env(GDAL_MEM_ENABLE_OPEN="YES"):
        source = gdal.memory_raster(values, transform)
        rasterio.shutil.copy(source, f"{OUT}.tif", driver="COG", compress="deflate", blocksize=512)
    return values.size


CASES = {
    "kernel buffer": buffer,
    "kernel union": union,
    "kernel reproject": reproject,
    "kernel hillshade": terrain("hillshade"),
    "kernel slope": terrain("slope"),
    "kernel aspect": terrain("aspect"),
    "kernel zonal-statistics": zonal_statistics,
    "kernel polygonize": polygonize,
    "kernel contour": contour,
    "kernel rasterize": rasterize,
    "kernel reproject-raster": reproject_raster,
    "kernel write COG": write_cog,
}
