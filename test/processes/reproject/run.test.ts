import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FeatureCollection, Geometry, Position } from 'geojson';
import { InvalidRequest } from '../../../core/shared/errors.ts';
import { layerFormats } from '../../../core/shared/formats.ts';
import { Crs84, MediaType } from '../../../core/shared/uris.ts';
import { crs84 } from '../../../geo/crs/crs.ts';
import { transformBetweenCrs } from '../../../geo/crs/transformation.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { eachPosition, mapPositions } from '../../../geo/geometry/positions.ts';
import { wound } from '../../../geo/geometry/winding.ts';
import { computeBounds } from '../../../geo/layer/layer.ts';
import process from '../../../processes/reproject/process.ts';
import { run } from '../../../processes/reproject/run.ts';
import { geometries, properties } from '../../geo/formats/arbitraries.ts';
import { bytesSource, makeRunContext } from '../../geo/formats/support.ts';
import { crsFrom } from '../../support/crs.ts';
import { type ExecuteOptions, execute } from '../support/execute.ts';
import { oracle } from '../support/oracle.ts';

type Result = FeatureCollection<Geometry | null> & { readonly crs: unknown };

const feature = (geometry: Geometry | null, properties: object = {}, id?: string) => ({
  type: 'Feature',
  ...(id === undefined ? {} : { id }),
  properties,
  geometry,
});
const collection = (...features: object[]) => ({ type: 'FeatureCollection', features });
const point = (...coordinates: Position): Geometry => ({ type: 'Point', coordinates });

const reproject = async (inputs: object, options: ExecuteOptions = {}): Promise<Result> => {
  const { outputs } = await execute(process, run, { inputs }, options);
  return outputs['result'] as Result;
};
const catchFaults = async (inputs: object): Promise<string[]> => {
  const error = await reproject(inputs).then(
    () => assert.fail('was accepted'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof InvalidRequest, String(error));
  return error.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`);
};
const listPositions = (geometry: Geometry): Position[] => {
  const positions: Position[] = [];
  eachPosition(geometry, (position) => positions.push(position));
  return positions;
};

describe('the coordinates', () => {
  const { input, expected } = oracle('reproject') as {
    readonly input: Position[];
    readonly expected: Readonly<Record<string, Position[]>>;
  };
  const features = { type: 'MultiPoint', coordinates: input };

  for (const [code, positions] of Object.entries(expected)) {
    it(`in EPSG:${code} agree with PROJ to a centimetre, and come back`, async () => {
      const there = await reproject({ features, targetCrs: `EPSG:${code}` });
      const moved = listPositions(there.features[0]!.geometry!);
      assert.equal(moved.length, positions.length);
      const tolerance = code === '4258' ? 1e-9 : 0.01;
      for (const [index, [x = 0, y = 0]] of moved.entries()) {
        const away = Math.hypot(x - positions[index]![0]!, y - positions[index]![1]!);
        assert.ok(away < tolerance, `${index}: ${away} off`);
      }
      const back = await reproject({ features: there, targetCrs: 'OGC:CRS84' });
      for (const [index, [x = 0, y = 0]] of listPositions(back.features[0]!.geometry!).entries()) {
        assert.ok(Math.hypot(x - input[index]![0]!, y - input[index]![1]!) < 1e-8);
      }
    });
  }

  it('are those of the vertices alone, of every type of geometry, in order', async () => {
    const transform = transformBetweenCrs(crs84, crsFrom('EPSG:3035'));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(geometries, properties), { maxLength: 4 }), async (parts) => {
        const features = collection(
          ...parts.map(([geometry, own], index) => feature(geometry, own, `f${index}`)),
        );
        const lost = parts.some(([geometry]) =>
          listPositions(geometry).some((position) => !transform(position).every(Number.isFinite)),
        );
        fc.pre(!lost);
        const result = await reproject({ features, targetCrs: 'EPSG:3035' });
        assert.deepEqual(
          // Doubles beyond 2^53 are exact integers in JSON.
          JSON.parse(
            JSON.stringify(
              result.features.map(({ geometry, properties, id }) => [geometry!.type, properties, id]),
            ),
          ),
          JSON.parse(
            JSON.stringify(parts.map(([geometry, own], index) => [geometry.type, own, `f${index}`])),
          ),
        );
        for (const [index, { geometry }] of result.features.entries()) {
          const wanted = listPositions(wound(mapPositions(parts[index]![0], transform)));
          assert.deepEqual(listPositions(geometry!), JSON.parse(JSON.stringify(wanted)));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are x first in every CRS, and keep their heights', async () => {
    const { features } = await reproject({ features: point(5.1214, 52.0907, 112), targetCrs: 'EPSG:4326' });
    assert.deepEqual(
      (features[0]!.geometry as { coordinates: Position }).coordinates,
      [5.1214, 52.0907, 112],
    );
    // Eastings of Gauss-Krüger zone 4 come second in the register.
    const zone = await reproject({ features: point(12, 50), targetCrs: 'EPSG:31468' });
    const [x = 0, y = 0] = (zone.features[0]!.geometry as { coordinates: Position }).coordinates;
    assert.ok(Math.abs(x - 4_500_000) < 200 && Math.abs(y - 5_540_000) < 2000, `${x} ${y}`);
  });
});

describe('the CRS of the result', () => {
  it('is named by the GeoJSON, and read from it again', async () => {
    const crs = 'urn:ogc:def:crs:EPSG::28992';
    const there = await reproject({ features: point(5, 52), targetCrs: 'EPSG:28992' });
    assert.deepEqual(there.crs, { type: 'name', properties: { name: crs } });
    const degrees = await reproject({ features: there, targetCrs: Crs84 });
    assert.deepEqual(degrees.crs, { type: 'name', properties: { name: 'urn:ogc:def:crs:OGC:1.3:CRS84' } });
  });

  for (const { mediaType } of layerFormats.filter(({ binary }) => binary)) {
    it(`is that of the file in ${mediaType}`, async () => {
      const { outputs } = await execute(process, run, {
        inputs: { features: feature(point(5, 52), { name: 'a' }), targetCrs: 'EPSG:28992' },
        outputs: { result: { format: { mediaType } } },
      });
      const bytes = outputs['result'] as Uint8Array;
      const layer = await readLayer(bytesSource(bytes, { mediaType }), makeRunContext());
      assert.equal(layer.crs.name, 'EPSG:28992');
      const [x = 0, y = 0] = listPositions(layer.features[0]!.geometry!)[0]!;
      const [u = 0, v = 0] = transformBetweenCrs(crs84, crsFrom('EPSG:28992'))([5, 52]);
      assert.deepEqual([x, y], [u, v]);
    });
  }

  it('must be known', async () => {
    const features = point(5, 52);
    assert.match((await catchFaults({ features, targetCrs: 'EPSG:1' }))[0]!, /^\/inputs\/targetCrs: /);
    assert.match(
      (await catchFaults({ features, targetCrs: 'EPSG:3857', sourceCrs: 'RD' }))[0]!,
      /^\/inputs\/sourceCrs: names the CRS "RD"/,
    );
  });
});

describe('the CRS of the features', () => {
  const rijksdriehoek = point(155_000, 463_000);

  it('may be given where the data does not say it, and overrides it where it does', async () => {
    const named = {
      ...collection(feature(rijksdriehoek)),
      crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::1' } },
    };
    for (const features of [rijksdriehoek, named]) {
      const result = await reproject({ features, sourceCrs: 'EPSG:28992', targetCrs: 'EPSG:4326' });
      const [longitude = 0, latitude = 0] = listPositions(result.features[0]!.geometry!)[0]!;
      // PROJ 9.5.1.
      assert.ok(Math.hypot(longitude - 5.3872035084, latitude - 52.1551723012) < 1e-9);
    }
  });

  it('is that of the data otherwise', async () => {
    assert.match(
      (await catchFaults({ features: rijksdriehoek, targetCrs: 'EPSG:4326' }))[0]!,
      /^\/inputs\/features\/coordinates: .*latitude between -90 and 90/,
    );
  });

  it('may be given for a file', async () => {
    const inputs = { features: point(5, 52), targetCrs: 'EPSG:28992' };
    const { outputs } = await execute(process, run, {
      inputs,
      outputs: { result: { format: { mediaType: MediaType.flatgeobuf } } },
    });
    const files = { 'https://example.org/a.fgb': outputs['result'] as Uint8Array };
    const features = { href: 'https://example.org/a.fgb', type: MediaType.flatgeobuf };
    const own = await reproject({ features, targetCrs: Crs84 }, { files });
    const given = await reproject({ features, sourceCrs: 'EPSG:31370', targetCrs: Crs84 }, { files });
    const [kept, other] = [own, given].map((result) => listPositions(result.features[0]!.geometry!)[0]!);
    assert.ok(Math.hypot(kept![0]! - 5, kept![1]! - 52) < 1e-8);
    assert.ok(Math.hypot(other![0]! - 5, other![1]! - 52) > 0.5);
  });
});

describe('where the target ends', () => {
  it('names every geometry that has no place there', async () => {
    const line: Geometry = {
      type: 'LineString',
      coordinates: [
        [0, 80],
        [0, 90],
      ],
    };
    const features = collection(feature(line), feature(point(1, 1)), feature(null), feature(point(1, -90)));
    const faults = await catchFaults({ features, targetCrs: 'EPSG:3857' });
    assert.equal(faults.length, 2);
    assert.match(
      faults[0]!,
      /^\/inputs\/features\/features\/0\/geometry: has the position \[0,90\].*cannot be transformed to EPSG:3857/,
    );
    assert.match(faults[1]!, /^\/inputs\/features\/features\/3\/geometry: /);
  });

  it('lists no more than the first twenty', async () => {
    const features = collection(...Array.from({ length: 50 }, () => feature(point(0, 90))));
    assert.equal((await catchFaults({ features, targetCrs: 'EPSG:3857' })).length, 20);
  });
});

describe('the rest of the entry', () => {
  it('keeps null geometries and empty layers', async () => {
    const result = await reproject({
      features: collection(feature(null, { name: 'nowhere' }, 'n')),
      targetCrs: 'EPSG:28992',
    });
    assert.deepEqual(result.features, [feature(null, { name: 'nowhere' }, 'n')]);
    const empty = await reproject({ features: collection(), targetCrs: 'EPSG:28992' });
    assert.deepEqual(empty.features, []);
    const hollow: Geometry = { type: 'Polygon', coordinates: [] };
    assert.deepEqual(
      (await reproject({ features: hollow, targetCrs: 'EPSG:28992' })).features[0]!.geometry,
      hollow,
    );
  });

  it('tells its progress and stops when it is told to', async () => {
    const features = collection(...Array.from({ length: 2500 }, () => feature(point(5, 52))));
    const steps: number[] = [];
    const progress = async (done: number) => void steps.push(done);
    await reproject({ features, targetCrs: 'EPSG:28992' }, { progress });
    assert.ok(
      [0, 1000, 2000].every((step) => steps.includes(step)),
      String(steps),
    );
    const aborted = { signal: AbortSignal.abort(new Error('dismissed')) };
    await assert.rejects(reproject({ features, targetCrs: 'EPSG:28992' }, aborted), /dismissed/);
  });

  it('runs every example of the declaration', async () => {
    const results: Result[] = [];
    for (const { request } of process.examples) {
      const { outputs } = await execute(process, run, request);
      results.push(outputs['result'] as Result);
    }
    const [iceland, tower, harbour] = results.map(({ features }) => computeBounds([features[0]!.geometry])!);
    // The grid has its origin at 65 degrees north and 19 west, at 500000, 500000.
    assert.ok(
      iceland![0] > 200_000 && iceland![2] < 800_000 && iceland![1] > 300_000 && iceland![3] < 700_000,
    );
    // PROJ 9.5.1; with its grid files the tower would be at 155000, 463000.
    assert.ok(Math.hypot(tower![0] - 155_000.185, tower![1] - 463_000.235) < 0.001);
    assert.ok(harbour![0] > -74.1 && harbour![2] < -74 && harbour![1] > 40.6 && harbour![3] < 40.8);
  });
});
