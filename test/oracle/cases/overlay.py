"""Overlays of two layers, joins and tables, compared with shapely, geopandas and NumPy."""

import geopandas
import numpy as np
import shapely

from support import layers
from support.compare import check, close, same, same_area
from support.planes import plane_about

PREDICATES = {
    "intersects": shapely.intersects,
    "contains": shapely.contains,
    "within": shapely.within,
    "touches": shapely.touches,
    "crosses": shapely.crosses,
    "overlaps": shapely.overlaps,
    "covers": shapely.covers,
    "coveredBy": shapely.covered_by,
    "equals": shapely.equals,
    "disjoint": shapely.disjoint,
}
STATISTICS = {
    "count": len,
    "sum": np.sum,
    "min": np.min,
    "max": np.max,
    "mean": np.mean,
    "median": np.median,
    "stddev": np.std,
    "variance": np.var,
    "range": np.ptp,
    "first": lambda values: values[0],
    "unique": lambda values: len(set(values)),
}


def two_layers(rng, invalid=0.2):
    centre = layers.place(rng)
    return (
        layers.polygons(rng, int(rng.integers(1, 20)), centre, 2, invalid=invalid),
        layers.polygons(rng, int(rng.integers(1, 20)), centre, 2, invalid=invalid),
    )


def named(geometries, name):
    return layers.collection(geometries, [{name: index} for index in range(len(geometries))])


def clip(rng, service):
    cut(rng, service, "clip", shapely.intersection)


def difference(rng, service):
    cut(rng, service, "difference", shapely.difference)


def cut(rng, service, process, operation):
    features, overlay = two_layers(rng)
    result = service.execute(
        process, {"features": named(features, "a"), "overlay": named(overlay, "b")}
    )
    mask = shapely.union_all(layers.repaired(overlay))
    expected = {}
    for index, feature in enumerate(layers.repaired(features)):
        part = operation(feature, mask)
        if part.area > 1e-12:
            expected[index] = part
    found = {feature["properties"]["a"]: geometry for feature, geometry in pairs_of(result)}
    same_parts(found, expected)


def pairs_of(result):
    """Features and their geometries; slivers of rounding errors are left out."""
    pairs = zip(result["features"], layers.geometries_of(result))
    return [(feature, geometry) for feature, geometry in pairs if geometry.area > 1e-12]


def same_parts(found, expected):
    same(sorted(found, key=str), sorted(expected, key=str), "parts")
    for key, geometry in expected.items():
        # What is small in relation to its edges is known less exactly.
        same_area(found[key], geometry, max(1e-9, 1e-14 / geometry.area), f"part {key}")


def intersection(rng, service):
    features, overlay = two_layers(rng)
    result = service.execute(
        "intersection", {"features": named(features, "a"), "overlay": named(overlay, "b")}
    )
    expected = {}
    for index, one in enumerate(layers.repaired(features)):
        for number, other in enumerate(layers.repaired(overlay)):
            part = shapely.intersection(one, other)
            if part.area > 1e-12:
                expected[(index, number)] = part
    parts = pairs_of(result)
    key = lambda properties: (properties["a"], properties["overlay_b"])
    same_parts({key(feature["properties"]): geometry for feature, geometry in parts}, expected)
    keys = [key(feature["properties"]) for feature, _ in parts]
    same(keys, sorted(keys), "order")


def union(rng, service):
    whole(rng, service, "union", "union")


def symmetric_difference(rng, service):
    whole(rng, service, "symmetric-difference", "symmetric_difference")


def whole(rng, service, process, how):
    centre = layers.place(rng)
    nudged = (centre[0] + 0.3, centre[1] + 0.2)
    features = layers.coverage(rng, int(rng.integers(3, 12)), centre, 1)
    overlay = layers.coverage(rng, int(rng.integers(3, 12)), nudged, 1)
    result = service.execute(process, {"features": named(features, "a"), "overlay": named(overlay, "b")})
    frames = [
        geopandas.GeoDataFrame({name: range(len(shapes))}, geometry=shapes)
        for name, shapes in (("a", features), ("overlay_b", overlay))
    ]
    expected = {}
    for row in geopandas.overlay(*frames, how=how, keep_geom_type=True).itertuples():
        key = tuple(None if np.isnan(value) else int(value) for value in (row.a, row.overlay_b))
        if row.geometry.area > 1e-12:
            expected[key] = row.geometry
    found = {}
    for feature, geometry in pairs_of(result):
        found[(feature["properties"]["a"], feature["properties"]["overlay_b"])] = geometry
    same_parts(found, expected)


def random_aggregates(rng):
    names = rng.permutation(list(STATISTICS))[: int(rng.integers(1, 8))]
    return [{"field": str(rng.choice(["number", "gappy"])), "statistic": str(name)} for name in names]


def check_aggregates(properties, members, aggregates):
    same(properties["count"], len(members), "count")
    for aggregate in aggregates:
        values = [member[aggregate["field"]] for member in members if member[aggregate["field"]] is not None]
        statistic = aggregate["statistic"]
        if values or statistic in ("count", "sum", "unique"):
            expected = float(STATISTICS[statistic](values))
        else:
            expected = None
        name = f'{aggregate["field"]}_{statistic}'
        close(properties[name], expected, 1e-9, name)


def groups_of(properties, by):
    groups = {}
    for index, values in enumerate(properties):
        groups.setdefault(tuple(values[name] for name in by), []).append(index)
    return groups


def dissolve(rng, service):
    centre = layers.place(rng)
    shapes = layers.polygons(rng, 30, centre, 2, invalid=0.1)
    properties = layers.random_properties(rng, len(shapes))
    by = ["group"] if rng.random() < 0.7 else []
    aggregates = random_aggregates(rng)
    result = service.execute(
        "dissolve",
        {"features": layers.collection(shapes, properties), "groupBy": by, "aggregates": aggregates},
    )
    groups = groups_of(properties, by)
    same(len(result["features"]), len(groups), "number of groups")
    valid = layers.repaired(shapes)
    for feature, geometry, (key, members) in zip(
        result["features"], layers.geometries_of(result), groups.items()
    ):
        same([feature["properties"][name] for name in by], list(key), "group")
        same_area(geometry, shapely.union_all([valid[index] for index in members]), 1e-9, f"group {key}")
        check_aggregates(feature["properties"], [properties[index] for index in members], aggregates)


def summary_statistics(rng, service):
    properties = layers.random_properties(rng, 60)
    by = ["group"] if rng.random() < 0.7 else []
    aggregates = random_aggregates(rng)
    features = layers.collection([None] * len(properties), properties)
    table = service.execute(
        "summary-statistics", {"features": features, "groupBy": by, "aggregates": aggregates}
    )
    groups = groups_of(properties, by)
    same([[row[name] for name in by] for row in table], [list(key) for key in groups], "groups")
    for row, members in zip(table, groups.values()):
        check_aggregates(row, [properties[index] for index in members], aggregates)


def join_layers(rng, predicate):
    """Layers for which predicates hold now and then: on a lattice, geometries touch, cover and equal each other."""
    kinds = {"crosses": ("line", "polygon"), "within": ("point", "polygon"), "coveredBy": ("point", "polygon")}
    kind, other = kinds.get(predicate, ("polygon", str(rng.choice(["polygon", "polygon", "point", "line"]))))
    if predicate in ("overlaps", "equals"):
        other = kind
    return [on_lattice(rng, name, int(rng.integers(5, 40))) for name in (kind, other)]


def on_lattice(rng, kind, count):
    shapes = []
    for _ in range(count):
        x, y = rng.integers(0, 8, 2)
        width, height = rng.integers(1, 4, 2)
        if kind == "point":
            shapes.append(shapely.Point(x, y))
        elif kind == "line":
            shapes.append(shapely.LineString([(x, y), (x + width, y + height), (x + width, y - 1)]))
        else:
            shapes.append(shapely.box(x, y, x + width, y + height))
    return shapes


def spatial_join(rng, service):
    predicate = str(rng.choice(list(PREDICATES)))
    features, overlay = join_layers(rng, predicate)
    keep = bool(rng.random() < 0.5)
    result = service.execute(
        "spatial-join",
        {
            "features": named(features, "a"),
            "overlay": named(overlay, "b"),
            "predicate": predicate,
            "keepUnmatched": keep,
        },
    )
    expected = []
    for index, feature in enumerate(features):
        matches = np.flatnonzero(PREDICATES[predicate](feature, overlay)).tolist()
        expected += [(index, match) for match in (matches or ([None] if keep else []))]
    found = [(properties["a"], properties["overlay_b"]) for properties in layers.properties_of(result)]
    same(found, expected, predicate)


def select_by_location(rng, service):
    predicate = str(rng.choice(list(PREDICATES)))
    features, overlay = join_layers(rng, predicate)
    invert = bool(rng.random() < 0.5)
    result = service.execute(
        "select-by-location",
        {
            "features": named(features, "a"),
            "overlay": named(overlay, "b"),
            "predicate": predicate,
            "invert": invert,
        },
    )
    holds = lambda feature: bool(PREDICATES[predicate](feature, overlay).any())
    expected = [index for index, feature in enumerate(features) if holds(feature) != invert]
    same([properties["a"] for properties in layers.properties_of(result)], expected, predicate)


def count_points_in_polygons(rng, service):
    polygons = on_lattice(rng, "polygon", 20) + layers.polygons(rng, 10, (4, 4), 8)
    points = on_lattice(rng, "point", 40) + layers.points(rng, 40, (4, 4), 8)
    properties = layers.random_properties(rng, len(points))
    result = service.execute(
        "count-points-in-polygons",
        {
            "features": layers.collection(polygons),
            "overlay": layers.collection(points, properties),
            "weightField": "gappy",
        },
    )
    for found, polygon in zip(layers.properties_of(result), polygons):
        inside = np.flatnonzero(shapely.intersects(polygon, points))
        same(found["count"], len(inside), "count")
        weights = [properties[index]["gappy"] or 0.0 for index in inside]
        close(found["gappy_sum"], float(np.sum(weights)), 1e-9, "sum of the weights")


# Pieces of edges on the map, in degrees. Projected, one is less than a millimetre from the edge that it is a part of.
PIECE = 0.001


def nearest(rng, service):
    centre = layers.place(rng)
    features = layers.points(rng, 20, centre, 1)
    overlay = layers.mixed(rng, 30, centre, 1) if rng.random() < 0.5 else layers.points(rng, 40, centre, 1)
    k = int(rng.integers(1, 6))
    limit = float(rng.uniform(10_000, 40_000)) if rng.random() < 0.5 else None
    result = service.execute(
        "nearest",
        {"features": named(features, "a"), "overlay": named(overlay, "b"), "k": k, "maxDistance": limit},
    )
    rows = {}
    for properties in layers.properties_of(result):
        rows.setdefault(properties["a"], []).append(properties)
    # Edges are straight in longitudes and latitudes: a plane would have their chords.
    edges = [shapely.segmentize(other, PIECE) for other in overlay]
    for index, feature in enumerate(features):
        plane = plane_about(feature)
        distances = shapely.distance(plane.forward(feature), [plane.forward(other) for other in edges])
        order = np.argsort(distances, kind="stable")
        near = [number for number in order if limit is None or distances[number] <= limit][:k]
        found = rows[index]
        if not near:
            same([row["overlay_b"] for row in found], [None], "unmatched")
            continue
        same([row["rank"] for row in found], list(range(1, len(near) + 1)), "ranks")
        for row, number in zip(found, near):
            tolerance = max(1e-3, 1e-6 * distances[number])
            check(abs(row["distance"] - distances[number]) <= tolerance, f"distance {row} {distances[number]}")
            check(abs(distances[row["overlay_b"]] - distances[number]) <= tolerance, "another neighbour")


def filter_features(rng, service):
    properties = layers.random_properties(rng, 60)
    text, holds = condition(rng, 3)
    features = layers.collection([None] * len(properties), properties)
    result = service.execute("filter", {"features": features, "filter": text})
    expected = [index for index, values in enumerate(properties) if holds(values)]
    same([feature["id"] for feature in result["features"]], expected, text)


def condition(rng, depth):
    """A random CQL2 expression and a function that evaluates it. A comparison with null is false."""
    kind = int(rng.integers(0, 3)) if depth > 0 else 3
    if kind == 0:
        text, holds = condition(rng, depth - 1)
        return f"NOT ({text})", lambda row: not holds(row)
    if kind == 1:
        (left, one), (right, other) = condition(rng, depth - 1), condition(rng, depth - 1)
        return f"({left}) AND ({right})", lambda row: one(row) and other(row)
    if kind == 2:
        (left, one), (right, other) = condition(rng, depth - 1), condition(rng, depth - 1)
        return f"({left}) OR ({right})", lambda row: one(row) or other(row)
    return comparison(rng)


def comparison(rng):
    field = str(rng.choice(["number", "gappy"]))
    low, high = sorted(float(np.round(value, 2)) for value in rng.normal(0, 30, 2))
    kind = int(rng.integers(0, 6))
    known = lambda test: lambda row: row[field] is not None and test(row[field])
    if kind == 0:
        return f"{field} > {low}", known(lambda value: value > low)
    if kind == 1:
        return f"{field} * 2 + {low} <= {high}", known(lambda value: value * 2 + low <= high)
    if kind == 2:
        return f"{field} BETWEEN {low} AND {high}", known(lambda value: low <= value <= high)
    if kind == 3:
        return f"{field} IS NULL", lambda row: row[field] is None
    if kind == 4:
        return "group IN ('a', 'c')", lambda row: row["group"] in "ac"
    return "group LIKE 'b%'", lambda row: row["group"].startswith("b")
