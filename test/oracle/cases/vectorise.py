"""From rasters to features and back, compared with rasterio, GDAL and NumPy."""

import math

import numpy as np
import rasterio.features
import shapely
from rasterio.enums import MergeAlg
from rasterio.transform import Affine

from cases.raster import grid_of, size
from support import layers, rasters
from support.compare import check, same, same_pixels, same_set, same_transform
from support.gdal import contour_lines
from support.rasters import UTM

NODATA = -9999
# Results are in longitude and latitude: on such rasters no digits are lost on the way.
DEGREES = Affine(0.001, 0, 5, 0, -0.001, 52)


def contour(rng, service):
    height, width = size(rng, 2)
    values = rasters.surface(rng, height, width, rng.uniform(0, 10))
    gaps = bool(rng.random() < 0.4)
    if gaps:
        values = rasters.with_gaps(rng, values, NODATA)
    path, raster = rasters.write(service, values, DEGREES, "EPSG:4326", NODATA if gaps else None)
    if rng.random() < 0.5:
        interval, base = float(rng.uniform(5, 50)), float(rng.uniform(-100, 100))
        inputs = {"interval": interval, "base": base}
        options = [f"LEVEL_INTERVAL={interval!r}", f"LEVEL_BASE={base!r}"]
    else:
        levels = [float(level) for level in np.unique(np.round(rng.uniform(200, 400, 6), 2))]
        inputs = {"levels": levels}
        options = [f"FIXED_LEVELS={','.join(map(repr, levels))}"]
    options += [f"NODATA={NODATA}"] if gaps else []
    result = service.execute("contour", {"raster": raster, **inputs})
    # GDAL goes on for half a pixel beyond the centres of the outermost ones.
    centres = shapely.box(*(DEGREES * (0.5, height - 0.5)), *(DEGREES * (width - 0.5, 0.5)))
    expected = by_value((value, line.intersection(centres)) for value, line in contour_lines(path, options))
    actual = by_value(
        (properties["value"], line)
        for properties, line in zip(layers.properties_of(result), layers.geometries_of(result))
    )
    pixel = abs(DEGREES.a)
    for value in sorted(actual):
        check(near(value, expected) is not None, f"there is no line of {value}")
    for value, wanted in sorted(expected.items()):
        found = actual.get(near(value, actual), shapely.LineString())
        off = shapely.points(shapely.get_coordinates(found))
        check(
            not len(off) or shapely.distance(off, wanted).max() < 0.005 * pixel,
            f"line of {value}: vertices beside the line of GDAL",
        )
        # Beside missing pixels GDAL goes on into parts of cells.
        short = (wanted.length - found.length) / pixel
        check(short > -0.01 and (gaps or short < 0.01), f"line of {value}: {short} pixels shorter")


def near(value, values):
    """The same value among others: the last digits of levels differ."""
    return next((other for other in values if math.isclose(value, other, rel_tol=1e-9, abs_tol=1e-9)), None)


def by_value(lines):
    values = {}
    for value, line in lines:
        if line.length > 0:
            values.setdefault(value, []).append(line)
    return {value: shapely.union_all(parts) for value, parts in values.items()}


def polygonize(rng, service):
    height, width = size(rng, 1, 50)
    values = rasters.classes(rng, height, width, int(rng.integers(1, 6)), "int16")
    values = rasters.with_gaps(rng, values, 0, 0.05)
    _, raster = rasters.write(service, values, DEGREES, "EPSG:4326", 0)
    connectivity = int(rng.choice([4, 8]))
    result = service.execute("polygonize", {"raster": raster, "connectivity": connectivity})
    shapes = rasterio.features.shapes(values, values != 0, connectivity, DEGREES)
    expected = [(value, shapely.make_valid(shapely.geometry.shape(shape))) for shape, value in shapes]
    actual = list(zip(layers.properties_of(result), layers.geometries_of(result)))
    check(all(geometry.is_valid for _, geometry in actual), "a region is not valid")
    for value in np.unique(values[values != 0]):
        same_set(
            [geometry for properties, geometry in actual if properties["value"] == value],
            [geometry for other, geometry in expected if other == value],
            1e-6,
            f"regions of {value}",
        )
    same(len(actual), len(expected), "number of regions")


def rasterize(rng, service):
    grid, transform, shape, (west, south, east, north) = grid_of(rng)
    centre, span = ((west + east) / 2, (south + north) / 2), max(east - west, north - south)
    geometries = layers.mixed(rng, 15, centre, span)
    numbers = [None if rng.random() < 0.1 else int(rng.integers(1, 100)) for _ in geometries]
    touched = bool(rng.random() < 0.5)
    merge = str(rng.choice(["replace", "add"]))
    result = service.execute(
        "rasterize",
        {
            "features": layers.collection(geometries, [{"v": number} for number in numbers], UTM),
            "field": "v",
            "allTouched": touched,
            "merge": merge,
            **grid,
        },
    )
    same_transform(rasters.transform_of(result), transform)
    burnt = [(geometry, number) for geometry, number in zip(geometries, numbers) if number is not None]
    options = dict(out_shape=shape, transform=transform, all_touched=touched, dtype="float64")
    covered = rasterio.features.rasterize([(geometry, 1) for geometry, _ in burnt], **options)
    algorithm = MergeAlg.add if merge == "add" else MergeAlg.replace
    sums = rasterio.features.rasterize(burnt, merge_alg=algorithm, **options)
    expected = np.where(covered == 1, sums, np.nan)
    same_pixels(rasters.read(result, 1), expected, share=0.999, what=f"{merge}, all touched {touched}")


def centres_of(transform, shape):
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]]
    return transform * (columns + 0.5, rows + 0.5)


def points_on(rng, bbox, count):
    west, south, east, north = bbox
    return [shapely.Point(rng.uniform(west, east), rng.uniform(south, north)) for _ in range(count)]


def idw_interpolation(rng, service):
    grid, transform, shape, bbox = grid_of(rng)
    points = points_on(rng, bbox, int(rng.integers(1, 30)))
    values = rng.normal(50, 20, len(points))
    power = float(rng.uniform(0.5, 4)) if rng.random() < 0.5 else float(rng.integers(1, 4))
    radius = float(rng.uniform(100, 500)) if rng.random() < 0.5 else None
    # One point lies in the centre of a pixel.
    points[0] = shapely.Point(transform * (1.5, 2.5))
    result = service.execute(
        "idw-interpolation",
        {
            "features": layers.collection(points, [{"v": float(value)} for value in values], UTM),
            "valueField": "v",
            "power": power,
            "radius": radius,
            **grid,
        },
    )
    x, y = centres_of(transform, shape)
    distances = np.stack([np.hypot(x - point.x, y - point.y) for point in points])
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = distances**-power
        if radius is not None:
            weights[distances > radius] = 0
        expected = np.tensordot(values, weights, 1) / weights.sum(0)
    expected[distances[0] == 0] = values[0]
    same_pixels(rasters.read(result, 1), expected, 1e-5 * np.abs(values).max(), what="interpolated")


KERNELS = {
    "quartic": lambda u: 15 / 16 * (1 - u**2) ** 2,
    "epanechnikov": lambda u: 3 / 4 * (1 - u**2),
    "triangular": lambda u: 1 - u,
    "uniform": lambda u: np.full_like(u, 0.5),
}


def heatmap(rng, service):
    grid, transform, shape, bbox = grid_of(rng)
    points = points_on(rng, bbox, int(rng.integers(1, 60)))
    weights = rng.uniform(0, 5, len(points))
    radius = float(rng.uniform(20, 300))
    kernel = str(rng.choice(list(KERNELS)))
    result = service.execute(
        "heatmap",
        {
            "features": layers.collection(points, [{"w": float(weight)} for weight in weights], UTM),
            "weightField": "w",
            "radius": radius,
            "kernel": kernel,
            **grid,
        },
    )
    x, y = centres_of(transform, shape)
    expected = np.zeros(shape)
    for point, weight in zip(points, weights):
        u = np.hypot(x - point.x, y - point.y) / radius
        expected += np.where(u <= 1, weight * KERNELS[kernel](np.minimum(u, 1)), 0)
    actual = rasters.read(result, 1)
    same_pixels(actual, expected, 1e-5 * max(1, expected.max()), 0.999, what=kernel)
