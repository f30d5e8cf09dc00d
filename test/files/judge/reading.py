"""Reads layers as GDAL, pyarrow and geopandas do: columns with their types, geometries, CRS."""

import json
import shutil
import struct
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely
from pyproj import CRS

# GDAL reads points of tables from columns with these names, and well-known text from its own.
CSV_OPTIONS = {
    "X_POSSIBLE_NAMES": "longitude,long,lon,lng,x,easting",
    "Y_POSSIBLE_NAMES": "latitude,lat,y,northing",
    "GEOM_POSSIBLE_NAMES": "wkt,_wkt,wkt_geom,geometry,geom,the_geom",
    "KEEP_GEOM_COLUMNS": "NO",
}
GEOMETRY_NAMES = ("geometry", "geom", "wkb_geometry", "the_geom", "shape")


@dataclass
class Layer:
    driver: str
    geometries: np.ndarray
    crs: CRS | None
    table: pa.Table
    # What is wrong with the file although it can be read.
    damage: str | None = None
    fids: np.ndarray | None = None
    notes: list = field(default_factory=list)


def from_wkb(values):
    """Geometries; what has no bytes is none. Rings that are not closed, as GDAL hands them on, are closed: the product does so and tells."""
    simple = [without_surfaces(value) if value else None for value in values]
    return shapely.from_wkb(np.array([None, *simple], dtype=object)[1:], on_invalid="fix")


# Surfaces of polygons and of triangles, and a triangle, which GEOS does not have, with what they consist of.
SURFACES = {15: 6, 16: 6, 17: 3}


def without_surfaces(wkb):
    """Well-known binary in which surfaces are MultiPolygons."""
    changed = bytearray(wkb)
    try:
        replace_types(changed, 0)
    except (struct.error, IndexError):
        return wkb
    return bytes(changed)


def replace_types(wkb, offset):
    """Gives the types of a geometry and its parts other numbers. @returns where it ends"""
    order = "<" if wkb[offset] else ">"
    (raw,) = struct.unpack_from(f"{order}I", wkb, offset + 1)
    iso, flags = raw & 0x0FFFFFFF, raw & 0xF0000000
    code, form = iso % 1000, iso // 1000
    position = 8 * (2 + bool(flags & 0x80000000 or form in (1, 3)) + bool(flags & 0x40000000 or form in (2, 3)))
    struct.pack_into(f"{order}I", wkb, offset + 1, flags | (iso - code + SURFACES.get(code, code)))
    offset += 5
    if code == 1:
        return offset + position
    (count,) = struct.unpack_from(f"{order}I", wkb, offset)
    offset += 4
    for _ in range(count):
        if code in (2, 8):
            offset += position
        elif code in (3, 17):
            (vertices,) = struct.unpack_from(f"{order}I", wkb, offset)
            offset += 4 + vertices * position
        else:
            offset = replace_types(wkb, offset)
    return offset


def gdal_path(path):
    """How GDAL is asked for a file: archives by what is in them, sequences as such."""
    if "!" in path or path.lower().endswith(".gml"):
        # The mark of a path inside an archive; and what GDAL learns of a GML file it writes beside it. The caller sweeps.
        copy = Path(tempfile.mkdtemp(prefix="judge-")) / Path(path).name.replace("!", "_")
        shutil.copyfile(path, copy)
        path = str(copy)
    if path.lower().endswith((".seq", ".geojsons", ".geojsonl", ".geojsonseq", ".jsonl", ".ndjson")):
        return f"GeoJSONSeq:{path}"
    if path.lower().endswith(".gz"):
        return f"/vsigzip/{path}"
    if not path.lower().endswith((".zip", ".shz")):
        return path
    try:
        names = zipfile.ZipFile(path).namelist()
    except zipfile.BadZipFile:
        return path
    if any(".gdb/" in name.lower() for name in names):
        return path
    inner = [name for name in names if name.lower().endswith((".shp", ".geojson", ".gpkg", ".kml", ".gml"))]
    if len(inner) == 1:
        return f"/vsizip/{path}/{inner[0]}"
    return f"/vsizip/{path}"


def list_layers(path):
    """Names of the layers with geometries; one without a name for formats that have no names."""
    if path.lower().endswith((".parquet", ".geoparquet")):
        read_parquet_geometry_name(pq.read_schema(path))
        return [None]
    found = pyogrio.list_layers(gdal_path(path))
    return [str(name) for name, kind in found if kind is not None] or layers_of_tables(path, found)


def layers_of_tables(path, found):
    """CSV files have geometries only with options, which `list_layers` does not take."""
    if not path.lower().endswith((".csv", ".tsv", ".txt")):
        return []
    info = pyogrio.read_info(gdal_path(path), **CSV_OPTIONS)
    return [str(found[0][0])] if info["geometry_type"] else []


def read_layer(path, layer=None):
    if path.lower().endswith((".parquet", ".geoparquet")):
        return read_parquet(path)
    where = gdal_path(path)
    options = CSV_OPTIONS if path.lower().endswith((".csv", ".tsv", ".txt")) else {}
    if path.lower().endswith((".json", ".geojson")):
        options = {"DATE_AS_STRING": "YES"}
    info = pyogrio.read_info(where, layer=layer, force_feature_count=True, **options)
    # Arrow tables keep integers with nulls; the other way of reading makes curves straight.
    meta, table = pyogrio.read_arrow(where, layer=layer, read_geometry=False, datetime_as_string=True, **options)
    geometries, fids = read_geometries(where, layer, options)
    damage = None
    # Deleted records of tables are counted, and what a vector tile has beyond its edges.
    if info["driver"] not in ("ESRI Shapefile", "MVT") and len(geometries) < info["features"]:
        damage = f"it says that it has {info['features']} features and has {len(geometries)}"
    crs = CRS.from_user_input(meta["crs"]) if meta["crs"] else None
    # A plane without a place on the ground.
    crs = None if crs is not None and crs.type_name == "Engineering CRS" else crs
    # A definition with this name is a Mercator of the ellipsoid by its letters; all data under it is on the sphere of web maps.
    if crs is not None and crs.name.startswith("Google Maps"):
        crs = CRS.from_epsg(3857)
    table = table.combine_chunks()
    return Layer(info["driver"], geometries, crs, table, damage, fids)


def read_geometries(where, layer, options):
    """Geometries without curves, and ids of features where they are known."""
    try:
        _, fids, wkb, _ = pyogrio.raw.read(where, layer=layer, columns=[], return_fids=True, **options)
        return from_wkb(wkb), fids
    except (pyogrio.errors.GeometryError, OSError):
        # Of flat and high ones in one layer.
        meta, table = pyogrio.read_arrow(where, layer=layer, columns=[], **options)
        return from_wkb(table.column(meta["geometry_name"] or "wkb_geometry").to_pylist()), None


def read_parquet_geometry_name(schema):
    """Name of the geometry column. @raises ValueError where there is none"""
    metadata = schema.metadata or {}
    if b"geo" in metadata:
        return json.loads(metadata[b"geo"])["primary_column"]
    for name in schema.names:
        kind = schema.field(name)
        extension = (kind.metadata or {}).get(b"ARROW:extension:name", b"").decode()
        if extension.startswith("geoarrow.") or getattr(kind.type, "extension_name", "").startswith("geoarrow."):
            return name
    for name in schema.names:
        kind = schema.field(name).type
        if name.lower() in GEOMETRY_NAMES and (pa.types.is_binary(kind) or pa.types.is_large_binary(kind)):
            return name
    raise ValueError("the table has no geometries")


def read_parquet(path):
    table = pq.read_table(path)
    name = read_parquet_geometry_name(table.schema)
    metadata = table.schema.metadata or {}
    if b"geo" in metadata:
        import geopandas

        frame = geopandas.read_parquet(path, columns=[name])
        geometries, crs = np.asarray(frame.geometry.array), frame.crs
        crs = None if crs is None else CRS.from_user_input(crs)
    else:
        column = table.column(name)
        if isinstance(column.type, pa.ExtensionType):
            column = pa.chunked_array([chunk.storage for chunk in column.chunks], column.type.storage_type)
        geometries = from_wkb(column.to_pylist())
        extension = (table.schema.field(name).metadata or {}).get(b"ARROW:extension:metadata", b"{}")
        crs = json.loads(extension or b"{}").get("crs")
        crs = CRS.from_user_input(crs if crs else "OGC:CRS84")
    return Layer("Parquet", np.asarray(geometries, dtype=object), crs, table.drop_columns([name]).combine_chunks())
