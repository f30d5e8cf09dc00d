import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutAtAntimeridian } from '../../../geo/geodesy/antimeridian.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';

test('a line that crosses the antimeridian 150 000 times is cut at each', async () => {
  const crossings = 150_000;
  const coordinates = Array.from({ length: crossings + 1 }, (_, index) => [
    index % 2 === 0 ? 179 : 181,
    -60 + (index * 120) / crossings,
  ]);
  const cut = cutAtAntimeridian({ type: 'LineString', coordinates }, await loadGeos());
  assert.equal(cut.type, 'MultiLineString');
  assert.equal(cut.type === 'MultiLineString' ? cut.coordinates.length : 0, crossings + 1);
});
