import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { FeatureCollection, GeoJsonProperties } from 'geojson';
import { InvalidRequest } from '../../../core/shared/errors.ts';
import { layerFormats } from '../../../core/shared/formats.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';
import process from '../../../processes/convert-features/process.ts';
import { run } from '../../../processes/convert-features/run.ts';
import { execute } from '../support/execute.ts';
import { areaDifference, oracle } from '../support/oracle.ts';

/** That features get from every format into every other one, however they are sent, and that GDAL reads the results. */
const geos = await loadGeos();
const { input, files } = oracle('convert_features') as {
  readonly input: FeatureCollection;
  readonly files: Readonly<Record<string, { readonly sha256?: string }>>;
};
const sample = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/layers/${name}`, import.meta.url)));

/** The bytes of the result in a format. */
async function converted(
  features: unknown,
  mediaType: string,
  given: Readonly<Record<string, Uint8Array>> = {},
) {
  const outputs = { result: { format: { mediaType } } };
  const {
    outputs: results,
    mediaTypes,
    logged,
  } = await execute(process, run, { inputs: { features }, outputs }, { files: given });
  assert.equal(mediaTypes['result'], mediaType);
  const result = results['result'];
  const bytes =
    result instanceof Uint8Array
      ? result
      : Buffer.from(typeof result === 'string' ? result : JSON.stringify(result));
  return { result, bytes, logged };
}

/** A file as a value in a request: text as it is, bytes as base64. */
function valueOfFile(bytes: Uint8Array, mediaType: string): unknown {
  const { binary } = layerFormats.find((format) => format.mediaType === mediaType)!;
  if (/\+json$/.test(mediaType)) return { value: JSON.parse(Buffer.from(bytes).toString()), mediaType };
  return binary
    ? { value: Buffer.from(bytes).toString('base64'), encoding: 'base64', mediaType }
    : { value: Buffer.from(bytes).toString(), mediaType };
}

const computeFeatures = async (features: unknown, given?: Readonly<Record<string, Uint8Array>>) =>
  ((await converted(features, MediaType.geojson, given)).result as FeatureCollection).features;

/** By name: the index of a FlatGeobuf decides about the order of its features. */
const byName = (features: FeatureCollection['features']) =>
  features.toSorted((one, other) =>
    String(one.properties?.['name']).localeCompare(String(other.properties?.['name'])),
  );

function assertSame(found: FeatureCollection['features'], expected: FeatureCollection['features']): void {
  const [actual, wanted] = [byName(found), byName(expected)];
  // The keys of a GeoPackage are ids, which most other formats hold as a property.
  const withoutID = (properties: GeoJsonProperties) => ({ ...properties, id: undefined });
  assert.deepEqual(
    actual.map(({ properties }) => withoutID(properties)),
    wanted.map(({ properties }) => withoutID(properties)),
  );
  for (const [index, { geometry }] of wanted.entries()) {
    const other = actual[index]!.geometry;
    if (geometry === null) assert.equal(other, null);
    else assert.ok(areaDifference(geos, other, geometry) < 1e-9);
  }
}

const wanted = await computeFeatures(input);
// CSV names no CRS: what goes through it must be in CRS84.
const geographic = { type: 'FeatureCollection', features: wanted };

describe('from one format into another', () => {
  for (const { mediaType: first, title: from } of layerFormats) {
    it(`${from} keeps geometries and properties into all formats and back`, async () => {
      const { bytes } = await converted(geographic, first);
      for (const { mediaType: second } of layerFormats) {
        const { bytes: other } = await converted(valueOfFile(bytes, first), second);
        assertSame(await computeFeatures(valueOfFile(other, second)), wanted);
      }
    });

    it(`${from} may be empty`, async () => {
      const { bytes } = await converted({ type: 'FeatureCollection', features: [] }, first);
      if (first !== MediaType.geojsonSequence)
        assert.deepEqual(await computeFeatures(valueOfFile(bytes, first)), []);
      else assert.equal(bytes.length, 0);
    });
  }

  it('keeps the CRS in formats that name one', async () => {
    for (const mediaType of [
      MediaType.flatgeobuf,
      MediaType.geopackage,
      MediaType.geoparquet,
      MediaType.shapefile,
    ]) {
      const { bytes } = await converted(input, mediaType);
      assertSame(await computeFeatures(valueOfFile(bytes, mediaType)), wanted);
    }
  });
});

describe('the files', () => {
  for (const [mediaType, { sha256 }] of Object.entries(files)) {
    if (sha256 === undefined) continue;
    it(`${mediaType} are those that GDAL was seen to read with equal areas and properties`, async () => {
      const { bytes } = await converted(input, mediaType);
      // After a change of the writer its file has to be read with GDAL again.
      assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256);
    });
  }

  it('are the same each time', async () => {
    for (const { mediaType } of layerFormats) {
      assert.deepEqual((await converted(input, mediaType)).bytes, (await converted(input, mediaType)).bytes);
    }
  });
});

describe('what is sent', () => {
  const point = { type: 'Point', coordinates: [5, 52] };
  const expected = [{ type: 'Feature', properties: {}, geometry: point }];

  it('may be text: qualified, bare, or as base64', async () => {
    const csv = 'WKT\nPOINT (5 52)\n';
    const kml = '<kml><Placemark><Point><coordinates>5,52</coordinates></Point></Placemark></kml>';
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    for (const value of [
      { value: csv, mediaType: 'text/csv' },
      { value: csv, mediaType: 'text/csv; charset=utf-8' },
      { value: csv, format: { mediaType: 'text/csv' } },
      { value: base64(csv), encoding: 'base64', mediaType: 'text/csv' },
      { value: kml, mediaType: MediaType.kml },
      { value: `\u001e${JSON.stringify(expected[0])}\n`, mediaType: MediaType.geojsonSequence },
      { value: JSON.stringify(point), mediaType: MediaType.geojson },
      { value: base64(JSON.stringify(point)), encoding: 'base64', mediaType: MediaType.geojson },
      csv,
      kml,
      base64(kml),
      JSON.stringify(point),
    ])
      assert.deepEqual(await computeFeatures(value), expected, JSON.stringify(value));
  });

  it('may be a file in a format that GDAL reads, and JSON that is no GeoJSON', async () => {
    const file = (name: string) =>
      readFileSync(new URL(`../../fixtures/files/by-gdal/${name}`, import.meta.url));
    const text = (name: string) => file(name).toString();
    const base64 = (name: string) => file(name).toString('base64');
    const topology = JSON.parse(text('topojson.topojson'));
    for (const value of [
      { value: text('gml.gml'), mediaType: 'application/gml+xml' },
      { value: base64('gml.gml'), mediaType: 'application/gml+xml', encoding: 'base64' },
      { value: text('gpx.gpx'), format: { mediaType: 'application/gpx+xml' } },
      { value: base64('filegdb.gdb.zip'), mediaType: 'application/x-filegdb' },
      topology,
      { value: topology, mediaType: 'application/topo+json' },
      { value: text('topojson.topojson'), mediaType: 'application/topo+json' },
      JSON.parse(text('esri.json')),
    ])
      assert.ok((await computeFeatures(value)).length > 0, JSON.stringify(value).slice(0, 100));
    await assert.rejects(
      computeFeatures({ value: '<gml/>', mediaType: 'application/gml+xml' }),
      InvalidRequest,
    );
  });

  it('may be a reference to a file of another program', async () => {
    const href = 'https://example.org/download/layers.zip';
    const features = await computeFeatures(
      { href, type: 'application/zip' },
      { [href]: sample('layers.zip') },
    );
    assert.equal(features.length, 3);
    assert.equal(features[1]!.properties!['name'], 'West');
  });

  it('is refused where it is in no known format, or the format asked for is none', async () => {
    for (const value of [{ value: '<svg/>', mediaType: 'image/svg+xml' }, '<svg/>', 5])
      await assert.rejects(computeFeatures(value), InvalidRequest, JSON.stringify(value));
    await assert.rejects(converted(point, 'application/vnd.mapbox-vector-tile'), (error: unknown) => {
      assert.match(String(error), /application\/vnd\.mapbox-vector-tile/);
      return true;
    });
  });
});

describe('what a format cannot carry', () => {
  it('is told in the log', async () => {
    const feature = { type: 'Feature', properties: { population_total: 1 }, geometry: null };
    const { logged } = await converted(feature, MediaType.shapefile);
    assert.deepEqual(logged, [
      'Properties were renamed in a Shapefile, whose field names have at most 10 bytes: "population_total" is "population".',
    ]);
  });

  it('is refused where nothing would be left', async () => {
    const mixed = {
      type: 'GeometryCollection',
      geometries: [{ type: 'Point', coordinates: [1, 2] }],
    };
    await assert.rejects(
      converted(mixed, MediaType.shapefile),
      /\/outputs\/result\/format: cannot be written as a Shapefile/,
    );
  });
});

for (const { title, request } of process.examples) {
  it(`the example "${title}" runs`, async () => {
    const { outputs, logged } = await execute(process, run, request);
    assert.ok(outputs['result']);
    assert.deepEqual(
      logged.filter((line) => !/has no CRS/.test(line)),
      [],
    );
  });
}
