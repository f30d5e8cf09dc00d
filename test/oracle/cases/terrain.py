"""Terrain, compared with gdaldem."""

import numpy as np

from support import rasters
from support.compare import check, same_pixels
from support.gdal import gdaldem

NODATA = -9999


def model(rng, service, square=False):
    """A random elevation model, of pixels that are square on the ground if asked. @returns its path, the input, and whether it is geographic"""
    height, width = (int(size) for size in rng.integers(3, 90, 2))
    heights = rasters.surface(rng, height, width)
    # A plain, which has no direction.
    heights[: height // 3, : width // 3] = 300
    if rng.random() < 0.7:
        heights = rasters.with_gaps(rng, heights, NODATA)
    geographic = bool(rng.random() < 0.3) and not square
    path, raster = rasters.write(
        service,
        heights,
        rasters.random_transform(rng, geographic),
        crs="EPSG:4326" if geographic else rasters.UTM,
        nodata=NODATA,
    )
    return path, raster, geographic


def both(rng, service, process, mode, inputs, options):
    """Results of the process and of gdaldem, NaN where they are missing."""
    # Directions of gdaldem hold on square pixels only.
    path, raster, geographic = model(rng, service, square=process == "aspect")
    edges = bool(rng.random() < 0.5)
    if process in ("hillshade", "slope"):
        options = [*options, "-s", 111120 if geographic else 1]
        # gdaldem of this version takes degrees as equally long everywhere; the process does where it is told.
        if geographic:
            inputs = {**inputs, "scale": 111120}
    result = service.execute(process, {"raster": raster, "computeEdges": edges, **inputs})
    expected = service.directory / "expected.tif"
    edges = ["-compute_edges"] if edges else []
    gdaldem(mode, path, expected, [*options, *edges])
    values = rasters.read(expected, 1)
    gdaldem("slope", path, expected, edges)
    # With -zero_for_flat gdaldem writes 0 for missing pixels too.
    values[np.isnan(rasters.read(expected, 1))] = np.nan
    return rasters.read(result, 1), values


def gradient(rng):
    if rng.random() < 0.5:
        return {"algorithm": "zevenbergenThorne"}, ["-alg", "ZevenbergenThorne"]
    return {}, []


def hillshade(rng, service):
    azimuth, altitude, factor = rng.uniform(0, 360), rng.uniform(10, 80), rng.uniform(0.3, 4)
    inputs, options = gradient(rng)
    actual, expected = both(
        rng,
        service,
        "hillshade",
        "hillshade",
        {"azimuth": azimuth, "altitude": altitude, "zFactor": factor, **inputs},
        ["-az", azimuth, "-alt", altitude, "-z", factor, *options],
    )
    same_pixels(actual, expected, 1, what="hillshade")


def slope(rng, service):
    inputs, options = gradient(rng)
    if rng.random() < 0.5:
        inputs, options = {**inputs, "unit": "percent"}, [*options, "-p"]
    actual, expected = both(rng, service, "slope", "slope", inputs, options)
    same_pixels(actual, expected, 0.01, what="slope")


def aspect(rng, service):
    inputs, options = gradient(rng)
    if rng.random() < 0.3:
        inputs, options = {**inputs, "trigonometric": True}, [*options, "-trigonometric"]
    if rng.random() < 0.3:
        inputs, options = {**inputs, "zeroForFlat": True}, [*options, "-zero_for_flat"]
    actual, expected = both(rng, service, "aspect", "aspect", inputs, options)
    missing = np.isnan(expected)
    check((np.isnan(actual) == missing).all(), "other pixels are missing")
    turn = np.abs(actual - expected)[~missing]
    if turn.size:
        share = (np.minimum(turn, 360 - turn) <= 0.05).mean()
        check(share >= 0.99, f"{share:.3%} of the directions agree")


INDICES = {
    "tri": ("TRI", ["-alg", "Riley"]),
    "triWilson": ("TRI", ["-alg", "Wilson"]),
    "tpi": ("TPI", []),
    "roughness": ("roughness", []),
}


def terrain_index(rng, service):
    index = str(rng.choice(list(INDICES)))
    mode, options = INDICES[index]
    actual, expected = both(rng, service, "terrain-index", mode, {"index": index}, options)
    same_pixels(actual, expected, 1e-3, what=index)
