import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serviceFromEnvironment } from '../support/service-client.ts';

/** Warnings on their way from the thread of a process to the client, through Lambda and S3. */
const { get, start, waitFor, execute } = serviceFromEnvironment();
const LOG = 'http://www.opengis.net/def/rel/ogc/1.0/log';

const feature = {
  type: 'Feature',
  properties: { population_total: 1 },
  geometry: { type: 'Point', coordinates: [5, 52] },
};
const body = {
  inputs: { features: feature },
  outputs: { result: { format: { mediaType: 'application/zip' } } },
};
const warning =
  'Properties were renamed in a Shapefile, whose field names have at most 10 bytes: "population_total" is "population".';

describe('warnings', () => {
  test('of a job are in its log, which its status leads to', async () => {
    const jobID = await start('convert-features', body);
    const job = await waitFor(jobID, ['successful']);
    assert.deepEqual([job.warnings, job.message], [1, 'Finished, with 1 warning']);
    const { href } = job.links.find(({ rel }: { rel: string }) => rel === LOG);
    const { status, json } = await get(href);
    assert.equal(status, 200);
    assert.deepEqual(
      json.logs.map(({ level, message }: { level: string; message: string }) => [level, message]),
      [
        ['info', 'Accepted'],
        ['info', 'Running'],
        ['warning', warning],
        ['info', 'Finished, with 1 warning'],
      ],
    );
    assert.match((await get(`/jobs/${jobID}/logs?f=html`)).text, /Shapefile/);
    assert.equal((await get(`/jobs/${jobID}/results`)).headers.get('processing-warnings'), '1');
  });

  test('of an execution that is waited for are behind the link of its answer', async () => {
    const { status, headers, text } = await execute('convert-features', body);
    assert.equal(status, 200, text);
    assert.equal(headers.get('processing-warnings'), '1');
    const [, href = ''] = new RegExp(`<([^>]*)>; rel="${LOG}"`).exec(headers.get('link') ?? '') ?? [];
    const document = await fetch(href);
    assert.equal(document.status, 200, href);
    const { logs } = (await document.json()) as { logs: { message: string }[] };
    assert.deepEqual(
      logs.map(({ message }) => message),
      [warning],
    );
  });
});
