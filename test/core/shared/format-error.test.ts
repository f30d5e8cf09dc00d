import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { describe, test } from 'node:test';
import { InvalidInput, LimitExceeded } from '../../../core/shared/errors.ts';
import {
  FormatError,
  parsing,
  parsingAsync,
  readingError,
  SourceFailure,
} from '../../../core/shared/format-error.ts';

const thrownBy = (action: () => unknown): unknown => {
  try {
    action();
  } catch (error) {
    return error;
  }
  return assert.fail('nothing was thrown');
};
const told = (error: unknown) => readingError(error, '/inputs/features', 'KML');

describe('a library that parses a file', () => {
  test('stumbles over the file: a FormatError with the cause', async () => {
    const cause = new TypeError('x is not a function');
    const failing = () => {
      throw cause;
    };
    const error = thrownBy(() => parsing(failing));
    assert.ok(error instanceof FormatError);
    assert.equal(error.cause, cause);
    assert.match(error.message, /^it is damaged/);
    await assert.rejects(
      parsingAsync(async () => failing()),
      FormatError,
    );
  });

  test('gives back what it has parsed', async () => {
    assert.equal(
      parsing(() => 1),
      1,
    );
    assert.equal(await parsingAsync(async () => 2), 2);
  });

  test('does not turn refusals, what the network says or what the system lacks into faults of the file', () => {
    const system = thrownBy(() => statSync('/none/such'));
    for (const error of [new LimitExceeded('', 'x'), new SourceFailure(new Error('x')), system]) {
      const failing = () => {
        throw error;
      };
      assert.equal(
        thrownBy(() => parsing(failing)),
        error,
      );
    }
  });
});

describe('what a reader throws', () => {
  test('is the client’s where the file is at fault', () => {
    const cause = new FormatError('it ends early');
    const error = told(cause);
    assert.ok(error instanceof InvalidInput);
    assert.deepEqual(error.faults, [
      { pointer: '/inputs/features', detail: 'cannot be read as KML: it ends early.' },
    ]);
    assert.equal(error.cause, cause);
  });

  test('is the client’s where a number of the file leads outside of it', () => {
    const outside = [
      () => new DataView(new ArrayBuffer(4)).getUint32(1),
      () => new DataView(new ArrayBuffer(4), 5),
      () => new Uint8Array(new ArrayBuffer(4), 0, 5),
      () => new Float64Array(new ArrayBuffer(12), 3),
      () => new Array(-1),
      () => Buffer.alloc(4).readUInt32LE(1),
    ];
    for (const read of outside) assert.ok(told(thrownBy(read)) instanceof InvalidInput, String(read));
  });

  test('stays what it is where the service is at fault, and what the network says comes out again', () => {
    const ours = thrownBy(() => (undefined as unknown as { a: number }).a);
    assert.equal(told(ours), ours);
    const full = thrownBy(() => statSync('/none/such'));
    assert.equal(told(full), full);
    const deep = (): unknown => deep();
    assert.ok(!(told(thrownBy(deep)) instanceof InvalidInput));
    const unreachable = new Error('unreachable');
    assert.equal(told(new SourceFailure(unreachable)), unreachable);
  });
});
