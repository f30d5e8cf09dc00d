import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseExecuteRequest } from '../../../core/execution/parse.ts';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { runSync } from '../../../functions/worker/run-sync.ts';
import { memoryPorts } from '../../support/memory/ports.ts';
import { type Algorithm, BASE_URL, makeWorker, NOW, repeat, repeated } from './support/job-worker.ts';

const run = async (algorithm: Algorithm, seconds = 5) => {
  const ports = memoryPorts({ now: NOW });
  const answer = await runSync(makeWorker(ports, algorithm), {
    kind: 'sync',
    executionID: 'e1',
    request: parseExecuteRequest({ inputs: { text: 'ab' } }, repeat),
    client: { owner: 'public', baseUrl: BASE_URL },
    seconds,
  });
  return { answer, ports };
};

describe('an execution whose client waits', () => {
  test('keeps its warnings as an object, and answers how many there are', async (test) => {
    test.mock.method(console, 'log', () => undefined);
    const { answer, ports } = await run(async (inputs, context) => {
      context.log('One line');
      context.warn('A ring was closed.', { input: '/inputs/text' });
      return repeated(inputs, context);
    });
    assert.ok('manifest' in answer);
    assert.deepEqual(answer.warnings, { count: 1, key: 'sync/e1/log.json' });
    assert.deepEqual(ports.storage.json('sync/e1/log.json'), {
      logs: [
        { time: NOW, level: 'info', message: 'One line' },
        { time: NOW, level: 'warning', message: 'A ring was closed.', details: { input: '/inputs/text' } },
      ],
    });
  });

  test('keeps them also when it fails, in time or not', async (test) => {
    test.mock.method(console, 'log', () => undefined);
    const ends: [Algorithm, number, number][] = [
      [() => Promise.reject(new InvalidInput('/inputs/text', 'must rhyme.')), 5, 400],
      [
        (_, { signal }) =>
          new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
        0.01,
        504,
      ],
    ];
    for (const [end, seconds, status] of ends) {
      const { answer } = await run((inputs, context) => {
        context.warn('A ring was closed.');
        return end(inputs, context);
      }, seconds);
      assert.ok('problem' in answer);
      assert.equal(answer.problem.status, status);
      assert.deepEqual(answer.warnings, { count: 1, key: 'sync/e1/log.json' });
    }
  });

  test('without any writes nothing', async () => {
    const { answer, ports } = await run(async (inputs, context) => {
      context.log('One line');
      return repeated(inputs, context);
    });
    assert.ok(!('warnings' in answer));
    assert.deepEqual(ports.storage.keys(), []);
  });
});
