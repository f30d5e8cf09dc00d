import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Source } from '../../../core/run/context.ts';
import { InvalidRequest, LimitExceeded } from '../../../core/shared/errors.ts';
import { Crs84, MediaType } from '../../../core/shared/uris.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { bytesSource, makeRunContext, valueSource } from './support.ts';

const point = { type: 'Point', coordinates: [5, 52] };
const feature = { type: 'Feature', id: 'a', properties: { name: 'A' }, geometry: point };

const catchFaults = async (source: Source): Promise<string[]> => {
  const error = await readLayer(source, makeRunContext()).then(
    () => assert.fail('was read'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof InvalidRequest, String(error));
  return error.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`);
};

describe('the three shapes of GeoJSON', () => {
  it('takes a FeatureCollection', async () => {
    const layer = await readLayer(
      valueSource({ type: 'FeatureCollection', features: [feature] }),
      makeRunContext(),
    );
    assert.deepEqual(layer.features, [feature]);
    assert.equal(layer.crs.name, Crs84);
    assert.equal(layer.mediaType, MediaType.geojson);
    assert.equal(layer.geometryPointer(3), '/inputs/features/features/3/geometry');
  });

  it('takes a Feature, and gives it an object of properties', async () => {
    const layer = await readLayer(valueSource({ ...feature, properties: null }), makeRunContext());
    assert.deepEqual(layer.features, [{ ...feature, properties: {} }]);
    assert.equal(layer.geometryPointer(0), '/inputs/features/geometry');
  });

  it('takes a bare geometry', async () => {
    const layer = await readLayer(valueSource(point), makeRunContext());
    assert.deepEqual(layer.features, [{ type: 'Feature', properties: {}, geometry: point }]);
    assert.equal(layer.geometryPointer(0), '/inputs/features');
  });

  it('keeps null and empty geometries and heights', async () => {
    const geometries = [
      null,
      { type: 'Polygon', coordinates: [] },
      {
        type: 'LineString',
        coordinates: [
          [1, 2, 3],
          [4, 5, 6],
        ],
      },
      {
        type: 'GeometryCollection',
        geometries: [point, { type: 'GeometryCollection', geometries: [point] }],
      },
    ];
    const features = geometries.map((geometry) => ({ type: 'Feature', properties: {}, geometry }));
    const layer = await readLayer(valueSource({ type: 'FeatureCollection', features }), makeRunContext());
    assert.deepEqual(
      layer.features.map(({ geometry }) => geometry),
      geometries,
    );
  });
});

describe('the CRS of GeoJSON', () => {
  for (const member of [
    { crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::2154' } } },
    { coordRefSys: 'http://www.opengis.net/def/crs/EPSG/0/2154' },
    { coordRefSys: '[EPSG:2154]' },
    { coordRefSys: { type: 'Reference', href: 'http://www.opengis.net/def/crs/EPSG/0/2154' } },
  ]) {
    it(`honours ${JSON.stringify(member)}`, async () => {
      const value = { type: 'FeatureCollection', features: [], ...member };
      assert.equal((await readLayer(valueSource(value), makeRunContext())).crs.name, 'EPSG:2154');
    });
  }

  it('refuses what names no CRS', async () => {
    assert.match(
      (await catchFaults(valueSource({ ...feature, crs: { type: 'link' } })))[0]!,
      /^\/inputs\/features\/crs: /,
    );
    assert.match(
      (await catchFaults(valueSource({ ...feature, coordRefSys: 'Moon' })))[0]!,
      /^\/inputs\/features\/coordRefSys: .*"?Moon/,
    );
  });
});

describe('faults of GeoJSON', () => {
  const collection = (...geometries: unknown[]) =>
    valueSource({
      type: 'FeatureCollection',
      features: geometries.map((geometry) => ({ type: 'Feature', properties: {}, geometry })),
    });

  it('names the place of each', async () => {
    const faults = await catchFaults(
      collection(
        point,
        { type: 'Point', coordinates: ['5', 52] },
        { type: 'MultiPolygon', coordinates: [[[[0, 0], [1], [1, 1], [0, 0]]]] },
        { type: 'Circle', coordinates: [0, 0] },
        { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: 1 }] },
        { type: 'Point', coordinates: [52, 95] },
        'POINT (1 2)',
      ),
    );
    const at = '/inputs/features/features';
    assert.deepEqual(
      faults.map((fault) => fault.split(': ')[0]),
      [
        `${at}/1/geometry/coordinates`,
        `${at}/2/geometry/coordinates/0/0/1`,
        `${at}/3/geometry/type`,
        `${at}/4/geometry/geometries/0/coordinates`,
        `${at}/5/geometry/coordinates`,
        `${at}/6/geometry`,
      ],
    );
    assert.match(faults[4]!, /latitude between -90 and 90/);
  });

  it('lists twenty at most', async () => {
    const faults = await catchFaults(collection(...Array.from({ length: 50 }, () => ({ type: 'Point' }))));
    assert.equal(faults.length, 20);
  });

  it('refuses what is no GeoJSON', async () => {
    assert.match(
      (await catchFaults(valueSource({ type: 'Circle' })))[0]!,
      /FeatureCollection, Feature or geometry/,
    );
    assert.match((await catchFaults(bytesSource(Buffer.from('{"type":'))))[0]!, /cannot be read as GeoJSON/);
    assert.match((await catchFaults(bytesSource(Buffer.from('<html>'))))[0]!, /not in any of the formats/);
  });
});

describe('the format of a file', () => {
  const bytes = Buffer.from(JSON.stringify(feature));
  for (const [name, changes] of Object.entries({
    'by media type': { mediaType: 'application/geo+json; charset=utf-8', href: 'https://example.org/a.gpkg' },
    'by extension': { mediaType: 'application/octet-stream', href: 'https://example.org/a.GeoJSON?x=.gpkg' },
    'by first bytes': { href: 'https://example.org/items' },
  })) {
    it(`is found ${name}`, async () => {
      assert.deepEqual((await readLayer(bytesSource(bytes, changes), makeRunContext())).features, [feature]);
    });
  }

  for (const [mediaType, title] of [
    [MediaType.flatgeobuf, 'FlatGeobuf'],
    [MediaType.geopackage, 'GeoPackage'],
    [MediaType.geoparquet, 'GeoParquet'],
    [MediaType.shapefile, 'a zipped Shapefile'],
    [MediaType.kml, 'KML'],
    [MediaType.csv, 'CSV'],
    [MediaType.geojsonSequence, 'a sequence of GeoJSON texts'],
  ] as const) {
    it(`says that a broken ${title} is the input's fault`, async () => {
      const [fault] = await catchFaults(bytesSource(Buffer.from('PAR1 no such file PAR1'), { mediaType }));
      assert.match(fault!, new RegExp(`^/inputs/features: cannot be read as ${title}: `));
    });
  }
});

describe('limits', () => {
  const line = { type: 'LineString', coordinates: Array.from({ length: 11 }, (_, index) => [index, 0]) };
  const limits = { inlineBytes: 1e6, features: 2, vertices: 20, syncVertices: 10 };

  const refusal = async (value: unknown, synchronous: boolean) =>
    readLayer(valueSource(value), makeRunContext({ limits, synchronous })).then(
      () => assert.fail('was read'),
      (thrown: unknown) => {
        assert.ok(thrown instanceof LimitExceeded);
        assert.equal(thrown.status, 413);
        return thrown.detail ?? '';
      },
    );

  it('of features are told with the amount', async () => {
    const value = { type: 'FeatureCollection', features: [feature, feature, feature] };
    assert.match(await refusal(value, false), /3 features.* 2\./);
  });

  it('of vertices are told with the amount', async () => {
    const value = { type: 'GeometryCollection', geometries: [line, line] };
    assert.match(await refusal(value, false), /22 vertices.* 20\./);
  });

  it('of synchronous executions name the way out', async () => {
    assert.match(await refusal(line, true), /11 vertices.* 10\..*Prefer: respond-async/);
    assert.equal((await readLayer(valueSource(line), makeRunContext({ limits }))).features.length, 1);
  });
});
