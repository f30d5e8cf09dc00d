import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryService } from '../support/memory-service.ts';

/** More than a call takes as arguments, and fewer than a layer may have. */
const MANY = 200_000;
const href = 'https://data.example/many.geojson';
const { execute, get, ports } = memoryService();

/** The features of a reference as a job's result, which is a collection then. @returns its identifier */
async function collected(features: readonly string[]): Promise<string> {
  ports.egress.serve(
    href,
    `{"type":"FeatureCollection","features":[${features.join(',')}]}`,
    'application/geo+json',
  );
  const { json } = await execute(
    'convert-features',
    { inputs: { features: { href, type: 'application/geo+json' } } },
    { Prefer: 'respond-async' },
  );
  await ports.workflow.settled();
  const job = (await get(`/jobs/${json.jobID}`)).json;
  assert.equal(job.status, 'successful', JSON.stringify(job.exception));
  return `${json.jobID}.result`;
}

describe(`${MANY} of`, () => {
  test('features of an own collection are an input as any other', async () => {
    const feature = '{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[5,52]}}';
    const collection = await collected(Array.from({ length: MANY }, () => feature));
    const { json } = await execute(
      'convert-features',
      { inputs: { features: { collection } } },
      { Prefer: 'respond-async' },
    );
    await ports.workflow.settled();
    const job = (await get(`/jobs/${json.jobID}`)).json;
    assert.equal(job.status, 'successful', JSON.stringify(job.exception));
  });

  test('points of one geometry are filtered by their place, also as a collection', async () => {
    const positions = Array.from({ length: MANY }, (_, index) => `[${index / 50_000},1]`).join(',');
    const geometry = `{"type":"MultiPoint","coordinates":[${positions}]}`;
    const feature = `{"type":"Feature","properties":{"name":"a"},"geometry":${geometry}}`;
    ports.egress.serve(href, feature, 'application/geo+json');
    const filter = 'S_INTERSECTS(geometry, POINT(2 1))';
    const { status, json, headers } = await execute('filter', {
      inputs: { features: { href, type: 'application/geo+json' }, filter },
    });
    assert.ok(
      status === 200 ? json.features.length === 1 : status === 303 && headers.get('location'),
      String(status),
    );
    const collection = await collected([feature]);
    const selected = await execute('convert-features', {
      inputs: { features: { collection, filter: 'S_INTERSECTS(geometry, POINT(9 9))' } },
    });
    assert.deepEqual([selected.status, selected.json.features], [200, []]);
  });
});
