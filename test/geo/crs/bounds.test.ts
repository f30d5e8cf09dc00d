import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { Crs84 } from '../../../core/shared/uris.ts';
import { crs84 } from '../../../geo/crs/crs.ts';
import { extentIn } from '../../../geo/crs/extent.ts';
import { transformBounds } from '../../../geo/crs/transform-bounds.ts';
import { transformBetweenCrs } from '../../../geo/crs/transformation.ts';
import type { Bounds } from '../../../geo/geometry/bounds.ts';
import { oracle } from '../../processes/support/oracle.ts';
import { crsFrom } from '../../support/crs.ts';

interface Case {
  readonly from: string;
  readonly to: string;
  readonly bounds: Bounds;
  readonly densify: number;
  readonly expected: Bounds;
}

describe('bounds in another CRS', () => {
  const { cases } = oracle('transform_bounds') as { readonly cases: readonly Case[] };

  it('agree with rasterio, also across the antimeridian and around poles', () => {
    assert.ok(cases.length > 50);
    for (const { from, to, bounds, densify, expected } of cases) {
      const actual = transformBounds(bounds, crsFrom(from), crsFrom(to), densify)!;
      const tolerance = crsFrom(to).isGeographic ? 1e-7 : 0.01;
      for (const [index, value] of actual.entries()) {
        const message = `${from} ${to} ${bounds}: ${actual} instead of ${expected}`;
        assert.ok(Math.abs(value - expected[index]!) < tolerance, message);
      }
    }
  });

  it('are the same in the same CRS', () => {
    assert.deepEqual(
      transformBounds([1, 2, 3, 4], crsFrom('EPSG:28992'), crsFrom('EPSG:28992')),
      [1, 2, 3, 4],
    );
  });

  it('are nothing where no point has a place', () => {
    assert.equal(transformBounds([0, 90, 10, 90], crs84, crsFrom('EPSG:3857')), undefined);
  });

  it('hold what lies within, but for the bend between the points', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 10, noNaN: true }),
        fc.double({ min: 40, max: 60, noNaN: true }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        share,
        share,
        (west, south, size, across, up) => {
          const [xmin, ymin, xmax, ymax] = transformBounds(
            [west, south, west + size, south + size],
            crs84,
            crsFrom('EPSG:3035'),
          )!;
          const [x = 0, y = 0] = transformBetweenCrs(
            crs84,
            crsFrom('EPSG:3035'),
          )([west + across * size, south + up * size]);
          const bend = ((xmax - xmin) / 22) ** 2 / 1e6;
          assert.ok(x > xmin - bend && x < xmax + bend && y > ymin - bend && y < ymax + bend);
        },
      ),
    );
  });
});

describe('an extent in the working CRS', () => {
  const refusal = (extent: { bbox: readonly number[]; crs?: string }, crs: string = Crs84): string => {
    try {
      extentIn(extent, crsFrom(crs), '/inputs/extent');
    } catch (error) {
      assert.ok(error instanceof InvalidInput, String(error));
      return `${error.faults[0]!.pointer}: ${error.faults[0]!.detail}`;
    }
    return assert.fail('was accepted');
  };

  it('is CRS84 where it names none, and may have heights', () => {
    assert.deepEqual(extentIn({ bbox: [4, 51, 6, 53] }, crs84, ''), [4, 51, 6, 53]);
    assert.deepEqual(extentIn({ bbox: [4, 51, -5, 6, 53, 80] }, crs84, ''), [4, 51, 6, 53]);
  });

  it('is moved with points along its edges', () => {
    const moved = extentIn({ bbox: [4, 51, 6, 53] }, crsFrom('EPSG:28992'), '');
    assert.deepEqual(moved, transformBounds([4, 51, 6, 53], crs84, crsFrom('EPSG:28992'), 21));
    const crs = 'http://www.opengis.net/def/crs/EPSG/0/28992';
    assert.deepEqual(extentIn({ bbox: [0, 0, 10, 10], crs }, crsFrom('EPSG:28992'), ''), [0, 0, 10, 10]);
  });

  it('runs on beyond 180 where it crosses the antimeridian', () => {
    assert.deepEqual(extentIn({ bbox: [175, -20, -175, 0] }, crs84, ''), [175, -20, 185, 0]);
    const [west, , east] = extentIn({ bbox: [2e6, -2e6, 5e6, 1e6], crs: 'EPSG:3832' }, crs84, '');
    assert.ok(west > 160 && west < 180 && east > 180 && east < 200, `${west} ${east}`);
  });

  it('is refused with what would be right', () => {
    assert.match(
      refusal({ bbox: [1, 2, 3] }),
      /^\/inputs\/extent\/bbox: must have 4 numbers, or 6 with heights, but has/,
    );
    assert.match(
      refusal({ bbox: [1, 2, 3, 4, 5] }),
      /^\/inputs\/extent\/bbox: must have 4 numbers, or 6 with heights, but has/,
    );
    assert.match(refusal({ bbox: [4, 53, 6, 51] }), /south < north/);
    assert.match(refusal({ bbox: [4, 51, 4, 53] }), /west different from east/);
    assert.match(refusal({ bbox: [4, 51, 6, 91] }), /latitudes between -90 and 90/);
    assert.match(refusal({ bbox: [10, 0, 0, 10], crs: 'EPSG:28992' }), /xmin < xmax/);
    assert.match(refusal({ bbox: [0, 0, 1, 1], crs: 'EPSG:1' }), /^\/inputs\/extent\/crs: /);
    assert.match(
      refusal({ bbox: [8e8, 8e8, 9e8, 9e8], crs: 'EPSG:3035' }),
      /must lie within the extent of EPSG:3035, which is about/,
    );
  });
});
