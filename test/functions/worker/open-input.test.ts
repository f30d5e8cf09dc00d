import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResultEntry } from '../../../core/execution/manifest.ts';
import { type Job, jobKeys } from '../../../core/jobs/job.ts';
import { InvalidInput, LimitExceeded } from '../../../core/shared/errors.ts';
import { openInput } from '../../../functions/worker/open-input.ts';
import { exampleJob } from '../../support/jobs.ts';
import { memoryPorts } from '../../support/memory/ports.ts';

const baseUrl = 'https://example.org/v1';
const bytes = Uint8Array.from({ length: 5000 }, (_, index) => index % 251);

/** A job with a large result in the bucket and a small one in its manifest. */
async function withResults(members: Partial<Job> = {}) {
  const ports = memoryPorts();
  const job = exampleJob({ status: 'successful', owner: 'me', ...members });
  await ports.jobs.create(job);
  const { jobID } = job;
  const key = jobKeys.output(jobID, 'large.tif');
  const outputs: ResultEntry[] = [
    { id: 'large', mediaType: 'image/tiff; application=geotiff', size: 5000, encoding: 'base64', key },
    {
      id: 'small',
      mediaType: 'application/geo+json',
      size: 41,
      encoding: 'json',
      content: { type: 'FeatureCollection', features: [] },
    },
  ];
  await ports.storage.put(key, bytes, 'image/tiff; application=geotiff');
  await ports.storage.put(
    jobKeys.results(jobID),
    JSON.stringify({ processID: 'x', outputs }),
    'application/json',
  );
  const open = (href: string, owner = 'me', referencedBytes?: number) =>
    openInput(
      { kind: 'reference', href, pointer: '/inputs/raster' },
      {
        processID: 'raster-info',
        limits: { inlineBytes: 1, ...(referencedBytes === undefined ? {} : { referencedBytes }) },
        signal: new AbortController().signal,
        synchronous: true,
        warn: () => undefined,
      },
      { owner, baseUrl },
      ports,
    );
  return { ports, jobID, open, href: (output: string) => `${baseUrl}/jobs/${jobID}/results${output}` };
}

const refused = (detail: RegExp) => (error: unknown) => {
  assert.ok(error instanceof InvalidInput, String(error));
  assert.equal(error.faults[0]?.pointer, '/inputs/raster');
  assert.match(error.detail ?? '', detail);
  return true;
};

describe('a result as an input', () => {
  it('is read from the bucket, in ranges and as a whole', async () => {
    const { open, href } = await withResults();
    const source = await open(href('/large'));
    assert.deepEqual(
      [source.mediaType, await source.size(), source.href],
      ['image/tiff; application=geotiff', 5000, href('/large')],
    );
    assert.deepEqual(await source.read(4990, 100), bytes.slice(4990));
    assert.equal((await source.read(5000, 1)).length, 0);
    assert.deepEqual(await source.bytes(), bytes);
  });

  it('that is small comes from the manifest', async () => {
    const { open, href } = await withResults();
    const source = await open(href('/small'));
    assert.equal(source.mediaType, 'application/geo+json');
    assert.deepEqual(JSON.parse(new TextDecoder().decode(await source.bytes())), {
      type: 'FeatureCollection',
      features: [],
    });
  });

  it('of somebody else is as if it were not there', async () => {
    const { open, href, jobID } = await withResults();
    const message = async (address: string, owner: string) =>
      open(address, owner).then(
        () => assert.fail('was opened'),
        (error: InvalidInput) => error.message.replace(/"[^"]*"/, ''),
      );
    const missing = `${baseUrl}/jobs/${jobID.replace(/^./, 'x')}/results/large`;
    assert.equal(await message(href('/large'), 'other'), await message(missing, 'me'));
  });

  it('of a job that has not ended, or has no results, says so', async () => {
    for (const [status, detail] of [
      ['accepted', /belongs to a job that is accepted\. Wait/],
      ['running', /belongs to a job that is running\. Wait/],
      ['failed', /job that failed/],
      ['dismissed', /job that was dismissed/],
    ] as const) {
      const { open, href } = await withResults({ status });
      await assert.rejects(open(href('/large')), refused(detail));
    }
  });

  it('that the job does not have says which there are', async () => {
    const { open, href } = await withResults();
    await assert.rejects(open(href('/other')), refused(/It has: large, small\./));
    await assert.rejects(open(href('')), refused(/does not name an output.*large, small/));
  });

  it('that was removed says so', async () => {
    const { open, href, ports, jobID } = await withResults();
    await ports.storage.removeAll(jobKeys.output(jobID, ''));
    await assert.rejects(open(href('/large')), refused(/has been deleted/));
    await ports.storage.removeAll(jobKeys.prefix(jobID));
    await assert.rejects(open(href('/small')), refused(/has been deleted/));
  });

  it('that is larger than the process takes is refused', async () => {
    const { open, href } = await withResults();
    const source = await open(href('/large'), 'me', 4999);
    assert.equal((await source.read(0, 10)).length, 10);
    await assert.rejects(source.bytes(), LimitExceeded);
    await assert.rejects(open(href('/small'), 'me', 10), LimitExceeded);
  });

  it('is never looked for at another host', async () => {
    const { open, href } = await withResults();
    const elsewhere = href('/large').replace('example.org', 'example.org.evil.example');
    await assert.rejects(open(elsewhere), refused(/does not answer/));
  });
});
