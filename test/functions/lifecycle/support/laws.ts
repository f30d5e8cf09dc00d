import assert from 'node:assert/strict';
import type { ResultManifest } from '../../../../core/execution/manifest.ts';
import type { ExecutionState } from '../../../../core/jobs/failures.ts';
import { isUnstarted } from '../../../../core/jobs/idempotency-key.ts';
import { type Job, jobKeys } from '../../../../core/jobs/job.ts';
import { isFinal, type JobStatus, mayFollow } from '../../../../core/jobs/lifecycle.ts';
import { JobGone } from '../../../../core/shared/errors.ts';
import type { ApiResponse } from '../../../../core/shared/response.ts';
import type { MemoryPorts } from '../../../support/memory/ports.ts';
import type { End, World } from './world.ts';

interface Watched {
  readonly world: World;
  readonly memory: MemoryPorts;
  readonly executions: ReadonlyMap<string, ExecutionState>;
  /** Workers whose process has computed to its end. */
  readonly computed: readonly string[];
  readonly successUri: string;
  readonly failedUri: string;
  /** Whether all that went wrong is made up for, so that no job fails of it. */
  readonly isMadeUpFor: () => boolean;
}

/** Seconds after which every job has ended, whatever has happened: of one that waits for a worker, of any other. */
const DEADLINE = { accepted: 26 * 3600, running: 4 * 3600 } as const;

/** What must be true of jobs at any time, and what must be true at the end. */
export function makeLaws({ world, memory, computed, successUri, failedUri, isMadeUpFor }: Watched) {
  const before = new Map<string, JobStatus | 'removed'>();
  const waited = new Set<string>();
  const answers: End<ApiResponse>[] = [];
  const dismissals: ApiResponse[] = [];
  const items = () => [...memory.jobs.items].filter(([id]) => id.startsWith('job-'));
  const statusIn = (item: Job | { readonly removed: true }) => ('removed' in item ? 'removed' : item.status);
  const told = () => memory.egress.posted.map(({ href, body }) => [href, JSON.parse(body).status]);

  /** Every write has changed a job in a way that the table of the lifecycle allows. */
  function check(): void {
    for (const [jobID, item] of items()) {
      if ('waiting' in item) {
        assert.ok(!isFinal(item.status), `A job that is ${item.status} still waits`);
        waited.add(jobID);
      }
      const from = before.get(jobID);
      const to = statusIn(item);
      if (from === to) continue;
      before.set(jobID, to);
      if (from === undefined) assert.equal(to, 'accepted');
      else if (to === 'removed') assert.ok(from !== 'removed' && isFinal(from), `${from} was removed`);
      else assert.ok(from !== 'removed' && mayFollow(from, to), `${from} became ${to}`);
      if (to !== 'removed' && isFinal(to)) {
        const { started } = item as Job;
        const deadline = DEADLINE[started === undefined || waited.has(jobID) ? 'accepted' : 'running'];
        assert.ok(world.seconds <= deadline, `It was ${to} after ${world.seconds} s`);
      }
    }
  }

  const isSettled = () => memory.jobs.unsettled === 0;

  function conclude(): void {
    assert.ok(isSettled(), 'The sweep still has something to do after all these hours');
    for (const [jobID, item] of items()) {
      const status = statusIn(item);
      assert.ok(status === 'removed' || isFinal(status), `The job stays ${status}`);
      compareWithBucket(jobID, status);
      if (status === 'failed') {
        assert.ok(
          !isMadeUpFor(),
          `The job failed of what is made up for: ${(item as Job).exception?.detail}`,
        );
        assert.ok(((item as Job).exception?.detail ?? '').length > 20, 'A job that failed does not say why');
      }
    }
    const prefixes = new Set(memory.storage.keys('jobs/').map((key) => key.split('/')[1]));
    for (const jobID of prefixes)
      assert.ok(memory.jobs.items.has(jobID ?? ''), `There are objects of no job: ${jobID}`);
    compareWithAnswers();
    compareWithCallbacks();
  }

  /** A successful job has what its manifest lists; of any other there are no results. */
  function compareWithBucket(jobID: string, status: JobStatus | 'removed'): void {
    const keys = memory.storage.keys(jobKeys.prefix(jobID));
    const kept = status === 'successful' || status === 'failed' ? ['request.json', 'log.json'] : [];
    const allowed = new Set(kept.map((name) => jobKeys.prefix(jobID) + name));
    if (status === 'successful') {
      const manifest = memory.storage.json(jobKeys.results(jobID)) as ResultManifest | undefined;
      assert.ok(manifest, 'A successful job has no results');
      allowed.add(jobKeys.results(jobID));
      for (const { key } of manifest.outputs) {
        if (key === undefined) continue;
        assert.ok(keys.includes(key), `The output ${key} is lost`);
        allowed.add(key);
      }
    }
    assert.deepEqual(
      keys.filter((key) => !allowed.has(key)),
      [],
      `A job that is ${status} leaves objects behind`,
    );
  }

  function compareWithAnswers(): void {
    const locations = answers.flatMap((end) =>
      end.kind === 'answered' ? [String(end.value.headers?.['Location']).split('/').at(-1)!] : [],
    );
    for (const jobID of locations) assert.ok(memory.jobs.items.has(jobID), `The client was told of ${jobID}`);
    assert.ok(new Set(locations).size <= 1, 'One request made several jobs');
    assert.ok(
      items().filter(([, item]) => !('removed' in item) && !isUnstarted(item)).length <= 1,
      'A request made several jobs',
    );
    // A job whose start was not confirmed fails, and may have run for a while; the client was told to send the request again.
    assert.ok(computed.length <= items().length, `The work was done ${computed.length} times`);
    if (dismissals.length === 0) return;
    const ends = items().map(([, item]) => statusIn(item));
    assert.ok(
      ends.some((status) => status === 'dismissed' || status === 'removed'),
      `A job that was dismissed is ${ends}`,
    );
  }

  function compareWithCallbacks(): void {
    const ends = told().filter(([href]) => href === successUri || href === failedUri);
    assert.ok(ends.length <= items().length + world.faults, `The subscriber was told ${ends.length} times`);
    const kept = items().flatMap(([, item]) => ('removed' in item || !item.notifications ? [] : [item]));
    if (kept.length < items().length) return;
    const ended = kept.filter(({ status }) => status !== 'dismissed');
    const expected = ended.map(({ status }) => (status === 'successful' ? successUri : failedUri));
    for (const href of expected)
      assert.ok(
        ends.some(([told]) => told === href),
        `Nobody has told ${href}`,
      );
    for (const [href] of ends)
      assert.ok(expected.includes(href), `${href} was told of ${kept.map(({ status }) => status)}`);
  }

  return {
    check,
    conclude,
    isSettled,
    told,
    left: () => ({
      ids: items().map(([jobID]) => jobID),
      keys: memory.storage.keys('jobs/'),
      statuses: items().map(([, item]) => statusIn(item)),
    }),
    answered: (end: End<ApiResponse>) => void answers.push(end),
    dismissed: (end: End<ApiResponse>) => {
      if (end.kind === 'answered' && end.value.status === 200) dismissals.push(end.value);
      // Another dismissal has removed it before, or something has failed.
      else if (end.kind === 'threw')
        assert.ok(end.error instanceof JobGone || world.faults > 0, String(end.error));
    },
  };
}
