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
