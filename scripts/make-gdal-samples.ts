// Writes a small file of each format that is read by way of GDAL, with GDAL's own drivers or by hand: node scripts/make-gdal-samples.ts
// One with its driver each is listed in by-gdal.json.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { zipSync } from 'fflate';
import { parseCrs } from '../geo/crs/find-crs.ts';
import { Engine } from '../geo/gdal/engine.ts';
import { GIVEN, MADE, withVirtualFiles } from '../geo/gdal/virtual-files.ts';
import { tiffBytes } from '../geo/raster/formats/tiff/write-tiff.ts';

const folder = join(import.meta.dirname, '..', 'test', 'fixtures', 'files', 'by-gdal');
const text = (content: string) => new TextEncoder().encode(content);

/** Each pixel is its row times 40 plus its column, and a hundred. */
async function makeRaster(
  width: number,
  height: number,
  crs: string,
  transform: readonly [number, number, number, number, number, number],
  dataType: 'uint8' | 'int16' | 'float32',
): Promise<Uint8Array> {
  const array = { uint8: Uint8Array, int16: Int16Array, float32: Float32Array }[dataType];
  const band = new array(width * height).map(
    (_, at) => 100 + (Math.floor(at / width) % 20) * 40 + ((at % width) % 40),
  );
  return tiffBytes(
    { width, height, crs: parseCrs(crs, ''), transform, dataType, bands: [band] },
    'none',
    false,
  );
}

const metres = [300000, 30, 0, 5000000, 0, -30] as const;
const plane = () => makeRaster(16, 12, 'EPSG:32632', metres, 'int16');
const floats = () => makeRaster(16, 12, 'EPSG:32632', metres, 'float32');
const bytes = () => makeRaster(16, 12, 'EPSG:32632', metres, 'uint8');
const degrees = () => makeRaster(16, 12, 'EPSG:4326', [7, 0.25, 0, 47, 0, -0.25], 'int16');
const degree = (pixels: number) => () => {
  const size = 1 / (pixels - 1);
  return makeRaster(pixels, pixels, 'EPSG:4326', [7 - size / 2, size, 0, 48 + size / 2, 0, -size], 'int16');
};

const rasters: readonly (readonly [
  driver: string,
  name: string,
  make: () => Promise<Uint8Array>,
  ...options: string[],
])[] = [
  ['GTiff', 'gtiff.tif.zip', plane, '-co', 'PROFILE=BASELINE', '-co', 'TFW=YES'],
  ['AAIGrid', 'aaigrid.asc', plane],
  ['HFA', 'hfa.img', plane],
  ['SRTMHGT', 'N47E007.hgt.zip', degree(1201)],
  ['GRIB', 'grib.grib2', degrees],
  ['ENVI', 'envi.dat.zip', plane],
  ['EHdr', 'ehdr.bil.zip', plane],
  ['DTED', 'dted.dt0', degree(121)],
  ['USGSDEM', 'usgsdem.dem', plane],
  ['GSAG', 'gsag.grd', floats],
  ['GSBG', 'gsbg.grd', floats],
  ['GS7BG', 'gs7bg.grd', floats],
  ['SAGA', 'saga.sdat.zip', floats],
  ['RST', 'rst.rst.zip', plane],
  ['XYZ', 'xyz.xyz', plane],
  ['PCIDSK', 'pcidsk.pix', plane],
  ['NITF', 'nitf.ntf', degrees],
  ['ERS', 'ers.ers.zip', plane],
  ['BT', 'bt.bt', plane],
  ['RRASTER', 'rraster.grd.zip', plane],
  ['PCRaster', 'pcraster.map', floats],
  ['SIGDEM', 'sigdem.sigdem', floats],
  ['GTX', 'gtx.gtx', () => makeRaster(16, 12, 'EPSG:4326', [7, 0.25, 0, 47, 0, -0.25], 'float32')],
  ['NWT_GRD', 'nwt.grd.zip', floats],
  ['KRO', 'kro.kro', floats],
  ['ILWIS', 'ilwis.mpr.zip', plane],
  ['HF2', 'hf2.hf2', floats],
  ['PNG', 'png.png.zip', bytes, '-co', 'WORLDFILE=YES'],
  ['JPEG', 'jpeg.jpg.zip', bytes, '-co', 'WORLDFILE=YES', '-co', 'QUALITY=100'],
  ['GIF', 'gif.gif.zip', bytes, '-co', 'WORLDFILE=YES'],
  ['BMP', 'bmp.bmp.zip', bytes, '-co', 'WORLDFILE=YES'],
  ['MBTiles', 'mbtiles.mbtiles', bytes],
  ['GPKG', 'tiles.gpkg', bytes],
  ['RMF', 'rmf.mtw', plane, '-co', 'MTW=ON'],
  ['ZMap', 'zmap.dat', floats],
  ['PNM', 'pnm.pgm.zip', bytes, '-co', 'WORLDFILE=YES'],
];

const points = {
  type: 'FeatureCollection',
  features: [0, 1, 2].map((number) => ({
    type: 'Feature',
    properties: { name: `n${number}`, count: number },
    geometry: { type: 'Point', coordinates: [5 + number, 52 - number / 2] },
  })),
};
const lines = {
  type: 'FeatureCollection',
  features: [0, 1, 2].map((number) => ({
    type: 'Feature',
    properties: { name: `n${number}`, elevation: number },
    geometry: {
      type: 'LineString',
      coordinates: [
        [5 + number, 52],
        [6 + number, 53],
      ],
    },
  })),
};

const layers: readonly (readonly [driver: string, name: string, content: object, ...options: string[]])[] = [
  ['GML', 'gml.gml', points, '-dsco', 'FORMAT=GML3.2'],
  ['GPX', 'gpx.gpx', points, '-dsco', 'GPX_USE_EXTENSIONS=YES'],
  ['OpenFileGDB', 'filegdb.gdb.zip', points],
  ['MapInfo File', 'mapinfo.tab.zip', points],
  ['MapInfo File', 'mapinfo.mif.zip', points, '-dsco', 'FORMAT=MIF'],
  ['DXF', 'dxf.dxf', points],
  ['SQLite', 'spatialite.sqlite', points, '-dsco', 'SPATIALITE=NO'],
  ['OGR_GMT', 'gmt.gmt', points],
  ['JML', 'jml.jml', points],
  ['MapML', 'mapml.mapml', points],
  ['Geoconcept', 'geoconcept.gxt', points],
  ['WAsP', 'wasp.map', lines, '-lco', 'WASP_FIELDS=elevation'],
  ['PMTiles', 'pmtiles.pmtiles', points, '-dsco', 'MAXZOOM=10'],
];

const osm = `<?xml version="1.0"?><osm version="0.6"><node id="1" lat="52" lon="5"><tag k="name" v="n0"/></node>
<node id="2" lat="51.5" lon="6"><tag k="name" v="n1"/></node><node id="3" lat="51" lon="7"><tag k="name" v="n2"/></node></osm>`;

const byHand: Readonly<Record<string, string>> = {
  'topojson.topojson': JSON.stringify({
    type: 'Topology',
    objects: {
      points: {
        type: 'GeometryCollection',
        geometries: points.features.map(({ geometry, properties }) => ({ ...geometry, properties })),
      },
    },
    arcs: [],
  }),
  'esri.json': JSON.stringify({
    geometryType: 'esriGeometryPoint',
    spatialReference: { wkid: 4326 },
    fields: [{ name: 'name', type: 'esriFieldTypeString' }],
    features: points.features.map(
      ({
        geometry: {
          coordinates: [x, y],
        },
        properties: { name },
      }) => ({
        attributes: { name },
        geometry: { x, y },
      }),
    ),
  }),
  'osm.osm': osm,
  'georss.rss': `<rss version="2.0" xmlns:georss="http://www.georss.org/georss"><channel><title>t</title>${points.features
    .map(
      ({
        geometry: {
          coordinates: [x, y],
        },
        properties: { name },
      }) => `<item><title>${name}</title><georss:point>${y} ${x}</georss:point></item>`,
    )
    .join('')}</channel></rss>`,
  'grass.asc': `north: 5000000\nsouth: 4999940\neast: 300090\nwest: 300000\nrows: 2\ncols: 3\n1 2 3\n4 5 6\n`,
};

const driversByHand: Readonly<Record<string, string>> = {
  'topojson.topojson': 'TopoJSON',
  'esri.json': 'ESRIJSON',
  'osm.osm': 'OSM',
  'georss.rss': 'GeoRSS',
  'grass.asc': 'GRASSASCIIGrid',
};

const made = new Map<string, string>();
const engine = await Engine.load();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [driver, name, make, ...options] of rasters)
  await write('raster', name, 'source.tif', await make(), 'GTiff', ['-of', driver, ...options]);
for (const [driver, name, content, ...options] of layers)
  await write('vector', name, 'points.geojson', text(JSON.stringify(content)), 'GeoJSON', [
    '-f',
    driver,
    ...options,
  ]);
for (const [name, content] of Object.entries(byHand)) {
  writeFileSync(join(folder, name), content);
  made.set(name, driversByHand[name] ?? '');
}
writeFileSync(`${folder}.json`, `${JSON.stringify(Object.fromEntries([...made].sort()), null, 2)}\n`);

async function write(
  kind: 'raster' | 'vector',
  name: string,
  given: string,
  content: Uint8Array,
  driver: string,
  options: readonly string[],
): Promise<void> {
  const inner = name.replace(/\.zip$/, '');
  const sources = { files: new Map([[given, content]]), candidates: [given] };
  const directory = withVirtualFiles(engine, sources, (path) => {
    engine.takeMessages();
    const isWritten = engine.withDataset(`${GIVEN}/${given}`, kind, [driver], [], (dataset) =>
      engine.translate(dataset, kind, `${MADE}/${inner}`, options),
    );
    if (!isWritten) console.log(name, engine.takeMessages());
    return isWritten ? path : undefined;
  });
  if (!directory) return;
  const paths = listFiles(directory);
  if (paths.length === 0) return;
  made.set(name, options[1] ?? '');
  if (name.endsWith('.zip')) {
    const entries = paths.map((path) => [relative(directory, path), readFileSync(path)] as const);
    writeFileSync(join(folder, name), zipSync(Object.fromEntries(entries), { mtime: new Date(1980, 0, 1) }));
  } else writeFileSync(join(folder, name), readFileSync(join(directory, inner)));
  rmSync(directory, { recursive: true, force: true });
}

function listFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => listFiles(join(path, name)));
}
