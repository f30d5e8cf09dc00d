import { parseEssence } from './media-type.ts';
import { MediaType } from './uris.ts';

/**
 * A format that the service reads by way of GDAL: what none of its own readers knows. This module is the only place that
 * says so: drivers that are not in it are never asked, above all none that follows paths or addresses.
 */
export interface GdalFormat {
  /** Short name of the driver. */
  readonly driver: string;
  readonly kind: 'layer' | 'raster';
  readonly title: string;
  /** With the dot. Several files go into one archive. */
  readonly extensions: readonly string[];
  /** Those under which it is sent; none where nobody has named one. */
  readonly mediaTypes: readonly string[];
}

const layer = (
  driver: string,
  title: string,
  extensions: readonly string[],
  mediaTypes: readonly string[] = [],
): GdalFormat => ({ driver, kind: 'layer', title, extensions, mediaTypes });

const raster = (
  driver: string,
  title: string,
  extensions: readonly string[],
  mediaTypes: readonly string[] = [],
): GdalFormat => ({ driver, kind: 'raster', title, extensions, mediaTypes });

export const gdalFormats: readonly GdalFormat[] = [
  layer('GML', 'GML', ['.gml'], [MediaType.gml]),
  layer('GPX', 'GPX', ['.gpx'], [MediaType.gpx]),
  layer('OpenFileGDB', 'File geodatabase (zipped)', ['.gdb.zip'], ['application/x-filegdb']),
  layer('MapInfo File', 'MapInfo TAB and MIF (zipped)', ['.tab', '.mif'], ['application/x-mapinfo']),
  layer('DXF', 'DXF', ['.dxf'], [MediaType.dxf, 'application/dxf']),
  layer('TopoJSON', 'TopoJSON', ['.topojson'], ['application/topo+json']),
  layer('ESRIJSON', 'Esri JSON, features of ArcGIS services', ['.json'], ['application/vnd.esri+json']),
  layer(
    'OSM',
    'OpenStreetMap',
    ['.osm', '.osm.pbf'],
    ['application/vnd.openstreetmap.data+xml', 'application/vnd.openstreetmap.data+pbf'],
  ),
  layer('SQLite', 'SpatiaLite', ['.sqlite'], []),
  layer('GeoRSS', 'GeoRSS', ['.rss', '.atom'], ['application/rss+xml', 'application/atom+xml']),
  layer('S57', 'S-57 nautical chart', ['.000'], []),
  layer('DGN', 'MicroStation DGN', ['.dgn'], ['image/vnd.dgn']),
  layer('CAD', 'DWG', ['.dwg'], ['image/vnd.dwg']),
  layer('AVCE00', 'ArcInfo exchange', ['.e00'], []),
  layer('OGR_GMT', 'GMT', ['.gmt'], []),
  layer('JML', 'OpenJUMP', ['.jml'], []),
  layer('MapML', 'MapML', ['.mapml'], ['text/mapml']),
  layer('Geoconcept', 'Geoconcept', ['.gxt'], []),
  layer('Selafin', 'Selafin', ['.slf'], []),
  layer('WAsP', 'WAsP', ['.map'], []),
  layer('UK .NTF', 'UK National Transfer Format', ['.ntf'], []),
  layer('OGR_SDTS', 'SDTS (zipped)', ['.ddf'], []),
  layer('AVCBin', 'Arc/Info binary coverage (zipped)', ['.adf'], []),
  layer('TIGER', 'U.S. Census TIGER/Line (zipped)', ['.rt1'], []),
  layer('EDIGEO', 'EDIGEO (zipped)', ['.thf'], []),
  layer('VFK', 'Czech cadastral exchange', ['.vfk'], []),
  layer('SXF', 'SXF', ['.sxf'], []),
  layer('Idrisi', 'Idrisi vectors (zipped)', ['.vct'], []),
  layer(
    'MVT',
    'Vector tile (URL ending with its zoom, column and row: /3/4/2.mvt or 3-4-2.mvt)',
    ['.mvt'],
    ['application/vnd.mapbox-vector-tile'],
  ),
  layer('PMTiles', 'PMTiles (vector)', ['.pmtiles'], ['application/vnd.pmtiles']),
  raster('GTiff', 'GeoTIFF (with a world file, zipped)', ['.tif', '.tiff'], []),
  raster('AAIGrid', 'Arc/Info ASCII grid', ['.asc'], []),
  raster('HFA', 'ERDAS Imagine', ['.img'], []),
  raster('SRTMHGT', 'SRTM', ['.hgt'], []),
  raster(
    'GRIB',
    'GRIB',
    ['.grib', '.grb', '.grib2', '.grb2'],
    ['application/wmo-grib', 'application/x-grib'],
  ),
  raster('ENVI', 'ENVI (zipped)', ['.dat', '.hdr'], []),
  raster('EHdr', 'ESRI BIL (zipped)', ['.bil', '.bip', '.bsq'], []),
  raster('DTED', 'DTED', ['.dt0', '.dt1', '.dt2'], []),
  raster('USGSDEM', 'USGS DEM', ['.dem'], []),
  raster('AIG', 'Arc/Info binary grid (zipped)', ['.adf'], []),
  raster('GSAG', 'Golden Software ASCII grid', ['.grd'], []),
  raster('GSBG', 'Golden Software binary grid', ['.grd'], []),
  raster('GS7BG', 'Golden Software binary grid 7', ['.grd'], []),
  raster('SAGA', 'SAGA (zipped)', ['.sdat', '.sg-grd-z'], []),
  raster('RST', 'Idrisi (zipped)', ['.rst'], []),
  raster('XYZ', 'Gridded XYZ', ['.xyz'], []),
  raster('PCIDSK', 'PCIDSK', ['.pix'], []),
  raster('NITF', 'NITF', ['.ntf'], ['application/vnd.nitf']),
  raster('ERS', 'ERMapper (zipped)', ['.ers'], []),
  raster('BT', 'VTP terrain', ['.bt'], []),
  raster('RRASTER', 'R raster (zipped)', ['.grd', '.gri'], []),
  raster('PCRaster', 'PCRaster', ['.map'], []),
  raster('GRASSASCIIGrid', 'GRASS ASCII grid', ['.asc'], []),
  raster('SIGDEM', 'SIGDEM', ['.sigdem'], []),
  raster('GTX', 'NOAA vertical shift grid', ['.gtx'], []),
  raster('NWT_GRD', 'Vertical Mapper grid', ['.grd'], []),
  raster('KRO', 'KOLOR raw', ['.kro'], []),
  raster('NTv2', 'NTv2 shift grid', ['.gsb'], []),
  raster('CTable2', 'CTable2 shift grid', [], []),
  raster('ISG', 'International Service for the Geoid', ['.isg'], []),
  raster('BYN', 'Natural Resources Canada geoid', ['.byn'], []),
  raster('NGSGEOID', 'NOAA geoid', ['.bin'], []),
  raster('LOSLAS', 'NADCON shift grid', ['.los', '.las'], []),
  raster('NWT_GRC', 'Vertical Mapper classified grid', ['.grc'], []),
  raster('RMF', 'Panorama raster map', ['.rsw', '.mtw'], []),
  raster('Leveller', 'Leveller heightfield', ['.ter'], []),
  raster('Terragen', 'Terragen heightfield', ['.ter'], []),
  raster('PNM', 'Netpbm (with a world file, zipped)', ['.pgm', '.ppm', '.pnm'], []),
  raster('ZMap', 'ZMap Plus grid', ['.dat'], []),
  raster('SNODAS', 'SNODAS (zipped)', ['.hdr'], []),
  raster('SDTS', 'SDTS raster (zipped)', ['.ddf'], []),
  raster('BLX', 'Magellan BLX topography', ['.blx'], []),
  raster('BSB', 'Maptech BSB nautical chart', ['.kap'], []),
  raster('ISIS3', 'USGS ISIS cube', ['.cub'], []),
  raster('PDS', 'NASA Planetary Data System', [], []),
  raster('VICAR', 'VICAR', [], []),
  raster('ROI_PAC', 'ROI_PAC (zipped)', [], []),
  raster('GXF', 'Grid exchange', ['.gxf'], []),
  raster('LCP', 'FARSITE landscape', ['.lcp'], []),
  raster('ILWIS', 'ILWIS (zipped)', ['.mpr'], []),
  raster('HF2', 'HF2', ['.hf2'], []),
  raster('PNG', 'PNG (with a world file, zipped)', ['.png'], ['image/png']),
  raster('JPEG', 'JPEG (with a world file, zipped)', ['.jpg', '.jpeg'], ['image/jpeg']),
  raster('GIF', 'GIF (with a world file, zipped)', ['.gif'], ['image/gif']),
  raster('BMP', 'BMP (with a world file, zipped)', ['.bmp'], ['image/bmp']),
  raster('WEBP', 'WebP (with a world file, zipped)', ['.webp'], ['image/webp']),
  raster('MBTiles', 'MBTiles', ['.mbtiles'], ['application/vnd.mapbox-mbtiles']),
  raster('GPKG', 'GeoPackage tiles', ['.gpkg'], []),
];

/** Whether files of a format are sent in an archive alone: their own extensions are of what is in it. */
export const isSentZipped = ({ title }: GdalFormat): boolean => title.endsWith('zipped)');

/** Short names of the drivers that are asked for a kind. */
export const gdalDrivers = (kind: GdalFormat['kind']): string[] =>
  gdalFormats.filter((format) => format.kind === kind).map(({ driver }) => driver);

/**
 * Drivers that are asked for what our own reader of a format leaves out, by the media type of the format; where a format has none here, all of
 * its kind are asked, as it may be another one. Those of a Shapefile may find another format in the archive.
 */
export const driversBeyond: Readonly<Partial<Record<string, readonly string[]>>> = {
  [MediaType.flatgeobuf]: ['FlatGeobuf'],
  [MediaType.geopackage]: ['GPKG', 'SQLite'],
  [MediaType.shapefile]: ['ESRI Shapefile', ...gdalDrivers('layer')],
  [MediaType.csv]: ['CSV'],
};

/** Whether a media type is one of those under which formats that GDAL reads are sent. */
export const isReadByGdal = (kind: GdalFormat['kind'], mediaType: string): boolean =>
  gdalFormats.some((format) => format.kind === kind && format.mediaTypes.includes(parseEssence(mediaType)));
