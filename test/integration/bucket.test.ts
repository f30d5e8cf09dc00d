import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { S3Client } from '@aws-sdk/client-s3';
import { Bucket } from '../../functions/aws/bucket.ts';
import { AwsService } from '../../functions/aws/client/aws-service.ts';
import { Objects } from '../../functions/aws/objects.ts';
import { storageContract } from '../support/contracts/storage-contract.ts';
import { deployedBucket } from './support/buckets.ts';
import { unlessBroken } from './support/emulator-bugs.ts';

const client = new S3Client({ forcePathStyle: true });
after(() => client.destroy());

const name = await deployedBucket(client);
const storage = new Bucket(client, name);

describe('Objects', () => {
  const service = new AwsService('s3', { attempts: 4 });
  const objects = new Objects(service, `/${name}`, async () => storage);
  storageContract(async () => objects);

  test('have keys of any characters', async () => {
    const key = `jobs/${randomUUID()}/outputs/a b+c'(größe)*!~%2F&=.json`;
    await objects.put(key, 'x', 'text/plain');
    assert.equal(new TextDecoder().decode((await storage.get(key))?.body), 'x');
    assert.deepEqual(await objects.describe(key), { size: 1, mediaType: 'text/plain' });
  });
});

describe('Bucket', () => {
  storageContract(async () => storage);

  test('removes more objects than one listing or one deletion takes', async () => {
    const prefix = `jobs/${randomUUID()}/`;
    const names = Array.from({ length: 1005 }, (_, index) => `${prefix}outputs/${index}`);
    for (let start = 0; start < names.length; start += 50) {
      await Promise.all(names.slice(start, start + 50).map((key) => storage.put(key, 'x', 'text/plain')));
    }
    await storage.removeAll(prefix);
    const left = await Promise.all([names[0]!, names.at(-1)!].map((key) => storage.get(key)));
    assert.deepEqual(left, [undefined, undefined]);
  });

  test('a presigned URL gives the object with its media type, in ranges, under a file name', async () => {
    const key = `jobs/${randomUUID()}/outputs/größe.tif`;
    await storage.put(key, '0123456789', 'image/tiff');
    const url = await storage.presign(key, 'größe.tif');
    const whole = await fetch(url);
    assert.equal(whole.status, 200);
    assert.equal(await whole.text(), '0123456789');
    assert.equal(whole.headers.get('content-type'), 'image/tiff');
    assert.match(whole.headers.get('content-disposition') ?? '', /filename\*=UTF-8''gr%C3%B6%C3%9Fe\.tif/);
    const part = await fetch(url, { headers: { Range: 'bytes=2-4' } });
    assert.deepEqual([part.status, await part.text()], [206, '234']);
    assert.equal(new URL(url).searchParams.get('X-Amz-Expires'), '900');
  });

  test('a presigned URL for HEAD tells about the object, for some seconds', async () => {
    const key = `jobs/${randomUUID()}/outputs/a.tif`;
    await storage.put(key, '0123456789', 'image/tiff');
    const url = await storage.presign(key, 'a.tif', 'HEAD');
    const { status, headers } = await fetch(url, { method: 'HEAD' });
    assert.deepEqual(
      [status, headers.get('content-length'), headers.get('content-type')],
      [200, '10', 'image/tiff'],
    );
    // GDAL reads from the target of a redirect that is good for more than 10 s, and would be refused.
    assert.ok(Number(new URL(url).searchParams.get('X-Amz-Expires')) <= 10);
  });

  test('a presigned URL is for one method', unlessBroken('presignedSignatures'), async () => {
    const key = `jobs/${randomUUID()}/a`;
    await storage.put(key, 'x', 'text/plain');
    const answer = await fetch(await storage.presign(key, 'a', 'HEAD'));
    await answer.body?.cancel();
    assert.equal(answer.status, 403);
  });

  test('a presigned URL is for its object only', unlessBroken('presignedSignatures'), async () => {
    const key = `jobs/${randomUUID()}/a`;
    await storage.put(key, 'x', 'text/plain');
    const url = new URL(await storage.presign(key, 'a'));
    url.searchParams.set('X-Amz-Signature', '0'.repeat(64));
    const answer = await fetch(url);
    await answer.body?.cancel();
    assert.equal(answer.status, 403);
  });
});
