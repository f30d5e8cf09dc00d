"""Random rasters, and rasters as execute requests have them."""

import numpy as np
import rasterio
from rasterio.transform import from_origin

from .service import GEOTIFF

UTM = "EPSG:32631"


def random_transform(rng, geographic=False):
    if geographic:
        return from_origin(rng.uniform(0, 10), rng.uniform(-60, 60), 0.001, 0.001)
    return from_origin(rng.integers(400_000, 600_000), rng.integers(5_000_000, 5_900_000), 10, 10)


def surface(rng, height, width, noise=1.0):
    """A smooth surface of some hundred units with noise, as float32."""
    y, x = np.mgrid[0:height, 0:width]
    waves = sum(
        rng.uniform(20, 60) * np.sin(x * rng.uniform(0.02, 0.2) + rng.uniform(0, 7)) * np.cos(y * rng.uniform(0.02, 0.2))
        for _ in range(4)
    )
    return (300 + waves + rng.normal(0, noise, (height, width))).astype("float32")


def classes(rng, height, width, count, dtype="uint8"):
    """Patches of equal value from 1 up, with single pixels of others."""
    blocks = rng.integers(1, count + 1, (height // 4 + 1, width // 4 + 1))
    values = np.kron(blocks, np.ones((4, 4), int))[:height, :width]
    noise = rng.random(values.shape) < 0.1
    values[noise] = rng.integers(1, count + 1, int(noise.sum()))
    return values.astype(dtype)


def with_gaps(rng, values, nodata, share=0.03):
    values = values.copy()
    values[rng.random(values.shape) < share] = nodata
    return values


def write(service, bands, transform, crs=UTM, nodata=None, **options):
    """Writes a GeoTIFF, in one of several layouts. @returns its path, and the input of an execute request"""
    bands = np.asarray(bands)
    bands = bands if bands.ndim == 3 else bands[None]
    path, href = service.new_file(".tif")
    count, height, width = bands.shape
    profile = dict(driver="GTiff", count=count, height=height, width=width, dtype=bands.dtype)
    with rasterio.open(path, "w", **profile, crs=crs, transform=transform, nodata=nodata, **options) as file:
        file.write(bands)
    return path, {"href": href, "type": GEOTIFF}


def read(path, band=None):
    """Samples as doubles, NaN where nodata or a mask says that they are missing."""
    with rasterio.open(path) as file:
        return file.read(band, masked=True).astype("float64").filled(np.nan)


def masked(values, nodata):
    samples = np.asarray(values, "float64").copy()
    if nodata is not None:
        samples[samples == nodata] = np.nan
    return samples


def transform_of(path):
    with rasterio.open(path) as file:
        return file.transform
