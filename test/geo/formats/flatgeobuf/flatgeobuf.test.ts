import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ColumnMeta } from 'flatgeobuf/lib/mjs/column-meta.js';
import { ColumnType } from 'flatgeobuf/lib/mjs/flat-geobuf/column-type.js';
import { GeometryType } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js';
import { buildFeature } from 'flatgeobuf/lib/mjs/generic/feature.js';
import { buildHeader } from 'flatgeobuf/lib/mjs/generic/featurecollection.js';
import { deserialize } from 'flatgeobuf/lib/mjs/geojson.js';
import type { HeaderMeta } from 'flatgeobuf/lib/mjs/header-meta.js';
import { calcTreeSize } from 'flatgeobuf/lib/mjs/packedrtree.js';
import type { Geometry } from 'geojson';
import { MediaType } from '../../../../core/shared/uris.ts';
import { crs84 } from '../../../../geo/crs/crs.ts';
import { readFlatgeobuf } from '../../../../geo/formats/flatgeobuf/flatgeobuf-read.ts';
import { flatgeobufBytes } from '../../../../geo/formats/flatgeobuf/flatgeobuf-write.ts';
import { WkbWriter } from '../../../../geo/formats/wkb/wkb.ts';
import { LazyGeometry } from '../../../../geo/geometry/lazy-geometry.ts';
import { mapPositions } from '../../../../geo/geometry/positions.ts';
import type { LayerFeature } from '../../../../geo/layer/layer.ts';
import { lazyGeometry } from '../../../../geo/layer/packed-geometries.ts';
import { geometries, properties } from '../arbitraries.ts';
import { bytesSource, inOrderOfContent, makeRunContext } from '../support.ts';

const computeFeatures = (geometry: fc.Arbitrary<Geometry>) =>
  fc.array(fc.record({ type: fc.constant('Feature' as const), geometry, properties }), {
    minLength: 1,
    maxLength: 5,
  });

const withoutNulls = (values: Record<string, unknown> | null) =>
  Object.fromEntries(Object.entries(values ?? {}).filter(([, value]) => value !== null));

const read = (bytes: Uint8Array) =>
  readFlatgeobuf(bytes, bytesSource(bytes, { mediaType: MediaType.flatgeobuf }), () => {}, makeRunContext());

/** Where others of the layer have heights, features without have NaN. */
const withoutUnknownHeights = (geometry: Geometry | null) =>
  geometry &&
  mapPositions(geometry, ([x = 0, y = 0, z]) => (z === undefined || Number.isNaN(z) ? [x, y] : [x, y, z]));

describe('FlatGeobuf as it is written', () => {
  it('is read by the package of the format', async () => {
    await fc.assert(
      fc.asyncProperty(computeFeatures(geometries), async (features) => {
        const bytes = flatgeobufBytes({ features, crs: crs84 }).bytes;
        const found: LayerFeature[] = [];
        for await (const feature of deserialize(new Uint8Array(bytes))) found.push(feature as LayerFeature);
        assert.deepEqual(
          inOrderOfContent(
            found.map(({ geometry, properties }) => [
              withoutUnknownHeights(geometry),
              withoutNulls(properties),
            ]),
          ),
          inOrderOfContent(features.map(({ geometry, properties }) => [geometry, withoutNulls(properties)])),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('has features of whole multiples of 8 bytes, so that their numbers can be read where they stand', () => {
    const features = ['', 'a', 'ab', 'abc', 'abcd'].map((name): LayerFeature => {
      const coordinates = [
        [0, 0, 1],
        [1, 0, 1],
        [1, 1, name.length],
      ];
      return { type: 'Feature', properties: { name }, geometry: { type: 'LineString', coordinates } };
    });
    const bytes = flatgeobufBytes({ features, crs: crs84 }).bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 12 + view.getUint32(8, true) + calcTreeSize(features.length, 16);
    for (; at < bytes.length; at += 4 + view.getUint32(at, true))
      assert.equal((4 + view.getUint32(at, true)) % 8, 0);
    assert.equal(at, bytes.length);
  });

  it('is the same for geometries that are kept as WKB', () => {
    fc.assert(
      fc.property(computeFeatures(geometries), (features) => {
        const kept = features.map((feature) => ({
          ...feature,
          geometry: lazyGeometry(new WkbWriter().write(feature.geometry).slice()),
        }));
        assert.deepEqual(
          flatgeobufBytes({ features: kept, crs: crs84 }).bytes,
          flatgeobufBytes({ features, crs: crs84 }).bytes,
        );
      }),
      { numRuns: 100 },
    );
  });

  it('needs no coordinates of areas that are kept as WKB', () => {
    const ring = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ];
    const areas: Geometry[] = [
      { type: 'Polygon', coordinates: [ring] },
      { type: 'MultiPolygon', coordinates: [[ring, ring], [], [ring]] },
    ];
    const unread = areas.map((area): LayerFeature => {
      const decode = () => assert.fail('The coordinates were asked for');
      const geometry = new LazyGeometry(area.type as 'Polygon', new WkbWriter().write(area).slice(), decode);
      return { type: 'Feature', properties: {}, geometry: geometry as Geometry };
    });
    const read = areas.map((geometry): LayerFeature => ({ type: 'Feature', properties: {}, geometry }));
    assert.deepEqual(
      flatgeobufBytes({ features: unread, crs: crs84 }).bytes,
      flatgeobufBytes({ features: read, crs: crs84 }).bytes,
    );
  });

  it('has null for geometries without a position', async () => {
    const empty: Geometry[] = [
      { type: 'Point', coordinates: [] },
      { type: 'Polygon', coordinates: [] },
      { type: 'GeometryCollection', geometries: [] },
    ];
    const features = empty.map((geometry): LayerFeature => ({ type: 'Feature', properties: {}, geometry }));
    const { features: found } = await read(flatgeobufBytes({ features, crs: crs84 }).bytes);
    assert.deepEqual(
      found.map(({ geometry }) => geometry),
      [null, null, null],
    );
  });
});

describe('FlatGeobuf of the package', () => {
  const makeColumn = (name: string, type: ColumnType) => ({ name, type }) as ColumnMeta;
  const header = {
    geometryType: GeometryType.Point,
    columns: [
      makeColumn('bool', ColumnType.Bool),
      makeColumn('short', ColumnType.Short),
      makeColumn('ushort', ColumnType.UShort),
      makeColumn('int', ColumnType.Int),
      makeColumn('uint', ColumnType.UInt),
      makeColumn('long', ColumnType.Long),
      makeColumn('float', ColumnType.Float),
      makeColumn('double', ColumnType.Double),
      makeColumn('text', ColumnType.String),
      makeColumn('time', ColumnType.DateTime),
      makeColumn('json', ColumnType.Json),
      makeColumn('binary', ColumnType.Binary),
      makeColumn('constructor', ColumnType.String),
    ],
    envelope: null,
    featuresCount: 1,
    indexNodeSize: 0,
    crs: null,
    title: null,
    description: null,
    metadata: null,
  } as HeaderMeta;
  const place: Geometry = { type: 'Point', coordinates: [5, 52] };
  const values = {
    bool: true,
    short: -2,
    ushort: 65_535,
    int: -70_000,
    uint: 4_000_000_000,
    long: -Number.MAX_SAFE_INTEGER,
    float: 0.5,
    double: 0.1,
    text: 'Zoë',
    time: '2026-01-01T00:00:00Z',
    json: { a: [1, null] },
    binary: Uint8Array.of(1, 2, 3),
    constructor: 'c',
  };
  const none = Object.fromEntries(Object.keys(values).map((name) => [name, null]));
  const magic = Uint8Array.of(0x66, 0x67, 0x62, 3, 0x66, 0x67, 0x62, 0);
  const makeFile = (...rows: Record<string, unknown>[]) =>
    Buffer.concat([
      magic,
      buildHeader(header),
      ...rows.map((row) =>
        buildFeature({ xy: [5, 52], type: GeometryType.Point } as never, row as never, header),
      ),
    ]);

  it('is read with all types of properties', async () => {
    const { features } = await read(makeFile(values));
    assert.deepEqual(features, [
      { type: 'Feature', properties: { ...values, binary: 'AQID' }, geometry: place },
    ]);
  });

  it('has null for what is not stored, in the order of the columns', async () => {
    const { features } = await read(makeFile({ ...none, text: 'a' }, none));
    assert.deepEqual(
      features.map((feature) => feature.properties),
      [{ ...none, text: 'a' }, none],
    );
    assert.deepEqual(Object.keys(features[0]!.properties), Object.keys(values));
  });

  it('has no properties where the file has no columns', async () => {
    const file = Buffer.concat([
      magic,
      buildHeader({ ...header, columns: [] }),
      buildFeature(
        { xy: [5, 52], type: GeometryType.Point } as never,
        { ...none, text: 'a' } as never,
        header,
      ),
    ]);
    const { features } = await read(file);
    assert.deepEqual(features, [{ type: 'Feature', properties: {}, geometry: place }]);
  });

  it('is read from memory that begins anywhere', async () => {
    const file = makeFile(values);
    const shifted = new Uint8Array(file.length + 3).subarray(3);
    shifted.set(file);
    assert.deepEqual((await read(shifted)).features, (await read(file)).features);
  });

  it('is refused where a ring ends before it begins', async () => {
    const lines = { xy: [0, 0, 1, 1, 2, 2, 3, 3], ends: [3, 1], type: GeometryType.MultiLineString };
    const several = { ...header, geometryType: GeometryType.MultiLineString };
    const file = Buffer.concat([
      magic,
      buildHeader(several),
      buildFeature(lines as never, none as never, several),
    ]);
    await assert.rejects(read(file), /a list in it extends beyond its end/);
  });

  it('is refused where a text is longer than its feature', async () => {
    const file = makeFile({ ...none, text: 'abcd' });
    file.writeUInt32LE(1000, file.indexOf('abcd') - 4);
    await assert.rejects(read(file), /extends beyond the bytes of its feature/);
  });
});
