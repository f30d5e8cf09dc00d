import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { type Region, RegionTracer } from '../../../geo/vectorise/regions.ts';
import { geometryFromRegion } from '../../../processes/polygonize/run.ts';
import { areaDifference, isValid, oracle } from '../../processes/support/oracle.ts';

type Rows = readonly (readonly number[])[];

const geos = await loadGeos();
const budget = { most: 1_000_000, exceeded: () => new Error('too many') };
const inPixels = [0, 1, 0, 0, 0, 1] as const;

function trace(rows: Rows, connectivity: 4 | 8): Region[] {
  const tracer = new RegionTracer(rows[0]!.length, connectivity, budget);
  for (const row of rows) tracer.row(Float64Array.from(row));
  return [...tracer.regions()];
}

const computeArea = ({ parts }: Region): number =>
  parts
    .flatMap((rings) => rings.map((ring, index) => (index === 0 ? 1 : -1) * Math.abs(ring.area)))
    .reduce((sum, area) => sum + area, 0);

/** Each expected polygon is one of the regions, and there are no others. */
function assertSameRegions(regions: Region[], expected: readonly [number, Geometry][]): void {
  assert.equal(regions.length, expected.length);
  const left = new Set(regions);
  for (const [value, wanted] of expected) {
    // Polygons of other engines may touch themselves where regions meet at corners.
    const valid = geos.scope((scope) => scope.geometry(scope.makeValid(scope.read(wanted))));
    const found = [...left].find(
      (region) =>
        region.value === value && areaDifference(geos, geometryFromRegion(region, inPixels), valid) < 1e-9,
    );
    assert.ok(found, `no region of value ${value} is ${JSON.stringify(wanted)}`);
    left.delete(found);
  }
}

describe('regions of other engines', () => {
  it('are the polygons of rasterio', () => {
    const { input, params, expected } = oracle('polygonize');
    assertSameRegions(trace(input, params.connectivity), expected);
  });

  const { cases, nodata } = oracle('polygonize_random');
  for (const [index, { input, connectivity, expected }] of cases.entries()) {
    it(`are the polygons of rasterio in noise with missing pixels, ${connectivity}, ${index}`, () => {
      const rows = (input as Rows).map((row) => row.map((value) => (value === nodata ? Number.NaN : value)));
      assertSameRegions(trace(rows, connectivity), expected);
    });
  }
});

const grids = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3 }))
  .chain(([width, height, values]) => {
    const pixel = fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 1, max: values }) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    );
    const row = fc.array(pixel, { minLength: width, maxLength: width });
    return fc.array(row, { minLength: height, maxLength: height });
  });
const connectivities = fc.constantFrom<4 | 8>(4, 8);

/** Sizes of the regions as filling finds them, pixel by pixel. */
function filled(rows: Rows, connectivity: 4 | 8): string[] {
  const seen = rows.map((row) => row.map(Number.isNaN));
  const steps = [-1, 0, 1]
    .flatMap((down) => [-1, 0, 1].map((across) => [down, across] as const))
    .filter(([down, across]) => connectivity === 8 || down === 0 || across === 0);
  const sizeFrom = (row: number, column: number, value: number): number => {
    if (rows[row]?.[column] !== value || seen[row]![column]) return 0;
    seen[row]![column] = true;
    return 1 + steps.reduce((sum, [down, across]) => sum + sizeFrom(row + down, column + across, value), 0);
  };
  const sizes = rows.flatMap((row, y) => row.map((value, x) => `${value}: ${sizeFrom(y, x, value)}`));
  return sizes.filter((size) => !size.endsWith(': 0'));
}

describe('regions of any raster', () => {
  it('are those that filling finds, in the order of their first pixels', () => {
    fc.assert(
      fc.property(grids, connectivities, (rows, connectivity) => {
        const found = trace(rows, connectivity).map((region) => `${region.value}: ${computeArea(region)}`);
        assert.deepEqual(found, filled(rows, connectivity));
      }),
      { numRuns: 500 },
    );
  });

  it('are valid, with exteriors counter-clockwise, whichever way the axes go', () => {
    const transforms = fc.constantFrom(
      inPixels,
      [5, 0.5, 0, 52, 0, -0.5] as const,
      [5, 0.3, 0.4, 52, 0.4, -0.3] as const,
      [5, -0.5, 0, 52, 0, -0.5] as const,
    );
    fc.assert(
      fc.property(grids, connectivities, transforms, (rows, connectivity, transform) => {
        for (const region of trace(rows, connectivity)) {
          const geometry = geometryFromRegion(region, transform);
          assert.ok(isValid(geos, geometry), JSON.stringify(geometry));
          const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
          for (const rings of polygons) {
            for (const [index, ring] of rings.entries()) {
              const doubled = ring
                .slice(1)
                .reduce((sum, [x, y], at) => sum + ring[at]![0]! * y! - x! * ring[at]![1]!, 0);
              assert.equal(doubled > 0, index === 0);
              assert.deepEqual(ring[0], ring.at(-1));
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('have no vertices between their corners', () => {
    const solid = trace(
      [
        [1, 1, 1],
        [1, 1, 1],
      ],
      4,
    );
    assert.deepEqual(geometryFromRegion(solid[0]!, inPixels).coordinates, [
      [
        [0, 0],
        [3, 0],
        [3, 2],
        [0, 2],
        [0, 0],
      ],
    ]);
  });

  it('may not have more corners than a result may have vertices', () => {
    const tracer = new RegionTracer(100, 4, { ...budget, most: 2000 });
    const row = (from: number) => Float64Array.from({ length: 100 }, (_, index) => (index + from) % 2);
    assert.throws(() => {
      for (let index = 0; index < 100; index++) tracer.row(row(index));
    }, /too many/);
  });
});
