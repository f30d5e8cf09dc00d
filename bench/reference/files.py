"""The data of the benchmark, and what both sides write."""

import sys
from pathlib import Path

import geopandas
import numpy as np
import rasterio
from rasterio.enums import Resampling

sys.path.insert(0, str(Path(__file__).parents[2] / "test" / "oracle"))

DIRECTORY = Path(sys.argv[1])
OUT = DIRECTORY / "reference-out"
CRS = "EPSG:32631"
NODATA = -9999
GTIFF = dict(driver="GTiff", tiled=True, blockxsize=512, blockysize=512, compress="deflate")
_held = {}


def layer(name):
    return geopandas.read_file(DIRECTORY / f"{name}.fgb")


def written(frame):
    frame.to_file(f"{OUT}.fgb", driver="FlatGeobuf", SPATIAL_INDEX="NO")
    return len(frame)


def written_as_geopackage(frame):
    frame.to_file(f"{OUT}.gpkg", driver="GPKG")
    return len(frame)


def raster_file(name):
    return DIRECTORY / f"{name}.tif"


def band_of(name):
    """The first band of a raster, as numbers, with its profile."""
    with rasterio.open(raster_file(name)) as file:
        return file.read(1), file.profile


def written_raster(values, profile, **changes):
    bands = values if values.ndim == 3 else values[None]
    count, height, width = bands.shape
    shape = dict(count=count, height=height, width=width, dtype=bands.dtype)
    with rasterio.open(f"{OUT}.tif", "w", **{**profile, **GTIFF, **shape, **changes}) as file:
        file.write(bands)
    return bands.size


def held(name, make):
    """What a kernel works on, in memory before the clock runs."""
    if name not in _held:
        _held[name] = make()
    return _held[name]


def shapes(name):
    return held(name, lambda: layer(name).geometry.values.to_numpy())


def pixels(name):
    def read():
        values, profile = band_of(name)
        return values, profile["transform"]

    return held(f"{name}.tif", read)


def values_in_zones(values, transform, zones):
    """Yields the pixels of each zone whose centres it holds, without those that are missing."""
    grid = _Grid(values, transform)
    for zone in zones:
        window = rasterio.features.geometry_window(grid, [zone])
        part = values[window.toslices()]
        moved = rasterio.windows.transform(window, transform)
        found = part[rasterio.features.geometry_mask([zone], part.shape, moved, invert=True)]
        yield found[found != NODATA]


class _Grid:
    """As much of a dataset as `geometry_window` looks at."""

    def __init__(self, values, transform):
        self.height, self.width = values.shape
        self.transform = transform
        self.res = (transform.a, -transform.e)

    def window(self, *bounds):
        return rasterio.windows.from_bounds(*bounds, self.transform)


def moved_to_web_mercator(values, transform):
    """The pixels in EPSG:3857 by bilinear interpolation, and where they are."""
    height, width = values.shape
    west, north = transform * (0, 0)
    east, south = transform * (width, height)
    there = "EPSG:3857"
    moved, columns, rows = rasterio.warp.calculate_default_transform(
        CRS, there, width, height, west, south, east, north
    )
    target = np.full((rows, columns), NODATA, "float32")
    rasterio.warp.reproject(
        values,
        target,
        src_transform=transform,
        src_crs=CRS,
        src_nodata=NODATA,
        dst_transform=moved,
        dst_crs=there,
        dst_nodata=NODATA,
        resampling=Resampling.bilinear,
    )
    return target, moved
