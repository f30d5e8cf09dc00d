// Generated from the folders beside it by "npm run generate".
import type { ProcessDeclaration } from '../core/processes/declaration.ts';
import EchoProcess from './EchoProcess/process.ts';
import aspect from './aspect/process.ts';
import buffer from './buffer/process.ts';
import centroid from './centroid/process.ts';
import clip from './clip/process.ts';
import clipRaster from './clip-raster/process.ts';
import concaveHull from './concave-hull/process.ts';
import contour from './contour/process.ts';
import convertFeatures from './convert-features/process.ts';
import convertRaster from './convert-raster/process.ts';
import convexHull from './convex-hull/process.ts';
import countPointsInPolygons from './count-points-in-polygons/process.ts';
import createGrid from './create-grid/process.ts';
import delaunayTriangulation from './delaunay-triangulation/process.ts';
import densify from './densify/process.ts';
import difference from './difference/process.ts';
import dissolve from './dissolve/process.ts';
import echo from './echo/process.ts';
import filter from './filter/process.ts';
import focalStatistics from './focal-statistics/process.ts';
import h3Bin from './h3-bin/process.ts';
import h3Cells from './h3-cells/process.ts';
import heatmap from './heatmap/process.ts';
import hillshade from './hillshade/process.ts';
import idwInterpolation from './idw-interpolation/process.ts';
import intersection from './intersection/process.ts';
import layerInfo from './layer-info/process.ts';
import makeValid from './make-valid/process.ts';
import measure from './measure/process.ts';
import minimumBoundingGeometry from './minimum-bounding-geometry/process.ts';
import mosaic from './mosaic/process.ts';
import nearest from './nearest/process.ts';
import polygonize from './polygonize/process.ts';
import rasterCalculator from './raster-calculator/process.ts';
import rasterInfo from './raster-info/process.ts';
import rasterStatistics from './raster-statistics/process.ts';
import rasterize from './rasterize/process.ts';
import reclassify from './reclassify/process.ts';
import reproject from './reproject/process.ts';
import reprojectRaster from './reproject-raster/process.ts';
import sampleRaster from './sample-raster/process.ts';
import selectByLocation from './select-by-location/process.ts';
import simplify from './simplify/process.ts';
import slope from './slope/process.ts';
import spatialJoin from './spatial-join/process.ts';
import summaryStatistics from './summary-statistics/process.ts';
import symmetricDifference from './symmetric-difference/process.ts';
import terrainIndex from './terrain-index/process.ts';
import union from './union/process.ts';
import voronoiPolygons from './voronoi-polygons/process.ts';
import zonalStatistics from './zonal-statistics/process.ts';

export const processes: readonly ProcessDeclaration[] = [
  EchoProcess,
  aspect,
  buffer,
  centroid,
  clip,
  clipRaster,
  concaveHull,
  contour,
  convertFeatures,
  convertRaster,
  convexHull,
  countPointsInPolygons,
  createGrid,
  delaunayTriangulation,
  densify,
  difference,
  dissolve,
  echo,
  filter,
  focalStatistics,
  h3Bin,
  h3Cells,
  heatmap,
  hillshade,
  idwInterpolation,
  intersection,
  layerInfo,
  makeValid,
  measure,
  minimumBoundingGeometry,
  mosaic,
  nearest,
  polygonize,
  rasterCalculator,
  rasterInfo,
  rasterStatistics,
  rasterize,
  reclassify,
  reproject,
  reprojectRaster,
  sampleRaster,
  selectByLocation,
  simplify,
  slope,
  spatialJoin,
  summaryStatistics,
  symmetricDifference,
  terrainIndex,
  union,
  voronoiPolygons,
  zonalStatistics,
];
