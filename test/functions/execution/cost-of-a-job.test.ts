import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { countedJob, plainJob } from '../../../core/cost/job-usage.ts';
import type { Job } from '../../../core/jobs/job.ts';
import { itemFromJob, type JobItem } from '../../../functions/aws/job-item.ts';
import { type Callee, jobDefinition } from '../../../infra/constructs/job-definition.ts';
import { memoryService } from '../../support/memory-service.ts';

type Told = (name: string, given: readonly unknown[], answer: unknown) => void;

/** The same object, with its calls counted by name. */
function counted<T extends object>(target: T, calls: string[], told: Told = () => undefined): T {
  return new Proxy(target, {
    get(object, name: string | symbol) {
      const member = Reflect.get(object, name, object) as unknown;
      if (typeof member !== 'function') return member;
      return async (...given: unknown[]) => {
        calls.push(String(name));
        const answer = await (member as (...given: unknown[]) => unknown).apply(object, given);
        told(String(name), given, answer);
        return answer;
      };
    },
  });
}

/** Units that DynamoDB charges for a write: of the table, and of each index whose entry it changes. */
function writeUnits(before: JobItem | undefined, after: JobItem): number {
  const size = (item: object) => Math.ceil(Buffer.byteLength(JSON.stringify(item)) / 1024);
  const sweep = ({ jobID, sweepKey, due }: JobItem) => (sweepKey ? { jobID, sweepKey, due } : undefined);
  const [old, now] = [before && sweep(before), sweep(after)];
  const sweepUnits = isDeepStrictEqual(old, now) ? 0 : size(now ?? old ?? {});
  return 2 * size(after) + sweepUnits;
}

describe('what a plain successful job takes', () => {
  test('is what the tables of costs count with: writes of the record, units of DynamoDB, objects', async () => {
    const records: string[] = [];
    const objects: string[] = [];
    let units = 0;
    let item: JobItem | undefined;
    const weigh = (job: Job | undefined) => {
      if (!job) return;
      const next = itemFromJob(job);
      units += writeUnits(item, next);
      item = next;
    };
    const service = memoryService();
    const { ports } = service;
    const { jobs, storage } = ports;
    const counting = {
      jobs: counted(jobs, records, (name, [job], answer) =>
        weigh((name === 'create' ? job : name === 'line' ? undefined : answer) as Job | undefined),
      ),
      storage: counted(storage, objects),
    };
    Object.assign(ports, counting);
    const { json } = await service.execute('echo', { inputs: { message: 'a' } }, { Prefer: 'respond-async' });
    await ports.workflow.settled();
    assert.equal(((await jobs.get(json.jobID)) as Job).status, 'successful');
    const writes = ['create', 'change', 'progress', 'claimKey', 'notified', 'postpone', 'settle', 'remove'];
    const recordWrites = records.filter((name) => writes.includes(name));
    const recordReads = records.filter((name) => !writes.includes(name));
    const objectWrites = objects.filter((name) => ['put', 'removeAll'].includes(name));
    assert.deepEqual(
      {
        recordWrites: recordWrites.length,
        writeUnits: units,
        recordReads: recordReads.length,
        objectWrites: objectWrites.length,
        objectReads: objects.length - objectWrites.length,
      },
      {
        recordWrites: plainJob.recordWrites,
        writeUnits: plainJob.writeUnits,
        recordReads: plainJob.recordReads,
        objectWrites: plainJob.objectWrites,
        objectReads: plainJob.objectReads,
      },
      `${records}; ${objects}`,
    );
    assert.ok(recordWrites.length <= 4);
  });

  test('with quotas, what its owner uses is written besides: announced, recorded and settled', async () => {
    const records: string[] = [];
    const entries: string[] = [];
    const service = memoryService({ settings: { quotas: { executionsPerDay: 1000, runningJobs: 10 } } });
    const { ports } = service;
    const { jobs, usage } = ports;
    Object.assign(ports, { jobs: counted(jobs, records), usage: counted(usage, entries) });
    const { json } = await service.execute('echo', { inputs: { message: 'a' } }, { Prefer: 'respond-async' });
    await ports.workflow.settled();
    assert.equal(((await jobs.get(json.jobID)) as Job).status, 'successful');
    assert.deepEqual(entries.toSorted(), ['announce', 'record', 'settle', 'since']);
    assert.equal(entries.filter((name) => name !== 'since').length, countedJob.usageWrites);
    const changes = records.filter((name) => ['create', 'change', 'progress'].includes(name));
    assert.equal(changes.length, plainJob.recordWrites);
  });

  test('is at most three transitions of the state machine, two without a subscriber', () => {
    const callee: Callee = { arn: 'arn:aws:lambda:eu-west-1:1:function:f', timeout: 1 };
    const definition = jobDefinition(
      {
        workers: { light: callee, vector: callee, raster: callee },
        failJob: callee,
        notifySubscriber: callee,
      },
      'aws',
    ) as {
      StartAt: string;
      States: Record<string, { Type: string; Next?: string; End?: boolean; Choices?: { Next: string }[] }>;
    };
    const lengths = (name: string): number[] => {
      const { Choices, Next } = definition.States[name] ?? {};
      const following = Choices?.map((choice) => choice.Next) ?? (Next === undefined ? [] : [Next]);
      return following.length === 0 ? [1] : following.flatMap(lengths).map((length) => length + 1);
    };
    const all = lengths(definition.StartAt);
    assert.equal(Math.max(...all), 3);
    assert.equal(Math.min(...all), plainJob.transitions);
  });
});
