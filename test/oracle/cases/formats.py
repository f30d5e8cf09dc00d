"""Formats, read again with GDAL, geopandas and rasterio."""

import geopandas
import numpy as np
import pyogrio
import rasterio
import shapely

from cases.raster import layout, random_raster
from support import layers, rasters
from support.compare import check, close, same, same_pixels, same_transform

VECTOR = {
    "application/flatgeobuf": ".fgb",
    "application/geopackage+sqlite3": ".gpkg",
    "application/vnd.apache.parquet": ".parquet",
    "application/zip": ".zip",
    "application/geo+json": ".geojson",
    "application/geo+json-seq": ".geojsons",
    "text/csv": ".csv",
}


def convert_features(rng, service):
    kind = str(rng.choice(["point", "line", "polygon"]))
    centre = layers.place(rng)
    count = int(rng.integers(1, 40))
    if kind == "point":
        shapes = layers.points(rng, count, centre, 2)
    elif kind == "line":
        shapes = [layers.line(rng, centre, 2) for _ in range(count)]
    else:
        shapes = layers.polygons(rng, count, centre, 2)
    properties = [{**row, "place": index} for index, row in enumerate(layers.random_properties(rng, count))]
    features = layers.collection(shapes, properties)
    for media_type, extension in VECTOR.items():
        result = service.execute("convert-features", {"features": features}, media_type)
        frame = read(service, result, extension)
        # FlatGeobuf sorts features by place.
        frame = frame.sort_values("place", key=lambda column: column.astype(int)).reset_index(drop=True)
        same(frame["place"].astype(int).tolist(), list(range(count)), f"{media_type}: features")
        for geometry, expected in zip(frame.geometry, shapes):
            far = shapely.hausdorff_distance(geometry, expected)
            check(far < 1e-9, f"{media_type}: a {kind} is {far} away")
        for name in ("number", "gappy"):
            for value, row in zip(frame[name], properties):
                number = None if value is None or np.isnan(float(value)) else float(value)
                close(number, row[name], 1e-9, f"{media_type}: {name}")
        same(frame["group"].tolist(), [row["group"] for row in properties], f"{media_type}: group")
        if extension == ".fgb":
            check_index(rng, shapes, lambda bbox: read(service, result, extension, bbox))


def check_index(rng, shapes, found_in):
    """GDAL asks the index for an extent, and may leave out what meets it with its box alone."""
    west, south, east, north = shapely.total_bounds(shapes)
    x, y = rng.uniform(west, east), rng.uniform(south, north)
    bbox = (x, y, x + (east - west) / 3, y + (north - south) / 3)
    extent = shapely.box(*bbox)
    found = set(found_in(bbox)["place"].astype(int))
    meeting = {index for index, shape in enumerate(shapes) if shape.intersects(extent)}
    boxes = {index for index, shape in enumerate(shapes) if shapely.box(*shape.bounds).intersects(extent)}
    check(meeting <= found <= boxes, f"by extent: {sorted(found)} of {sorted(meeting)} to {sorted(boxes)}")


def read(service, result, extension, bbox=None):
    """A GeoDataFrame of a file, or of parsed JSON."""
    if isinstance(result, dict):
        return geopandas.GeoDataFrame.from_features(result)
    path, _ = service.new_file(extension)
    path.write_bytes(result.encode() if not result.startswith("/") else open(result, "rb").read())
    if extension == ".parquet":
        return geopandas.read_parquet(path)
    if bbox is not None:
        check(pyogrio.read_info(path)["capabilities"]["fast_spatial_filter"], f"{extension}: GDAL sees no index")
    if extension == ".csv":
        frame = geopandas.read_file(path, GEOM_POSSIBLE_NAMES="WKT", KEEP_GEOM_COLUMNS="NO")
        frame["gappy"] = [None if value == "" else value for value in frame["gappy"]]
        return frame
    return geopandas.read_file(f"zip://{path}" if extension == ".zip" else path, bbox=bbox)


def convert_raster(rng, service):
    values, path, raster = random_raster(rng, service)
    output = str(rng.choice(["float32", "float64", "int16", "uint16"]))
    compression = str(rng.choice(["deflate", "lzw", "zstd", "none"]))
    nodata = 65535 if output == "uint16" else NODATA
    result = service.execute(
        "convert-raster",
        {"raster": raster, "outputType": output, "nodata": nodata, "compression": compression},
    )
    with rasterio.open(result) as file:
        same(file.dtypes[0], output, "data type")
        same(file.nodata, nodata, "nodata")
        same(file.compression.value.upper() if file.compression else "NONE", compression.upper(), "compression")
        check(file.profile["tiled"], "the file is not tiled")
        same_transform(file.transform, rasters.transform_of(path))
    expected = values if output.startswith("float") else np.floor(values + 0.5)
    same_pixels(rasters.read(result, 1), expected, what=f"as {output}")


NODATA = -9999


def layer_info(rng, service):
    count = int(rng.integers(1, 40))
    crs = str(rng.choice(["EPSG:4326", "EPSG:28992", "EPSG:32631"]))
    centre = (5, 52) if crs == "EPSG:4326" else (150000, 450000)
    size = 2 if crs == "EPSG:4326" else 20000
    shapes = layers.points(rng, count, centre, size) + layers.polygons(rng, count, centre, size)
    media_type = str(rng.choice(["application/geopackage+sqlite3", "application/flatgeobuf", "application/vnd.apache.parquet"]))
    # GDAL writes no features without a place into an indexed FlatGeobuf.
    absent = 0 if media_type == "application/flatgeobuf" else 0.1
    shapes = [None if rng.random() < absent else shape for shape in shapes]
    properties = layers.random_properties(rng, len(shapes))
    frame = geopandas.GeoDataFrame(properties, geometry=shapes, crs=crs)
    path, href = service.new_file(VECTOR[media_type])
    frame.to_parquet(path) if media_type.endswith("parquet") else frame.to_file(path, engine="pyogrio")
    result = service.execute("layer-info", {"features": {"href": href, "type": media_type}})
    same([result["count"], result["withoutGeometry"]], [len(frame), int(frame.geometry.isna().sum())], "features")
    types = {name: int(number) for name, number in frame.geometry.geom_type.value_counts().items() if name}
    same(result["geometryTypes"], types, "geometry types")
    same(result["crs"], crs, "CRS")
    if types:
        for value, expected in zip(result["bbox"], frame.total_bounds):
            close(value, expected, 1e-9, "bbox")
    described = {property["name"]: property for property in result["properties"]}
    for name in ("number", "gappy"):
        same(described[name]["count"], int(frame[name].notna().sum()), f"values of {name}")
        if described[name]["count"]:
            close(described[name]["min"], frame[name].min(), 1e-9, f"least {name}")
            close(described[name]["max"], frame[name].max(), 1e-9, f"greatest {name}")
    same(described["group"]["values"], sorted(frame["group"].unique()), "groups")


def raster_info(rng, service):
    bands = rng.integers(0, 200, (int(rng.integers(1, 4)), 20, 30)).astype(str(rng.choice(["uint8", "int16", "float32"])))
    path, raster = rasters.write(service, bands, rasters.random_transform(rng), nodata=7, **layout(rng))
    result = service.execute("raster-info", {"raster": raster})
    with rasterio.open(path) as file:
        same([result["width"], result["height"], result["crs"]], [file.width, file.height, rasters.UTM], "size and CRS")
        for value, expected in zip(result["bbox"], file.bounds):
            close(value, expected, 1e-12, "bbox")
        same(result["resolution"], [10, 10], "resolution")
        expected = [
            {"band": number, "dataType": name, "nodata": 7} for number, name in zip(file.indexes, file.dtypes)
        ]
        found = [{key: band[key] for key in ("band", "dataType", "nodata")} for band in result["bands"]]
        same(found, expected, "bands")
