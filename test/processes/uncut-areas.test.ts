import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Run } from '../../core/processes/declaration.ts';
import dissolve from '../../processes/dissolve/process.ts';
import { run as runDissolve } from '../../processes/dissolve/run.ts';
import makeValid from '../../processes/make-valid/process.ts';
import { run as runMakeValid } from '../../processes/make-valid/run.ts';
import { execute } from './support/execute.ts';
import { feature, rectangle } from './support/layers.ts';

describe('an area whose edges span more than half a turn, which may be meant to cross the antimeridian, is told', () => {
  for (const [process, run, further] of [
    [dissolve, runDissolve, { groupBy: [] }],
    [makeValid, runMakeValid, {}],
  ] as const) {
    const warnings = async (features: object) => {
      const { logged } = await execute(process, run as Run<never>, { inputs: { features, ...further } });
      return logged.join();
    };

    it(`by ${process.id}`, async () => {
      assert.match(
        await warnings(feature(rectangle(-179, 60, 179, 61))),
        /^1 feature has edges that span more than 180 degrees of longitude/,
      );
    });

    it(`by ${process.id}, but not where the edges are shorter, or in a plane`, async () => {
      assert.equal(await warnings(feature(rectangle(179, 60, 181, 61))), '');
      assert.equal(await warnings(feature(rectangle(-80, 60, 80, 61))), '');
      const inMetres = { crs: { type: 'name', properties: { name: 'EPSG:3857' } } };
      assert.equal(await warnings({ ...feature(rectangle(-179, 60, 179, 61)), ...inMetres }), '');
    });
  }
});
