import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { jobView } from '../../../functions/html/job-view.ts';
import { memoryService } from '../../support/memory-service.ts';

const { get, ports, execute } = memoryService();

/** The page of a job that a request made. */
async function pageOfJob(id: string, body: object): Promise<string> {
  const { json } = await execute(id, body, { Prefer: 'respond-async' });
  await ports.workflow.settled();
  return (await get(`/jobs/${json.jobID}?f=html`)).text;
}

describe('results in the page of a job', () => {
  test('lists of objects are tables, as statistics of bands', async () => {
    const { elevation } = await import('../../../processes/common/raster-examples.ts');
    const text = await pageOfJob('raster-statistics', {
      inputs: { raster: elevation, percentiles: [2, 98], histogramBins: 5 },
    });
    assert.match(text, /<h4>bands<\/h4><div class="scroll"><table class="fold">/);
    assert.match(text, /<td class="number" data-label="mean">[\d.]+<\/td>/);
    assert.match(text, /<td class="number" data-label="percentiles 98">[\d.]+<\/td>/);
  });

  test('a job that was dismissed says so once', async () => {
    const { json } = await execute('echo', { inputs: { message: 'a' } }, { Prefer: 'respond-async' });
    await ports.workflow.settled();
    const request = { baseUrl: 'https://example.org/v1', query: {}, pathParameters: {} };
    const resource = { ...json, status: 'dismissed', message: 'Dismissed' };
    const { text } = jobView(resource, request as never).content;
    assert.match(
      text,
      /<span class="status dismissed">dismissed<\/span><\/span> <span data-message><\/span>/,
    );
  });
});
