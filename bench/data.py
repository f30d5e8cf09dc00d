"""Makes the data of the benchmark, the same on every machine: `data.py DIRECTORY SIZE`."""

import sys
from pathlib import Path

import geopandas
import numpy as np
import rasterio
import rasterio.shutil
import shapely
from affine import Affine
from rasterio.transform import from_origin

CRS = "EPSG:32631"
EXTENT = 100_000
ORIGIN = np.array([450_000, 5_700_000])


def main(directory, size):
    rng = np.random.default_rng(1)
    layers = {
        "lines": lines(rng, 10_000),
        "discs": shapely.buffer(shapely.points(places(rng, 10_000)), 800, quad_segs=8),
        "first": stars(rng, 3000, 1500, 40),
        "second": stars(rng, 3000, 1500, 40),
        "zones": stars(rng, 5000, 900, 30),
        "points": shapely.points(places(rng, 100_000)),
        "sites": shapely.points(places(rng, 50_000)),
        "detailed": stars(rng, 200, 5000, 5000, rough=0.02),
        "raster-zones": stars(rng, 200, 4000, 40),
        "bowties": bowties(rng, 10_000),
    }
    for name, geometries in layers.items():
        save(directory, name, geometries, rng)
    rasters(rng, directory, size)
    # What was added later has numbers of its own, so that all else stays the same.
    stations = np.random.default_rng(2)
    save(directory, "stations", shapely.points(places(stations, 1000)), stations)
    eastern_raster(directory)


def save(directory, name, geometries, rng):
    frame = geopandas.GeoDataFrame(
        {"number": np.arange(len(geometries)), "value": rng.normal(0, 100, len(geometries))},
        geometry=geometries,
        crs=CRS,
    )
    # Without an index FlatGeobuf keeps the order.
    frame.to_file(directory / f"{name}.fgb", driver="FlatGeobuf", SPATIAL_INDEX="NO")


def places(rng, count):
    return rng.uniform(0, EXTENT, (count, 2)) + ORIGIN


def lines(rng, count):
    steps = rng.normal(0, 150, (count, 20, 2)).cumsum(1)
    return shapely.linestrings(steps + places(rng, count)[:, None, :])


def stars(rng, count, radius, vertices, rough=0.4):
    angles = np.sort(rng.uniform(0, 2 * np.pi, (count, vertices)), 1)
    radii = radius * rng.uniform(0.5, 1, (count, 1)) * rng.uniform(1 - rough, 1, (count, vertices))
    rings = np.stack([np.cos(angles) * radii, np.sin(angles) * radii], 2) + places(rng, count)[:, None, :]
    made = shapely.polygons(np.concatenate([rings, rings[:, :1]], 1))
    return np.where(shapely.is_valid(made), made, shapely.envelope(made))


def bowties(rng, count):
    corners = np.array([[-1, -1], [1, 1], [1, -1], [-1, 1], [-1, -1]]) * 500
    return shapely.polygons(corners + places(rng, count)[:, None, :])


def smooth(rng, size):
    """Random patches from 0 to 1 that are some tens of pixels wide."""
    coarse = rng.random((size // 32 + 2, size // 32 + 2))
    at = np.arange(size) / 32
    rows = np.stack([np.interp(at, np.arange(coarse.shape[0]), column) for column in coarse.T], 1)
    return np.stack([np.interp(at, np.arange(coarse.shape[1]), row) for row in rows])


def rasters(rng, directory, size):
    y, x = np.mgrid[0:size, 0:size].astype("float32")
    dem = 500 + 200 * np.sin(x / 190) * np.cos(y / 230) + 60 * np.sin((x + y) / 41) + 9 * np.sin(x / 7) * np.cos(y / 9)
    dem = (dem + rng.normal(0, 0.3, dem.shape)).astype("float32")
    classes = (np.round(smooth(rng, size) * 5) + 1).astype("uint8")
    bands = rng.integers(0, 3000, (2, size, size)).astype("uint16")
    pixel = EXTENT / size
    profile = dict(
        driver="GTiff",
        width=size,
        height=size,
        crs=CRS,
        transform=from_origin(ORIGIN[0], ORIGIN[1] + EXTENT, pixel, pixel),
        tiled=True,
        blockxsize=512,
        blockysize=512,
        compress="deflate",
    )
    for name, values, nodata in (("dem", dem[None], -9999), ("classes", classes[None], 0), ("bands", bands, None)):
        dtype, count = values.dtype, len(values)
        with rasterio.open(directory / f"{name}.tif", "w", **profile, dtype=dtype, count=count, nodata=nodata) as file:
            file.write(values)
    with rasterio.open(directory / "dem.tif") as file:
        rasterio.shutil.copy(file, directory / "cog.tif", driver="COG", compress="deflate", blocksize=512)


def eastern_raster(directory):
    """The elevation half its width to the east, for a mosaic."""
    with rasterio.open(directory / "dem.tif") as file:
        moved = {**file.profile, "transform": file.transform * Affine.translation(file.width // 2, 0)}
        with rasterio.open(directory / "dem-east.tif", "w", **moved) as east:
            east.write(file.read())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
