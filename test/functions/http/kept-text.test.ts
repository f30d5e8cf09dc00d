import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { operations } from '../../../core/api/operations.ts';
import { ANSWER_BYTES } from '../../../core/shared/answer-size.ts';
import { countCharacters, keepBytes, keptBytes, keptText } from '../../../functions/http/kept-text.ts';
import { gatewayResult } from '../../../functions/http/to-gateway.ts';

const handedOver = (body: unknown): unknown => JSON.parse(JSON.stringify({ body })).body;

describe('texts that are kept as they stand in JSON', () => {
  test('are handed over as they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        assert.equal(handedOver(keptText(text)), text);
        assert.equal(handedOver(keptText(text)), text);
        assert.equal(countCharacters(keptText(text)!), text.length);
      }),
    );
  });

  test('are of single bytes, whatever is in them', () => {
    const written = JSON.stringify(keptText('from – to “é”'));
    assert.equal(written, String.raw`"from \u2013 to \u201cé\u201d"`);
  });

  test('are bytes in base64 too', () => {
    const bytes = new Uint8Array([0xff, 0xfe, 0]);
    assert.equal(keptBytes(bytes), undefined);
    assert.equal(keepBytes(bytes), bytes);
    assert.equal(handedOver(keptBytes(bytes)), '//4A');
  });

  test('are none that would not fit into an answer', () => {
    assert.equal(keptText('"'.repeat(ANSWER_BYTES / 2)), undefined);
    assert.equal(keptBytes(keepBytes(new Uint8Array(ANSWER_BYTES))), undefined);
  });
});

describe('what is handed to API Gateway', () => {
  const answer = (body: string | Uint8Array, cacheControl: string) =>
    gatewayResult({ status: 200, headers: { 'Cache-Control': cacheControl }, body }, operations.listProcesses)
      .body;

  test('is kept of what is the same for everybody alone', () => {
    assert.equal(typeof answer('{"processes":[]}', 'public, max-age=60'), 'object');
    assert.equal(answer('{"jobs":[]}', 'no-store'), '{"jobs":[]}');
    const zipped = new Uint8Array([0x1f, 0x8b, 0xff]);
    assert.equal(answer(zipped, 'public, max-age=60'), 'H4v/');
    assert.equal(typeof answer(keepBytes(zipped), 'public, max-age=60'), 'object');
  });
});
