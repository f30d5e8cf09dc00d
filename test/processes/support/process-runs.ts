import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ProcessDeclaration, Run } from '../../../core/processes/declaration.ts';
import { execute } from './execute.ts';
import { readGeotiff } from './raster-process.ts';

/** Tests that each example of a declaration runs, and gives the outputs that it declares. */
export function itRunsItsExamples(process: ProcessDeclaration, run: Run<never>): void {
  for (const { title, request } of process.examples) {
    it(`runs as the example "${title}"`, async () => {
      const { outputs, mediaTypes } = await execute(process, run, request);
      assert.deepEqual(Object.keys(outputs), Object.keys(process.outputs));
      const value = outputs['result'];
      if (!(value instanceof Uint8Array) || !mediaTypes['result']?.startsWith('image/tiff')) return;
      const { bands } = await readGeotiff(value);
      assert.ok(
        bands.every((band) => band.some((pixel) => pixel !== null)),
        'a band has no pixel',
      );
    });
  }
}

/** Tests that an execution ends when its job is dismissed, however little it has done. */
export function itCanBeDismissed(
  process: ProcessDeclaration,
  run: Run<never>,
  inputs: () => Promise<object>,
): void {
  it('ends when the job is dismissed', async () => {
    const controller = new AbortController();
    const progress = async () => {
      controller.abort(new Error('dismissed'));
      controller.signal.throwIfAborted();
    };
    const execution = execute(
      process,
      run,
      { inputs: await inputs() },
      { signal: controller.signal, progress },
    );
    await assert.rejects(execution, { message: 'dismissed' });
  });
}
