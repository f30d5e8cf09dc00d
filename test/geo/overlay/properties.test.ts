import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import { InvalidInput, LimitExceeded } from '../../../core/shared/errors.ts';
import { mapPositions } from '../../../geo/geometry/positions.ts';
import { GeosError, loadGeos } from '../../../geo/geos/geos.ts';
import { lastingScope } from '../../../geo/geos/lasting-scope.ts';
import { onGeometry } from '../../../geo/geos/refused-geometry.ts';
import { geometryDimension } from '../../../geo/overlay/dimension.ts';
import clip from '../../../processes/clip/process.ts';
import { run as runClip } from '../../../processes/clip/run.ts';
import difference from '../../../processes/difference/process.ts';
import { run as runDifference } from '../../../processes/difference/run.ts';
import intersection from '../../../processes/intersection/process.ts';
import { run as runIntersection } from '../../../processes/intersection/run.ts';
import symmetricDifference from '../../../processes/symmetric-difference/process.ts';
import { run as runSymmetricDifference } from '../../../processes/symmetric-difference/run.ts';
import union from '../../../processes/union/process.ts';
import { run as runUnion } from '../../../processes/union/run.ts';
import {
  computeArea,
  layerProcess,
  makeLayer,
  rectangle,
  type TestFeature,
  totalArea,
} from '../../processes/support/layers.ts';
import { isValid } from '../../processes/support/oracle.ts';
import { geometries, starPolygons } from '../formats/arbitraries.ts';

const geos = await loadGeos();
const clipped = layerProcess(clip, runClip).computeFeatures;
const erased = layerProcess(difference, runDifference).computeFeatures;
const pairs = layerProcess(intersection, runIntersection).computeFeatures;
const united = layerProcess(union, runUnion).computeFeatures;
const exclusive = layerProcess(symmetricDifference, runSymmetricDifference).computeFeatures;

const layers = fc.array(starPolygons(), { minLength: 1, maxLength: 6 });
const degenerate: fc.Arbitrary<Geometry> = fc.constantFrom<Geometry>(
  { type: 'Polygon', coordinates: [] },
  { type: 'GeometryCollection', geometries: [] },
  {
    type: 'MultiPoint',
    coordinates: [
      [1, 1],
      [1, 1],
    ],
  },
  {
    type: 'LineString',
    coordinates: [
      [2, 2],
      [2, 2],
    ],
  },
  {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [3, 3],
        [0, 0],
        [0, 0],
      ],
    ],
  },
  {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [5, 0],
        [5, 5],
        [0, 0],
      ],
      [
        [0, 0],
        [5, 0],
        [5, 5],
        [0, 0],
      ],
    ],
  },
  {
    type: 'Polygon',
    coordinates: [
      [
        [-9, -9],
        [9, -9],
        [9, 9],
        [-9, 9],
        [-9, -9],
      ],
      [
        [20, 20],
        [21, 20],
        [21, 21],
        [20, 20],
      ],
    ],
  },
);
/** Numbers such as 1e-162, whose squares are 0, are beyond GEOS. */
const rounded = (geometry: Geometry): Geometry =>
  mapPositions(geometry, (position) => position.map((value) => Math.round(value * 1e9) / 1e9));
/** Anything that a layer may hold: invalid, degenerate, of any type, or nothing. */
const anything = fc.array(fc.option(fc.oneof(geometries.map(rounded), degenerate, starPolygons())), {
  maxLength: 5,
});

const close = (one: number, other: number, scale: number) =>
  assert.ok(Math.abs(one - other) <= 1e-9 * Math.max(1, scale), `${one} instead of ${other}`);
const at = (features: readonly TestFeature[], index: number) =>
  features.filter(({ properties }) => properties['index'] === index);

describe('overlays of areas', () => {
  it('add up: each feature is what lies inside and what lies outside the overlay', async () => {
    await fc.assert(
      fc.asyncProperty(layers, layers, async (ones, others) => {
        const inputs = { features: makeLayer(ones), overlay: makeLayer(others) };
        const [inside, outside] = [await clipped(inputs), await erased(inputs)];
        for (const [index, polygon] of ones.entries()) {
          const area = computeArea(geos, polygon);
          close(totalArea(geos, at(inside, index)) + totalArea(geos, at(outside, index)), area, area);
        }
        for (const { geometry } of [...inside, ...outside]) assert.ok(isValid(geos, geometry));
      }),
      { numRuns: 60 },
    );
  });

  it('are symmetric: the pairs are the same with the layers swapped', async () => {
    await fc.assert(
      fc.asyncProperty(layers, layers, async (ones, others) => {
        const there = await pairs({
          features: makeLayer(ones, 'a'),
          overlay: makeLayer(others, 'b'),
          prefix: '',
        });
        const back = await pairs({
          features: makeLayer(others, 'b'),
          overlay: makeLayer(ones, 'a'),
          prefix: '',
        });
        const areas = (features: readonly TestFeature[]) =>
          new Map(
            features.map(({ properties: { a, b }, geometry }) => [`${a} ${b}`, computeArea(geos, geometry)]),
          );
        const mirrored = areas(back);
        assert.equal(there.length, back.length);
        for (const [pair, area] of areas(there)) close(area, mirrored.get(pair) ?? Number.NaN, area);
      }),
      { numRuns: 60 },
    );
  });

  it('are idempotent: clipping again, or taking away again, changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(layers, layers, async (ones, others) => {
        const overlay = makeLayer(others);
        for (const once of [clipped, erased]) {
          const first = await once({ features: makeLayer(ones), overlay });
          const second = await once({ features: { type: 'FeatureCollection', features: first }, overlay });
          // Slivers of rounding may go the second time.
          close(totalArea(geos, second), totalArea(geos, first), totalArea(geos, first));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('of a union and a symmetric difference differ by the common parts', async () => {
    await fc.assert(
      fc.asyncProperty(layers, layers, async (ones, others) => {
        const inputs = { features: makeLayer(ones), overlay: makeLayer(others) };
        const [all, common, apart] = [await united(inputs), await pairs(inputs), await exclusive(inputs)];
        assert.deepEqual(
          all.map(({ geometry }) => geometry),
          [...common, ...apart].map(({ geometry }) => geometry),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('of a layer with itself leave nothing over', async () => {
    await fc.assert(
      fc.asyncProperty(layers, async (ones) => {
        const layer = makeLayer(ones);
        assert.deepEqual(await erased({ features: layer, overlay: layer }), []);
        assert.deepEqual(await exclusive({ features: layer, overlay: layer }), []);
        const same = await clipped({ features: layer, overlay: layer });
        assert.deepEqual(
          same.map(({ geometry }) => geometry),
          ones,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('in the plane of a CRS give about the same, and valid geometries', async () => {
    await fc.assert(
      fc.asyncProperty(layers, layers, async (ones, others) => {
        const inputs = { features: makeLayer(ones), overlay: makeLayer(others) };
        const [own, mercator] = [await clipped(inputs), await clipped({ ...inputs, crs: 'EPSG:3857' })];
        const area = totalArea(geos, own);
        assert.ok(Math.abs(totalArea(geos, mercator) - area) < 0.02 * Math.max(1, area));
        for (const { geometry } of mercator) assert.ok(isValid(geos, geometry));
      }),
      { numRuns: 30 },
    );
  });
});

describe('overlays of anything', () => {
  it('give valid geometries of the right dimension', async () => {
    await fc.assert(
      fc.asyncProperty(anything, anything, async (ones, others) => {
        const inputs = { features: makeLayer(ones), overlay: makeLayer(others) };
        for (const overlay of [clipped, erased, pairs, united, exclusive]) {
          for (const { geometry, properties } of await overlay(inputs)) {
            assert.ok(isValid(geos, geometry), JSON.stringify(geometry));
            const one = ones[properties['index'] as number];
            const other = others[properties['overlay_index'] as number];
            const most = Math.min(...[one, other].map((side) => (side ? geometryDimension(side) : 2)));
            assert.ok(geometryDimension(geometry) <= most);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('stop when the job is dismissed', async () => {
    const squares = makeLayer(Array.from({ length: 40 }, () => rectangle(0, 0, 1, 1)));
    const controller = new AbortController();
    const progress = async (_: number, __: number, message?: string) => {
      if (message === 'Overlaying features') controller.abort();
      controller.signal.throwIfAborted();
    };
    await assert.rejects(
      pairs({ features: squares, overlay: squares }, { progress, signal: controller.signal }),
      /abort/i,
    );
  });
});

describe('a lasting scope', () => {
  it('frees geometries and their indexes, also after an exception, so that memory does not grow', async () => {
    const square = rectangle(0, 0, 1, 1);
    const library = geos.library as unknown as { Module: { HEAPU8: Uint8Array } };
    const work = async () => {
      await lastingScope(geos, async (scope) => {
        for (let index = 0; index < 2000; index++) scope.prepare(scope.read(square));
        await Promise.resolve();
        throw new Error('on purpose');
      }).catch(() => {});
    };
    for (let index = 0; index < 20; index++) await work();
    const size = library.Module.HEAPU8.length;
    for (let index = 0; index < 100; index++) await work();
    assert.equal(library.Module.HEAPU8.length, size);
  });

  it('turns what GEOS refuses into a fault of the geometry', async () => {
    const refuse = (message: string) =>
      onGeometry(
        () => '/inputs/features',
        async () => {
          throw new GeosError(message);
        },
      );
    await assert.rejects(refuse('TopologyException: found non-noded intersection'), InvalidInput);
    await assert.rejects(refuse('std::bad_alloc'), LimitExceeded);
    await assert.rejects(
      onGeometry(
        () => '/inputs/features',
        async () => {
          throw new TypeError('a mistake');
        },
      ),
      TypeError,
    );
  });
});
