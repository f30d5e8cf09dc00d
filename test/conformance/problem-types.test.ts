import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { problemTypes } from '../../core/shared/problem-types.ts';
import { memoryService } from '../support/memory-service.ts';

const { get, execute, ports, baseUrl } = memoryService();
const guide = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'guide', 'errors.md'), 'utf8');

describe('the type of a problem', () => {
  test('of this service leads to its explanation on the page of the API', async () => {
    const { json } = await execute('echo', { inputs: { message: 5 } });
    assert.equal(json.type, `${baseUrl}/api#invalid-parameter-value`);
    const url = new URL(json.type);
    const { text } = await get(url.href.slice(baseUrl.length).replace(url.hash, ''), { Accept: 'text/html' });
    assert.ok(text.includes(`id="${url.hash.slice(1)}"`));
    for (const { type } of problemTypes) {
      if (type.startsWith('/')) assert.ok(text.includes(`id="${type.split('#')[1]}"`), type);
    }
  });

  test('is in the guide, whatever it is', () => {
    for (const { type } of problemTypes) assert.ok(guide.includes(type), type);
  });

  test('is a URI in the status of a job, too, and for who asks for its results', async () => {
    const { json } = await execute(
      'echo',
      { inputs: { message: { href: 'https://data.example/none' } } },
      { Prefer: 'respond-async' },
    );
    await ports.workflow.settled();
    const job = (await get(`/jobs/${json.jobID}`)).json;
    assert.equal(job.exception.type, `${baseUrl}/api#invalid-parameter-value`);
    assert.equal((await get(`/jobs/${json.jobID}/results`)).json.type, job.exception.type);
  });
});

describe('a misspelt name in a path or a query is guessed', () => {
  const cases: [path: string, detail: RegExp][] = [
    ['/processes/bufer', /no process "bufer"\. Did you mean "buffer"\?/],
    ['/processes/VoronoiPolygons/execution?features=1', /Did you mean "voronoi-polygons"\?/],
    ['/jobs?processID=bufer', /Did you mean "buffer"\?/],
    ['/processes/buffer/execution?featurs=1', /Did you mean "features"\?/],
  ];
  for (const [path, detail] of cases) {
    test(path, async () => assert.match((await get(path)).json.detail, detail));
  }
});
