import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resultIn } from '../../../core/jobs/result-href.ts';

const base = 'https://example.org/v1';
const jobID = '0b0a7a4e-8f0c-4c0e-9a53-0d5e7e0b1a11';

test('an address below the service names a result', () => {
  const named = { jobID, outputID: 'result' };
  assert.deepEqual(resultIn(`${base}/jobs/${jobID}/results/result`, base), named);
  assert.deepEqual(resultIn(`${base}/jobs/${jobID}/results/result?f=json#top`, base), named);
  assert.deepEqual(resultIn(`HTTPS://EXAMPLE.ORG:443/v1/jobs/${jobID}/results/result`, base), named);
  assert.deepEqual(resultIn(`${base}/jobs/${jobID}/results/a%20b`, base), { jobID, outputID: 'a b' });
  assert.deepEqual(resultIn(`${base}/jobs/${jobID}/results`, base), { jobID });
});

test('no other address does', () => {
  for (const href of [
    `https://example.org.evil.example/v1/jobs/${jobID}/results/result`,
    `https://evil.example/v1/jobs/${jobID}/results/result`,
    `https://evil.example/https://example.org/v1/jobs/${jobID}/results/result`,
    `http://example.org/v1/jobs/${jobID}/results/result`,
    `https://example.org:8443/v1/jobs/${jobID}/results/result`,
    `https://user@example.org/v1/jobs/${jobID}/results/result`,
    `https://example.org/v2/jobs/${jobID}/results/result`,
    `https://example.org/v1/jobs/${jobID}`,
    `https://example.org/v1/jobs/${jobID}/results/a/b`,
    `https://example.org/v1/jobs/../uploads/${jobID}/results/result`,
    `https://example.org/v1/jobs/a%2Fb/results/result`,
    `https://example.org/v1/jobs/${jobID}/results/%E0%A4%A`,
    `/v1/jobs/${jobID}/results/result`,
    `//example.org/v1/jobs/${jobID}/results/result`,
    '',
  ]) {
    assert.equal(resultIn(href, base), undefined, href);
  }
});
