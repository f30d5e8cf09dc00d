"""Processes of rasters, from a file to a file, as somebody with gdaldem, rasterio and NumPy does them."""

import geopandas
import numpy as np
import rasterio
import rasterio.features
import rasterio.mask
import rasterio.merge
import rasterio.shutil
import rasterio.warp
import rasterio.windows
import shapely
from files import (
    CRS,
    GTIFF,
    NODATA,
    OUT,
    band_of,
    layer,
    moved_to_web_mercator,
    raster_file,
    values_in_zones,
    written,
    written_raster,
)
from rasterio.transform import from_origin
from support import gdal

ORIGIN = (450_000, 5_800_000)
EXTENT = 100_000


def terrain(mode, options=()):
    def run():
        creation = ("TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512", "COMPRESS=DEFLATE")
        created = [word for option in creation for word in ("-co", option)]
        gdal.gdaldem(mode, raster_file("dem"), f"{OUT}.tif", [*options, *created])
        with rasterio.open(f"{OUT}.tif") as file:
            return file.width * file.height

    return run


def calculator():
    with rasterio.open(raster_file("bands")) as file:
        red, infrared = file.read().astype("float64")
        profile = file.profile
    with np.errstate(all="ignore"):
        index = (infrared - red) / (infrared + red)
    return written_raster(np.where(np.isfinite(index), index, NODATA).astype("float32"), profile, nodata=NODATA)


def statistics():
    values, _ = band_of("dem")
    present = values[values != NODATA].astype("float64")
    found = [present.min(), present.max(), present.mean(), present.std(), np.median(present)]
    np.percentile(present, [2, 98])
    return present.size if found else 0


def zonal_statistics():
    zones = layer("raster-zones")
    values, profile = band_of("dem")
    found = list(values_in_zones(values, profile["transform"], zones.geometry))
    measures = {"count": np.size, "min": np.min, "max": np.max, "mean": np.mean}
    return written(zones.assign(**{name: [measure(part) for part in found] for name, measure in measures.items()}))


def clip_raster():
    zones = layer("raster-zones")
    with rasterio.open(raster_file("dem")) as file:
        values, transform = rasterio.mask.mask(file, zones.geometry, crop=True)
        return written_raster(values, file.profile, transform=transform)


def mosaic():
    values, transform = rasterio.merge.merge([raster_file("dem"), raster_file("dem-east")])
    return written_raster(values, band_of("dem")[1], transform=transform)


def reclassify():
    values, profile = band_of("dem")
    classes = (np.digitize(values, [400, 600]) + 1).astype("uint8")
    classes[values == NODATA] = 0
    return written_raster(classes, profile, nodata=0)


def focal_statistics():
    """The mean of 3 x 3 pixels is what GDAL offers, as a virtual raster."""
    values, profile = band_of("dem")
    height, width = values.shape
    geotransform = ", ".join(repr(float(value)) for value in profile["transform"].to_gdal())
    virtual = f"""<VRTDataset rasterXSize="{width}" rasterYSize="{height}"><GeoTransform>{geotransform}</GeoTransform>
      <VRTRasterBand dataType="Float32" band="1"><NoDataValue>{NODATA}</NoDataValue><KernelFilteredSource>
      <SourceFilename>{raster_file("dem")}</SourceFilename><SourceBand>1</SourceBand>
      <Kernel normalized="1"><Size>3</Size><Coefs>1 1 1 1 1 1 1 1 1</Coefs></Kernel>
      </KernelFilteredSource></VRTRasterBand></VRTDataset>"""
    with rasterio.open(virtual) as source:
        return written_raster(source.read(1), profile)


def convert_raster():
    values, profile = band_of("dem")
    return written_raster(np.rint(values).astype("int16"), profile)


def reproject_raster():
    values, profile = band_of("dem")
    target, transform = moved_to_web_mercator(values, profile["transform"])
    return written_raster(target, profile, transform=transform, crs="EPSG:3857")


def sample_raster():
    points = layer("points")
    with rasterio.open(raster_file("dem")) as file:
        found = list(file.sample(shapely.get_coordinates(points.geometry.values)))
    return written(points.assign(band1=np.concatenate(found)))


def rasterize():
    zones = layer("zones")
    size = 4096
    transform = from_origin(*ORIGIN, EXTENT / size, EXTENT / size)
    numbered = zip(zones.geometry, zones["number"])
    burnt = rasterio.features.rasterize(
        numbered, (size, size), transform=transform, fill=NODATA, dtype="float32", skip_invalid=False
    )
    return written_raster(burnt, {}, transform=transform, crs=CRS, nodata=NODATA)


def polygonize():
    values, profile = band_of("classes")
    found = list(rasterio.features.shapes(values, mask=values != 0, transform=profile["transform"]))
    polygons = [shapely.geometry.shape(geometry) for geometry, _ in found]
    return written(geopandas.GeoDataFrame({"value": [value for _, value in found]}, geometry=polygons, crs=CRS))


def contour():
    lines = gdal.contour_lines(raster_file("dem"), ["LEVEL_INTERVAL=25"])
    geometries = [line for _, line in lines]
    return written(geopandas.GeoDataFrame({"value": [value for value, _ in lines]}, geometry=geometries, crs=CRS))


def heatmap():
    """Kernel densities of pixels of 100 m by offsets from the pixel of each point."""
    x, y = shapely.get_coordinates(layer("points").geometry.values).T
    size, resolution, radius = 1000, 100, 1000
    column = np.floor((x - ORIGIN[0]) / resolution).astype(int)
    row = np.floor((ORIGIN[1] - y) / resolution).astype(int)
    reach = radius // resolution
    density = np.zeros(size * size)
    for down in range(-reach - 1, reach + 2):
        for across in range(-reach - 1, reach + 2):
            east = ORIGIN[0] + (column + across + 0.5) * resolution
            north = ORIGIN[1] - (row + down + 0.5) * resolution
            u = ((east - x) ** 2 + (north - y) ** 2) / radius**2
            inside = (u < 1) & (column + across >= 0) & (column + across < size) & (row + down >= 0) & (row + down < size)
            at = (row[inside] + down) * size + column[inside] + across
            density += np.bincount(at, 15 / 16 * (1 - u[inside]) ** 2, size * size)
    transform = from_origin(*ORIGIN, resolution, resolution)
    return written_raster(density.reshape(size, size).astype("float32"), {}, transform=transform, crs=CRS)


def idw_interpolation():
    stations = layer("stations")
    x, y = shapely.get_coordinates(stations.geometry.values).T
    size = 500
    bounds = (ORIGIN[0], ORIGIN[0] + EXTENT, ORIGIN[1], ORIGIN[1] - EXTENT)
    grid = gdal.inverse_distances(x, y, stations["value"].to_numpy(), bounds, size, size)
    transform = from_origin(*ORIGIN, EXTENT / size, EXTENT / size)
    return written_raster(grid, {}, transform=transform, crs=CRS)


def window(url, column, row):
    options = dict(
        GDAL_DISABLE_READDIR_ON_OPEN="EMPTY_DIR",
        CPL_VSIL_CURL_NON_CACHED=f"/vsicurl/{url}",
        VSI_CACHE="FALSE",
        CPL_VSIL_CURL_ALLOWED_EXTENSIONS=".tif",
    )
    with rasterio.Env(**options), rasterio.open(f"/vsicurl/{url}") as file:
        return file.read(1, window=rasterio.windows.Window(column, row, 512, 512)).size


CASES = {
    "hillshade": terrain("hillshade"),
    "slope": terrain("slope"),
    "aspect": terrain("aspect"),
    "terrain-index": terrain("TRI"),
    "raster-calculator": calculator,
    "raster-statistics": statistics,
    "zonal-statistics": zonal_statistics,
    "clip-raster": clip_raster,
    "mosaic": mosaic,
    "reclassify": reclassify,
    "focal-statistics": focal_statistics,
    "convert-raster": convert_raster,
    "reproject-raster": reproject_raster,
    "sample-raster": sample_raster,
    "rasterize": rasterize,
    "polygonize": polygonize,
    "contour": contour,
    "heatmap": heatmap,
    "idw-interpolation": idw_interpolation,
}
