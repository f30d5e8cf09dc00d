import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failJob } from '../../../functions/tasks/fail-job.ts';
import { notifySubscriber } from '../../../functions/tasks/notify-subscriber.ts';
import { earlierItem, earlierJob, earlierRecords } from '../../support/earlier-records.ts';
import { type MemoryService, memoryService } from '../../support/memory-service.ts';

console.error = () => undefined;

const names = Object.keys(earlierRecords.items).filter((name) => name !== 'removed');

/** A service that has been upgraded: what version 0.1.0 wrote is there. */
async function upgraded(): Promise<MemoryService> {
  const service = memoryService();
  const { jobs, storage } = service.ports;
  for (const name of names) await jobs.create(earlierJob(name));
  for (const [key, { text, mediaType }] of Object.entries(earlierRecords.objects))
    await storage.put(key, text, mediaType);
  return service;
}

const idOf = (name: string): string => earlierItem(name).jobID;

describe('what version 0.1.0 wrote', () => {
  test('every job is shown, listed and has a log, as JSON and as a page', async () => {
    const service = await upgraded();
    for (const name of names)
      for (const path of [`/jobs/${idOf(name)}`, `/jobs/${idOf(name)}/logs`])
        for (const Accept of ['application/json', 'text/html']) {
          const { status, text } = await service.get(path, { Accept });
          assert.equal(status, 200, `${name} ${path} ${text}`);
          assert.doesNotMatch(text, /undefined|NaN|\[object/, name);
        }
    const { json } = await service.get('/jobs?limit=100');
    assert.deepEqual(json.jobs.map(({ jobID }: { jobID: string }) => jobID).sort(), names.map(idOf).sort());
    for (const query of ['status=failed', 'processID=buffer', 'minDuration=0', 'f=html'])
      assert.equal((await service.get(`/jobs?${query}`)).status, 200, query);
  });

  test('results are what they were, small or large, raw or as a document', async () => {
    const service = await upgraded();
    for (const name of ['raw', 'large']) {
      const { status, json, headers } = await service.get(`/jobs/${idOf(name)}/results/result`);
      if (status === 303) {
        assert.ok(headers.get('location')?.includes(`jobs/${idOf(name)}/outputs/result`));
        continue;
      }
      assert.equal(status, 200, name);
      assert.equal(json.features[0].properties.name, 'Ä');
    }
    assert.equal((await service.get(`/jobs/${idOf('raw')}/results`)).json.features.length, 1);
    const { json } = await service.get(`/jobs/${idOf('document')}/results`);
    assert.deepEqual(json, { message: 'hello' });
    const page = await service.get(`/jobs/${idOf('document')}/results`, { Accept: 'text/html' });
    assert.equal(page.status, 200);
  });

  test('the reason of a failed job is given with the status that it had', async () => {
    const service = await upgraded();
    const { status, json } = await service.get(`/jobs/${idOf('failed')}/results`);
    assert.equal(status, 400);
    assert.deepEqual([json.status, json.errors[0].pointer], [400, '/inputs/features']);
  });

  test('layers are collections, and inputs of the next process', async () => {
    const service = await upgraded();
    for (const name of ['raw', 'large']) {
      const collection = `/collections/${idOf(name)}.result`;
      assert.equal((await service.get(collection)).status, 200, name);
      const items = await service.get(`${collection}/items`);
      assert.equal(items.json.features[0].properties.name, 'Ä', items.text);
      assert.equal((await service.get(`${collection}/items/a`)).status, 200, name);
      for (const features of [
        { href: `${service.baseUrl}/jobs/${idOf(name)}/results/result` },
        { collection: `${service.baseUrl}${collection}` },
      ]) {
        const { status, text } = await service.execute('centroid', { inputs: { features } });
        assert.equal(status, 200, text);
      }
    }
    const listed = (await service.get('/collections')).json.collections;
    for (const name of ['raw', 'large'])
      assert.ok(
        listed.some(({ id }: { id: string }) => id === `${idOf(name)}.result`),
        name,
      );
  });

  test('a job that was accepted is run by a worker of today, from the request as it was stored', async () => {
    const service = await upgraded();
    await service.ports.workflow.start(idOf('accepted'), 'vector', false);
    await service.ports.workflow.settled();
    const { json } = await service.get(`/jobs/${idOf('accepted')}`);
    assert.equal(json.status, 'successful', JSON.stringify(json));
    const { json: layer } = await service.get(`/jobs/${idOf('accepted')}/results`);
    assert.equal(layer.features[0].geometry.type, 'Polygon');
  });

  test('a job whose worker was lost fails, and its subscriber is told', async () => {
    const { ports } = await upgraded();
    const jobID = idOf('running');
    await failJob({ jobID, error: { Error: 'Lambda.Unknown' } }, ports);
    assert.deepEqual(await notifySubscriber(jobID, ports), { delivered: true });
    assert.deepEqual(
      ports.egress.posted.map(({ href }) => href),
      ['https://example.org/failed'],
    );
  });

  test('a subscriber that nobody has told is told, and one that was told is not told again', async () => {
    const { ports } = await upgraded();
    assert.deepEqual(await notifySubscriber(idOf('untold'), ports), { delivered: true });
    assert.deepEqual(await notifySubscriber(idOf('told'), ports), { delivered: false });
    assert.equal(ports.egress.posted.length, 1);
  });

  test('jobs are dismissed, finished ones and those that are not', async () => {
    const service = await upgraded();
    for (const name of names) {
      const jobID = idOf(name);
      const { status, text } = await service.call(`/jobs/${jobID}`, { method: 'DELETE' });
      assert.equal(status, 200, `${name}: ${text}`);
      const left = [...service.ports.storage.objects.keys()].filter(
        (key) => key.startsWith(`jobs/${jobID}/`) && !key.endsWith('request.json'),
      );
      assert.deepEqual(left, [], name);
    }
  });
});
