"""Random layers, and layers as execute requests have them."""

import numpy as np
import shapely
from shapely.geometry import mapping, shape

GROUPS = ["a", "b", "c"]


def collection(geometries, properties=None, crs=None):
    """A GeoJSON FeatureCollection; features have their index as id."""
    features = [
        {
            "type": "Feature",
            "id": index,
            "properties": properties[index] if properties else {},
            "geometry": None if geometry is None else mapping(geometry),
        }
        for index, geometry in enumerate(geometries)
    ]
    named = {} if crs is None else {"crs": {"type": "name", "properties": {"name": crs}}}
    return {"type": "FeatureCollection", **named, "features": features}


def geometries_of(layer):
    return [feature["geometry"] and shape(feature["geometry"]) for feature in layer["features"]]


def properties_of(layer):
    return [feature["properties"] for feature in layer["features"]]


def random_properties(rng, count):
    """A number, a number that may be null, and a group per feature."""
    return [
        {
            "number": float(np.round(rng.normal(0, 100), 3)),
            "gappy": None if rng.random() < 0.2 else float(np.round(rng.normal(0, 10), 3)),
            "group": str(rng.choice(GROUPS)),
        }
        for _ in range(count)
    ]


def place(rng, polar=70):
    """Longitude and latitude, away from the antimeridian and the poles."""
    return rng.uniform(-170, 170), rng.uniform(-polar, polar)


def points(rng, count, centre, size):
    offsets = rng.uniform(-size / 2, size / 2, (count, 2))
    return [shapely.Point(*(offset + centre)) for offset in offsets]


def line(rng, centre, size, vertices=None):
    count = vertices or int(rng.integers(2, 12))
    return shapely.LineString(rng.uniform(-size / 2, size / 2, (count, 2)) + centre)


def polygon(rng, centre, radius, hole=True):
    """A valid star-shaped polygon, perhaps with a hole."""
    count = int(rng.integers(4, 24))
    # No direction is left out over more than a half turn, so that the centre lies inside.
    angles = (np.arange(count) + rng.uniform(0, 0.9, count)) * 2 * np.pi / count
    radii = radius * rng.uniform(0.4, 1, count)
    directions = np.c_[np.cos(angles), np.sin(angles)]
    outer = directions * radii[:, None] + centre
    holes = [directions[::-1] * radii[::-1, None] * 0.4 + centre] if hole and rng.random() < 0.3 else []
    return shapely.Polygon(outer, holes)


def bowtie(rng, centre, radius):
    """An invalid polygon, whose border crosses itself."""
    corners = np.array([[-1, -1], [1, 1], [1, -1], [-1, 1]]) * radius * rng.uniform(0.5, 1, (4, 2))
    return shapely.Polygon(corners + centre)


def polygons(rng, count, centre, size, radius=None, invalid=0.0):
    places = rng.uniform(-size / 2, size / 2, (count, 2)) + centre
    largest = radius or size / 4
    make = lambda at: (bowtie if rng.random() < invalid else polygon)(rng, at, largest * rng.uniform(0.2, 1))
    return [make(at) for at in places]


def mixed(rng, count, centre, size):
    """Points, lines and polygons, single and multiple."""
    made = []
    for at in rng.uniform(-size / 2, size / 2, (count, 2)) + centre:
        part = size / 5
        kind = int(rng.integers(0, 6))
        if kind == 0:
            made.append(shapely.Point(at))
        elif kind == 1:
            made.append(shapely.MultiPoint([point.coords[0] for point in points(rng, 3, at, part)]))
        elif kind == 2:
            made.append(line(rng, at, part))
        elif kind == 3:
            made.append(shapely.MultiLineString([line(rng, at, part) for _ in range(2)]))
        elif kind == 4:
            made.append(polygon(rng, at, part))
        else:
            apart = np.array([3 * part, 0])
            made.append(shapely.MultiPolygon([polygon(rng, at, part), polygon(rng, at + apart, part)]))
    return made


def coverage(rng, count, centre, size):
    """Polygons that fill a box without gaps or overlaps."""
    box = shapely.box(*(np.array(centre) - size / 2), *(np.array(centre) + size / 2))
    sites = shapely.MultiPoint([point.coords[0] for point in points(rng, count, centre, size)])
    cells = shapely.voronoi_polygons(sites, extend_to=box)
    return [cell for cell in shapely.intersection(list(cells.geoms), box) if cell.area > 0]


def repaired(geometries):
    """Valid geometries, as the rule "repair" makes them."""
    return [
        geometry
        if geometry is None or geometry.is_valid
        else shapely.make_valid(geometry, method="structure", keep_collapsed=False)
        for geometry in geometries
    ]
