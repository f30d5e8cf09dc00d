import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { best, rank } from '../../../web/search/rank.ts';

describe('Enter in the search opens', () => {
  const titles = {
    aspect: 'Aspect',
    'raster-slope': 'Raster slope',
    'slope-length': 'Slope length',
    slope: 'Slope',
  };
  const opened = (typed: string, without: readonly string[] = []) =>
    best(
      Object.entries(titles).filter(([id]) => !without.includes(id)),
      ([id, title]) => rank(typed, id, title),
    )?.[0];

  it('what has that name or identifier, before what only mentions the word', () => {
    assert.equal(opened('slope'), 'slope');
    assert.equal(opened(' Slope '), 'slope');
    assert.equal(opened('raster-slope'), 'raster-slope');
  });

  it('else what begins with it, else what has a word that does, else the first', () => {
    assert.equal(opened('slope', ['slope']), 'slope-length');
    assert.equal(opened('slope', ['slope', 'slope-length']), 'raster-slope');
    assert.equal(opened('steepness'), 'aspect');
  });
});
