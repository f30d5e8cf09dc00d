import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ProcessDeclaration, Run } from '../../../core/processes/declaration.ts';
import { LimitExceeded } from '../../../core/shared/errors.ts';
import { collection, feature, layerProcess, makeLayer, point, rectangle } from './layers.ts';

/** One feature with half a megabyte of properties that covers all of the points. */
export const longFeature = collection(feature(rectangle(-1, -1, 3, 3), { long: 'x'.repeat(500_000) }));
export const manyPoints = makeLayer(Array.from({ length: 2000 }, (_, index) => point(index / 1000, 1)));

/** A process whose rows repeat properties refuses a result that would have a gigabyte of them, before it is made. */
export function itRefusesRepeatedProperties(
  process: ProcessDeclaration,
  run: Run<never>,
  inputs: object,
): void {
  it('a result that repeats long properties is refused before it is made', async () => {
    await assert.rejects(layerProcess(process, run).computeFeatures(inputs), (error) => {
      assert.ok(error instanceof LimitExceeded, String(error));
      assert.match(error.detail ?? '', /more than 314572800 bytes of properties/);
      return true;
    });
  });
}
