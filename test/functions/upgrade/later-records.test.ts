import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Job } from '../../../core/jobs/job.ts';
import { itemFromJob, OLD_SHARDS } from '../../../functions/aws/job-item.ts';
import { notifySubscriber } from '../../../functions/tasks/notify-subscriber.ts';
import { earlierItem, earlierRecords } from '../../support/earlier-records.ts';
import { memoryService } from '../../support/memory-service.ts';

console.error = () => undefined;

/** Whatever a record of before has, one of today has too, of the same type: members may only be added. */
function assertHolds(before: unknown, today: unknown, where: string): void {
  assert.equal(typeof today, typeof before, where);
  assert.equal(Array.isArray(today), Array.isArray(before), where);
  if (typeof before !== 'object' || before === null) return;
  const { 0: first, ...members } = before as Record<string, unknown>;
  const checked = Array.isArray(before) ? { 0: first } : members;
  for (const [name, value] of Object.entries(checked))
    if (value !== undefined) assertHolds(value, (today as Record<string, unknown>)[name], `${where}.${name}`);
}

const point = {
  type: 'Feature',
  id: 'a',
  properties: { name: 'Ä' },
  geometry: { type: 'Point', coordinates: [7, 51] },
};
const features = { type: 'FeatureCollection', features: [point] };
const subscriber = { successUri: 'https://example.org/done', failedUri: 'https://example.org/failed' };

/** The requests of the records of before, by their names. */
const requests: Readonly<Record<string, readonly [processID: string, body: object]>> = {
  raw: ['buffer', { inputs: { features, distance: 10 }, outputs: { result: {} }, response: 'raw' }],
  document: ['echo', { inputs: { message: 'hello' }, response: 'document' }],
  failed: ['buffer', { inputs: { features: { href: 'http://127.0.0.1:9/x.geojson' }, distance: 10 } }],
  told: ['echo', { inputs: { message: 'hello' }, subscriber }],
};

describe('what today writes can be read by version 0.1.0, as far as its records tell', () => {
  for (const [name, [processID, body]] of Object.entries(requests))
    test(name, async () => {
      const service = memoryService();
      const { json } = await service.execute(processID, body, { Prefer: 'respond-async' });
      const { jobs, storage, workflow } = service.ports;
      await workflow.settled();
      if (name === 'told') await notifySubscriber(json.jobID, service.ports);
      const item = itemFromJob((await jobs.get(json.jobID)) as Job);
      const before = earlierItem(name);
      assertHolds(before, item, name);
      assert.equal(item.status, before['status']);
      assert.match(item.position, /^\d{4}-.*Z#/);
      const [, shard] = item.listKey.split('#');
      assert.ok(Number(shard) < OLD_SHARDS);
      for (const [key, { text }] of Object.entries(earlierRecords.objects)) {
        const [, jobID, file] = key.split('/');
        if (jobID !== before.jobID || !file?.endsWith('.json')) continue;
        const stored = await storage.get(`jobs/${json.jobID}/${file}`);
        assert.ok(stored, file);
        assertHolds(JSON.parse(text), JSON.parse(new TextDecoder().decode(stored.body)), `${name} ${file}`);
      }
    });
});
