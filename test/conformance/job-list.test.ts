import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exampleJob } from '../support/jobs.ts';
import { memoryService } from '../support/memory-service.ts';

const EX = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0';
const NOW = '2026-02-01T00:00:00.000Z';
const at = (minute: number, second = 0) =>
  `2026-01-31T12:${String(minute).padStart(2, '0')}:${String(second).padStart(2, '0')}.000Z`;

const expires = Date.parse(NOW) / 1000 + 3600;
const service = memoryService({ now: NOW });
const { get, baseUrl, ports } = service;
const job = (jobID: string, minute: number, members: object = {}) =>
  ports.jobs.create(
    exampleJob({ jobID, owner: 'anonymous', created: at(minute), updated: at(minute), expires, ...members }),
  );

await job('accepted', 1);
await job('running', 2, { status: 'running', started: at(2, 10) });
await job('quick', 3, { status: 'successful', started: at(3), finished: at(3, 2), progress: 100 });
await job('slow', 4, {
  status: 'successful',
  started: at(4),
  finished: at(9),
  progress: 100,
  processID: 'buffer',
});
await job('failed', 5, { status: 'failed', started: at(5), finished: at(5, 5) });
await job('dismissed', 6, { status: 'dismissed', finished: at(6, 5) });
await job('other', 7, { owner: 'somebody else' });

const list = async (query: string): Promise<string[]> => {
  const { status, json, text } = await get(`/jobs${query}`);
  assert.equal(status, 200, text);
  return json.jobs.map(({ jobID }: { jobID: string }) => jobID);
};

describe('the list of jobs', () => {
  test('/req/job-list/job-list-op, /req/job-list/job-list-success: the own jobs, newest first', async () => {
    assert.deepEqual(await list(''), ['dismissed', 'failed', 'slow', 'quick', 'running', 'accepted']);
  });

  test('/req/job-list/processID-mandatory, /rec/job-list/access-control-job-list: each with its process, none of anybody else', async () => {
    const { jobs } = (await get('/jobs')).json;
    for (const { processID, type, jobID } of jobs)
      assert.ok(processID && type === 'process' && jobID !== 'other');
  });

  test('/req/job-list/links: links to itself and to the page', async () => {
    const { links } = (await get('/jobs?status=failed&limit=3')).json;
    const href = (rel: string) => links.find((link: { rel: string }) => link.rel === rel)?.href;
    assert.equal(href('self'), `${baseUrl}/jobs?status=failed&limit=3`);
    assert.match((await get(href('alternate'))).text, /failed/);
  });

  const filters: [name: string, query: string, expected: string[]][] = [
    [
      '/req/job-list/type-definition, /req/job-list/type-response: jobs of this standard are of type process',
      '?type=process',
      ['dismissed', 'failed', 'slow', 'quick', 'running', 'accepted'],
    ],
    ['/req/job-list/type-response: there are no others', '?type=openeo', []],
    [
      '/req/job-list/processID-definition, /req/job-list/processid-response: by process',
      '?processID=buffer',
      ['slow'],
    ],
    [
      '/req/job-list/processid-response: by any of several processes',
      '?processID=buffer&processID=echo&status=successful',
      ['slow', 'quick'],
    ],
    [
      '/req/job-list/status-definition, /req/job-list/status-response: by any of several statuses, comma-separated',
      '?status=failed,running',
      ['failed', 'running'],
    ],
    [
      '/req/job-list/status-response: by any of several statuses, repeated',
      '?status=failed&status=running',
      ['failed', 'running'],
    ],
    [
      '/req/job-list/datetime-definition, /req/job-list/datetime-response: created from',
      `?datetime=${at(4)}/..`,
      ['dismissed', 'failed', 'slow'],
    ],
    [
      '/req/job-list/datetime-response: created until, the end open by being empty',
      `?datetime=/${at(2)}`,
      ['running', 'accepted'],
    ],
    ['/req/job-list/datetime-response: created between', `?datetime=${at(2)}/${at(3)}`, ['quick', 'running']],
    ['/req/job-list/datetime-response: created at', `?datetime=${at(5)}`, ['failed']],
    [
      '/req/job-list/duration-definition, /req/job-list/duration-response: at least so many seconds, running ones until now',
      '?minDuration=5',
      ['failed', 'slow', 'running'],
    ],
    [
      '/req/job-list/duration-response: at most so many, both bounds inclusive',
      '?minDuration=2&maxDuration=5',
      ['failed', 'quick'],
    ],
    [
      '/req/job-list/duration-response: nothing that never started',
      '?minDuration=0',
      ['failed', 'slow', 'quick', 'running'],
    ],
    ['/req/job-list/duration-response: an empty interval', '?minDuration=5&maxDuration=1', []],
    [
      'all filters together',
      `?status=successful&processID=buffer&minDuration=100&datetime=${at(1)}/..&type=process&limit=5`,
      ['slow'],
    ],
  ];
  for (const [name, query, expected] of filters) {
    test(name, async () => assert.deepEqual(await list(query), expected));
  }

  for (const query of [
    'status=foo',
    'datetime=../..',
    'datetime=yesterday',
    'datetime=2026-01-01',
    'minDuration=x',
    'minDuration=1,2',
    'minDuration=1&minDuration=2',
    'maxDuration=-1',
    'limit=0',
    'limit=-1',
    'limit=abc',
    'limit=1.5',
    'cursor=abc',
  ]) {
    test(`/req/job-list/limit-definition: ?${query} is 400 and says what would be right`, async () => {
      const { status, json } = await get(`/jobs?${query}`);
      assert.deepEqual([status, json.type], [400, `${EX}/invalid-query-parameter-value`]);
      assert.match(json.errors[0].pointer, /^\?/);
    });
  }

  test('an unknown process is 404, as the class says', async () => {
    const { status, json } = await get('/jobs?processID=nope');
    assert.deepEqual([status, json.type], [404, `${EX}/no-such-process`]);
  });

  test('/req/job-list/limit-response, /per/job-list/limit-response, /per/job-list/limit-default-minimum-maximum: never more than the limit; a large one is lowered', async () => {
    assert.equal((await list('?limit=2')).length, 2);
    assert.equal((await list('?limit=1000000')).length, 6);
  });

  test('/rec/job-list/next-1, /rec/job-list/next-2, /rec/job-list/next-3, /per/job-list/prev: next leads through all, once each, and keeps the filters', async () => {
    const many = memoryService({ now: NOW });
    for (let index = 0; index < 35; index++) {
      // All in the same millisecond: their place must not be lost.
      await many.ports.jobs.create(exampleJob({ jobID: `job-${index}`, owner: 'anonymous', expires }));
    }
    const seen: string[] = [];
    let href: string | undefined = '/jobs?limit=4&status=accepted';
    for (let page = 0; href !== undefined && page < 20; page++) {
      const { json } = await many.get(href);
      seen.push(...json.jobs.map(({ jobID }: { jobID: string }) => jobID));
      href = json.links.find(({ rel }: { rel: string }) => rel === 'next')?.href;
      if (href !== undefined) assert.match(href, /limit=4&status=accepted&cursor=/);
    }
    assert.deepEqual([seen.length, new Set(seen).size], [35, 35]);
  });

  test('a cursor is good for its own list only', async () => {
    const { links } = (await get('/jobs?limit=1')).json;
    const next = new URL(links.find(({ rel }: { rel: string }) => rel === 'next').href);
    const cursor = next.searchParams.get('cursor');
    assert.equal((await get(`/jobs?limit=2&cursor=${cursor}`)).status, 200);
    assert.equal((await get(`/jobs?status=failed&cursor=${cursor}`)).status, 400);
    assert.equal((await get(`/jobs?limit=1&cursor=${cursor}x`)).status, 400);
  });
});
