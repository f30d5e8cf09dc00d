import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Job } from '../../../core/jobs/job.ts';
import { exampleJob } from '../../support/jobs.ts';
import { memoryService } from '../../support/memory-service.ts';

const NOW = '2026-02-01T00:00:00.000Z';
const minute = (count: number) =>
  new Date(Date.parse('2026-01-31T12:00:00.000Z') + count * 60_000).toISOString();
const made = (count: number, processID: string, members: Partial<Job> = {}) =>
  exampleJob({
    owner: 'anonymous',
    status: 'successful',
    created: minute(count),
    processID,
    expires: 4e9,
    request: { ...exampleJob().request, processID, outputs: [{ id: 'result' }] },
    ...members,
  });

async function withJobs(jobs: readonly Job[]) {
  const service = memoryService({ now: NOW });
  for (const job of jobs) await service.ports.jobs.create(job);
  const page = async (path: string) => {
    const { status, json, text } = await service.get(path);
    assert.equal(status, 200, text);
    const link = json.links.find(({ rel }: { rel: string }) => rel === 'next');
    const ids: string[] = json.collections.map(({ id }: { id: string }) => id);
    return { ids, next: link?.href as string | undefined };
  };
  const walk = async (path: string) => {
    const pages: string[][] = [];
    for (let next: string | undefined = path; next !== undefined; ) {
      const { ids, next: following } = await page(next);
      pages.push(ids);
      next = following;
      assert.ok(pages.length < 100, 'the pages do not end');
    }
    return pages;
  };
  return { ...service, page, walk };
}

const listIds = (jobs: readonly Job[]) => jobs.map(({ jobID }) => `${jobID}.result`).reverse();

describe('the list of collections', () => {
  test('finds a layer behind any number of other jobs', async () => {
    const layer = made(0, 'buffer');
    const others = Array.from({ length: 250 }, (_, index) => made(index + 1, 'echo'));
    const { page } = await withJobs([layer, ...others]);
    const { ids, next } = await page('/collections');
    assert.deepEqual(ids, listIds([layer]));
    assert.equal(next, undefined);
  });

  test('goes on with "next", which keeps what was asked, to the last and not beyond', async () => {
    const jobs = Array.from({ length: 25 }, (_, index) => made(index, index % 2 === 0 ? 'buffer' : 'echo'));
    const { page, walk } = await withJobs(jobs);
    const layers = listIds(jobs.filter(({ processID }) => processID === 'buffer'));
    const pages = await walk('/collections?limit=5');
    assert.deepEqual(pages.flat(), layers);
    assert.deepEqual(
      pages.map(({ length }) => length),
      [5, 5, 3],
    );
    assert.match((await page('/collections?limit=5')).next ?? '', /limit=5&cursor=/);
    assert.deepEqual(await walk('/collections?limit=13'), [layers]);
  });

  test('is short rather than slow where few of very many jobs have layers, and loses none', async () => {
    const jobs = Array.from({ length: 2500 }, (_, index) =>
      made(index, index % 1000 === 0 ? 'buffer' : 'echo'),
    );
    const { walk } = await withJobs(jobs);
    const pages = await walk('/collections');
    assert.deepEqual(pages.flat(), listIds(jobs.filter(({ processID }) => processID === 'buffer')));
    assert.ok(pages.length > 1);
  });

  test('takes no cursor that it did not make, nor one of the list of jobs', async () => {
    const jobs = Array.from({ length: 12 }, (_, index) => made(index, 'buffer'));
    const { get } = await withJobs(jobs);
    const { json } = await get('/jobs?limit=1');
    const cursor = new URL(
      json.links.find(({ rel }: { rel: string }) => rel === 'next').href,
    ).searchParams.get('cursor');
    for (const token of [cursor, 'x', '']) {
      const { status, json: problem } = await get(`/collections?cursor=${token}`);
      assert.deepEqual([status, problem.errors[0].pointer], [400, '?cursor']);
    }
  });
});

describe('response=collection', () => {
  test('that takes longer than a response may is answered with the job, which goes on', async () => {
    const { call, ports, baseUrl } = memoryService({
      settings: { syncSeconds: 1 },
      runJob: async () => undefined,
    });
    const { status, headers, json } = await call('/processes/buffer/execution?response=collection', {
      method: 'POST',
      body: { inputs: { features: { type: 'Point', coordinates: [5, 52] }, distance: 10 } },
    });
    assert.equal(status, 201);
    assert.equal(headers.get('Location'), `${baseUrl}/jobs/${json.jobID}`);
    assert.equal(json.status, 'accepted');
    assert.equal(((await ports.jobs.get(json.jobID)) as Job).status, 'accepted');
    assert.deepEqual(ports.workflow.stopped, []);
  });
});
