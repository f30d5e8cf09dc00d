import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { didYouMean, findSimilar } from '../../../core/shared/similar.ts';

const known = ['buffer', 'centroid', 'voronoi-polygons', 'clip', 'clip-raster', 'distance'];

describe('the name that was meant', () => {
  const cases: [name: string, meant: string | undefined][] = [
    ['bufer', 'buffer'],
    ['BUFFER', 'buffer'],
    ['buffre', 'buffer'],
    ['voronoi_polygons', 'voronoi-polygons'],
    ['VoronoiPolygon', 'voronoi-polygons'],
    ['clipp', 'clip'],
    ['cliprastre', 'clip-raster'],
    ['xyz', undefined],
    ['if', undefined],
    ['', undefined],
    ['distances of everything', undefined],
    ['buffer'.repeat(20_000), undefined],
  ];
  for (const [name, meant] of cases) {
    test(`${name.slice(0, 30)}: ${meant}`, () => assert.equal(findSimilar(name, known), meant));
  }

  test('is asked for, or nothing is', () => {
    assert.equal(didYouMean('bufer', known), ' Did you mean "buffer"?');
    assert.equal(didYouMean('xyz', known), '');
  });
});
