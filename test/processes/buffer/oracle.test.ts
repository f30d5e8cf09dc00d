import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FeatureCollection, Geometry } from 'geojson';
import { loadGeos } from '../../../geo/geos/geos.ts';
import process from '../../../processes/buffer/process.ts';
import { run } from '../../../processes/buffer/run.ts';
import { computeBuffer, roundStyle as style } from '../support/buffers.ts';
import { execute } from '../support/execute.ts';
import { assertSameArea, isValid, oracle } from '../support/oracle.ts';

const geos = await loadGeos();

describe('the kernel agrees with shapely', () => {
  for (const [name, changes] of [
    ['buffer', {}],
    ['buffer_flat_mitre', { endCap: 'flat', join: 'mitre' }],
  ] as const) {
    it(name, () => {
      const { input, params, expected } = oracle(name);
      assert.equal(input.length, 20);
      for (const [index, geometry] of (input as Geometry[]).entries()) {
        const actual = computeBuffer(geometry, params.distance, { ...style, ...changes }, geos);
        assertSameArea(geos, actual, expected[index].normalized, 1e-6);
      }
    });
  }
});

describe('geographic features agree with shapely in the projections of PROJ', () => {
  const { input, params, expected } = oracle('buffer_geographic');
  it('by area, across the antimeridian too', async () => {
    const body = {
      inputs: { features: { type: 'FeatureCollection', features: input }, distance: params.distance },
    };
    const { outputs } = await execute(process, run, body);
    const { features } = outputs['result'] as FeatureCollection;
    assert.equal(features.length, input.length);
    for (const [index, { geometry, properties }] of features.entries()) {
      assert.deepEqual(properties, input[index].properties);
      assert.ok(isValid(geos, geometry), properties?.['name']);
      // Edges follow those of the map, which had a vertex every 0.01 degrees there: ours are up to 50 metres off.
      const isRound = input[index].geometry.type.endsWith('Point');
      assertSameArea(geos, geometry, expected[index], isRound ? 1e-6 : 1e-4);
    }
  });
});
