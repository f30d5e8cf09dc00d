"""Processes on single geometries, compared with shapely, PROJ and its geodesics."""

import numpy as np
import shapely
from pyproj import Geod, Transformer

from support import layers
from support.compare import check, close, same, same_area, same_geometry, same_place
from support.planes import plane_about, plane_of, utm_of

GEOD = Geod(ellps="WGS84")


def each(result, sent):
    """Pairs of what came back and what was sent, which must be as many and in the same order."""
    same([feature["id"] for feature in result["features"]], list(range(len(sent))), "ids")
    return zip(layers.geometries_of(result), sent)


def buffer(rng, service):
    centre = layers.place(rng)
    geometries = layers.mixed(rng, 12, centre, 0.1)
    style = {
        "quadrantSegments": int(rng.integers(1, 17)),
        "endCap": str(rng.choice(["round", "flat", "square"])),
        "join": str(rng.choice(["round", "mitre", "bevel"])),
        "mitreLimit": float(rng.uniform(1, 8)),
    }
    distance = float(rng.choice([1, -1]) * rng.uniform(10, 2000))
    crs = utm_of(*centre) if rng.random() < 0.4 else None
    result = service.execute(
        "buffer", {"features": layers.collection(geometries), "distance": distance, "crs": crs, **style}
    )
    for actual, geometry in each(result, geometries):
        plane = plane_of(crs) if crs else plane_about(geometry)
        expected = plane.forward(geometry).buffer(
            distance,
            quad_segs=style["quadrantSegments"],
            cap_style=style["endCap"],
            join_style=style["join"],
            mitre_limit=style["mitreLimit"],
        )
        same_area(plane.forward(actual), expected, 1e-6, f"buffer of a {geometry.geom_type} by {distance} m")


def centroid(rng, service):
    geometries = layers.mixed(rng, 20, layers.place(rng), 1)
    result = service.execute("centroid", {"features": layers.collection(geometries)})
    for actual, geometry in each(result, geometries):
        same_place(actual, geometry.centroid, 1e-9, "centroid")
    result = service.execute(
        "centroid", {"features": layers.collection(geometries), "method": "pointOnSurface"}
    )
    for actual, geometry in each(result, geometries):
        check(geometry.distance(actual) < 1e-9, "the point lies beside the geometry")


def convex_hull(rng, service):
    geometries = layers.mixed(rng, 20, layers.place(rng), 1)
    features = layers.collection(geometries)
    for actual, geometry in each(service.execute("convex-hull", {"features": features}), geometries):
        same_geometry(actual, geometry.convex_hull, 1e-9, 1e-9, "hull")
    whole = service.execute("convex-hull", {"features": features, "scope": "layer"})
    same_area(layers.geometries_of(whole)[0], shapely.GeometryCollection(geometries).convex_hull, 1e-9, "hull of all")


def concave_hull(rng, service):
    geometries = layers.polygons(rng, 8, layers.place(rng), 2)
    style = {"ratio": float(rng.uniform(0, 1)), "allowHoles": bool(rng.random() < 0.5)}
    hull = lambda vertices: shapely.concave_hull(
        shapely.MultiPoint(vertices), ratio=style["ratio"], allow_holes=style["allowHoles"]
    )
    result = service.execute("concave-hull", {"features": layers.collection(geometries), **style})
    for actual, geometry in each(result, geometries):
        same_geometry(actual, hull(shapely.get_coordinates(geometry)), 1e-9, 1e-9, "hull")
    scattered = layers.points(rng, 200, layers.place(rng), 2)
    whole = service.execute(
        "concave-hull", {"features": layers.collection(scattered), "scope": "layer", **style}
    )
    expected = hull(shapely.get_coordinates(scattered))
    same_area(layers.geometries_of(whole)[0], expected, 1e-9, "hull of all")


def minimum_bounding_geometry(rng, service):
    geometries = layers.mixed(rng, 12, layers.place(rng), 1)
    features = layers.collection(geometries)
    run = lambda shape_name: service.execute(
        "minimum-bounding-geometry", {"features": features, "shape": shape_name}
    )
    for actual, geometry in each(run("envelope"), geometries):
        same_geometry(actual, geometry.envelope, 1e-9, 1e-9, "envelope")
    for actual, geometry in each(run("orientedRectangle"), geometries):
        expected = shapely.oriented_envelope(geometry)
        close(actual.area, expected.area, 1e-6, "area of the rectangle")
        check(actual.buffer(1e-9).covers(geometry), "the rectangle does not cover the geometry")
    circles = run("circle")
    for (actual, geometry), properties in zip(each(circles, geometries), layers.properties_of(circles)):
        radius = shapely.minimum_bounding_radius(geometry)
        close(properties["radius"], radius, 1e-9, "radius")
        if radius > 0:
            centre = shapely.minimum_bounding_circle(geometry).centroid
            check(actual.centroid.distance(centre) < 1e-6 * radius + 1e-12, "the circle has another centre")
            check(len(actual.exterior.coords) >= 33, "the circle has too few vertices")


def simplify(rng, service):
    centre = layers.place(rng)
    shapes = layers.polygons(rng, 8, centre, 0.2) + [layers.line(rng, centre, 0.2, 40) for _ in range(4)]
    tolerance = float(rng.uniform(10, 2000))
    for method in ("topologyPreserving", "douglasPeucker"):
        result = service.execute(
            "simplify", {"features": layers.collection(shapes), "tolerance": tolerance, "method": method}
        )
        for actual, geometry in each(result, shapes):
            plane = plane_about(geometry)
            expected = plane.back(
                plane.forward(geometry).simplify(tolerance, preserve_topology=method == "topologyPreserving")
            )
            same_geometry(actual, expected, 1e-7, 1e-9, f"{method} by {tolerance} m")
    crs = utm_of(*centre)
    plane = plane_of(crs)
    cells = layers.coverage(rng, 20, centre, 0.2)
    result = service.execute(
        "simplify",
        {"features": layers.collection(cells), "tolerance": tolerance, "method": "coverage", "crs": crs},
    )
    expected = shapely.coverage_simplify([plane.forward(cell) for cell in cells], tolerance)
    for (actual, _), geometry in zip(each(result, cells), expected):
        same_area(actual, plane.back(geometry), 1e-7, f"coverage by {tolerance} m")


def densify(rng, service):
    centre = layers.place(rng)
    lines = [layers.line(rng, centre, 2) for _ in range(4)]
    length = float(rng.uniform(1000, 50_000))
    for method in ("planar", "geodesic"):
        result = service.execute(
            "densify", {"features": layers.collection(lines), "maxLength": length, "method": method}
        )
        for actual, geometry in each(result, lines):
            expected = shapely.LineString(densified(geometry.coords, length, method))
            same(len(actual.coords), len(expected.coords), f"{method}: number of vertices")
            same_place(actual, expected, 1e-9, f"{method} by {length} m")
    crs = utm_of(*centre)
    plane = plane_of(crs)
    areas = layers.polygons(rng, 4, centre, 0.5)
    result = service.execute(
        "densify", {"features": layers.collection(areas), "maxLength": length, "crs": crs}
    )
    for actual, geometry in each(result, areas):
        expected = plane.back(shapely.segmentize(plane.forward(geometry), length))
        same(shapely.get_num_coordinates(actual), shapely.get_num_coordinates(expected), "number of vertices")
        same_place(actual, expected, 1e-9, f"in {crs}")


def densified(positions, length, method):
    made = [positions[0]]
    for (x1, y1), (x2, y2) in zip(positions[:-1], positions[1:]):
        pieces = max(1, int(np.ceil(GEOD.inv(x1, y1, x2, y2)[2] / length - 1e-9)))
        if method == "geodesic" and pieces > 1:
            made += GEOD.npts(x1, y1, x2, y2, pieces - 1)
        else:
            shares = np.arange(1, pieces) / pieces
            made += [(x1 + (x2 - x1) * share, y1 + (y2 - y1) * share) for share in shares]
        made.append((x2, y2))
    return made


def make_valid(rng, service):
    shapes = layers.polygons(rng, 20, layers.place(rng), 2, invalid=0.5)
    for method in ("structure", "linework"):
        outputs = service.outputs("make-valid", {"features": layers.collection(shapes), "method": method})
        for actual, geometry in each(outputs["result"], shapes):
            if method == "structure":
                expected = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
            else:
                expected = shapely.make_valid(geometry)
            same_geometry(actual, expected, 1e-9, 1e-9, method)
        invalid = [index for index, geometry in enumerate(shapes) if not geometry.is_valid]
        same([entry["index"] for entry in outputs["report"]], invalid, "indices in the report")
        for entry in outputs["report"]:
            reason = shapely.is_valid_reason(shapes[entry["index"]])
            check(reason.startswith(entry["reason"]), f'the reason is {entry["reason"]} instead of {reason}')


TARGETS = {
    "EPSG:28992": (5.4, 52.2),
    "EPSG:2154": (2.5, 46.5),
    "EPSG:27700": (-2, 53),
    "EPSG:3035": (10, 52),
    "EPSG:3857": (20, 20),
    "EPSG:32633": (15, 40),
    "EPSG:32718": (-75, -20),
    "EPSG:3031": (50, -75),
    "EPSG:3413": (-45, 75),
    "EPSG:5070": (-96, 38),
    "EPSG:2056": (8, 46.8),
    "EPSG:7856": (153, -28),
}


def reproject(rng, service):
    target = str(rng.choice(list(TARGETS)))
    geometries = layers.mixed(rng, 20, TARGETS[target], 2)
    result = service.execute("reproject", {"features": layers.collection(geometries), "targetCrs": target})
    there = Transformer.from_crs("EPSG:4326", target, always_xy=True)
    back = Transformer.from_crs(target, "EPSG:4326", always_xy=True)
    moved = []
    for actual, geometry in each(result, geometries):
        expected = shapely.transform(geometry, there.transform, interleaved=False)
        off = np.abs(shapely.get_coordinates(actual) - shapely.get_coordinates(expected)).max()
        check(off < 0.01, f"{off} m off in {target}")
        moved.append(expected)
    result = service.execute(
        "reproject", {"features": layers.collection(moved), "sourceCrs": target, "targetCrs": "EPSG:4326"}
    )
    for actual, geometry in each(result, moved):
        expected = shapely.transform(geometry, back.transform, interleaved=False)
        off = np.abs(shapely.get_coordinates(actual) - shapely.get_coordinates(expected)).max()
        check(off < 1e-7, f"{off} degrees off on the way back from {target}")


def measure(rng, service):
    geometries = layers.mixed(rng, 20, layers.place(rng), 4)
    result = service.execute("measure", {"features": layers.collection(geometries)})
    for properties, geometry in zip(layers.properties_of(result), geometries):
        expected = {}
        if geometry.area > 0:
            oriented = [shapely.geometry.polygon.orient(part) for part in getattr(geometry, "geoms", [geometry])]
            expected = {
                "area": sum(GEOD.geometry_area_perimeter(part)[0] for part in oriented),
                # That of GeographicLib's polygons leaves out their holes.
                "perimeter": GEOD.geometry_length(geometry.boundary),
            }
        elif geometry.length > 0:
            expected = {"length": GEOD.geometry_length(geometry)}
        same(sorted(properties), sorted(expected), "properties")
        for name, value in expected.items():
            close(properties[name], value, 1e-9, name)


