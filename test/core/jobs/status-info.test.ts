import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { jobStatuses } from '../../../core/jobs/lifecycle.ts';
import { statusInfo } from '../../../core/jobs/status-info.ts';
import { exampleJob } from '../../support/jobs.ts';

const baseUrl = 'https://example.org/v1';
const job = exampleJob({ jobID: 'a/b', processID: 'my process' });
const self = `${baseUrl}/jobs/a%2Fb`;
const json = 'application/json';
const rels = 'http://www.opengis.net/def/rel/ogc/1.0';

describe('what is told of a job', () => {
  test('is what the standard wants, without what is not known', () => {
    const { links, ...members } = statusInfo(exampleJob({ jobID: 'a', processID: 'my process' }), baseUrl);
    assert.deepEqual(members, {
      jobID: 'a',
      id: 'a',
      type: 'process',
      processingEntityType: 'ogc-api-processes',
      processID: 'my process',
      process: `${baseUrl}/processes/my%20process`,
      status: 'accepted',
      message: 'Accepted',
      created: '2026-01-31T12:00:00.000Z',
      updated: '2026-01-31T12:00:00.000Z',
    });
    assert.ok(links.length > 0);
  });

  test('has all that is known', () => {
    const known = {
      status: 'failed',
      started: '2026-01-31T12:00:01.000Z',
      finished: '2026-01-31T12:00:02.000Z',
      progress: 0,
      exception: { type: 'about:blank', title: 'No', status: 400 },
      notifications: { failedUri: { at: '2026-01-31T12:00:03.000Z', delivered: true, status: 204 } },
    } as const;
    assert.partialDeepStrictEqual(statusInfo({ ...job, ...known }, baseUrl), known);
  });

  test('has no message where there is none, and no list of callbacks that is empty', () => {
    const { message: _, ...silent } = job;
    const told = statusInfo({ ...silent, notifications: {} }, baseUrl);
    assert.ok(!('message' in told) && !('notifications' in told));
  });
});

describe('links of a job', () => {
  test('lead to itself in both forms, to its status, and to all jobs', () => {
    const { links } = statusInfo(job, baseUrl);
    for (const link of [
      { href: self, rel: 'self', type: json, title: 'This job' },
      { href: `${self}?f=html`, rel: 'alternate', type: 'text/html', title: 'This job as HTML' },
      { href: self, rel: 'status', type: json, title: 'Status of the job' },
      { href: self, rel: 'monitor', type: json, title: 'Monitor the job' },
      { href: `${baseUrl}/jobs`, rel: 'up', type: json, title: 'All jobs' },
    ])
      assert.deepEqual(
        links.filter(({ rel }) => rel === link.rel),
        [link],
      );
  });

  test('lead to results and to an exception only where there is one', () => {
    const ends = {
      successful: [
        { href: `${self}/results`, rel: `${rels}/results`, type: json, title: 'Results of the job' },
      ],
      failed: [
        { href: `${self}/results`, rel: `${rels}/exceptions`, type: json, title: 'Why the job failed' },
      ],
    };
    for (const status of jobStatuses) {
      const { links } = statusInfo({ ...job, status }, baseUrl);
      const found = links.filter(({ href }) => href.endsWith('/results'));
      assert.deepEqual(found, status === 'successful' || status === 'failed' ? ends[status] : []);
    }
  });
});
