"""Processes of layers, from a file to a file, as somebody with geopandas, shapely, pyproj and h3 does them."""

import geopandas
import h3
import numpy as np
import shapely
from files import CRS, layer, written, written_as_geopackage
from pyproj import Geod

OGC_CRS84 = "OGC:CRS84"


def mapped(name, operation):
    """A process that changes each geometry."""

    def run():
        frame = layer(name)
        return written(frame.set_geometry(operation(frame.geometry.values.to_numpy()), crs=frame.crs))

    return run


def overlaid(how):
    def run():
        first, second = layer("first"), layer("second")
        renamed = second.rename(columns={"number": "overlay_number", "value": "overlay_value"})
        return written(geopandas.overlay(first, renamed, how=how, keep_geom_type=False))

    return run


def clip():
    first, second = layer("first"), layer("second")
    mask = shapely.union_all(second.geometry.values)
    shapely.prepare(mask)
    parts = shapely.intersection(first.geometry.values, mask)
    return written(first.set_geometry(parts, crs=first.crs)[~shapely.is_empty(parts)])


def dissolve():
    frame = layer("discs")
    return written(geopandas.GeoDataFrame(geometry=[shapely.union_all(frame.geometry.values)], crs=frame.crs))


def spatial_join():
    points, zones = layer("points"), layer("zones")
    return written(geopandas.sjoin(points, zones, how="left", predicate="within").drop(columns="index_right"))


def select_by_location():
    points, zones = layer("points"), layer("zones")
    selected = np.unique(zones.sindex.query(points.geometry.values, predicate="intersects")[0])
    return written(points.iloc[selected])


def count_points_in_polygons():
    zones, points = layer("zones"), layer("points")
    found = points.sindex.query(zones.geometry.values, predicate="intersects")[0]
    return written(zones.assign(count=np.bincount(found, minlength=len(zones))))


def nearest():
    points, sites = layer("sites"), layer("points")
    joined = geopandas.sjoin_nearest(points, sites, distance_col="distance").drop(columns="index_right")
    return written(joined)


def reproject():
    return written(layer("detailed").to_crs("EPSG:3035"))


def voronoi_polygons():
    frame = layer("sites")
    cells = shapely.voronoi_polygons(shapely.MultiPoint(shapely.get_coordinates(frame.geometry.values)))
    box = shapely.box(*frame.total_bounds)
    clipped = geopandas.GeoDataFrame(geometry=shapely.intersection(list(cells.geoms), box), crs=frame.crs)
    return written(geopandas.sjoin(clipped, frame, predicate="contains").drop(columns="index_right"))


def delaunay_triangulation():
    frame = layer("sites")
    triangles = shapely.delaunay_triangles(shapely.MultiPoint(shapely.get_coordinates(frame.geometry.values)))
    return written(geopandas.GeoDataFrame(geometry=list(triangles.geoms), crs=frame.crs))


def measure():
    frame = layer("zones")
    geod = Geod(ellps="WGS84")
    measured = [geod.geometry_area_perimeter(zone) for zone in frame.to_crs(OGC_CRS84).geometry]
    area, perimeter = np.abs(np.array(measured)).T
    return written(frame.assign(area=area, perimeter=perimeter))


def create_grid():
    left, bottom = np.meshgrid(np.arange(450_000, 550_000, 500), np.arange(5_700_000, 5_800_000, 500))
    boxes = shapely.box(left, bottom, left + 500, bottom + 500).ravel()
    row, column = np.indices(left.shape).reshape(2, -1)
    return written(geopandas.GeoDataFrame({"row": row, "column": column}, geometry=boxes, crs=CRS))


def cell_polygon(cell):
    return shapely.Polygon([(longitude, latitude) for latitude, longitude in h3.cell_to_boundary(cell)])


def h3_cells():
    frame = layer("zones").to_crs(OGC_CRS84)
    shapes = [h3.geo_to_h3shape(zone) for zone in frame.geometry]
    frame = frame.assign(h3=[sorted(h3.h3shape_to_cells(shape, 9)) for shape in shapes]).explode("h3").dropna()
    cells = frame.set_geometry([cell_polygon(cell) for cell in frame["h3"]], crs=OGC_CRS84)
    return written(cells.to_crs(CRS))


def h3_bin():
    frame = layer("points").to_crs(OGC_CRS84)
    longitudes, latitudes = shapely.get_coordinates(frame.geometry.values).T
    cells = [h3.latlng_to_cell(latitude, longitude, 7) for latitude, longitude in zip(latitudes, longitudes)]
    bins = frame.groupby(cells)["value"].agg(["size", "mean"]).rename_axis("h3").reset_index()
    polygons = [cell_polygon(cell) for cell in bins["h3"]]
    return written(geopandas.GeoDataFrame(bins, geometry=polygons, crs=OGC_CRS84).to_crs(CRS))


def summary_statistics():
    return len(layer("points")["value"].agg(["mean", "sum", "std", "median"]))


def filter_features():
    frame = layer("points")
    return written(frame[(frame["value"] > 50) & (frame["number"] < 50_000)])


CASES = {
    "buffer": mapped("lines", lambda shapes: shapely.buffer(shapes, 100, quad_segs=8)),
    "simplify": mapped("detailed", lambda shapes: shapely.simplify(shapes, 20)),
    "densify": mapped("lines", lambda shapes: shapely.segmentize(shapes, 20)),
    "make-valid": mapped("bowties", lambda shapes: shapely.make_valid(shapes, method="structure", keep_collapsed=False)),
    "convex-hull": mapped("detailed", shapely.convex_hull),
    "concave-hull": mapped("zones", lambda shapes: shapely.concave_hull(shapes, ratio=0.3)),
    "minimum-bounding-geometry": mapped("zones", shapely.oriented_envelope),
    "centroid": mapped("zones", shapely.centroid),
    "dissolve": dissolve,
    "intersection": overlaid("intersection"),
    "union": overlaid("union"),
    "difference": overlaid("difference"),
    "symmetric-difference": overlaid("symmetric_difference"),
    "clip": clip,
    "spatial-join": spatial_join,
    "select-by-location": select_by_location,
    "count-points-in-polygons": count_points_in_polygons,
    "nearest": nearest,
    "reproject": reproject,
    "voronoi-polygons": voronoi_polygons,
    "delaunay-triangulation": delaunay_triangulation,
    "measure": measure,
    "create-grid": create_grid,
    "h3-cells": h3_cells,
    "h3-bin": h3_bin,
    "summary-statistics": summary_statistics,
    "filter": filter_features,
    "convert-features": lambda: written_as_geopackage(layer("zones")),
}
