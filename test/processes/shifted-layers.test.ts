import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import { mapPositions } from '../../geo/geometry/positions.ts';
import buffer from '../../processes/buffer/process.ts';
import { run as runBuffer } from '../../processes/buffer/run.ts';
import measure from '../../processes/measure/process.ts';
import { run as runMeasure } from '../../processes/measure/run.ts';
import nearest from '../../processes/nearest/process.ts';
import { run as runNearest } from '../../processes/nearest/run.ts';
import { starPolygons } from '../geo/formats/arbitraries.ts';
import { layerProcess, line, makeLayer, point } from './support/layers.ts';

const measuring = layerProcess(measure, runMeasure).computeFeatures;
const buffering = layerProcess(buffer, runBuffer).computeFeatures;
const nearing = layerProcess(nearest, runNearest).computeFeatures;

const shifted = (geometries: readonly Geometry[], by: number): object =>
  makeLayer(geometries.map((geometry) => mapPositions(geometry, ([x = 0, ...rest]) => [x + by, ...rest])));

/** Areas, lines and points of up to 20 degrees, anywhere between the polar circles. */
const layers = fc
  .tuple(fc.double({ min: -55, max: 55, noNaN: true }), fc.constantFrom(0.01, 0.3, 1))
  .chain(([latitude, scale]) => {
    const place = ([x = 0, y = 0]: readonly number[]) => [x * scale, latitude + y * scale * 0.5];
    const areas = starPolygons().map((polygon) => mapPositions(polygon, place));
    const shapes = fc.oneof(
      areas,
      areas.map(({ coordinates: [ring = []] }): Geometry => line(...ring.slice(0, 3))),
      areas.map(({ coordinates: [[first = []] = []] }): Geometry => point(...first)),
    );
    return fc.tuple(
      fc.array(shapes, { minLength: 1, maxLength: 4 }),
      fc.array(shapes, { minLength: 1, maxLength: 4 }),
      fc.constant(scale),
    );
  });
/** Whole turns, to the antimeridian, and anywhere. */
const shifts = fc.oneof(
  fc.constantFrom(360, -360, 180, -180),
  fc.double({ min: -180, max: 180, noNaN: true }),
);

type Numbers = Readonly<Record<string, unknown>>;
const listNumbers = (rows: readonly { properties: Numbers }[]): Numbers[] =>
  rows.map(({ properties }) => properties);

function assertSameNumbers(actual: readonly Numbers[], expected: readonly Numbers[], share: number): void {
  assert.equal(actual.length, expected.length);
  for (const [index, numbers] of expected.entries())
    for (const [name, value] of Object.entries(numbers)) {
      const difference = Math.abs(Number(actual[index]?.[name]) - Number(value));
      assert.ok(
        difference <= 1e-3 + share * Number(value),
        `${name}: ${actual[index]?.[name]}, not ${value}`,
      );
    }
}

describe('a layer that lies elsewhere on its parallels, or has its longitudes counted from elsewhere', () => {
  it('has the same areas, perimeters and lengths', () =>
    fc.assert(
      fc.asyncProperty(layers, shifts, async ([features], by) => {
        const [here, there] = await Promise.all(
          [0, by].map(async (turn) => listNumbers(await measuring({ features: shifted(features, turn) }))),
        );
        assertSameNumbers(there!, here!, 1e-9);
      }),
      { numRuns: 30 },
    ));

  it('has the same distances', () =>
    fc.assert(
      fc.asyncProperty(layers, shifts, async ([features, overlay], by) => {
        const [here, there] = await Promise.all(
          [0, by].map(async (turn) =>
            listNumbers(
              await nearing({ features: shifted(features, turn), overlay: shifted(overlay, turn), k: 4 }),
            ).map(({ distance }) => ({ distance })),
          ),
        );
        assertSameNumbers(there!, here!, 1e-9);
      }),
      { numRuns: 30 },
    ));

  it('has buffers of the same area', () =>
    fc.assert(
      fc.asyncProperty(layers, shifts, async ([features, , scale], by) => {
        const [here, there] = await Promise.all(
          [0, by].map(async (turn) => {
            const buffers = await buffering({ features: shifted(features, turn), distance: 20_000 * scale });
            const areas = await measuring({ features: { type: 'FeatureCollection', features: buffers } });
            return listNumbers(areas).map(({ area }) => ({ area }));
          }),
        );
        assertSameNumbers(there!, here!, 1e-6);
      }),
      { numRuns: 30 },
    ));
});
