import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decodeCursor, encodeCursor, positionAt } from '../../../core/jobs/cursor.ts';

const scope = { owner: 'anna', filter: '{}' };
const position = { created: '2026-01-31T12:00:00.000Z', jobID: 'a1b2' };

describe('cursors', () => {
  test('give back the position, for the same client and list only', () => {
    const token = encodeCursor(position, scope, 'secret');
    assert.deepEqual(decodeCursor(token, scope, 'secret'), position);
    assert.equal(decodeCursor(token, { ...scope, owner: 'bram' }, 'secret'), undefined);
    assert.equal(decodeCursor(token, { ...scope, filter: '{"a":1}' }, 'secret'), undefined);
    assert.equal(decodeCursor(token, scope, 'another secret'), undefined);
  });

  test('cannot be made up or changed', () => {
    const token = encodeCursor(position, scope, 'secret');
    fc.assert(
      fc.property(fc.string(), (text) =>
        assert.ok(text === token || decodeCursor(text, scope, 'secret') === undefined),
      ),
    );
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...'abcXYZ019-_'), (index, character) => {
        const changed = token.slice(0, index) + character + token.slice(index + 1);
        assert.ok(changed === token || decodeCursor(changed, scope, 'secret') === undefined);
      }),
    );
  });

  test('are of a form that can stand in an address, and hide where the list goes on', () => {
    const token = encodeCursor(position, scope, 'secret');
    assert.match(token, /^[\w-]+$/);
    assert.ok(Buffer.from(token, 'base64url').length > 16 + position.created.length);
    assert.notEqual(token, encodeCursor(position, scope, 'other'));
  });

  test('are refused where they are too short to be signed, or spelled in another way', () => {
    const token = encodeCursor(position, scope, 'secret');
    for (const text of ['', 'AAAA', 'A'.repeat(21), 'A'.repeat(22), `${token}=`, ` ${token}`])
      assert.equal(decodeCursor(text, scope, 'secret'), undefined, text);
  });

  test('are not good for a scope that only looks alike when it is joined', () => {
    const token = encodeCursor(position, { owner: 'a', filter: 'b' }, 'secret');
    for (const other of [
      { owner: 'ab', filter: '' },
      { owner: '', filter: 'ab' },
      { owner: 'b', filter: 'a' },
    ])
      assert.equal(decodeCursor(token, other, 'secret'), undefined);
  });
});

test('a cursor from before a rotation is good, one from before the last but one is not', () => {
  const token = encodeCursor(position, scope, 'old');
  assert.deepEqual(positionAt(token, scope, { current: 'new', previous: 'old' }), position);
  assert.throws(() => positionAt(token, scope, { current: 'newer', previous: 'new' }), /cursor/);
  assert.throws(() => positionAt(token, scope, { current: 'new' }), /cursor/);
});
