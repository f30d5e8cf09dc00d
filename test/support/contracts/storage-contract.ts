import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Storage } from '../../../core/ports.ts';

/** What every Storage must do. @param makeStorage an empty or shared storage */
export function storageContract(makeStorage: () => Promise<Storage>): void {
  const prefix = () => `jobs/${randomUUID()}/`;

  test('gives back bytes and media type, and nothing for what was not put', async () => {
    const storage = await makeStorage();
    const key = `${prefix()}request.json`;
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    await storage.put(key, bytes, 'image/tiff; application=geotiff');
    const object = await storage.get(key);
    assert.deepEqual(Uint8Array.from(object!.body), bytes);
    assert.equal(object!.mediaType, 'image/tiff; application=geotiff');
    assert.equal(await storage.get(`${prefix()}none`), undefined);
  });

  test('takes text as UTF-8, nothing at all, and another value for the same key', async () => {
    const storage = await makeStorage();
    const key = `${prefix()}outputs/größe ☃.txt`;
    await storage.put(key, 'Grüße ☃', 'text/plain');
    assert.equal(new TextDecoder().decode((await storage.get(key))!.body), 'Grüße ☃');
    await storage.put(key, '', 'text/csv');
    assert.deepEqual(
      [(await storage.get(key))!.body.length, (await storage.get(key))!.mediaType],
      [0, 'text/csv'],
    );
  });

  test('writes an object from bytes and ranges of others, small and large', async () => {
    const storage = await makeStorage();
    const at = prefix();
    const large = new Uint8Array(6 * 1024 * 1024).map((_, index) => index % 251);
    await storage.put(`${at}large`, large, 'application/octet-stream');
    await storage.put(`${at}small`, '0123456789', 'text/plain');
    const pieces = [
      new Uint8Array([1, 2, 3]),
      { key: `${at}small`, offset: 2, length: 5 },
      { key: `${at}large`, offset: 10, length: large.length - 10 },
      { key: `${at}large`, offset: 0, length: large.length },
      new Uint8Array([4]),
    ];
    await storage.compose(`${at}whole`, pieces, 'image/tiff');
    const { body, mediaType } = (await storage.get(`${at}whole`))!;
    const expected = Buffer.concat([
      Buffer.from([1, 2, 3]),
      Buffer.from('23456'),
      large.subarray(10),
      large,
      Buffer.from([4]),
    ]);
    assert.equal(mediaType, 'image/tiff');
    assert.equal(Buffer.compare(body, expected), 0);
    assert.deepEqual([...(await storage.list(at))].sort(), [`${at}large`, `${at}small`, `${at}whole`]);
  });

  test('writes nothing where a piece is missing', async () => {
    const storage = await makeStorage();
    const at = prefix();
    const pieces = [{ key: `${at}none`, offset: 0, length: 5 }];
    await assert.rejects(storage.compose(`${at}whole`, pieces, 'image/tiff'));
    assert.equal(await storage.get(`${at}whole`), undefined);
  });

  test('removes all below a prefix and nothing else, as often as wanted', async () => {
    const storage = await makeStorage();
    const [gone, kept] = [prefix(), prefix()];
    for (const key of [`${gone}a`, `${gone}outputs/b`, `${kept}a`]) await storage.put(key, 'x', 'text/plain');
    await storage.removeAll(gone);
    await storage.removeAll(gone);
    assert.equal(await storage.get(`${gone}a`), undefined);
    assert.equal(await storage.get(`${gone}outputs/b`), undefined);
    assert.ok(await storage.get(`${kept}a`));
  });
}
