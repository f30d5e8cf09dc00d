import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { multipart } from '../../../core/execution/multipart.ts';

const part = (text: string, headers: Record<string, string> = {}) => ({
  headers,
  body: new TextEncoder().encode(text),
});
const boundary = (...parts: Parameters<typeof multipart>[0]) =>
  /boundary=([^;]+);/.exec(multipart(parts).contentType)?.[1] ?? '';

describe('a multipart/related message (RFC 2387)', () => {
  test('is its parts between boundaries', () => {
    const { body } = multipart([part('a', { 'Content-ID': 'x' }), part('')]);
    const mark = boundary(part('a', { 'Content-ID': 'x' }), part(''));
    assert.equal(
      Buffer.from(body).toString(),
      `--${mark}\r\nContent-ID: x\r\n\r\na\r\n--${mark}\r\n\r\n\r\n--${mark}--\r\n`,
    );
  });
  test('takes of a larger buffer what the part is', () => {
    const body = new TextEncoder().encode('abc').subarray(1, 2);
    assert.match(Buffer.from(multipart([{ headers: {}, body }]).body).toString(), /\r\n\r\nb\r\n--/);
  });
  test('says the media type of its first part, without parameters', () => {
    const { contentType } = multipart([part('a', { 'Content-Type': 'image/tiff; x=y' }), part('b')]);
    assert.match(contentType, /^multipart\/related; boundary=[^;]+; type="image\/tiff"$/);
  });
  test('is text where its first part does not say what it is', () => {
    assert.match(multipart([part('a')]).contentType, /; type="text\/plain"$/);
  });
  test('has the same boundary for the same parts, and another for others', () => {
    const mark = boundary(part('a', { 'Content-ID': 'x' }));
    assert.match(mark, /^results-[0-9a-f]{32}$/);
    assert.equal(boundary(part('a', { 'Content-ID': 'x' })), mark);
    assert.notEqual(boundary(part('b', { 'Content-ID': 'x' })), mark);
    assert.notEqual(boundary(part('a', { 'Content-ID': 'y' })), mark);
  });
});
