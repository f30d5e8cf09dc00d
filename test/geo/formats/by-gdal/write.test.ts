import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Geometry } from 'geojson';
import { InvalidInput } from '../../../../core/shared/errors.ts';
import { layerOutputFormats } from '../../../../core/shared/formats.ts';
import { MediaType } from '../../../../core/shared/uris.ts';
import { type Crs, crs84 } from '../../../../geo/crs/crs.ts';
import { findCrs } from '../../../../geo/crs/find-crs.ts';
import { readLayer } from '../../../../geo/formats/read.ts';
import { writeLayer } from '../../../../geo/formats/write.ts';
import type { LayerContent, LayerFeature, Properties } from '../../../../geo/layer/layer.ts';
import { bytesSource, makeRunContext } from '../support.ts';

/** That what is written in formats of other programs comes back from GDAL, as far as a format holds it. */

const square: Geometry = {
  type: 'Polygon',
  coordinates: [
    [
      [4_321_000, 3_210_000],
      [4_322_000, 3_210_000],
      [4_322_000, 3_211_500.25],
      [4_321_000, 3_210_000],
    ],
  ],
};
const line: Geometry = {
  type: 'LineString',
  coordinates: [
    [5, 52, 1],
    [6, 53, 2.5],
  ],
};
const feature = (geometry: Geometry | null, properties: Properties = {}): LayerFeature => ({
  type: 'Feature',
  properties,
  geometry,
});

async function through(features: LayerFeature[], mediaType: string, crs: Crs = crs84) {
  const { bytes, remarks } = await writeLayer({ features, crs }, mediaType);
  // A drawing does not say what its plane is.
  const override = mediaType === MediaType.dxf ? crs : undefined;
  const read = await readLayer(bytesSource(bytes, { mediaType }), makeRunContext(), override);
  return { ...read, bytes, told: remarks.join('\n') };
}

it('GML names its CRS by its code, has coordinates in the order of its axes, and all values', async () => {
  // Northings come first there.
  const crs = findCrs('EPSG:3035')!;
  const { features, bytes, told, ...read } = await through(
    [feature(square, { name: 'Ä & <b>', count: 2, share: 0.1234567890123456 })],
    MediaType.gml,
    crs,
  );
  assert.match(Buffer.from(bytes).toString(), /<gml:posList>3210000 4321000 /);
  assert.equal(read.crs.name, 'EPSG:3035');
  assert.deepEqual(features, [feature(square, { name: 'Ä & <b>', count: 2, share: 0.1234567890123456 })]);
  assert.equal(told, '');
});

it('GML of a CRS without a code is in longitudes and latitudes, and that is told', async () => {
  const crs = findCrs(
    'PROJCS["own",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0.5],PARAMETER["central_meridian",9.5],PARAMETER["scale_factor",0.9999],PARAMETER["false_easting",1234],PARAMETER["false_northing",0],UNIT["metre",1]]',
  )!;
  const read = await through([feature({ type: 'Point', coordinates: [1234, 0] })], MediaType.gml, crs);
  const [longitude = 0, latitude = 0] = (read.features[0]!.geometry as { coordinates: number[] }).coordinates;
  assert.ok(Math.abs(longitude - 9.5) < 1e-9 && Math.abs(latitude - 0.5) < 1e-9);
  assert.match(read.told, /longitude and latitude: GML identifies a CRS by its code/);
});

it('GML tells which values have no types', async () => {
  const { told } = await through([feature(line, { flag: true, code: '007', name: 'a' })], MediaType.gml);
  assert.match(told, /Values of "flag", "code" may be read with another type/);
});

it('GPX has waypoints and tracks with heights, and texts in its elements', async () => {
  const { features, told } = await through([feature(line, { name: 'way', desc: 'long' })], MediaType.gpx);
  assert.deepEqual(features[0]!.geometry, { type: 'MultiLineString', coordinates: [line.coordinates] });
  assert.equal(features[0]!.properties['name'], 'way');
  assert.equal(features[0]!.properties['desc'], 'long');
  assert.equal(told, '');
  const point: Geometry = { type: 'Point', coordinates: [5, 52] };
  const mixed = await through([feature(line), feature(point, { kind: 3 }), feature(null)], MediaType.gpx);
  assert.deepEqual(mixed.features[0]!.geometry, point);
  assert.equal(mixed.features[0]!.properties['ogr_kind'], 3);
  assert.match(mixed.told, /without a geometry were left out: 1/);
  assert.match(mixed.told, /GPX holds points before lines/);
  assert.match(mixed.told, /"kind" is "ogr_kind"/);
});

it('GPX is refused for areas', async () => {
  const area: Geometry = {
    type: 'Polygon',
    coordinates: [
      [
        [5, 52],
        [6, 52],
        [6, 53],
        [5, 52],
      ],
    ],
  };
  await assert.rejects(writeLayer({ features: [feature(area)], crs: crs84 }, MediaType.gpx), (error) => {
    assert.ok(error instanceof InvalidInput);
    assert.match(
      error.message,
      /outputs\/result\/format: cannot be written as GPX: .* 1 feature of the result is a polygon/,
    );
    return true;
  });
});

it('DXF has points, lines and areas in the plane, and tells of all else', async () => {
  const parts: Geometry = {
    type: 'MultiPoint',
    coordinates: [
      [1, 2],
      [3, 4],
    ],
  };
  const crs = findCrs('EPSG:3035')!;
  const { features, told } = await through(
    [feature(square, { name: 'a' }), feature(line), feature(parts), feature(null)],
    MediaType.dxf,
    crs,
  );
  assert.deepEqual(
    features.map(({ geometry }) => geometry),
    [square, line, { type: 'Point', coordinates: [1, 2] }, { type: 'Point', coordinates: [3, 4] }],
  );
  assert.match(told, /cannot hold properties: "name" were dropped/);
  assert.match(told, /without a geometry were left out: 1/);
  assert.match(told, /one entity per part in DXF: 1/);
  assert.match(told, /does not record its CRS, EPSG:3035/);
});

it('KMZ is an archive with the document of KML', async () => {
  const { features, bytes, told } = await through([feature(line, { name: 'a', count: 2 })], MediaType.kmz);
  assert.deepEqual(features, [feature(line, { name: 'a', count: 2 })]);
  assert.equal(Buffer.from(bytes.subarray(0, 2)).toString(), 'PK');
  assert.match(Buffer.from(bytes).toString('latin1'), /doc\.kml/);
  assert.equal(told, '');
});

it('all formats give the same bytes each time', async () => {
  for (const { mediaType } of layerOutputFormats) {
    const layer: LayerContent = { features: [feature(line, { name: 'a' })], crs: crs84 };
    const { bytes } = await writeLayer(layer, mediaType);
    assert.deepEqual((await writeLayer(layer, mediaType)).bytes, bytes, mediaType);
  }
});
