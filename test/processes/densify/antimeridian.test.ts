import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { FeatureCollection } from 'geojson';
import densify from '../../../processes/densify/process.ts';
import { run as runDensify } from '../../../processes/densify/run.ts';
import measure from '../../../processes/measure/process.ts';
import { run as runMeasure } from '../../../processes/measure/run.ts';
import { execute } from '../support/execute.ts';

it('a line across the antimeridian is densified in two parts, none of them round the globe', async () => {
  const coordinates = [
    [179, 10],
    [181, 11],
  ];
  const inputs = { features: { type: 'LineString', coordinates }, maxLength: 50_000, method: 'geodesic' };
  const dense = (await execute(densify, runDensify, { inputs })).outputs['result'] as FeatureCollection;
  assert.equal(dense.features[0]?.geometry.type, 'MultiLineString');
  const measured = await execute(measure, runMeasure, { inputs: { features: dense } });
  const [line] = (measured.outputs['result'] as FeatureCollection).features;
  // The geodesic by GeographicLib: 245 288 m.
  assert.equal(Math.round(line?.properties?.['length']), 245_288);
});
