import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InvalidRequest } from '../../../core/shared/errors.ts';
import { extentIn } from '../../../geo/crs/extent.ts';
import { computePlaneBounds } from '../../../geo/crs/plane-bounds.ts';
import { crsFrom } from '../../support/crs.ts';

const refusal = (bbox: readonly number[], crs: string): string => {
  try {
    extentIn({ bbox, crs }, crsFrom(crs), '/inputs/extent');
  } catch (error) {
    assert.ok(error instanceof InvalidRequest);
    return `${error.faults[0]?.pointer}: ${error.faults[0]?.detail}`;
  }
  return 'was accepted';
};

describe('the bounds of a plane', () => {
  it('are those of the globe in a projection of all of it', () => {
    const [west, south, east, north] = computePlaneBounds(crsFrom('EPSG:3857')) ?? [];
    const half = Math.PI * 6_378_137;
    assert.deepEqual(
      [west, east].map((x) => Math.round(x ?? 0)),
      [-Math.round(half), Math.round(half)],
    );
    // Web Mercator of 85 degrees: a times the logarithm of the tangent of 87.5 degrees.
    const top = 6_378_137 * Math.log(Math.tan((87.5 * Math.PI) / 180));
    assert.deepEqual(
      [south, north].map((y) => Math.round(y ?? 0)),
      [-Math.round(top), Math.round(top)],
    );
  });

  it('hold extents that may be meant, and refuse others with what would be right', () => {
    for (const [bbox, crs] of [
      [[-1e9, -1e9, 1e9, 1e9], 'EPSG:3857'],
      [[0, 0, 1e9, 1e9], 'EPSG:28992'],
      [[-1e9, 0, 0, 1e6], 'EPSG:3035'],
      [[-9e8, -9e8, 9e8, 9e8], 'EPSG:32631'],
    ] as const)
      assert.match(
        refusal(bbox, crs),
        /^\/inputs\/extent\/bbox: must lie within the extent of EPSG:\d+, which is about \[-?\d+,/,
      );
    for (const [bbox, crs] of [
      [[-20_037_508.35, -20_048_966.11, 20_037_508.35, 20_048_966.11], 'EPSG:3857'],
      [[19_926_188, 0, 20_148_827, 1_118_889], 'EPSG:3857'],
      [[-7000, 289_000, 300_000, 629_000], 'EPSG:28992'],
      [[-4_194_304, -4_194_304, 4_194_304, 4_194_304], 'EPSG:3413'],
      [[166_021, 0, 833_978, 9_329_005], 'EPSG:32631'],
    ] as const)
      assert.equal(refusal(bbox, crs), 'was accepted');
  });
});
