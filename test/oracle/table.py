"""One row per process: the function that makes a random input, executes the process, and compares."""

import json
from pathlib import Path

from cases import formats, geometry, overlay, raster, terrain, tessellation, vectorise

TABLE = {
    "buffer": geometry.buffer,
    "centroid": geometry.centroid,
    "convex-hull": geometry.convex_hull,
    "concave-hull": geometry.concave_hull,
    "minimum-bounding-geometry": geometry.minimum_bounding_geometry,
    "simplify": geometry.simplify,
    "densify": geometry.densify,
    "make-valid": geometry.make_valid,
    "reproject": geometry.reproject,
    "measure": geometry.measure,
    "clip": overlay.clip,
    "difference": overlay.difference,
    "intersection": overlay.intersection,
    "union": overlay.union,
    "symmetric-difference": overlay.symmetric_difference,
    "dissolve": overlay.dissolve,
    "spatial-join": overlay.spatial_join,
    "nearest": overlay.nearest,
    "select-by-location": overlay.select_by_location,
    "count-points-in-polygons": overlay.count_points_in_polygons,
    "summary-statistics": overlay.summary_statistics,
    "filter": overlay.filter_features,
    "delaunay-triangulation": tessellation.delaunay_triangulation,
    "voronoi-polygons": tessellation.voronoi_polygons,
    "create-grid": tessellation.create_grid,
    "h3-cells": tessellation.h3_cells,
    "h3-bin": tessellation.h3_bin,
    "hillshade": terrain.hillshade,
    "slope": terrain.slope,
    "aspect": terrain.aspect,
    "terrain-index": terrain.terrain_index,
    "raster-calculator": raster.raster_calculator,
    "reclassify": raster.reclassify,
    "raster-statistics": raster.raster_statistics,
    "zonal-statistics": raster.zonal_statistics,
    "clip-raster": raster.clip_raster,
    "reproject-raster": raster.reproject_raster,
    "mosaic": raster.mosaic,
    "focal-statistics": raster.focal_statistics,
    "sample-raster": raster.sample_raster,
    "contour": vectorise.contour,
    "polygonize": vectorise.polygonize,
    "rasterize": vectorise.rasterize,
    "idw-interpolation": vectorise.idw_interpolation,
    "heatmap": vectorise.heatmap,
    "convert-features": formats.convert_features,
    "convert-raster": formats.convert_raster,
    "raster-info": formats.raster_info,
    "layer-info": formats.layer_info,
}

# Processes without a row, with the reason.
UNCOMPARED = json.loads((Path(__file__).parents[1] / "uncompared.json").read_text())["oracle"]

# Random inputs per process.
ROUNDS = 4
