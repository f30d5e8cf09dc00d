"""Compares a layer as GDAL reads it with what the product made of it: as GeoJSON and as FlatGeobuf."""

import gzip
import json
import re

import numpy as np
import pyarrow as pa
import pyogrio
import shapely
from pyproj import CRS

from places import DEGREES, around, differing, heights_differ, is_nothing, moved_to_wgs84, same_crs, title, wound_wrongly
from reading import read_geometries, read_layer
from values import is_single, kind_of, plain, same, same_json

# Rows that are compared value by value.
ROWS = 30_000
# Kinds of differences that are told of one layer.
TOLD = 6


def judge_layer(path, layer, geojson, flatgeobuf, messages):
    expected = read_layer(path, layer)
    told = " ".join(messages)
    expected.geometries = without_collapsed(expected.geometries, told)
    found, notes = [], []
    rows = expected_rows(path, expected)
    if geojson:
        with open(geojson, "rb") as file:
            features = json.load(file)["features"]
        compare_geojson(expected, rows, features, told, found, notes)
    if flatgeobuf and len(expected.geometries) > 0:
        compare_flatgeobuf(expected, rows, flatgeobuf, told, found, notes)
    return {"differences": found[:TOLD], "notes": notes[:TOLD]}


def without_collapsed(geometries, told):
    """GDAL keeps rings of too few positions, which have no area; the product leaves them out and tells."""
    if not re.search(r"with too few positions w(as|ere) left out", told):
        return geometries
    return np.array([None, *map(without_collapsed_parts, geometries)], dtype=object)[1:]


def without_collapsed_parts(geometry):
    if geometry is None or geometry.geom_type not in ("Polygon", "MultiPolygon"):
        return geometry
    kept = [without_collapsed_holes(part) for part in shapely.get_parts(geometry) if has_corners(part.exterior)]
    return None if not kept else kept[0] if len(kept) == 1 else shapely.multipolygons(kept)


def without_collapsed_holes(polygon):
    return shapely.Polygon(polygon.exterior, [hole for hole in polygon.interiors if has_corners(hole)])


def has_corners(ring):
    return len(np.unique(shapely.get_coordinates(ring), axis=0)) > 2


def expected_rows(path, layer):
    """Properties of each feature, as they would be in JSON, and of which columns; those of GeoJSON as they stand there."""
    if layer.driver in ("GeoJSON", "GeoJSONSeq", "JSONFG", "TopoJSON", "ESRIJSON"):
        features = features_of_text(path)
        if features is not None and len(features) == len(layer.geometries):
            return [feature.get("properties") or {} for feature in features]
    # Ids are no columns here: one of the name is what the file has.
    names = layer.table.column_names
    columns = [plain_column(layer.table.column(name)) for name in names]
    if layer.driver in ("LIBKML", "KML"):
        return [kml_row(dict(zip(names, values))) for values in zip(*columns)]
    if layer.driver == "CSV":
        columns = [[None if value == "" else value for value in column] for column in columns]
    if not names:
        return [{} for _ in layer.geometries]
    return [dict(zip(names, values)) for values in zip(*columns)]


def plain_column(column):
    # Lists of pairs, which are objects in JSON.
    is_map = pa.types.is_map(column.type)
    return [plain(dict(value) if is_map and value is not None else value) for value in column.to_pylist()]


def kml_row(row):
    made_up = {"altitudeMode", "tessellate", "extrude", "visibility", "drawOrder", "icon", "snippet", "id"}
    kept = {key: value for key, value in row.items() if key not in made_up and value not in (None, "")}
    return {{"Name": "name", "Description": "description"}.get(key, key): value for key, value in kept.items()}


def features_of_text(path):
    try:
        with (gzip.open if path.lower().endswith(".gz") else open)(path, "rt", encoding="utf-8-sig") as file:
            text = file.read()
    except (UnicodeDecodeError, OSError):
        return None
    try:
        content = json.loads(text)
    except ValueError:
        try:
            return [json.loads(line) for line in text.replace("\x1e", "\n").splitlines() if line.strip()]
        except ValueError:
            return None
    if not isinstance(content, dict):
        return None
    if content.get("type") == "FeatureCollection":
        return content.get("features")
    return [content] if content.get("type") == "Feature" else None


def compare_geojson(expected, rows, features, told, found, notes):
    count = len(expected.geometries)
    if len(features) != count:
        found.append(f"count: {len(features)} features for {count}")
        return
    compare_rows(expected, rows, [feature.get("properties") or {} for feature in features], "GeoJSON", told, found)
    compare_ids(expected, features, notes)
    got = np.array([shape(feature["geometry"]) for feature in features], dtype=object)
    compare_geometry_types(expected.geometries, got, "GeoJSON", told, found, notes)
    compare_in_wgs84(expected, got, told, found, notes)
    wrong = wound_wrongly(got)
    if wrong:
        found.append(f"winding (GeoJSON): {wrong} polygons are not as RFC 7946 has them, counter-clockwise with clockwise holes")


def shape(geometry):
    if geometry is None:
        return None
    try:
        return shapely.geometry.shape(geometry)
    except ValueError:
        # Positions with and without heights in one geometry.
        return shapely.from_geojson(json.dumps(geometry))


# Of GML: ids, which are those of the features, and the corners of their gml:boundedBy.
NO_PROPERTIES = ("gml_id", "lowerCorner", "upperCorner")


def compare_rows(expected, rows, got, where, told, found):
    strange_names = expected.driver in ("LIBKML", "KML", "GML")
    singles = {field.name for field in expected.table.schema if is_single(field.type)}
    lost, different, extra = {}, {}, {}
    for index, (row, properties) in enumerate(zip(rows[:ROWS], got)):
        if len(lost) + len(different) + len(extra) > TOLD:
            break
        lower = {bare(key, strange_names): key for key in properties}
        for name, value in row.items():
            if expected.driver == "GML" and name in NO_PROPERTIES and name not in properties:
                continue
            nothing = (None, "") if expected.driver == "CSV" else (None,)
            if value in nothing and properties.get(name) in nothing:
                continue
            key = name if name in properties else lower.get(bare(name, strange_names))
            if key is None:
                lost.setdefault(name, f"{value!r:.60} in feature {index}")
            elif (
                not same(value, properties[key], name in singles)
                and not as_json(value, properties[key], where)
                and not (strange_names and same_markup(value, properties[key]))
            ):
                different.setdefault(name, f"{properties[key]!r:.60} for {value!r:.60} in feature {index}")
        known = {bare(name, strange_names) for name in row}
        for key, value in properties.items():
            # FlatGeobuf has no ids of features: they become a column.
            if value is not None and bare(key, strange_names) not in known and (where, key) != ("FlatGeobuf", "id"):
                extra.setdefault(key, f"{value!r:.60} in feature {index}")
    for name, text in lost.items():
        if f'"{name}"' not in told and name not in told:
            found.append(f"property lost ({where}): {name}, {text}")
    for name, text in different.items():
        found.append(f"value ({where}): {name} is {text}")
    if expected.driver not in ("LIBKML", "KML", "GeoJSON", "GPX", "CSV"):
        for name, text in extra.items():
            found.append(f"property from nothing ({where}): {name}, {text}")


def bare(name, strange):
    """A name as it is compared: some formats, and GDAL's drivers for others, are free with case and signs."""
    return re.sub(r"\W", "_", name, flags=re.ASCII).lower() if strange else name.lower()


def as_json(value, got, where):
    """Columns of mixed values are columns of JSON texts in FlatGeobuf."""
    return where == "FlatGeobuf" and isinstance(got, str) and same_json(got, value)


def same_markup(value, got):
    """Elements without content have two spellings; GDAL writes markup anew with the longer one."""
    if not isinstance(value, str) or not isinstance(got, str):
        return False
    short = [re.sub(r"<(\w+)([^<>]*)></\1>", r"<\1\2/>", text) for text in (value, got)]
    return short[0] == short[1]


def compare_ids(expected, features, notes):
    """Ids are told as a note: formats without ids have none to keep."""
    if expected.driver not in ("GPKG", "FlatGeobuf") or expected.fids is None:
        return
    got = [feature.get("id") for feature in features]
    if expected.driver == "GPKG" and None not in got and any(str(one) != str(other) for one, other in zip(got, expected.fids)):
        notes.append(f"ids: {got[0]!r} for {expected.fids[0]}")


def compare_geometry_types(expected, got, where, told, found, notes):
    """Types as a set; that one part is a Multi geometry or not is a note only."""
    kinds = [{geometry.geom_type for geometry in geometries if geometry is not None and not geometry.is_empty} for geometries in (expected, got)]
    if kinds[0] == kinds[1]:
        return
    bare = [{kind.replace("Multi", "") for kind in some} for some in kinds]
    text = f"geometry types ({where}): {sorted(kinds[1])} for {sorted(kinds[0])}"
    if bare[0] == bare[1]:
        notes.append(text)
    elif "geometr" not in told:
        found.append(text)


def compare_in_wgs84(expected, got, told, found, notes):
    crs, geometries = expected.crs, expected.geometries
    if heights_differ(geometries, got) and not any(word in told for word in ("height", "Z ", "z ", "elevation")):
        notes.append("heights differ (GeoJSON)")
    candidates = [geometries] if crs is None else list(moved_to_wgs84(geometries, crs))
    best = candidates[0]
    first = differing(best, got, DEGREES)
    if first is None:
        return
    if len(candidates) > 1 and moved_by_areas(candidates, got):
        notes.append("moved by other transformations than the first one of PROJ: those of the areas of its places")
        return
    bounds = shapely.total_bounds(best)
    if (bounds[0] < -180 or bounds[2] > 180 or jumps(best)) and covers(around(best), got):
        notes.append("cut or turned at the antimeridian; compared by vertices only")
        return
    found.append(f"geometry (GeoJSON): feature {first[0]}: {first[1]}")


def jumps(geometries):
    """Whether an edge seems to go more than half around the globe: PROJ moves vertices, and leaves what crosses the antimeridian."""
    coordinates, owners = shapely.get_coordinates(geometries, return_index=True)
    return bool(((np.abs(np.diff(coordinates[:, 0])) > 180) & (np.diff(owners) == 0)).any())


def moved_by_areas(candidates, got):
    """Whether each vertex is where one of the transformations puts it: datums have several, by area."""
    vertices = shapely.get_coordinates(got)
    if any(len(shapely.get_coordinates(candidate)) != len(vertices) for candidate in candidates):
        return False
    tree = shapely.STRtree(shapely.points(np.concatenate([shapely.get_coordinates(each) for each in candidates])))
    near = tree.query(shapely.points(vertices), predicate="dwithin", distance=DEGREES)[0]
    return len(np.unique(near)) == len(vertices)


def covers(vertices, got):
    """Whether all vertices are among those of the geometries, of which there may be more."""
    tree = shapely.STRtree(shapely.points(shapely.get_coordinates(got)))
    points = shapely.points(vertices)
    near = tree.query(points, predicate="dwithin", distance=1e-6)[0]
    missing = np.setdiff1d(np.arange(len(points)), near)
    # What lies on the meridian itself may stand on its other side.
    return all(abs(abs(vertices[index][0]) - 180) <= 1e-6 for index in missing)


def compare_flatgeobuf(expected, rows, path, told, found, notes):
    try:
        # Two ways of reading, each of which knows what the other does not.
        meta, table = pyogrio.read_arrow(path, read_geometry=False, datetime_as_string=True)
        geometries, _ = read_geometries(path, None, {})
    except pyogrio.errors.GeometryError as error:
        notes.append(f"FlatGeobuf was not compared: pyogrio does not know layers of this type ({error})")
        return
    except (pyogrio.errors.DataSourceError, pyogrio.errors.FeatureError, OSError) as error:
        found.append(f"FlatGeobuf: GDAL does not read it: {error}")
        return
    if len(geometries) != len(expected.geometries):
        found.append(f"count: {len(geometries)} features in FlatGeobuf for {len(expected.geometries)}")
        return
    compare_types(expected, table, told, found, notes)
    crs = CRS.from_user_input(meta["crs"]) if meta["crs"] else None
    compare_crs(expected, crs, found, notes)
    compare_unordered(expected, rows, geometries, table, told, found)


def compare_types(expected, table, told, found, notes):
    text_formats = ("CSV", "GeoJSON", "GeoJSONSeq", "JSONFG", "TopoJSON", "ESRIJSON", "LIBKML", "KML", "GML", "GPX")
    if expected.driver in text_formats:
        return
    got = {field.name.lower(): field.type for field in table.schema}
    for field in expected.table.schema:
        column = expected.table.column(field.name)
        if field.name.lower() not in got or column.null_count == len(column):
            continue
        one, other = kind_of(field.type), kind_of(got[field.name.lower()])
        if one == other or (one, other) in (("time", "text"), ("nested", "text"), ("text", "time")):
            continue
        text = f"type (FlatGeobuf): {field.name} is {other} for {one}"
        if (one, other) in (("number", "integer"), ("date", "text"), ("date", "time"), ("bytes", "text")):
            notes.append(text)
        elif field.name not in told:
            found.append(text)


def compare_crs(expected, crs, found, notes):
    if expected.crs is None:
        if crs is not None:
            notes.append(f"CRS (FlatGeobuf): {crs.name} for none")
        return
    bounds = shapely.total_bounds(expected.geometries)
    if np.isnan(bounds).any() or same_crs(expected.crs, crs, bounds):
        return
    found.append(f"CRS (FlatGeobuf): {title(crs)} for {title(expected.crs)}")


def compare_unordered(expected, rows, geometries, table, told, found):
    """FlatGeobuf orders features by place: they are found again by their geometries and then by their values."""
    bounds = shapely.total_bounds(expected.geometries)
    is_degrees = expected.crs is None or expected.crs.is_geographic
    if is_degrees and (bounds[0] < -180 or bounds[2] > 180) and covers(around(expected.geometries), geometries):
        # Longitudes beyond 180 are the same places within a turn, in another order; so only values can be paired.
        got = [dict(zip(table.column_names, map(plain, values))) for values in zip(*(table.column(name).to_pylist() for name in table.column_names))]
        nothing = [None] * len(rows)
        compare_rows(expected, sorted_by_values(nothing, rows), sorted_by_values(nothing, got or [{}] * len(rows)), "FlatGeobuf", told, found)
        return
    one, other = (ordered(each) for each in (expected.geometries, geometries))
    scale = np.nanmax(np.abs(np.append(shapely.get_coordinates(expected.geometries).ravel(), 1)))
    difference = differing(expected.geometries[one], geometries[other], max(scale, 1) * 1e-12)
    if difference:
        found.append(f"geometry (FlatGeobuf): feature {one[difference[0]]}: {difference[1]}")
        return
    columns = {name: [plain(value) for value in table.column(name).to_pylist()] for name in table.column_names}
    got = [{name: values[index] for name, values in columns.items()} for index in other]
    want = [rows[index] for index in one]
    keys = [None if is_nothing(each) else shapely.normalize(each).wkb for each in expected.geometries[one]]
    if len(set(keys)) < len(keys):
        got, want = sorted_by_values(keys, got), sorted_by_values(keys, want)
    compare_rows(expected, want, got, "FlatGeobuf", told, found)


def ordered(geometries):
    """Order by bounds, number of vertices and their sum."""
    bounds = np.round(shapely.bounds(geometries), 9)
    counts = shapely.get_num_coordinates(geometries)
    # Of closed rings the first vertex stands twice, whichever it is: normalised ones have the same.
    normal, places = shapely.get_coordinates(shapely.normalize(geometries), return_index=True)
    sums = np.round(np.bincount(places, normal.sum(axis=1), len(geometries)), 6) if len(normal) else counts
    # What has no place comes last.
    return np.lexsort([sums, counts, *np.nan_to_num(bounds.T, nan=1e300)])


def sorted_by_values(keys, rows):
    def text(row):
        return [sign(row[key]) for key in sorted(row, key=str.lower) if row[key] not in (None, "")]

    return [row for _, row in sorted(zip(keys, rows), key=lambda pair: (pair[0] or b"", text(pair[1])))]


def sign(value):
    """A text to sort values by, the same for a number of either kind."""
    return repr(float(value)) if isinstance(value, (int, float)) and abs(value) < 1 << 1000 else str(value)
