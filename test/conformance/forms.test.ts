import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryService } from '../support/memory-service.ts';

const { call, get, ports, baseUrl } = memoryService();

const send = (fields: Record<string, string>, headers: Record<string, string>, process = 'buffer') =>
  call(`/processes/${process}/execution`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html', ...headers },
    body: new URLSearchParams(fields).toString(),
  });
const own = { 'Sec-Fetch-Site': 'same-origin' };
const filled = { features: 'POINT (5 52)', distance: '100', 'response[prefer]': 'wait=5' };

describe('forms of the pages', () => {
  test('make a job, and lead to its page', async () => {
    const { status, headers } = await send(filled, own);
    assert.equal(status, 303);
    const location = headers.get('location') ?? '';
    assert.match(location, new RegExp(`^${baseUrl}/jobs/[0-9a-f-]{36}\\?f=html$`));
    await ports.workflow.settled();
    const page = await get(location.slice(baseUrl.length));
    assert.equal(page.status, 200);
    assert.match(page.text, /status successful/);
    assert.match(
      page.text,
      /<result-map id="map" data-module="map"><a href="[^"]*\/results\/result" type="application\/geo\+json"/,
    );
    // The form again, with what was asked.
    assert.match(page.text, /name="distance"[^>]* value="100"/);
  });

  test('as multipart, with a file', async () => {
    const form = new FormData();
    form.set('features[file]', new File(['{"type":"Point","coordinates":[5,52]}'], 'point.geojson'));
    form.set('distance', '100');
    const request = new Request('https://example.org', { method: 'POST', body: form });
    const { status } = await call('/processes/buffer/execution', {
      method: 'POST',
      headers: { 'Content-Type': request.headers.get('content-type') ?? '', ...own },
      rawBody: new Uint8Array(await request.arrayBuffer()),
    });
    assert.equal(status, 303);
  });

  test('of other sites are not taken, nor what does not say where it comes from', async () => {
    const jobs = async () => (await get('/jobs?limit=1000')).json.jobs.length;
    const before = await jobs();
    const others: Record<string, string>[] = [
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://example.org' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      {},
    ];
    for (const headers of others)
      assert.equal((await send(filled, headers)).status, 415, JSON.stringify(headers));
    assert.equal(await jobs(), before);
    assert.equal((await send(filled, { Origin: 'https://example.org' })).status, 303);
  });

  test('that are refused come back filled in, each fault at its field', async () => {
    const { status, text } = await send(
      { ...filled, distance: 'far', endCap: 'pointed', crs: 'EPSG:0' },
      own,
    );
    assert.equal(status, 400);
    assert.match(text, /id="fault-distance"><p>[^<]*number/);
    assert.match(text, /id="fault-endCap"/);
    assert.match(text, /<input id="input-distance" name="distance" type="text"[^>]* value="far"/);
    assert.match(text, /POINT \(5 52\)/);
  });

  test('a link fills the form in, with an example or with inputs', async () => {
    const page = await get(
      '/processes/buffer?f=html&distance=12.5&dissolve=true&features%5Bhref%5D=https%3A%2F%2Fa.example%2Fb.fgb',
    );
    assert.match(page.text, /name="distance"[^>]* value="12.5"/);
    assert.match(page.text, /name="features\[href\]" value="https:\/\/a.example\/b.fgb"/);
    assert.match(page.text, /name="dissolve" value="true" checked/);
    assert.match((await get('/processes/buffer?f=html&example=2')).text, /Oudegracht/);
    assert.equal((await get('/processes/buffer?f=html&example=99')).status, 200);
  });

  test('what is written into a link or a form is text', async () => {
    const evil = '"><script>alert(1)</script>';
    for (const name of ['distance', 'features', 'crs', 'features[href]', 'endCap', 'q', 'example']) {
      const { text } = await get(
        `/processes/buffer?f=html&${encodeURIComponent(name)}=${encodeURIComponent(evil)}`,
      );
      assert.doesNotMatch(text, /<script>/);
    }
    const { text } = await send({ ...filled, distance: evil, crs: evil, features: evil }, own);
    assert.doesNotMatch(text, /<script>/);
    assert.match(text, /&lt;script&gt;/);
  });

  test('a body that is no form is refused', async () => {
    const { status } = await call('/processes/buffer/execution', {
      method: 'POST',
      headers: { 'Content-Type': 'multipart/form-data; boundary=x', ...own },
      body: 'nothing of the kind',
    });
    assert.equal(status, 400);
  });

  test('name the job: its status, its page and the list say so, and its form is filled in with it', async () => {
    const evil = 'A2 <b>noise</b>';
    const { headers } = await send({ ...filled, 'response[title]': evil }, own);
    await ports.workflow.settled();
    const location = (headers.get('location') ?? '').slice(baseUrl.length);
    const { json } = await get(location.replace('?f=html', ''));
    // /rec/core/job-status (2.0): a status has a title.
    assert.equal(json.title, evil);
    assert.equal((await get('/jobs?limit=1')).json.jobs[0].title, evil);
    const shown = 'A2 &lt;b&gt;noise&lt;/b&gt;';
    for (const path of [location, '/jobs?f=html']) assert.ok((await get(path)).text.includes(shown), path);
    assert.match((await get(location)).text, new RegExp(`name="response\\[title\\]"[^>]* value="${shown}"`));
    const query = await get(
      '/processes/echo/execution?message=a&response%5Btitle%5D=By+query&response%5Bprefer%5D=respond-async',
    );
    assert.equal(query.json.title, 'By query');
  });
});

describe('a job is cancelled and deleted without scripts', () => {
  const dismissal = (jobID: string, headers: Record<string, string>, sure = 'delete') =>
    call(`/jobs/${jobID}/dismissal`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      body: `sure=${sure}`,
    });
  const makeJob = async () => {
    const { headers } = await send(filled, own);
    await ports.workflow.settled();
    return /jobs\/([\w-]+)/.exec(headers.get('location') ?? '')?.[1] ?? '';
  };

  test('its page asks once more, and does not load itself again meanwhile', async () => {
    const jobID = await makeJob();
    const { text } = await get(`/jobs/${jobID}?f=html`);
    assert.match(text, new RegExp(`data-remove href="${baseUrl}/jobs/${jobID}\\?f=html&amp;sure=no"`));
    const asked = await get(`/jobs/${jobID}?f=html&sure=no`);
    assert.match(asked.text, new RegExp(`action="${baseUrl}/jobs/${jobID}/dismissal"`));
    assert.doesNotMatch(asked.text, /http-equiv="refresh"/);
    assert.doesNotMatch(text, /\/dismissal/);
  });

  test('the form removes what has ended, and leads to the list', async () => {
    const jobID = await makeJob();
    const { status, headers } = await dismissal(jobID, own);
    assert.deepEqual([status, headers.get('location')], [303, `${baseUrl}/jobs?f=html`]);
    assert.equal((await get(`/jobs/${jobID}`)).status, 404);
    assert.equal((await dismissal(jobID, own)).status, 410);
  });

  test('the form cancels what runs, and leads to its page', async () => {
    const quiet = memoryService({ runJob: async () => {} });
    const { json } = await quiet.execute('echo', { inputs: { message: 'a' } }, { Prefer: 'respond-async' });
    const asked = await quiet.get(`/jobs/${json.jobID}?f=html&sure=no`);
    assert.match(asked.text, /name="sure" value="cancel"/);
    // As it is when the button is pressed twice.
    for (let time = 0; time < 2; time++) {
      const { status, headers } = await quiet.call(`/jobs/${json.jobID}/dismissal`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...own },
        body: 'sure=cancel',
      });
      assert.deepEqual([status, headers.get('location')], [303, `${baseUrl}/jobs/${json.jobID}?f=html`]);
      assert.equal((await quiet.get(`/jobs/${json.jobID}`)).json.status, 'dismissed');
    }
  });

  test('who was asked whether to cancel a job does not lose its results where it has ended meanwhile', async () => {
    const jobID = await makeJob();
    const { status, headers } = await dismissal(jobID, own, 'cancel');
    assert.deepEqual([status, headers.get('location')], [303, `${baseUrl}/jobs/${jobID}?f=html`]);
    assert.equal((await get(`/jobs/${jobID}`)).json.status, 'successful');
    assert.equal((await get(`/jobs/${jobID}/results`)).status, 200);
    assert.match((await get(`/jobs/${jobID}?f=html&sure=no`)).text, /name="sure" value="delete"/);
  });

  test('forms of other sites are refused, and the job stays', async () => {
    const jobID = await makeJob();
    for (const headers of [{ 'Sec-Fetch-Site': 'cross-site' }, { Origin: 'https://evil.example' }, {}])
      assert.equal((await dismissal(jobID, headers as Record<string, string>)).status, 403);
    assert.equal((await get(`/jobs/${jobID}`)).json.status, 'successful');
  });
});
