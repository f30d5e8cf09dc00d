"""The other engines' side of the benchmark: runs a case per line that it reads, and answers with a line each."""

import json
import os
import sys
import time
from pathlib import Path

import geopandas
import numpy as np
import rasterio
import rasterio.features
import rasterio.shutil
import rasterio.warp
import rasterio.windows
import shapely
from pyproj import Transformer
from rasterio.enums import Resampling

sys.path.insert(0, str(Path(__file__).parent.parent / "test" / "oracle"))
from support import gdal  # noqa: E402

DIRECTORY = Path(sys.argv[1])
OUT = DIRECTORY / "reference-out"
GTIFF = dict(driver="GTiff", tiled=True, blockxsize=512, blockysize=512, compress="deflate")
_held = {}


def layer(name):
    return geopandas.read_file(DIRECTORY / f"{name}.fgb")


def held(name, make):
    """What a kernel works on, in memory before the clock runs."""
    if name not in _held:
        _held[name] = make()
    return _held[name]


def shapes(name):
    return held(name, lambda: layer(name).geometry.values.to_numpy())


def pixels(name):
    def read():
        with rasterio.open(DIRECTORY / f"{name}.tif") as file:
            return file.read(1), file.transform

    return held(f"{name}.tif", read)


def written(frame):
    frame.to_file(f"{OUT}.fgb", driver="FlatGeobuf", SPATIAL_INDEX="NO")
    return len(frame)


def mapped(name, operation):
    """A process that changes each geometry, from file to file."""

    def run():
        frame = layer(name)
        return written(frame.set_geometry(operation(frame.geometry.values.to_numpy()), crs=frame.crs))

    return run


def intersection():
    first, second = layer("first"), layer("second")
    return written(geopandas.overlay(first, second.rename(columns={"number": "overlay_number"}), how="intersection"))


def clip():
    first, second = layer("first"), layer("second")
    mask = shapely.union_all(second.geometry.values)
    shapely.prepare(mask)
    parts = shapely.intersection(first.geometry.values, mask)
    return written(first.set_geometry(parts, crs=first.crs)[~shapely.is_empty(parts)])


def dissolve():
    frame = layer("discs")
    return written(geopandas.GeoDataFrame(geometry=[shapely.union_all(frame.geometry.values)], crs=frame.crs))


def spatial_join():
    points, zones = layer("points"), layer("zones")
    return written(geopandas.sjoin(points, zones, how="left", predicate="within").drop(columns="index_right"))


def nearest():
    points, sites = layer("sites"), layer("points")
    joined = geopandas.sjoin_nearest(points, sites, distance_col="distance").drop(columns="index_right")
    return written(joined)


def reproject():
    frame = layer("detailed")
    return written(frame.to_crs("EPSG:3035"))


def voronoi():
    frame = layer("sites")
    cells = shapely.voronoi_polygons(shapely.MultiPoint(shapely.get_coordinates(frame.geometry.values)))
    box = shapely.box(*frame.total_bounds)
    clipped = geopandas.GeoDataFrame(geometry=shapely.intersection(list(cells.geoms), box), crs=frame.crs)
    return written(geopandas.sjoin(clipped, frame, predicate="contains").drop(columns="index_right"))


def dem(mode, options=()):
    def run():
        creation = ("TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512", "COMPRESS=DEFLATE")
        created = [word for option in creation for word in ("-co", option)]
        gdal.gdaldem(mode, DIRECTORY / "dem.tif", f"{OUT}.tif", [*options, *created])
        return checked(f"{OUT}.tif")

    return run


def checked(path):
    with rasterio.open(path) as file:
        return file.width * file.height


def dem_kernel(mode):
    """From an array to an array: GDAL's driver MEM on both sides."""

    def run():
        values, transform = pixels("dem")
        gdal.gdaldem(mode, gdal.memory_raster(values, transform), "result", ["-of", "MEM"])
        return values.size

    return run


def zonal(touched=False):
    zones = shapes("raster-zones")
    values, transform = pixels("dem")
    total = 0
    for zone in zones:
        with_margin = rasterio.features.geometry_window(_dataset(values, transform), [zone])
        rows, columns = with_margin.toslices()
        moved = rasterio.windows.transform(with_margin, transform)
        part = values[rows, columns]
        inside = rasterio.features.geometry_mask([zone], part.shape, moved, all_touched=touched, invert=True)
        found = part[inside]
        found = found[found != -9999]
        total += found.size
        np.min(found), np.max(found), np.mean(found)
    return total


class _Grid:
    """As much of a dataset as `geometry_window` looks at."""

    def __init__(self, values, transform):
        self.height, self.width = values.shape
        self.transform = transform
        self.res = (transform.a, -transform.e)

    def window(self, *bounds):
        return rasterio.windows.from_bounds(*bounds, self.transform)


def _dataset(values, transform):
    return held("grid", lambda: _Grid(values, transform))


def polygonize():
    values, transform = pixels("classes")
    return sum(1 for _ in rasterio.features.shapes(values, mask=values != 0, transform=transform))


def contour():
    values, transform = pixels("dem")
    return len(gdal.contour_lines(gdal.memory_raster(values, transform), ["LEVEL_INTERVAL=25"]))


def rasterize():
    zones = shapes("zones")
    values, transform = pixels("dem")
    numbered = [(zone, index + 1) for index, zone in enumerate(zones)]
    burnt = rasterio.features.rasterize(numbered, values.shape, transform=transform, fill=-9999, dtype="float32")
    return int((burnt != -9999).sum())


def warp():
    values, transform = pixels("dem")
    height, width = values.shape
    west, north = transform * (0, 0)
    east, south = transform * (width, height)
    moved, columns, rows = rasterio.warp.calculate_default_transform(
        "EPSG:32631", "EPSG:3857", width, height, west, south, east, north
    )
    target = np.full((rows, columns), -9999, "float32")
    rasterio.warp.reproject(
        values,
        target,
        src_transform=transform,
        src_crs="EPSG:32631",
        src_nodata=-9999,
        dst_transform=moved,
        dst_crs="EPSG:3857",
        dst_nodata=-9999,
        resampling=Resampling.bilinear,
    )
    return target.size


def calculator():
    with rasterio.open(DIRECTORY / "bands.tif") as file:
        red, infrared = file.read().astype("float64")
        profile = {**file.profile, **GTIFF, "count": 1, "dtype": "float32", "nodata": -9999}
    with np.errstate(all="ignore"):
        index = (infrared - red) / (infrared + red)
    index = np.where(np.isfinite(index), index, -9999).astype("float32")
    with rasterio.open(f"{OUT}.tif", "w", **profile) as file:
        file.write(index, 1)
    return index.size


def statistics():
    with rasterio.open(DIRECTORY / "dem.tif") as file:
        values = file.read(1).astype("float64")
    present = values[values != -9999]
    found = [present.min(), present.max(), present.mean(), present.std(), np.median(present)]
    np.percentile(present, [2, 98])
    return present.size if found else 0


def write_cog():
    values, transform = pixels("dem")
    with rasterio.Env(GDAL_MEM_ENABLE_OPEN="YES"):
        source = gdal.memory_raster(values, transform)
        rasterio.shutil.copy(source, f"{OUT}.tif", driver="COG", compress="deflate", blocksize=512)
    return values.size


def window(url, column, row):
    options = dict(
        GDAL_DISABLE_READDIR_ON_OPEN="EMPTY_DIR",
        CPL_VSIL_CURL_NON_CACHED=f"/vsicurl/{url}",
        VSI_CACHE="FALSE",
        CPL_VSIL_CURL_ALLOWED_EXTENSIONS=".tif",
    )
    with rasterio.Env(**options), rasterio.open(f"/vsicurl/{url}") as file:
        return file.read(1, window=rasterio.windows.Window(column, row, 512, 512)).size


def buffer_kernel():
    return len(shapely.buffer(shapes("lines"), 100, quad_segs=8))


def union_kernel():
    return int(shapely.union_all(shapes("discs")).area)


def reproject_kernel():
    transformer = held("transformer", lambda: Transformer.from_crs("EPSG:32631", "EPSG:4326", always_xy=True))
    coordinates = held("coordinates", lambda: shapely.get_coordinates(shapes("detailed")))
    x, _ = transformer.transform(coordinates[:, 0], coordinates[:, 1])
    return len(x)


CASES = {
    "buffer": mapped("lines", lambda shapes: shapely.buffer(shapes, 100, quad_segs=8)),
    "simplify": mapped("detailed", lambda shapes: shapely.simplify(shapes, 20)),
    "make-valid": mapped("bowties", lambda shapes: shapely.make_valid(shapes, method="structure", keep_collapsed=False)),
    "convex-hull": mapped("detailed", shapely.convex_hull),
    "centroid": mapped("zones", shapely.centroid),
    "dissolve": dissolve,
    "intersection": intersection,
    "clip": clip,
    "spatial-join": spatial_join,
    "nearest": nearest,
    "reproject": reproject,
    "voronoi-polygons": voronoi,
    "kernel buffer": buffer_kernel,
    "kernel union": union_kernel,
    "kernel reproject": reproject_kernel,
    "hillshade": dem("hillshade"),
    "slope": dem("slope"),
    "aspect": dem("aspect"),
    "raster-calculator": calculator,
    "raster-statistics": statistics,
    "kernel write COG": write_cog,
    "kernel hillshade": dem_kernel("hillshade"),
    "kernel slope": dem_kernel("slope"),
    "kernel aspect": dem_kernel("aspect"),
    "kernel zonal-statistics": zonal,
    "kernel polygonize": polygonize,
    "kernel contour": contour,
    "kernel rasterize": rasterize,
    "kernel reproject-raster": warp,
}


def main():
    for line in sys.stdin:
        request = json.loads(line)
        name = request["case"]
        if name == "window":
            run = lambda: window(request["url"], request["column"], request["row"])
        else:
            run = CASES[name]
        started, used = time.perf_counter(), time.process_time()
        check = run()
        answer = {"seconds": time.perf_counter() - started, "cpu": time.process_time() - used, "check": check}
        print(json.dumps(answer), flush=True)


os.environ["PROJ_NETWORK"] = "OFF"
main()
