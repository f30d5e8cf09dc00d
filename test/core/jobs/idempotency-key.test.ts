import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { KEY_SECONDS, makeClaim, parseIdempotencyKey } from '../../../core/jobs/idempotency-key.ts';
import { Refusal } from '../../../core/shared/errors.ts';

describe('the header Idempotency-Key', () => {
  test('is a string in quotation marks or without, and the same in both forms', () => {
    const uuid = '8e03978e-40d5-43e8-bc93-6894a57f9324';
    assert.equal(parseIdempotencyKey(uuid), uuid);
    assert.equal(parseIdempotencyKey(` "${uuid}" `), uuid);
    assert.equal(parseIdempotencyKey('"a, b"'), 'a, b');
    assert.equal(parseIdempotencyKey('x'.repeat(255))?.length, 255);
    assert.equal(parseIdempotencyKey(undefined), undefined);
  });

  test('is refused where it is empty, too long, no ASCII, broken or several', () => {
    for (const header of ['', '""', ' ', '"a', 'a"', 'a b', 'a, b', '"a", "b"', 'é', 'a\\b', 'x'.repeat(256)])
      assert.throws(
        () => parseIdempotencyKey(header),
        (error: Refusal) => error instanceof Refusal && error.status === 400,
        header,
      );
  });

  test('gives what it was given, whatever that is, or refuses it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (header) => {
        try {
          assert.ok(header.includes(parseIdempotencyKey(header) ?? '\0'));
        } catch (error) {
          assert.ok(error instanceof Refusal);
        }
      }),
    );
  });
});

test('a claim is of one owner, one process and one body, for a day', () => {
  const now = new Date('2026-03-01T12:00:00.000Z');
  const body = Buffer.from('{}');
  const asked = { owner: 'a', processID: 'p', body };
  const claim = makeClaim('k', asked, 'job', now);
  assert.deepEqual(makeClaim('k', asked, 'job', now), claim);
  assert.equal(claim.expires, now.getTime() / 1000 + KEY_SECONDS);
  assert.notEqual(makeClaim('k', { ...asked, owner: 'b' }, 'job', now).key, claim.key);
  assert.notEqual(makeClaim('k', { ...asked, processID: 'q' }, 'job', now).fingerprint, claim.fingerprint);
  assert.notEqual(
    makeClaim('k', { ...asked, body: Buffer.from('{} ') }, 'job', now).fingerprint,
    claim.fingerprint,
  );
});
