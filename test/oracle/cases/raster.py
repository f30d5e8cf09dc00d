"""Rasters, compared with NumPy and rasterio."""

import math

import numpy as np
import rasterio
import rasterio.features
import rasterio.mask
import rasterio.merge
import rasterio.warp
from rasterio.enums import Resampling
from rasterio.transform import from_origin
from rasterio.windows import Window, from_bounds

from support import layers, rasters
from support.compare import close, same, same_pixels, same_transform
from support.rasters import UTM

NODATA = -9999


def size(rng, least=4, most=90):
    return (int(side) for side in rng.integers(least, most, 2))


def layout(rng):
    """A random layout of a GeoTIFF."""
    compress = str(rng.choice(["none", "deflate", "lzw", "zstd"]))
    tiled = {"tiled": True, "blockxsize": 32, "blockysize": 16} if rng.random() < 0.5 else {}
    return {"compress": compress, **tiled}


def random_raster(rng, service, gaps=True, geographic=False):
    """@returns values with NaN for missing ones, the path, and the input"""
    height, width = size(rng)
    values = rasters.surface(rng, height, width, 5)
    if gaps:
        values = rasters.with_gaps(rng, values, NODATA)
    path, raster = rasters.write(
        service,
        values,
        rasters.random_transform(rng, geographic),
        crs="EPSG:4326" if geographic else UTM,
        nodata=NODATA,
        **layout(rng),
    )
    return rasters.masked(values, NODATA), path, raster


def zones_on(rng, path, count=6):
    """Polygons on a projected raster, as a layer in its CRS and as geometries."""
    with rasterio.open(path) as file:
        west, south, east, north = file.bounds
    span = max(east - west, north - south)
    centre = ((west + east) / 2, (south + north) / 2)
    shapes = layers.polygons(rng, count, centre, span, radius=span / 3)
    return shapes, layers.collection(shapes, crs=UTM)


def raster_calculator(rng, service):
    height, width = size(rng)
    transform = rasters.random_transform(rng)
    sent, variables = [], {}
    for letter in "ABC"[: int(rng.integers(1, 4))]:
        bands = np.stack([rasters.surface(rng, height, width) for _ in range(2)])
        bands = rasters.with_gaps(rng, bands, NODATA)
        sent.append(rasters.write(service, bands, transform, nodata=NODATA, **layout(rng))[1])
        for number in (1, 2):
            variables[f"{letter}{number}"] = rasters.masked(bands[number - 1], NODATA)
    used = set()
    text, values = expression(rng, variables, used, 4)
    missing = np.zeros((height, width), bool)
    for name in used:
        missing |= np.isnan(variables[name])
    values = np.broadcast_to(values, (height, width)).astype("float64")
    with np.errstate(over="ignore"):
        missing |= ~np.isfinite(values.astype("float32"))
    expected = np.where(missing, np.nan, values)
    result = service.execute("raster-calculator", {"rasters": sent, "expression": text})
    actual = rasters.read(result, 1)
    scale = np.maximum(1, np.abs(np.nan_to_num(expected)))
    same_pixels(actual / scale, expected / scale, 1e-5, what=text)


BINARY = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "<": np.less,
    ">=": np.greater_equal,
}
UNARY = {
    "abs": np.abs,
    "sqrt": np.sqrt,
    "log": np.log,
    "exp": np.exp,
    "sin": np.sin,
    "cos": np.cos,
    "floor": np.floor,
    "ceil": np.ceil,
}


def expression(rng, variables, used, depth):
    """A random expression and its value, in double precision."""
    kind = int(rng.integers(0, 6)) if depth > 0 else 5
    inner = lambda: expression(rng, variables, used, depth - 1)
    with np.errstate(all="ignore"):
        if kind in (0, 1):
            operator = str(rng.choice(list(BINARY)))
            (left, one), (right, other) = inner(), inner()
            return f"({left} {operator} {right})", BINARY[operator](one, other).astype("float64")
        if kind == 2:
            name = str(rng.choice(list(UNARY)))
            text, value = inner()
            if name == "exp":
                return f"exp(-abs({text}) / 100)", np.exp(-np.abs(value) / 100)
            return f"{name}({text})", UNARY[name](value)
        if kind == 3:
            (one, a), (other, b) = inner(), inner()
            return f"max({one}, min({other}, 50))", np.maximum(a, np.minimum(b, 50))
        if kind == 4:
            (condition, a), (then, b), (otherwise, c) = inner(), inner(), inner()
            return f"where({condition} > 100, {then}, {otherwise})", np.where(a > 100, b, c)
    if rng.random() < 0.2:
        constant = float(np.round(rng.uniform(0.1, 20), 2))
        return str(constant), np.float64(constant)
    name = str(rng.choice(list(variables)))
    used.add(name)
    return name, variables[name]


def reclassify(rng, service):
    values, _, raster = random_raster(rng, service)
    edges = np.sort(np.round(rng.uniform(200, 400, 5), 1))
    classes = [
        {"max": float(edges[0]), "newValue": 7},
        {"min": float(edges[1]), "max": float(edges[3]), "newValue": 1},
        # Half of it belongs to the one before, which comes first.
        {"min": float(edges[2]), "max": float(edges[4]), "newValue": 2.5},
        {"min": float(edges[4]), "newValue": None},
    ]
    keep = bool(rng.random() < 0.5)
    inputs = {"classes": classes, "unmatched": "keep" if keep else "nodata", "outputType": "float64"}
    actual = rasters.read(service.execute("reclassify", {"raster": raster, **inputs}), 1)
    expected = values.copy() if keep else np.full(values.shape, np.nan)
    for one in reversed(classes):
        inside = (values >= one.get("min", -np.inf)) & (values < one.get("max", np.inf))
        expected[inside] = np.nan if one["newValue"] is None else one["newValue"]
    expected[np.isnan(values)] = np.nan
    same_pixels(actual, expected, what="classes")


def raster_statistics(rng, service):
    values, _, raster = random_raster(rng, service)
    percentiles = [float(np.round(value, 1)) for value in rng.uniform(0, 100, 3)]
    bins = int(rng.integers(1, 30))
    result = service.execute(
        "raster-statistics", {"raster": raster, "percentiles": percentiles, "histogramBins": bins}
    )
    (band,) = result["bands"]
    present = values[~np.isnan(values)]
    same(band["count"], present.size, "count")
    same(band["nodataCount"], values.size - present.size, "missing pixels")
    for name, statistic in {
        "min": np.min,
        "max": np.max,
        "mean": np.mean,
        "median": np.median,
        "stddev": np.std,
        "sum": np.sum,
    }.items():
        close(band[name], float(statistic(present)), 1e-6, name)
    same(len(band["percentiles"]), len(set(percentiles)), "percentiles")
    found = {float(name): value for name, value in band["percentiles"].items()}
    for percentile in percentiles:
        close(found[percentile], float(np.percentile(present, percentile)), 1e-6, f"percentile {percentile}")
    counts, edges = np.histogram(present, bins)
    same(band["histogram"]["counts"], counts.tolist(), "histogram")
    close(band["histogram"]["min"], float(edges[0]), 1e-6, "first edge")


ZONAL = {
    "sum": np.sum,
    "min": np.min,
    "max": np.max,
    "mean": np.mean,
    "median": np.median,
    "stddev": np.std,
    "range": np.ptp,
}


def zonal_statistics(rng, service):
    values, path, raster = random_raster(rng, service)
    shapes, features = zones_on(rng, path)
    touched = bool(rng.random() < 0.5)
    result = service.execute(
        "zonal-statistics",
        {"features": features, "raster": raster, "allTouched": touched, "statistics": ["count", *ZONAL]},
    )
    for found, shape in zip(layers.properties_of(result), shapes):
        inside = rasterio.features.geometry_mask(
            [shape], values.shape, rasters.transform_of(path), all_touched=touched, invert=True
        )
        present = values[inside & ~np.isnan(values)]
        same(found["count"], present.size, "count")
        for name, statistic in ZONAL.items():
            expected = float(statistic(present)) if present.size else None
            close(found[name], expected, 1e-5, name)


def clip_raster(rng, service):
    values, path, raster = random_raster(rng, service)
    shapes, features = zones_on(rng, path, 12)
    touched = bool(rng.random() < 0.5)
    crop = bool(rng.random() < 0.7)
    result = service.execute(
        "clip-raster", {"raster": raster, "features": features, "allTouched": touched, "crop": crop}
    )
    with rasterio.open(path) as file:
        clipped, transform = rasterio.mask.mask(file, shapes, crop=crop, all_touched=touched, nodata=NODATA)
        same_pixels(rasters.read(result, 1), rasters.masked(clipped[0], NODATA), what="within polygons")
        same_transform(rasters.transform_of(result), transform)
        west, south, east, north = file.bounds
        x = np.sort(rng.uniform(west, east, 2))
        y = rng.uniform(south - 50, south + (north - south) / 2), rng.uniform(south + (north - south) / 2, north)
        window = from_bounds(x[0], max(y[0], south), x[1], y[1], file.transform)
        left, top = math.floor(window.col_off + 1e-9), math.floor(window.row_off + 1e-9)
        right = math.ceil(window.col_off + window.width - 1e-9)
        bottom = math.ceil(window.row_off + window.height - 1e-9)
        if right <= left or bottom <= top:
            return
        whole = Window(left, top, right - left, bottom - top)
        expected = rasters.masked(file.read(1, window=whole), NODATA)
        transform = file.window_transform(whole)
    extent = {"bbox": [x[0], y[0], x[1], y[1]], "crs": "http://www.opengis.net/def/crs/EPSG/0/32631"}
    result = service.execute("clip-raster", {"raster": raster, "extent": extent})
    same_pixels(rasters.read(result, 1), expected, what="within an extent")
    same_transform(rasters.transform_of(result), transform)


METHODS = {
    "nearest": Resampling.nearest,
    "bilinear": Resampling.bilinear,
    "cubic": Resampling.cubic,
    "cubicSpline": Resampling.cubic_spline,
    "lanczos": Resampling.lanczos,
    "average": Resampling.average,
    "mode": Resampling.mode,
    "min": Resampling.min,
    "max": Resampling.max,
}


def reproject_raster(rng, service):
    height, width = size(rng, 30)
    method = str(rng.choice(list(METHODS)))
    if method == "mode":
        values = rasters.classes(rng, height, width, 5, "float32")
    else:
        values = rasters.surface(rng, height, width, 2)
    if rng.random() < 0.5:
        values = rasters.with_gaps(rng, values, NODATA, 0.01)
    path, raster = rasters.write(service, values, rasters.random_transform(rng), nodata=NODATA)
    target = str(rng.choice(["EPSG:4326", "EPSG:3857", "EPSG:32632", "EPSG:3035"]))
    result = service.execute(
        "reproject-raster", {"raster": raster, "targetCrs": target, "resampling": method}
    )
    with rasterio.open(path) as file:
        transform, columns, rows = rasterio.warp.calculate_default_transform(
            UTM, target, file.width, file.height, *file.bounds
        )
        expected = np.full((rows, columns), NODATA, "float32")
        rasterio.warp.reproject(
            file.read(1),
            expected,
            src_transform=file.transform,
            src_crs=UTM,
            src_nodata=NODATA,
            dst_transform=transform,
            dst_crs=target,
            dst_nodata=NODATA,
            resampling=METHODS[method],
        )
    same_transform(rasters.transform_of(result), transform, 1e-7)
    tolerance = 0.002 * float(np.ptp(values[values != NODATA]))
    actual = rasters.read(result, 1)
    same_pixels(actual, rasters.masked(expected, NODATA), tolerance, 0.99, f"{method} to {target}")


def mosaic(rng, service):
    transform = rasters.random_transform(rng)
    sent, files = [], []
    for _ in range(int(rng.integers(1, 5))):
        height, width = size(rng, 10, 50)
        values = rasters.with_gaps(rng, rasters.surface(rng, height, width), NODATA, 0.1)
        column, row = rng.integers(-20, 40, 2)
        moved = transform * transform.translation(int(column), int(row))
        path, raster = rasters.write(service, values, moved, nodata=NODATA, **layout(rng))
        sent.append(raster)
        files.append(path)
    method = str(rng.choice(["first", "last", "min", "max", "mean"]))
    result = service.execute("mosaic", {"rasters": sent, "method": method})
    if method == "mean":
        total, where = rasterio.merge.merge(files, method="sum", nodata=NODATA)
        count, _ = rasterio.merge.merge(files, method="count", nodata=NODATA)
        present = (count > 0) & (count != NODATA)
        expected = np.where(present, total / np.where(present, count, 1), np.nan)[0]
    else:
        merged, where = rasterio.merge.merge(files, method=method, nodata=NODATA)
        expected = rasters.masked(merged[0], NODATA)
    same_transform(rasters.transform_of(result), where)
    same_pixels(rasters.read(result, 1), expected, 1e-4 * 300, what=method)


FOCAL = {
    "mean": np.nanmean,
    "min": np.nanmin,
    "max": np.nanmax,
    "median": np.nanmedian,
    "sum": np.nansum,
    "stddev": np.nanstd,
    "range": lambda values, axis: np.nanmax(values, axis=axis) - np.nanmin(values, axis=axis),
}


def focal_statistics(rng, service):
    values, _, raster = random_raster(rng, service)
    side = int(rng.choice([1, 3, 5, 9]))
    statistic = str(rng.choice(list(FOCAL)))
    result = service.execute("focal-statistics", {"raster": raster, "size": side, "statistic": statistic})
    padded = np.pad(values, side // 2, constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (side, side))
    windows = windows.reshape(*values.shape, -1)
    present = ~np.isnan(values)
    expected = np.full(values.shape, np.nan)
    expected[present] = FOCAL[statistic](windows[present], axis=-1)
    scale = float(np.nanmax(np.abs(expected)))
    same_pixels(rasters.read(result, 1), expected, 1e-5 * max(1, scale), what=f"{statistic} of {side}")


def sample_raster(rng, service):
    values, path, raster = random_raster(rng, service)
    height, width = values.shape
    places = np.c_[rng.uniform(-2, width + 2, 60), rng.uniform(-2, height + 2, 60)]
    transform = rasters.transform_of(path)
    coordinates = [transform * tuple(place) for place in places]
    features = layers.collection([layers.shapely.Point(*position) for position in coordinates], crs=UTM)
    for interpolation, sample in (("nearest", sample_nearest), ("bilinear", sample_bilinear)):
        result = service.execute(
            "sample-raster", {"features": features, "raster": raster, "interpolation": interpolation}
        )
        for properties, (x, y) in zip(layers.properties_of(result), places):
            close(properties["band1"], sample(values, x, y), 1e-6, f"{interpolation} at {x}, {y}")


def pixel(values, column, row):
    height, width = values.shape
    inside = 0 <= column < width and 0 <= row < height
    return values[row, column] if inside else np.nan


def known(value):
    return None if np.isnan(value) else float(value)


def sample_nearest(values, x, y):
    return known(pixel(values, math.floor(x), math.floor(y)))


def sample_bilinear(values, x, y):
    column, row = math.floor(x - 0.5), math.floor(y - 0.5)
    across, down = x - 0.5 - column, y - 0.5 - row
    upper = pixel(values, column, row) * (1 - across) + pixel(values, column + 1, row) * across
    lower = pixel(values, column, row + 1) * (1 - across) + pixel(values, column + 1, row + 1) * across
    return known(upper * (1 - down) + lower * down)


def grid_of(rng):
    """A random grid in a projected CRS: the inputs that ask for it, its transform and its shape."""
    west, south = (float(value) for value in rng.integers(100_000, 200_000, 2))
    resolution = float(rng.choice([10, 7.3, 33.3]))
    width, height = rng.uniform(200, 1200, 2)
    bbox = [west, south, west + width, south + height]
    inputs = {
        "resolution": resolution,
        "crs": UTM,
        "extent": {"bbox": bbox, "crs": "http://www.opengis.net/def/crs/EPSG/0/32631"},
    }
    shape = (math.ceil(height / resolution - 1e-9), math.ceil(width / resolution - 1e-9))
    return inputs, from_origin(west, bbox[3], resolution, resolution), shape, bbox
