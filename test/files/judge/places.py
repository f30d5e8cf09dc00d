"""Compares geometries and CRSs."""

import numpy as np
import pyproj
import shapely
from pyproj import CRS
from pyproj.transformer import TransformerGroup

# Degrees: a centimetre.
DEGREES = 1e-7
# Vertices up to which the Hausdorff distance of two geometries is computed; it takes the product of both numbers.
HAUSDORFF_VERTICES = 5000
WGS84 = CRS.from_user_input("OGC:CRS84")


def same_crs(one, other, bounds):
    """Whether two CRSs mean the same: by their definitions, else by where they put the corners of the data."""
    if one is None or other is None:
        return one is other
    if one.equals(other, ignore_axis_order=True):
        return True
    if is_degrees(one) and is_degrees(other) and one.geodetic_crs.equals(other.geodetic_crs, ignore_axis_order=True):
        return True
    try:
        corners = corners_of(bounds)
        moved = [np.array(transformer(crs).transform(*corners)) for crs in (one, other)]
    except pyproj.exceptions.ProjError:
        return False
    return bool(np.isfinite(moved).all() and np.abs(moved[0] - moved[1]).max() <= 1e-6)


def title(crs):
    if crs is None:
        return "none"
    units = {axis.unit_name for axis in crs.axis_info[:2]} - {"degree", "metre"}
    return f"{crs.name} in {' and '.join(sorted(units))}" if units else crs.name


def is_degrees(crs):
    return crs.is_geographic and all(axis.unit_name == "degree" for axis in crs.axis_info[:2])


def corners_of(bounds):
    west, south, east, north = bounds
    return [west, east, west, east, (west + east) / 2], [south, south, north, north, (south + north) / 2]


def transformer(crs):
    return pyproj.Transformer.from_crs(crs, WGS84, always_xy=True)


def moved_to_wgs84(geometries, crs):
    """Ways to move geometries to WGS 84, the best one first: several where datums differ."""
    group = TransformerGroup(crs, WGS84, always_xy=True)
    # What is no shift to the one is one to the other, of which the registers say that they are the same.
    plain = pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    for candidate in [transformer(crs), plain, *group.transformers]:
        yield shapely.transform(geometries, lambda xy: moved(candidate, xy), include_z=False)


def moved(candidate, coordinates):
    x, y = candidate.transform(coordinates[:, 0], coordinates[:, 1])
    return np.column_stack([x, y])


def differing(expected, got, tolerance):
    """Index and kind of the first geometries that differ by more than a tolerance; None where all are alike."""
    if alike_at_once(expected, got, tolerance):
        return None
    for index, (one, other) in enumerate(zip(expected, got)):
        found = difference(one, other, tolerance)
        if found:
            return index, found
    return None


def alike_at_once(expected, got, tolerance):
    """The fast way, for those whose vertices are in the same order."""
    try:
        one, other = shapely.normalize(expected), shapely.normalize(got)
        if (shapely.get_type_id(one) != shapely.get_type_id(other)).any():
            return False
        if (shapely.get_num_coordinates(one) != shapely.get_num_coordinates(other)).any():
            return False
        first, second = shapely.get_coordinates(one), shapely.get_coordinates(other)
        return bool(np.allclose(first, second, rtol=0, atol=tolerance, equal_nan=True))
    except shapely.errors.GEOSException:
        return False


def is_nothing(geometry):
    return geometry is None or geometry.is_empty


def difference(one, other, tolerance):
    if is_nothing(one) or is_nothing(other):
        if is_nothing(one) and is_nothing(other):
            return None
        return f"a geometry is lost: {str(one)[:60]}" if is_nothing(other) else f"a geometry from nothing: {str(other)[:60]}"
    if kind(one) != kind(other):
        return f"{one.geom_type} became {other.geom_type}"
    if same_vertices(one, other, tolerance):
        return None
    vertices = shapely.get_num_coordinates([one, other])
    if vertices.max() <= HAUSDORFF_VERTICES:
        distance = shapely.hausdorff_distance(one, other)
    else:
        distance = np.abs(np.array(one.bounds) - np.array(other.bounds)).max()
    if distance <= tolerance and abs(one.length - other.length) <= max(1.0, one.length) * 1e-6:
        return None
    return f"{one.geom_type} is {distance:.9g} off ({vertices[0]} and {vertices[1]} vertices)"


def same_vertices(one, other, tolerance):
    first, second = (np.unique(shapely.get_coordinates(geometry), axis=0) for geometry in (one, other))
    return len(first) == len(second) and bool(np.allclose(first, second, rtol=0, atol=tolerance))


def kind(geometry):
    """A type, the same for one part and several: some formats have only one of the two."""
    return geometry.geom_type.replace("Multi", "").replace("LinearRing", "LineString")


def around(geometries):
    """The same with all longitudes in [-180, 180], for comparing what was cut at the antimeridian: vertices only."""
    coordinates = shapely.get_coordinates(geometries)
    return np.column_stack([(coordinates[:, 0] + 180) % 360 - 180, coordinates[:, 1]])


def heights_differ(expected, got):
    one, other = (shapely.get_coordinates(geometries, include_z=True) for geometries in (expected, got))
    if not np.isfinite(one[:, 2]).any():
        return False
    if len(one) != len(other):
        return not np.isfinite(other[:, 2]).any()
    first, second = np.sort(one[:, 2]), np.sort(other[:, 2])
    return not np.allclose(first, second, rtol=1e-9, atol=1e-6, equal_nan=True)


def wound_wrongly(geometries):
    """Number of polygons whose outer rings are clockwise, or whose holes are not; rings without an area, or that cross themselves, have no direction."""
    polygons = shapely.get_parts(shapely.get_parts(geometries))
    polygons = polygons[shapely.get_type_id(polygons) == 3]
    polygons = polygons[~shapely.is_empty(polygons)]
    rings, owners = shapely.get_rings(polygons, return_index=True)
    holes = np.diff(owners, prepend=-1) == 0
    has_area = shapely.area(shapely.polygons(rings)) > 0
    wrong = has_area & (shapely.is_ccw(rings) == holes)
    wrong[wrong] = shapely.is_simple(rings[wrong])
    return len(np.unique(owners[wrong]))
