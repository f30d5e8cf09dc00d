import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LimitExceeded } from '../../../core/shared/errors.ts';
import process from '../../../processes/echo/process.ts';
import { run } from '../../../processes/echo/run.ts';
import { execute } from '../support/execute.ts';

const everything = {
  message: 'Hello',
  numbers: [1, 2, 3],
  area: { bbox: [5, 52, 6, 53] },
  mixed: { any: 'object' },
  image: 'SUkqAAgAAAA=',
};

describe('echo', () => {
  it('returns what it is given, and nothing for what it is not', async () => {
    const { image, ...json } = everything;
    const { outputs } = await execute(process, run, { inputs: everything });
    const { image: bytes, ...rest } = outputs;
    assert.deepEqual(rest, { ...json, pause: 0 });
    assert.deepEqual(bytes, Buffer.from(image, 'base64'));
    assert.deepEqual((await execute(process, run, { inputs: { message: 'a' } })).outputs, {
      message: 'a',
      pause: 0,
    });
  });

  it('has an output for each input, one of which is an integer and one bytes that suites can see', () => {
    assert.deepEqual(Object.keys(process.outputs), Object.keys(process.inputs));
    assert.equal(process.outputs.pause.schema.type, 'integer');
    const { format, contentEncoding } = process.inputs.image.schema;
    assert.deepEqual([format, contentEncoding], ['byte', 'base64']);
  });

  it('tells its progress while it pauses, and ends the pause when it is dismissed', async () => {
    const dismissal = new AbortController();
    const steps: number[] = [];
    const progress = async (done: number, total: number) => {
      steps.push(done / total);
      if (steps.length === 2) dismissal.abort(new Error('dismissed'));
    };
    const inputs = { message: 'a', pause: 60 };
    await assert.rejects(execute(process, run, { inputs }, { progress, signal: dismissal.signal }));
    assert.deepEqual(steps, [0, 1 / 240]);
  });

  it('refuses a pause that is longer than a client can wait', async () => {
    const long = execute(process, run, { inputs: { message: 'a', pause: 21 } }, { synchronous: true });
    await assert.rejects(
      long,
      (error: LimitExceeded) => error.status === 413 && /respond-async/.test(error.message),
    );
  });
});
