import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { jobKeys } from '../../core/jobs/job.ts';
import { memoryService } from '../support/memory-service.ts';

const service = memoryService();
const { get, execute, call, ports, baseUrl } = service;
const LOG = 'http://www.opengis.net/def/rel/ogc/1.0/log';

const point = (properties: object) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: [5, 52] },
});
/** A Shapefile cannot carry the name of this property, which is a warning. */
const shapefile = (properties: object = { population_total: 1 }) => ({
  inputs: { features: { value: { type: 'FeatureCollection', features: [point(properties)] } } },
  outputs: { result: { format: { mediaType: 'application/zip' } } },
});
const warning = {
  level: 'warning',
  message:
    'Properties were renamed in a Shapefile, whose field names have at most 10 bytes: "population_total" is "population".',
  details: { output: 'result' },
};
const run = async (body: object) => {
  const { json } = await execute('convert-features', body, { Prefer: 'respond-async' });
  await ports.workflow.settled();
  return json.jobID as string;
};
const untimed = ({ time, ...entry }: { time: string }) => {
  assert.ok(!Number.isNaN(Date.parse(time)));
  return entry;
};
/** Where the header `Link` leads with the relation `log`. */
const logLink = (headers: Headers) =>
  new RegExp(`<([^>]*)>; rel="${LOG}"; type="application/json"; title="([^"]*)"`).exec(
    headers.get('link') ?? '',
  );

describe('warnings of a job', () => {
  test('/rec/core/job-links: are in its log, which its status counts and links to, in all answers with its results', async () => {
    const jobID = await run(shapefile());
    const { json: job } = await get(`/jobs/${jobID}`);
    assert.deepEqual([job.warnings, job.message], [1, 'Finished, with 1 warning']);
    const link = job.links.find(({ rel }: { rel: string }) => rel === LOG);
    assert.equal(link.href, `${baseUrl}/jobs/${jobID}/logs`);

    const { status, json, headers } = await get(link.href);
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^application\/json/);
    assert.deepEqual(json.logs.map(untimed), [
      { level: 'info', message: 'Accepted' },
      { level: 'info', message: 'Running' },
      warning,
      { level: 'info', message: 'Finished, with 1 warning' },
    ]);
    for (const path of [`/jobs/${jobID}/results`, `/jobs/${jobID}/results/result`]) {
      const results = await get(path);
      assert.equal(results.headers.get('processing-warnings'), '1');
      assert.deepEqual(logLink(results.headers)?.slice(1), [link.href, '1 warning']);
    }
  });

  test('are a page for people', async () => {
    const jobID = await run(shapefile());
    const { status, text } = await get(`/jobs/${jobID}/logs?f=html`);
    assert.equal(status, 200);
    assert.match(text, /<title>Log of the job/);
    assert.match(text, /warning<\/span>[\s\S]*&quot;population_total&quot; is &quot;population&quot;/);
  });

  test('a job without any has none in its status, and no object for its log', async () => {
    const jobID = await run(shapefile({ population: 1 }));
    const { json: job, text } = await get(`/jobs/${jobID}`);
    assert.equal(job.message, 'Finished');
    assert.doesNotMatch(text, /"warnings"/);
    assert.equal(ports.storage.json(jobKeys.log(jobID)), undefined);
    const { json } = await get(`/jobs/${jobID}/logs`);
    assert.deepEqual(
      json.logs.map(({ message }: { message: string }) => message),
      ['Accepted', 'Running', 'Finished'],
    );
    assert.equal((await get(`/jobs/${jobID}/results`)).headers.get('processing-warnings'), null);
  });

  test('are told while it runs, and by the answer to a client that waits for the job', async () => {
    const waited = await execute('convert-features', shapefile(), { Prefer: 'wait=5' });
    assert.equal(waited.status, 200);
    assert.equal(waited.headers.get('processing-warnings'), '1');
    assert.match(logLink(waited.headers)?.[1] ?? '', /\/jobs\/[\w-]+\/logs$/);

    const still = memoryService({ runJob: async () => undefined });
    const { json } = await still.execute('convert-features', shapefile(), { Prefer: 'respond-async' });
    await still.ports.jobs.change(json.jobID, { to: 'running', at: new Date().toISOString() });
    const logs = [{ time: '2026-03-01T12:00:00.000Z', level: 'info', message: 'Halfway', progress: 50 }];
    await still.ports.storage.put(jobKeys.log(json.jobID), JSON.stringify({ logs }), 'application/json');
    const { json: log } = await still.get(`/jobs/${json.jobID}/logs`);
    assert.deepEqual(log.logs.map(untimed), [
      { level: 'info', message: 'Accepted' },
      { level: 'info', message: 'Running' },
      { level: 'info', message: 'Halfway', progress: 50 },
    ]);
  });

  test('are counted by the answer with the collection that a job has made', async () => {
    const line = {
      type: 'LineString',
      coordinates: [
        [5, 52],
        [6, 53],
      ],
    };
    const inputs = { features: line, maxLength: 50_000, method: 'geodesic', crs: 'EPSG:28992' };
    const { status, headers } = await call('/processes/densify/execution?response=collection', {
      method: 'POST',
      body: { inputs },
    });
    assert.equal(status, 303);
    assert.equal(headers.get('processing-warnings'), '1');
    assert.match(logLink(headers)?.[1] ?? '', /\/logs$/);
    assert.match(headers.get('link') ?? '', /rel="monitor"/);
  });

  test('of a job that failed are kept, before the reason', async () => {
    const body = shapefile();
    const features = [point({ population_total: 1 }), { ...point({}), geometry: { type: 'Point' } }];
    const jobID = await run({
      ...body,
      inputs: { features: { value: { type: 'FeatureCollection', features } } },
    });
    const { json } = await get(`/jobs/${jobID}/logs`);
    const last = json.logs.at(-1);
    assert.equal(last.level, 'error');
    assert.match(last.message, /features\/1\/geometry/);
    assert.equal(last.details.errors[0].pointer, '/inputs/features/value/features/1/geometry/coordinates');
  });
});

describe('whose log it is', () => {
  test('the owner of the job alone, as long as there is the job', async () => {
    const jobID = await run(shapefile());
    const stored = ports.jobs.items.get(jobID)!;
    ports.jobs.items.set(jobID, { ...stored, owner: 'somebody else' } as never);
    assert.equal((await get(`/jobs/${jobID}/logs`)).status, 404);
    ports.jobs.items.set(jobID, stored);
    assert.notEqual(ports.storage.json(jobKeys.log(jobID)), undefined);
    assert.equal((await call(`/jobs/${jobID}`, { method: 'DELETE' })).status, 200);
    assert.equal((await get(`/jobs/${jobID}/logs`)).status, 404);
    assert.equal(ports.storage.json(jobKeys.log(jobID)), undefined);
    assert.equal((await get('/jobs/none/logs')).json.type.split('/').at(-1), 'no-such-job');
  });
});

describe('warnings of an execution that the client waits for', () => {
  /** The document that the link of an answer leads to. */
  const linked = (headers: Headers) => {
    const [, href = '', title] = logLink(headers) ?? [];
    const key = new URL(href).pathname.slice(1);
    return { title, logs: (ports.storage.json(key) as { logs: { time: string }[] }).logs };
  };

  test('are counted by a header, and a link leads to them, in every form of answer', async () => {
    for (const [body, headers] of [
      [shapefile(), {}],
      [{ ...shapefile(), response: 'document' }, {}],
      [{ ...shapefile(), response: 'raw' }, {}],
    ] as const) {
      const answer = await execute('convert-features', body, headers);
      assert.equal(answer.status, 200, answer.text);
      assert.equal(answer.headers.get('processing-warnings'), '1');
      assert.match(answer.headers.get('access-control-expose-headers') ?? '', /Processing-Warnings/);
      const { title, logs } = linked(answer.headers);
      assert.equal(title, '1 warning');
      assert.deepEqual(logs.map(untimed), [warning]);
    }
  });

  test('are told also when it is refused in the end', async () => {
    const problem = { type: 'about:blank', title: 'A limit of the service is exceeded', status: 413 };
    const warnings = { count: 2, key: 'sync/1/log.json' };
    const refusing = memoryService({ runTask: async () => ({ problem, warnings }) });
    const answer = await refusing.execute('convert-features', shapefile());
    assert.equal(answer.status, 413);
    assert.equal(answer.headers.get('processing-warnings'), '2');
    assert.match(logLink(answer.headers)?.[1] ?? '', /sync\/1\/log\.json\?signature/);
  });

  test('that there are none costs nothing and says nothing', async () => {
    const before = ports.storage.keys('sync/').length;
    const answer = await execute('convert-features', shapefile({ population: 1 }));
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('processing-warnings'), null);
    assert.doesNotMatch(answer.headers.get('link') ?? '', /rel\/ogc\/1.0\/log/);
    assert.equal(ports.storage.keys('sync/').length, before);
  });
});
