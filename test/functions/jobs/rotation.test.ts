import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { SecretVersions } from '../../../functions/aws/secrets.ts';
import { exampleJob } from '../../support/jobs.ts';
import { type MemoryService, memoryService } from '../../support/memory-service.ts';

const MINUTE = 60_000;

/** The secret of a deployment, as Secrets Manager keeps it: its value, and the one before. */
class Secret {
  readonly #versions: string[] = ['first'];

  rotate(value: string): void {
    this.#versions.push(value);
  }

  readonly read = async (stage: 'AWSCURRENT' | 'AWSPREVIOUS') =>
    this.#versions.at(stage === 'AWSCURRENT' ? -1 : -2);
}

interface Instance extends MemoryService {
  /** Milliseconds by its clock. */
  now: number;
}

/** Instances of functions that share jobs and a secret, each of which has read its keys at a time of its own. */
async function instances(secret: Secret, count: number): Promise<Instance[]> {
  const { jobs } = memoryService().ports;
  for (let index = 0; index < 5; index++) await jobs.create(exampleJob({ owner: 'anonymous', expires: 4e9 }));
  return Array.from({ length: count }, () => {
    const clock = { now: 0 };
    const secrets = new SecretVersions(secret.read, () => clock.now);
    return Object.assign(clock, memoryService({ jobs, secrets }));
  });
}

const nextOf = async (service: MemoryService, query = '?limit=1'): Promise<string> => {
  const { status, json, text } = await service.get(`/jobs${query}`);
  assert.equal(status, 200, text);
  return new URL(json.links.find(({ rel }: { rel: string }) => rel === 'next').href).search;
};
const statusOf = async (service: MemoryService, query: string) => (await service.get(`/jobs${query}`)).status;

describe('a cursor that was given out before a rotation of the key', () => {
  test('is good after one, and after two it is refused with what to do', async () => {
    const secret = new Secret();
    const [service] = (await instances(secret, 1)) as [Instance];
    const cursor = await nextOf(service);
    secret.rotate('second');
    service.now += 5 * MINUTE;
    assert.equal(await statusOf(service, cursor), 200);
    secret.rotate('third');
    service.now += 5 * MINUTE;
    for (const Accept of ['application/json', 'text/html']) {
      const { status, text } = await service.get(`/jobs${cursor}`, { Accept });
      assert.equal(status, 400);
      assert.match(text, /key was replaced twice.*begin again with the first page/);
    }
    assert.equal(await statusOf(service, await nextOf(service)), 200);
  });

  test('is good at an instance that knows the new key and at one that does not yet, whoever gave it out', async () => {
    const secret = new Secret();
    const [one, other] = (await instances(secret, 2)) as [Instance, Instance];
    const before = await nextOf(one);
    await nextOf(other);
    secret.rotate('second');
    one.now += 5 * MINUTE;
    const after = await nextOf(one);
    // The other one has kept its keys for a minute, and is asked for something signed with the new one.
    other.now += MINUTE;
    assert.deepEqual(await Promise.all([after, before].map((cursor) => statusOf(other, cursor))), [200, 200]);
    assert.deepEqual(await Promise.all([after, before].map((cursor) => statusOf(one, cursor))), [200, 200]);
  });

  test('is good or refused, and never a fault, with two rotations at once and instances that know either', async () => {
    const secret = new Secret();
    const all = await instances(secret, 4);
    const cursors: string[] = [];
    for (const [index, service] of all.entries()) {
      cursors.push(await nextOf(service), await nextOf(service, '?limit=2'));
      if (index === 1) secret.rotate('second');
      if (index === 2) secret.rotate('third');
    }
    for (const minutes of [0, 1, 5])
      for (const service of all) {
        service.now += minutes * MINUTE;
        for (const cursor of cursors) {
          const { status, text } = await service.get(`/jobs${cursor}`);
          assert.ok(status === 200 || status === 400, `${status} ${text}`);
          assert.ok(status === 200 || /begin again/.test(text), text);
          const { status: ofCollections } = await service.get(`/collections${cursor}`);
          assert.equal(ofCollections, 400);
        }
      }
    for (const service of all)
      for (const other of all) assert.equal(await statusOf(other, await nextOf(service)), 200);
  });
});

test('a callback is signed with the key and the one before it, over two rotations', async () => {
  const secret = new Secret();
  const [service] = (await instances(secret, 1)) as [Instance];
  const keys = ['first', 'second', 'third'];
  for (const [index, key] of keys.entries()) {
    if (index > 0) secret.rotate(key);
    service.now += 5 * MINUTE;
    await service.execute(
      'echo',
      { inputs: { message: 'hello' }, subscriber: { successUri: 'https://example.org/done' } },
      { Prefer: 'respond-async' },
    );
    await service.ports.workflow.settled();
    const { headers, body } = service.ports.egress.posted.at(-1)!;
    const [, time] = /^t=(\d+)/.exec(headers['Signature'] ?? '') ?? [];
    const signed = (by: string) => createHmac('sha256', by).update(`${time}.${body}`).digest('hex');
    const expected = [key, ...(index > 0 ? [keys[index - 1]!] : [])].map((by) => `v1=${signed(by)}`);
    assert.equal(headers['Signature'], `t=${time},${expected.join()}`);
  }
});
