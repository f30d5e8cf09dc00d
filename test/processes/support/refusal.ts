import assert from 'node:assert/strict';
import { Refusal } from '../../../core/shared/errors.ts';

/** What a client is told of an execution that must be refused: the status and every fault. */
export async function catchRefusal(execution: Promise<unknown>): Promise<string> {
  const error = await execution.then(
    () => assert.fail('was accepted'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof Refusal, String(error));
  return `${error.status} ${error.faults.map(({ pointer, detail }) => `${pointer} ${detail}`).join('\n')}`;
}
