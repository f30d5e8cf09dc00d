"""Tessellations, grids and H3, compared with shapely and h3."""

import math

import h3
import numpy as np
import shapely

from cases.overlay import check_aggregates, random_aggregates
from support import layers
from support.compare import close, same, same_area, same_set


def delaunay_triangulation(rng, service):
    points = layers.points(rng, int(rng.integers(3, 200)), layers.place(rng), 2)
    result = service.execute("delaunay-triangulation", {"features": layers.collection(points)})
    triangles = shapely.delaunay_triangles(shapely.MultiPoint(shapely.get_coordinates(points)))
    # Slivers along the hull are triangles or not by the last digit.
    large = lambda shapes: [triangle for triangle in shapes if triangle.area > 1e-9]
    same_set(large(layers.geometries_of(result)), large(triangles.geoms), 1e-9, "triangles")


def voronoi_polygons(rng, service):
    centre = layers.place(rng)
    points = layers.points(rng, int(rng.integers(2, 150)), centre, 2)
    box = shapely.box(centre[0] - 1.2, centre[1] - 1.1, centre[0] + 1.3, centre[1] + 1.2)
    extent = {"bbox": list(box.bounds)} if rng.random() < 0.5 else None
    result = service.execute("voronoi-polygons", {"features": layers.collection(points), "extent": extent})
    if extent is None:
        west, south, east, north = shapely.MultiPoint(shapely.get_coordinates(points)).bounds
        margin = 0.1 * max(east - west, north - south)
        box = shapely.box(west - margin, south - margin, east + margin, north + margin)
    sites = shapely.MultiPoint(shapely.get_coordinates(points))
    cells = shapely.intersection(list(shapely.voronoi_polygons(sites, extend_to=box).geoms), box)
    tree = shapely.STRtree(points)
    expected = {int(tree.query(cell, "contains")[0]): cell for cell in cells}
    same([feature["id"] for feature in result["features"]], sorted(expected), "order")
    for index, actual in enumerate(layers.geometries_of(result)):
        same_area(actual, expected[index], 1e-6, f"cell of the point {index}")


def create_grid(rng, service):
    west, south = layers.place(rng)
    width, height = rng.uniform(0.5, 3, 2)
    size = float(rng.uniform(0.1, 0.7))
    bbox = [west, south, west + width, south + height]
    inputs = {"extent": {"bbox": bbox}, "cellSize": size}
    result = service.execute("create-grid", inputs)
    expected = {
        (row, column): shapely.box(
            west + column * size, south + row * size, west + (column + 1) * size, south + (row + 1) * size
        )
        for row in range(math.ceil(height / size - 1e-9))
        for column in range(math.ceil(width / size - 1e-9))
    }
    same_cells(result, expected)
    result = service.execute("create-grid", {**inputs, "shape": "hexagon"})
    same_cells(result, hexagons(bbox, size))


def hexagons(bbox, size):
    """Flat-topped hexagons whose inside meets the box; columns are 1.5 sides apart, odd ones half a cell up."""
    box = shapely.box(*bbox)
    west, south, east, north = bbox
    side = size / math.sqrt(3)
    corners = [(math.cos(angle) * side, math.sin(angle) * side) for angle in np.arange(6) * math.pi / 3]
    cells = {}
    for column in range(-1, math.ceil((east - west) / (1.5 * side)) + 2):
        for row in range(-1, math.ceil((north - south) / size) + 2):
            x = west + column * 1.5 * side
            y = south + (row + (0.5 if column % 2 else 0)) * size
            cell = shapely.Polygon([(x + across, y + up) for across, up in corners])
            if cell.intersection(box).area > 1e-9 * cell.area:
                cells[(row, column)] = cell
    return cells


def same_cells(result, expected):
    found = {
        (feature["properties"]["row"], feature["properties"]["column"]): geometry
        for feature, geometry in zip(result["features"], layers.geometries_of(result))
    }
    same(sorted(found), sorted(expected), "rows and columns")
    for key, cell in expected.items():
        same_area(found[key], cell, 1e-9, f"cell {key}")


def h3_cells(rng, service):
    centre = layers.place(rng)
    resolution = int(rng.integers(3, 7))
    size = 4 * math.degrees(math.sqrt(h3.average_hexagon_area(resolution, "km^2")) / 6371)
    shapes = layers.polygons(rng, 3, centre, size) + layers.points(rng, 3, centre, size)
    containment = str(rng.choice(["center", "full", "overlap"]))
    compact = bool(rng.random() < 0.4)
    result = service.execute(
        "h3-cells",
        {
            "features": layers.collection(shapes, [{"number": index} for index in range(len(shapes))]),
            "resolution": resolution,
            "containment": containment,
            "compact": compact,
        },
    )
    expected = []
    for index, geometry in enumerate(shapes):
        if geometry.geom_type == "Point":
            cells = [h3.latlng_to_cell(geometry.y, geometry.x, resolution)]
        else:
            shape = h3.geo_to_h3shape(geometry)
            cells = h3.h3shape_to_cells_experimental(shape, resolution, containment)
            cells = h3.compact_cells(cells) if compact else cells
        expected += [(index, cell) for cell in sorted(cells)]
    same([(row["number"], row["h3"]) for row in layers.properties_of(result)], expected, containment)
    for properties, geometry in zip(layers.properties_of(result), layers.geometries_of(result)):
        same_area(geometry, boundary_of(properties["h3"]), 1e-6, "cell")


def boundary_of(cell):
    return shapely.Polygon([(longitude, latitude) for latitude, longitude in h3.cell_to_boundary(cell)])


def h3_bin(rng, service):
    resolution = int(rng.integers(2, 8))
    points = layers.points(rng, 100, layers.place(rng), 3)
    properties = layers.random_properties(rng, len(points))
    aggregates = random_aggregates(rng)
    result = service.execute(
        "h3-bin",
        {
            "features": layers.collection(points, properties),
            "resolution": resolution,
            "aggregates": aggregates,
        },
    )
    bins = {}
    for point, values in zip(points, properties):
        bins.setdefault(h3.latlng_to_cell(point.y, point.x, resolution), []).append(values)
    same([row["h3"] for row in layers.properties_of(result)], sorted(bins), "cells")
    for row, geometry in zip(layers.properties_of(result), layers.geometries_of(result)):
        check_aggregates(row, bins[row["h3"]], aggregates)
        same_area(geometry, boundary_of(row["h3"]), 1e-6, "cell")
    close(sum(row["count"] for row in layers.properties_of(result)), len(points), 0, "points")
