import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { parseExecuteRequest } from '../../../core/execution/parse.ts';
import type { SyncAnswer, SyncTask, WorkerTask } from '../../../core/execution/worker-task.ts';
import { SMALL_INPUTS } from '../../../core/processes/small-inputs.ts';
import { fitsInRequest } from '../../../functions/in-request/fits-in-request.ts';
import { closeThread } from '../../../functions/in-request/run-light.ts';
import { UsageWrittenOnce } from '../../../functions/in-request/usage-written-once.ts';
import { WorkersInRequest } from '../../../functions/in-request/workers-in-request.ts';
import { runs } from '../../../functions/worker/runs/light.ts';
import { work } from '../../../functions/worker/worker.ts';
import { processes } from '../../../processes/index.ts';
import { type MemoryPorts, memoryPorts } from '../../support/memory/ports.ts';

after(closeThread);
const silence = (context: {
  mock: { method: (object: object, name: string, by: () => void) => unknown };
}) => {
  for (const name of ['info', 'log', 'error']) context.mock.method(console, name, () => undefined);
};

const find = (processID: string) => {
  const found = processes.find(({ id }) => id === processID);
  assert.ok(found, processID);
  return found;
};

const makeTask = (processID: string, body: unknown, more: Partial<SyncTask> = {}): SyncTask => ({
  kind: 'sync',
  executionID: 'e1',
  request: parseExecuteRequest(body, find(processID)),
  client: { owner: 'public', baseUrl: 'https://example.org/v1' },
  seconds: 25,
  ...more,
});

/** Ports whose workers are the real one of the class light, in this thread. */
function makePorts(more: Parameters<typeof memoryPorts>[0] = {}): MemoryPorts {
  const ports: MemoryPorts = memoryPorts({
    runTask: (_, task) => work({ processes, runs, ports }, task as WorkerTask, () => 60_000),
    ...more,
  });
  return ports;
}

/** Workers of a function that does small work itself. */
const workersOf = (ports: MemoryPorts, memory?: number) =>
  new WorkersInRequest(ports, new UsageWrittenOnce(ports.usage), memory);

const square = {
  type: 'Feature',
  properties: {},
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [10, 0],
        [10, 10],
        [0, 10],
        [0, 0],
      ],
    ],
  },
};
const features = { type: 'FeatureCollection', features: [square] };
const light = processes.filter(({ computeClass }) => computeClass === 'light');

describe('small work in the function that took the request', () => {
  test('gives what the worker gives, for every example of the class light, without calling it', async (context) => {
    silence(context);
    let compared = 0;
    for (const { id, examples } of light) {
      for (const { request } of examples) {
        const task = makeTask(id, request);
        if (!fitsInRequest(task, find(id))) continue;
        const far = makePorts();
        const near = makePorts();
        const answer = await workersOf(near).run('light', task);
        assert.deepEqual(answer, await far.workers.run('light', task), id);
        assert.deepEqual([near.workers.tasks.length, far.workers.tasks.length], [0, 1]);
        compared++;
      }
    }
    assert.ok(compared >= light.length - 1, `${compared} examples`);
  });

  test('is ended when its time is over, and answers the same problem', async (context) => {
    silence(context);
    const ports = makePorts();
    const task = makeTask('echo', { inputs: { message: 'a', pause: 10 } }, { seconds: 0.2 });
    const answer = (await workersOf(ports).run('light', task)) as SyncAnswer;
    assert.ok('problem' in answer);
    assert.equal(answer.problem.status, 504);
    // The next one finds a thread that works.
    const next = await workersOf(ports).run('light', makeTask('echo', { inputs: { message: 'b' } }));
    assert.ok('manifest' in (next as SyncAnswer));
  });

  test('answers what is wrong with its inputs as the worker does', async (context) => {
    silence(context);
    const request = { inputs: { extent: { bbox: [0, 0, 40, 40] }, cellSize: 0.001 } };
    const task = makeTask('create-grid', request);
    const answer = (await workersOf(makePorts()).run('light', task)) as SyncAnswer;
    assert.ok('problem' in answer);
    assert.deepEqual(answer, await makePorts().workers.run('light', task));
  });

  test('keeps large outputs and those wanted by reference in the bucket, and counts what it uses', async (context) => {
    silence(context);
    const ports = makePorts({ settings: { quotas: { executionsPerDay: 5 } } });
    await ports.usage.record({
      id: 'e1',
      owner: 'public',
      kind: 'sync',
      created: '2026-01-01T00:00:00.000Z',
      expires: 2e9,
      memory: 512,
      gbSeconds: 12.5,
      bytes: 0,
    });
    const message = 'x'.repeat(40_000);
    const body = { inputs: { message }, outputs: { message: {} } };
    const answer = (await workersOf(ports).run('light', makeTask('echo', body))) as SyncAnswer;
    assert.ok('manifest' in answer);
    const [output] = answer.manifest.outputs;
    assert.equal(output?.key, 'sync/e1/outputs/message.json');
    assert.equal(ports.storage.json('sync/e1/outputs/message.json'), message);
    const [entry] = await ports.usage.since('public', new Date(0));
    assert.deepEqual([entry?.settled, entry?.bytes], [true, 40_002]);
  });

  test('keeps its warnings', async (context) => {
    silence(context);
    const ports = makePorts();
    const body = { inputs: { features, method: 'geodesic', crs: 'EPSG:3857' } };
    const answer = (await workersOf(ports).run('light', makeTask('measure', body))) as SyncAnswer;
    assert.ok(answer.warnings && answer.warnings.count > 0);
    const { logs } = ports.storage.json(answer.warnings.key) as { logs: { level: string }[] };
    assert.equal(logs[0]?.level, 'warning');
  });
});

describe('what goes to the worker all the same', () => {
  const goes = async (computeClass: 'light' | 'vector', task: SyncTask, memory?: number) => {
    const ports = memoryPorts({ runTask: async () => ({ called: true }) });
    return [await workersOf(ports, memory).run(computeClass, task), ports.workers.tasks.length];
  };
  const called = [{ called: true }, 1];

  test('other classes', async () => {
    assert.deepEqual(await goes('vector', makeTask('buffer', { inputs: { features, distance: 1 } })), called);
  });

  test('inputs by reference, of collections and in the bucket: this function may open none of them', async () => {
    const references = [
      { href: 'https://example.org/a.geojson' },
      { collection: 'https://example.org/collections/a' },
    ];
    for (const reference of references)
      assert.deepEqual(
        await goes('light', makeTask('centroid', { inputs: { features: reference } })),
        called,
      );
    const task = makeTask('echo', { inputs: { message: 'a' } }, { inputsKey: 'sync/e1/inputs.json' });
    assert.deepEqual(await goes('light', task), called);
  });

  test('files, other JSON that GDAL reads, and results that are files', async () => {
    const inputs = [
      { value: 'QUJD', mediaType: 'application/geopackage+sqlite3' },
      { type: 'Topology', objects: {}, arcs: [] },
    ];
    for (const input of inputs) {
      const request = {
        ...makeTask('centroid', { inputs: { features } }).request,
        inputs: { features: input },
      };
      assert.deepEqual(
        await goes('light', makeTask('centroid', { inputs: { features } }, { request })),
        called,
      );
    }
    const outputs = { result: { format: { mediaType: 'application/geopackage+sqlite3' } } };
    assert.deepEqual(await goes('light', makeTask('centroid', { inputs: { features }, outputs })), called);
  });

  test('large inputs, and everything where this function has less memory than the worker', async () => {
    const message = 'x'.repeat(SMALL_INPUTS);
    assert.deepEqual(await goes('light', makeTask('echo', { inputs: { message } })), called);
    assert.deepEqual(await goes('light', makeTask('echo', { inputs: { message: 'a' } }), 256), called);
  });
});
