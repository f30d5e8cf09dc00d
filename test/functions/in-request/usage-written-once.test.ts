import assert from 'node:assert/strict';
import { after, describe, type TestContext, test } from 'node:test';
import type { Context } from 'aws-lambda';
import { eventOf } from '../../../bench/api/functions.ts';
import { operations } from '../../../core/api/operations.ts';
import { newUsageEntry } from '../../../core/usage/usage-entry.ts';
import { executeProcess } from '../../../functions/api/execute-process.ts';
import { createHandler } from '../../../functions/http/handler.ts';
import { portsInRequest } from '../../../functions/in-request/execution-ports.ts';
import { closeThread } from '../../../functions/in-request/run-light.ts';
import { UsageWrittenOnce } from '../../../functions/in-request/usage-written-once.ts';
import { usageStoreContract } from '../../support/contracts/usage-store-contract.ts';
import { MemoryUsage } from '../../support/memory/memory-usage.ts';
import { memoryPorts } from '../../support/memory/ports.ts';

after(closeThread);

/** A table that says what it was asked to do. */
class ToldUsage extends MemoryUsage {
  readonly told: string[] = [];
  isBroken = false;

  override async record(...given: Parameters<MemoryUsage['record']>): Promise<void> {
    this.told.push('record');
    if (this.isBroken) throw new Error('throttled');
    return super.record(...given);
  }

  override async settle(...given: Parameters<MemoryUsage['settle']>): Promise<void> {
    this.told.push('settle');
    if (this.isBroken) throw new Error('throttled');
    return super.settle(...given);
  }
}

const entry = newUsageEntry(
  { id: 'e1', owner: 'one', kind: 'sync', memory: 512, gbSeconds: 12.5, bytes: 0 },
  new Date('2026-11-29T12:00:00.000Z'),
);

describe('UsageWrittenOnce', () => {
  usageStoreContract(async () => new UsageWrittenOnce(new MemoryUsage()));

  test('writes what ends at once in one go, with what it came to', async () => {
    const table = new ToldUsage();
    const usage = new UsageWrittenOnce(table);
    await usage.record(entry);
    assert.deepEqual(table.told, []);
    await usage.settle('e1', { gbSeconds: 0.1, bytes: 5 });
    await usage.end('e1');
    assert.deepEqual(table.told, ['record']);
    assert.deepEqual(table.entries.get('e1'), { ...entry, gbSeconds: 0.1, bytes: 5, settled: true });
  });

  test('writes what takes longer with the most that it can come to, and sets it in the end', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const table = new ToldUsage();
    const usage = new UsageWrittenOnce(table);
    await usage.record(entry);
    context.mock.timers.tick(100);
    assert.deepEqual(table.entries.get('e1'), entry);
    await usage.settle('e1', { gbSeconds: 0.1, bytes: 5 });
    await usage.end('e1');
    assert.deepEqual(table.told, ['record', 'settle']);
    assert.equal(table.entries.get('e1')?.gbSeconds, 0.1);
  });

  test('writes what goes on elsewhere before it does', async () => {
    const table = new ToldUsage();
    const usage = new UsageWrittenOnce(table);
    await usage.record(entry);
    await usage.hand('e1');
    assert.deepEqual(table.entries.get('e1'), entry);
    table.isBroken = true;
    await usage.record({ ...entry, id: 'e2' });
    await assert.rejects(usage.hand('e2'), { name: 'UsageUnknown' });
  });

  test('writes jobs and uploads at once', async () => {
    const table = new ToldUsage();
    const usage = new UsageWrittenOnce(table);
    for (const kind of ['job', 'upload'] as const) await usage.record({ ...entry, id: kind, kind });
    assert.deepEqual([...table.entries.keys()], ['job', 'upload']);
  });

  test('tells that nothing was written, also where the first attempt had failed', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    for (const milliseconds of [0, 100]) {
      const table = new ToldUsage();
      const usage = new UsageWrittenOnce(table);
      table.isBroken = true;
      await usage.record(entry);
      context.mock.timers.tick(milliseconds);
      await assert.rejects(usage.settle('e1', { gbSeconds: 0.1, bytes: 5 }), /throttled/);
      await assert.rejects(usage.end('e1'), { name: 'UsageUnknown' });
    }
  });

  test('takes another write that gets through for enough', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const table = new ToldUsage();
    const usage = new UsageWrittenOnce(table);
    table.isBroken = true;
    await usage.record(entry);
    context.mock.timers.tick(100);
    table.isBroken = false;
    await usage.settle('e1', { gbSeconds: 0.1, bytes: 5 });
    await usage.end('e1');
    assert.equal(table.entries.get('e1')?.gbSeconds, 0.1);
  });
});

describe('an execution in the request', () => {
  const silence = ({ mock }: TestContext) => {
    for (const name of ['info', 'log', 'warn', 'error'] as const) mock.method(console, name, () => undefined);
  };

  function makeService() {
    const usage = new ToldUsage();
    const given = memoryPorts({ usage, settings: { quotas: { executionsPerDay: 5000 } } });
    const reads: string[] = [];
    const { since } = usage;
    usage.since = (owner, from) => {
      reads.push(owner);
      return since.call(usage, owner, from);
    };
    const ports = portsInRequest(given);
    const handler = createHandler(
      operations.executeProcess,
      executeProcess,
      () => ports,
      () => ({ mode: 'none' }),
    );
    const execute = async (inputs: object) => {
      const event = eventOf({
        operation: 'executeProcess',
        parameters: { processID: 'echo' },
        body: { inputs },
      });
      return handler(JSON.parse(event), {} as Context);
    };
    return { usage, reads, execute };
  }

  test('costs one write, and a look now and then', async (context) => {
    silence(context);
    const { usage, reads, execute } = makeService();
    // However slow this machine is, nothing takes long.
    context.mock.timers.enable({ apis: ['setTimeout'] });
    for (let time = 0; time < 3; time++) assert.equal((await execute({ message: 'a' })).statusCode, 200);
    assert.deepEqual(usage.told, ['record', 'record', 'record']);
    assert.equal(reads.length, 1);
    for (const { settled, gbSeconds } of usage.entries.values())
      assert.ok(settled && gbSeconds < 12.5, `${gbSeconds}`);
  });

  test('is counted once it has begun', async (context) => {
    silence(context);
    const { usage, execute } = makeService();
    assert.equal((await execute({ message: 'a', pause: 1e9 })).statusCode, 400);
    assert.equal(usage.entries.size, 0);
    assert.equal((await execute({ message: 'a' })).statusCode, 200);
    assert.equal(usage.entries.size, 1);
  });

  test('gives no results that were not counted', async (context) => {
    silence(context);
    const { usage, execute } = makeService();
    usage.isBroken = true;
    const { statusCode, body } = await execute({ message: 'a' });
    assert.equal(statusCode, 503);
    assert.match(body, /executions that cannot be counted are not started/);
  });
});
