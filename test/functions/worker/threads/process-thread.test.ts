import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Type } from 'typebox';
import { defineProcess, json } from '../../../../core/processes/define.ts';
import { Encoded, type RunContext } from '../../../../core/run/context.ts';
import { InvalidInput } from '../../../../core/shared/errors.ts';
import { ProcessThread } from '../../../../functions/worker/threads/process-thread.ts';
import { contextOf, sourceOf } from '../../../processes/support/run-context.ts';

const thread = new ProcessThread(new URL('./fixture-thread.ts', import.meta.url));
after(() => thread.close());

const declared = (id: string) =>
  defineProcess({
    id,
    version: '1.0.0',
    title: id,
    description: 'Made for tests.',
    computeClass: 'vector',
    inputs: {},
    outputs: { file: json(Type.String(), { title: 'File' }) },
    examples: [],
  });

const run = (id: string, inputs: object = {}, context: Partial<RunContext> = {}) => {
  const process = declared(id);
  return thread.runOf(process)(inputs as never, { ...contextOf(process), ...context }) as Promise<
    Record<string, unknown>
  >;
};

describe('a process in a thread of its own', () => {
  test('reads its sources, logs, and gives back values and files', async () => {
    const logged: unknown[] = [];
    const bytes = new TextEncoder().encode('abcdef');
    const sources = [
      sourceOf(bytes, { pointer: '/inputs/a' }),
      sourceOf(bytes.subarray(2), { pointer: '/inputs/b' }),
    ];
    const outputs = await run(
      'reads',
      { sources },
      {
        log: (message, details) => logged.push([message, details]),
        warn: (message, details) => logged.push(['warning', message, details]),
      },
    );
    const { file, pooled, ...rest } = outputs;
    assert.equal(Buffer.from((pooled as Encoded).bytes).toString(), 'from the pool');
    assert.deepEqual(rest, { parts: ['bc', 'de'], format: 'application/json', size: 6 });
    assert.ok(file instanceof Encoded);
    assert.deepEqual(
      [file.mediaType, Buffer.from(file.bytes).toString(), file.remarks],
      ['application/octet-stream', 'bcdef', ['The format has no names.']],
    );
    assert.deepEqual(logged, [
      ['warning', 'A value was rounded.', { input: '/inputs/a' }],
      ['read', { pointers: ['/inputs/a', '/inputs/b'] }],
    ]);
  });

  test('refuses with the same problem document as it would here', async () => {
    const warnings: string[] = [];
    const warn = (message: string) => void warnings.push(message);
    await assert.rejects(run('refuses', { text: 'x' }, { warn }), (error: InvalidInput) => {
      const here = new InvalidInput('/inputs/text', 'is "x"');
      assert.deepEqual(
        [error.status, error.type, error.title, error.detail, error.faults],
        [here.status, here.type, here.title, here.detail, here.faults],
      );
      return true;
    });
    assert.deepEqual(warnings, ['A value was rounded.']);
  });

  test('fails with the cause and its place', async () => {
    await assert.rejects(run('breaks'), (error: Error) => {
      assert.match(error.stack ?? '', /fixture-thread\.ts/);
      return error.message === 'a fault of the process';
    });
  });

  test('is ended in the middle of an operation that never lets anything else run', async () => {
    const stopping = new AbortController();
    const running = run('hangs', {}, { signal: stopping.signal });
    setTimeout(() => stopping.abort(new Error('time is over')), 200);
    await assert.rejects(running, /time is over/);
  });

  test('is ended when a look at the job says so, although it reports nothing', async () => {
    await assert.rejects(
      run('hangs', {}, { progress: async () => Promise.reject(new Error('dismissed')) }),
      /dismissed/,
    );
  });

  test('fails when its thread ends by itself', async () => {
    await assert.rejects(run('exits'), /ended unexpectedly/);
  });

  test('is not started when it should stop already', async () => {
    await assert.rejects(run('reads', {}, { signal: AbortSignal.abort(new Error('before')) }), /before/);
  });

  test('runs again after all of that', async () => {
    const source = sourceOf(new TextEncoder().encode('xyz'));
    assert.deepEqual((await run('reads', { sources: [source] }))['parts'], ['yz']);
  });
});
