import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import fc from 'fast-check';
import * as refusals from '../../../core/shared/errors.ts';
import { problemFromError } from '../../../core/shared/problems.ts';
import { decodeError, encodeError, isOutOfMemory, isOutOfSpace } from '../../../geo/parallel/errors.ts';

const { port1, port2 } = new MessageChannel();
port1.unref();
port2.unref();

/** The error as it comes out on the other side. */
function crossed(error: unknown): unknown {
  port1.postMessage(encodeError(error));
  return decodeError(receiveMessageOnPort(port2)!.message);
}

const text = fc.string({ maxLength: 30 });
const fault = fc.record({ pointer: text, detail: text });
const refusal = fc.oneof(
  fc.tuple(text, text).map(([pointer, detail]) => new refusals.InvalidInput(pointer, detail)),
  fc.tuple(text, text).map(([pointer, detail]) => new refusals.LimitExceeded(pointer, detail)),
  fc.array(fault, { minLength: 1, maxLength: 150 }).map((faults) => new refusals.InvalidRequest(faults)),
  fc
    .array(text, { minLength: 1, maxLength: 3 })
    .map((names) => new refusals.InvalidRequest(names.map((name) => new refusals.MissingInput(name, 'x')))),
  text.map((method) => new refusals.MethodNotAllowed(method, ['GET'])),
  fc
    .record({ detail: text, headers: fc.dictionary(text, text), cause: fc.option(text) })
    .map((options) => new refusals.Refusal(502, 'about:blank', 'Bad gateway', options)),
);
class Foreign extends Error {}
const unknownError = fc
  .tuple(
    fc.constantFrom(Error, TypeError, RangeError, SyntaxError, Foreign, refusals.Dismissed),
    text,
    fc.option(fc.constantFrom('ENOSPC', 'ERR_WORKER_OUT_OF_MEMORY', 42)),
    fc.option(text),
  )
  .map(([Class, message, code, name]) => {
    const error = new Class(message);
    if (name !== null) error.name = name;
    return code === null ? error : Object.assign(error, { code });
  });
const anything = fc.oneof(refusal, unknownError, text, fc.integer(), fc.constant(undefined));
/** Errors whose causes are errors, several deep. */
const chain = fc
  .tuple(fc.oneof(refusal, unknownError), fc.array(anything, { maxLength: 5 }))
  .map(([first, causes]) => {
    let above: unknown = first;
    for (const cause of causes) {
      if (!(above instanceof Error)) break;
      above.cause = cause;
      above = cause;
    }
    return first;
  });

/** What the log gets of an error. */
const loggedAs = (error: unknown): unknown[] => [
  String(error),
  (error as Error | undefined)?.stack,
  (error as { code?: unknown } | undefined)?.code,
  ...(error instanceof Error && error.cause !== undefined ? loggedAs(error.cause) : []),
];

describe('an error that crosses between threads', () => {
  test('is the same to the client and to the log, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(anything, chain), (error) => {
        const other = crossed(error);
        assert.deepEqual(problemFromError(other, 'urn:x'), problemFromError(error, 'urn:x'));
        assert.deepEqual(loggedAs(other), loggedAs(error));
        if (error instanceof refusals.Refusal)
          assert.deepEqual({ ...(other as refusals.Refusal).headers }, { ...error.headers });
      }),
      { seed: 20_260_302, numRuns: 500 },
    );
  });

  test('is of the same class, where both sides know it', () => {
    for (const error of [
      new refusals.InvalidInput('/inputs/a', 'is wrong.'),
      new refusals.LimitExceeded('/inputs/a', 'is large.'),
      new refusals.Dismissed('1'),
      new RangeError('far'),
    ]) {
      const other = crossed(error);
      assert.ok(other instanceof error.constructor, error.name);
      assert.ok(other instanceof Error);
      assert.deepEqual(Object.keys(other), Object.keys(error));
    }
  });

  test('keeps its causes, also where they go round', () => {
    const inner = new Error('the disk is full', { cause: Object.assign(new Error('x'), { code: 'ENOSPC' }) });
    const outer = crossed(new Error('cannot write', { cause: inner })) as Error;
    assert.equal((outer.cause as Error).message, 'the disk is full');
    assert.equal(((outer.cause as Error).cause as NodeJS.ErrnoException).code, 'ENOSPC');
    const circle = new Error('round');
    circle.cause = circle;
    assert.equal(((crossed(circle) as Error).cause as Error).message, 'round');
  });

  test('can be anything that was thrown', () => {
    assert.equal(crossed('text'), 'text');
    assert.equal(crossed(undefined), undefined);
    assert.equal(crossed({ toString: () => 'object', method: () => 1 }), 'object');
    assert.ok(isOutOfMemory(crossed(Object.assign(new Error(''), { code: 'ERR_WORKER_OUT_OF_MEMORY' }))));
    assert.ok(!isOutOfMemory(undefined));
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const database = Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR' });
    for (const error of [full, database, new Error('cannot be written', { cause: full })])
      assert.ok(isOutOfSpace(crossed(error)), error.message);
    const locked = Object.assign(new Error('database is locked'), { code: 'ERR_SQLITE_ERROR' });
    for (const error of [undefined, 'ENOSPC', new Error('ENOSPC'), locked])
      assert.ok(!isOutOfSpace(crossed(error)));
  });
});
