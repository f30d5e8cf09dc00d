import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Type } from 'typebox';
import { defineProcess, json } from '../../../../core/processes/define.ts';
import { Encoded, type RunContext } from '../../../../core/run/context.ts';
import { InvalidInput, type LimitExceeded } from '../../../../core/shared/errors.ts';
import { ProcessThread } from '../../../../functions/worker/threads/process-thread.ts';
import { removeScratch } from '../../../../functions/worker/threads/scratch-directory.ts';
import { makeContext, makeSource } from '../../../processes/support/run-context.ts';

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
  return thread.makeRun(process)(inputs as never, { ...makeContext(process), ...context }) as Promise<
    Record<string, unknown>
  >;
};

describe('WebAssembly that stops in the middle of its work', () => {
  test('is a refusal, and the next execution has another thread', async () => {
    const before = await run('traps');
    assert.deepEqual(await run('traps'), before, 'a thread is kept after an answer');
    await assert.rejects(run('traps', { text: 'trap' }), (error: LimitExceeded) => {
      assert.deepEqual([error.status, error.faults[0]?.pointer], [413, '/inputs/features']);
      return true;
    });
    assert.notDeepEqual(await run('traps'), before);
  });
});

test('a full disk is a limit that the inputs exceed, and the thread goes on', async () => {
  const before = await run('traps');
  await assert.rejects(run('fills'), (error: LimitExceeded) => {
    assert.deepEqual([error.status, error.faults[0]?.pointer], [413, '/inputs']);
    return true;
  });
  assert.deepEqual(await run('traps'), before);
});

describe('a process in a thread of its own', () => {
  test('gets and gives values as they are, whatever they look like', async () => {
    const inputs = {
      value: { value: 1, source: { index: 0 }, encoded: { mediaType: 'text/html', bytes: { length: 2 } } },
      source: { index: 0, json: '{', pointer: '' },
      list: [{ source: { index: 0, pointer: '' } }, { list: [] }],
      outputs: { value: 1 },
      encoded: { mediaType: 'text/html', bytes: 'x', remarks: [] },
      divide: { size: { width: 1, height: 1 } },
      // As marks have looked that stood among the members of a value.
      marked: [{ '~source': 0 }, { '~encoded': 'text/html', bytes: '<p>' }, { '~divide': {} }],
    };
    assert.deepEqual(await run('repeats', inputs), inputs);
    for (const marked of [
      { '~source': 0, json: '{' },
      { '~encoded': 'text/html', bytes: { length: 2 } },
    ])
      assert.deepEqual(await run('repeats', { marked }), { marked });
  });

  test('reads its sources, logs, and gives back values and files', async () => {
    const logged: unknown[] = [];
    const bytes = new TextEncoder().encode('abcdef');
    const sources = [
      makeSource(bytes, { pointer: '/inputs/a' }),
      makeSource(bytes.subarray(2), { pointer: '/inputs/b' }),
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
    const values = [undefined, undefined];
    assert.deepEqual(rest, { parts: ['bc', 'de'], format: 'application/json', size: 6, values });
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

  test('gets inline values as they are, integers that JSON cannot have included', async () => {
    const source = makeSource(new TextEncoder().encode('{}'));
    const values = [
      { a: [1.5, null, 'ü'], ['__proto__']: 1 },
      { type: 'Feature', id: 9_007_199_254_740_993n },
    ];
    const outputs = await run('reads', { sources: values.map((value) => ({ ...source, value })) });
    assert.deepEqual(outputs['values'], values);
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
      assert.ok(error instanceof TypeError);
      assert.equal((error.cause as Error).message, 'its cause');
      return error.message === 'a fault of the process';
    });
  });

  test('is ended in the middle of an operation that never lets anything else run', async () => {
    const stopping = new AbortController();
    const running = run('hangs', {}, { signal: stopping.signal });
    setTimeout(() => stopping.abort(new Error('time is over')), 200);
    await assert.rejects(running, /time is over/);
  });

  test('is ended in the middle of what GDAL reads for too long, and the next has a GDAL of its own', async () => {
    const before = await run('translates');
    assert.equal(before['driver'], 'GML');
    const stopping = new AbortController();
    const warn = () => void setTimeout(() => stopping.abort(new Error('time is over')), 100);
    await assert.rejects(
      run('translates', { text: '300000' }, { signal: stopping.signal, warn }),
      /time is over/,
    );
    const after = await run('translates');
    assert.equal(after['driver'], 'GML');
    assert.notEqual(after['thread'], before['thread']);
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

  test('goes on in the same thread after a refusal, and in a new one after anything else', async () => {
    const findThread = async () => (await run('litters'))['thread'];
    const first = await findThread();
    await assert.rejects(run('refuses'));
    assert.equal(await findThread(), first);
    await assert.rejects(run('breaks'));
    assert.notEqual(await findThread(), first);
  });

  test('runs again after all of that', async () => {
    const source = makeSource(new TextEncoder().encode('xyz'));
    assert.deepEqual((await run('reads', { sources: [source] }))['parts'], ['yz']);
  });
});

describe('temporary files of a process', () => {
  const scratches = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`process-${process.pid}-`));

  test('are in a directory of its thread, which is empty before the next run', async () => {
    const directory = String((await run('litters'))['directory']);
    assert.match(directory, new RegExp(`/process-${process.pid}-\\w+/layer-\\w+$`));
    assert.ok(!existsSync(directory));
    await assert.rejects(run('litters', { text: 'refuse' }), (error: InvalidInput) => {
      assert.ok(!existsSync(error.faults[0]!.detail));
      return true;
    });
  });

  test('are gone when it was ended in the middle of something, and when the thread ends', async () => {
    await run('litters');
    assert.equal(scratches().length, 1);
    const stopping = new AbortController();
    const running = run('litters', { text: 'hang' }, { signal: stopping.signal });
    setTimeout(() => stopping.abort(new Error('time is over')), 100);
    await assert.rejects(running, /time is over/);
    assert.equal(await thread.isFree(), true);
    assert.deepEqual(scratches(), []);
    await run('litters');
    await thread.close();
    assert.deepEqual(scratches(), []);
  });

  test('of processes that are no more are removed, and of no others', () => {
    const parent = mkdtempSync(join(tmpdir(), 'leftovers-'));
    try {
      const running = `process-${process.ppid}-abc`;
      for (const name of ['process-99999999-abc', `process-${process.pid}-abc`, running, 'else'])
        mkdirSync(join(parent, name, 'layer-x'), { recursive: true });
      removeScratch(parent);
      assert.deepEqual(readdirSync(parent).sort(), ['else', running]);
    } finally {
      rmSync(parent, { recursive: true, force: true });
    }
  });
});

describe('a process in native code that does not end', () => {
  const inProcess = (kind: string) => {
    const script = fileURLToPath(new URL('./stuck-process.ts', import.meta.url));
    const child = spawnSync(process.execPath, [script, kind], {
      encoding: 'utf8',
      timeout: 30_000,
      killSignal: 'SIGTERM',
      // Lines of the log as Lambda gets them, each on one.
      env: { ...process.env, POWERTOOLS_DEV: 'false' },
    });
    const lines = child.stdout.split('\n').filter((line) => line.startsWith('{"status"'));
    return { signal: child.signal, said: lines.map((line) => JSON.parse(line)), errors: child.stderr };
  };

  test('leaves its job dismissed and its directory removed; the worker ends for the next task', () => {
    const { signal, said, errors } = inProcess('dismissed');
    assert.equal(signal, 'SIGKILL', errors);
    assert.deepEqual(said.at(-1), { status: 'dismissed', keys: [], scratches: 0 });
    assert.match(errors, /"message": ?"Worker:Stuck"/);
  });

  test('leaves its job failed when its time is over', () => {
    const { signal, said, errors } = inProcess('late');
    assert.equal(signal, 'SIGKILL', errors);
    const { status, detail, scratches } = said.at(-1);
    assert.deepEqual([status, scratches], ['failed', 0]);
    assert.match(detail, /did not end within its time limit/);
  });
});
