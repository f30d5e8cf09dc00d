/**
 * Ratio of our time to that of the reference that a kind of case should not exceed; `shared` are vector operations whose
 * work threads share.
 */
const targets = { vector: 1.2, shared: 1, raster: 1, window: 1.3 } as const;

export const targetRatio = ({ kind }: Row): number => targets[kind];

export interface Row {
  readonly name: string;
  readonly kind: keyof typeof targets;
  /** What is done, to what. */
  readonly work: string;
  /** What does the same. */
  readonly reference: string;
}

/** Computations by themselves, in memory. */
export const kernels: readonly Row[] = [
  { name: 'kernel buffer', kind: 'shared', work: '10 000 lines of 20 vertices', reference: 'shapely' },
  { name: 'kernel union', kind: 'shared', work: '10 000 discs into one', reference: 'shapely' },
  {
    name: 'kernel reproject',
    kind: 'vector',
    work: '1 000 000 vertices, UTM to degrees',
    reference: 'pyproj',
  },
  { name: 'kernel hillshade', kind: 'raster', work: 'elevation', reference: 'gdaldem' },
  { name: 'kernel slope', kind: 'raster', work: 'elevation', reference: 'gdaldem' },
  { name: 'kernel aspect', kind: 'raster', work: 'elevation', reference: 'gdaldem' },
  { name: 'kernel zonal-statistics', kind: 'raster', work: '200 zones', reference: 'rasterio and NumPy' },
  { name: 'kernel polygonize', kind: 'raster', work: 'six classes', reference: 'rasterio' },
  { name: 'kernel contour', kind: 'raster', work: 'lines every 25 m', reference: 'GDAL' },
  { name: 'kernel rasterize', kind: 'raster', work: '5000 polygons', reference: 'rasterio' },
  { name: 'kernel reproject-raster', kind: 'raster', work: 'bilinear to EPSG:3857', reference: 'rasterio' },
  { name: 'kernel write COG', kind: 'raster', work: 'elevation, deflate, overviews', reference: 'rasterio' },
];

/** Whole processes, from a file to a file: FlatGeobuf for layers, GeoTIFF with deflate for rasters. */
export const wholeProcesses: readonly Row[] = [
  { name: 'buffer', kind: 'shared', work: '10 000 lines', reference: 'geopandas' },
  { name: 'simplify', kind: 'vector', work: '1 000 000 vertices', reference: 'geopandas' },
  { name: 'densify', kind: 'vector', work: '10 000 lines', reference: 'geopandas' },
  { name: 'make-valid', kind: 'vector', work: '10 000 invalid polygons', reference: 'geopandas' },
  { name: 'convex-hull', kind: 'vector', work: '1 000 000 vertices', reference: 'geopandas' },
  { name: 'concave-hull', kind: 'vector', work: '5000 polygons', reference: 'geopandas' },
  {
    name: 'minimum-bounding-geometry',
    kind: 'vector',
    work: 'rectangles of 5000 polygons',
    reference: 'geopandas',
  },
  { name: 'centroid', kind: 'vector', work: '5000 polygons', reference: 'geopandas' },
  { name: 'dissolve', kind: 'shared', work: '10 000 discs into one', reference: 'geopandas' },
  { name: 'intersection', kind: 'shared', work: '3000 x 3000 polygons', reference: 'geopandas' },
  { name: 'union', kind: 'shared', work: '3000 and 3000 polygons', reference: 'geopandas' },
  { name: 'difference', kind: 'shared', work: '3000 less 3000 polygons', reference: 'geopandas' },
  { name: 'symmetric-difference', kind: 'shared', work: '3000 and 3000 polygons', reference: 'geopandas' },
  { name: 'clip', kind: 'shared', work: '3000 by 3000 polygons', reference: 'geopandas' },
  { name: 'spatial-join', kind: 'shared', work: '100 000 points in 5000 polygons', reference: 'geopandas' },
  {
    name: 'select-by-location',
    kind: 'shared',
    work: '100 000 points by 5000 polygons',
    reference: 'geopandas',
  },
  {
    name: 'count-points-in-polygons',
    kind: 'shared',
    work: '100 000 points in 5000 polygons',
    reference: 'geopandas',
  },
  { name: 'nearest', kind: 'shared', work: '50 000 points, the nearest of 100 000', reference: 'geopandas' },
  { name: 'reproject', kind: 'vector', work: '1 000 000 vertices to EPSG:3035', reference: 'geopandas' },
  { name: 'voronoi-polygons', kind: 'vector', work: '50 000 points', reference: 'geopandas' },
  { name: 'delaunay-triangulation', kind: 'vector', work: '50 000 points', reference: 'geopandas' },
  { name: 'measure', kind: 'vector', work: '5000 polygons on the ellipsoid', reference: 'pyproj' },
  { name: 'create-grid', kind: 'vector', work: '40 000 squares', reference: 'shapely' },
  { name: 'h3-cells', kind: 'vector', work: '5000 polygons, resolution 9', reference: 'h3, geopandas' },
  { name: 'h3-bin', kind: 'vector', work: '100 000 points, resolution 7', reference: 'h3, geopandas' },
  { name: 'summary-statistics', kind: 'vector', work: '100 000 features', reference: 'geopandas' },
  { name: 'filter', kind: 'vector', work: '100 000 points', reference: 'geopandas' },
  { name: 'convert-features', kind: 'vector', work: '5000 polygons to GeoPackage', reference: 'geopandas' },
  { name: 'hillshade', kind: 'raster', work: 'elevation', reference: 'gdaldem' },
  { name: 'slope', kind: 'raster', work: 'elevation', reference: 'gdaldem' },
  { name: 'aspect', kind: 'raster', work: 'elevation', reference: 'gdaldem' },
  { name: 'terrain-index', kind: 'raster', work: 'ruggedness of elevation', reference: 'gdaldem' },
  { name: 'raster-calculator', kind: 'raster', work: 'NDVI of two bands', reference: 'rasterio, NumPy' },
  { name: 'raster-statistics', kind: 'raster', work: 'moments, percentiles', reference: 'rasterio, NumPy' },
  { name: 'zonal-statistics', kind: 'raster', work: '200 zones', reference: 'rasterio, NumPy' },
  { name: 'clip-raster', kind: 'raster', work: 'by 200 polygons', reference: 'rasterio' },
  { name: 'mosaic', kind: 'raster', work: 'of two rasters', reference: 'rasterio' },
  { name: 'reclassify', kind: 'raster', work: 'three classes', reference: 'rasterio, NumPy' },
  { name: 'focal-statistics', kind: 'raster', work: 'mean of 3 x 3 pixels', reference: 'GDAL' },
  { name: 'convert-raster', kind: 'raster', work: 'float32 to int16', reference: 'rasterio, NumPy' },
  { name: 'reproject-raster', kind: 'raster', work: 'bilinear to EPSG:3857', reference: 'rasterio' },
  { name: 'sample-raster', kind: 'raster', work: 'at 100 000 points', reference: 'rasterio' },
  { name: 'rasterize', kind: 'raster', work: '5000 polygons', reference: 'rasterio' },
  { name: 'polygonize', kind: 'raster', work: 'six classes', reference: 'rasterio, geopandas' },
  { name: 'contour', kind: 'raster', work: 'lines every 25 m', reference: 'GDAL, geopandas' },
  { name: 'heatmap', kind: 'raster', work: '100 000 points, 1 000 000 pixels', reference: 'NumPy' },
  { name: 'idw-interpolation', kind: 'raster', work: '1000 points, 250 000 pixels', reference: 'GDAL' },
];

export const windowRow: Row = {
  name: 'window',
  kind: 'window',
  work: 'opening a COG over HTTP and reading 512 x 512 pixels',
  reference: 'rasterio',
};
