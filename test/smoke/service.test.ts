import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serviceFromEnvironment } from '../support/service-client.ts';

/** Whether a deployed service works from end to end. It needs nothing but its base URL and leaves nothing behind. */
const { get, remove, execute, start, waitFor, call, baseUrl } = serviceFromEnvironment();

for (const path of ['/', '/conformance', '/api', '/processes', '/processes/echo', '/jobs']) {
  test(`GET ${path} answers JSON, and a page to a browser`, async () => {
    const json = await get(path, { Accept: 'application/json' });
    assert.equal(json.status, 200, json.text);
    assert.equal(typeof json.json, 'object');
    const page = await get(path, { Accept: 'text/html' });
    assert.equal(page.status, 200, page.text);
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
  });
}

test('the links of the landing page work', async () => {
  const { links } = (await get('/')).json as { links: { href: string; rel: string }[] };
  for (const { href, rel } of links.filter((link) => link.href.startsWith(baseUrl))) {
    assert.equal((await get(href)).status, 200, `${rel}: ${href}`);
  }
});

test('a process runs while the client waits', async () => {
  const answer = await execute('echo', { inputs: { message: 'smoke' }, outputs: { message: {} } });
  assert.equal(answer.status, 200, answer.text);
  assert.match(answer.text, /smoke/);
});

test('a job runs to its end, gives its results, and can be removed', async () => {
  const jobID = await start('echo', { inputs: { message: 'smoke', pause: 1 } });
  const job = await waitFor(jobID, ['successful', 'failed']);
  assert.equal(job.status, 'successful', JSON.stringify(job));
  const results = await get(`/jobs/${jobID}/results`);
  assert.equal(results.status, 200, results.text);
  assert.match(results.text, /smoke/);
  assert.equal((await remove(`/jobs/${jobID}`)).status, 200);
  assert.ok([404, 410].includes((await get(`/jobs/${jobID}`)).status));
});

test('what is wrong is said in a problem document', async () => {
  const invalid = await execute('echo', { inputs: {} });
  assert.equal(invalid.status, 400, invalid.text);
  assert.equal(invalid.json.status, 400);
  assert.equal((await get('/processes/none')).json.status, 404);
  assert.equal((await get('/nothing/here')).json.status, 404);
  assert.equal((await call('/jobs', { method: 'POST', body: {} })).status, 405);
});
