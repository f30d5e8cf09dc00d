import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryService } from '../support/memory-service.ts';

const { execute, get, ports } = memoryService();

/** Two integers that are the same double. */
const [one, other] = ['9007199254740993', '9007199254740992'];
const feature = (id: string) =>
  `{"type":"Feature","id":${id},"properties":{"g":${id}},"geometry":{"type":"Point","coordinates":[5,52]}}`;
const features = `{"type":"FeatureCollection","features":[${feature(one)},${feature(other)}]}`;

describe('integers beyond 2^53', () => {
  test('stay apart on the way to a worker and back, while the client waits', async () => {
    const body = `{"inputs":{"features":${features},"groupBy":["g"],"aggregates":[]}}`;
    const { status, text } = await execute('summary-statistics', body);
    assert.equal(status, 200, text);
    assert.ok(text.includes(one) && text.includes(other), text);
    const filtered = await execute('filter', `{"inputs":{"features":${features},"filter":"g = ${one}"}}`);
    assert.equal(filtered.json.features.length, 1);
    assert.ok(filtered.text.includes(one), filtered.text);
  });

  test('take the way by the bucket alone: coordinates with many decimals do not', async () => {
    const tasks = async (body: string): Promise<readonly boolean[]> => {
      const before = ports.workers.tasks.length;
      assert.equal((await execute('convert-features', body)).status, 200);
      return ports.workers.tasks.slice(before).map(({ task }) => 'inputsKey' in (task as object));
    };
    assert.deepEqual(await tasks(`{"inputs":{"features":${features}}}`), [true]);
    const point = '{"type":"Point","coordinates":[5.12345678901234567,52.00000000000000711]}';
    assert.deepEqual(await tasks(`{"inputs":{"features":${point}}}`), [false]);
  });

  test('in inputs that are no layers are exact where any JSON may stand, by body, by query and in a job', async () => {
    const mixed = `{"id":${one},"other":${other}}`;
    const body = `{"inputs":{"message":"a","mixed":{"value":${mixed}}}}`;
    const query = `/processes/echo/execution?message=a&mixed=${encodeURIComponent(mixed)}`;
    const { headers } = await execute('echo', body, { Prefer: 'respond-async' });
    await ports.workflow.settled();
    const answers = [
      await execute('echo', body),
      await get(query),
      await get(`${headers.get('location')}/results`),
    ];
    for (const { status, text } of answers) {
      assert.equal(status, 200, text);
      assert.ok(text.includes(mixed), text);
    }
  });

  test('are refused where a double would become another one', async () => {
    const refused = [
      await execute('echo', `{"inputs":{"message":"a","numbers":[${other},${one}]}}`),
      await get(`/processes/echo/execution?message=a&numbers=${other},${one}`),
      await get(`/processes/echo/execution?message=a&numbers=%5B${other},${one}%5D`),
    ];
    for (const { status, json } of refused) {
      assert.equal(status, 400);
      assert.deepEqual(json.errors, [
        {
          pointer: '/inputs/numbers/1',
          detail: `must be a number that a double holds exactly, but is ${one}: beyond 2^53 it would become ${other}.`,
        },
      ]);
    }
    const area = await get(`/processes/echo/execution?message=a&area=${one},1,2,3`);
    assert.deepEqual([area.status, area.json.errors[0].pointer], [400, '/inputs/area/bbox/0']);
    assert.equal((await execute('echo', `{"inputs":{"message":"a","numbers":[${other}]}}`)).status, 200);
  });

  test('stay apart in the results of a job', async () => {
    const body = `{"inputs":{"features":${features}}}`;
    const { headers } = await execute('convert-features', body, { Prefer: 'respond-async' });
    await ports.workflow.settled();
    const { text } = await get(`${headers.get('location')}/results`);
    assert.ok(text.includes(`"id":${one}`) && text.includes(`"g":${other}`), text);
  });
});
