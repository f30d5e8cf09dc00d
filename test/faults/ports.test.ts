import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FIXED_SEED } from '../../scripts/lib/seeds.ts';
import { roam } from '../functions/lifecycle/support/explore.ts';
import { type Cast, makeScenario } from '../functions/lifecycle/support/scenario.ts';
import { useVirtualTimers } from '../functions/lifecycle/support/virtual-timers.ts';
import { NOW } from '../functions/worker/support/job-worker.ts';
import { MemoryClock } from '../support/memory/memory-clock.ts';
import { makeDice, makeFortune } from './support/fortune.ts';
import { type Difference, mirror } from './support/mirror.ts';
import { makeStores } from './support/stores.ts';

/*
 * All who have to do with a job, on a real table and a real bucket, while calls fail, lose their answers, are overtaken by
 * others, find a service down, or end with their caller. After each run every job is in its right end, and table and bucket
 * have what their twins in memory have, which saw the same calls: nothing is lost, doubled or left behind.
 */
useVirtualTimers();
process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';

/** Faults of all runs together at least. */
const FEWEST = 1000;
const MOST_OF_RUN = 16;
const MOST_RUNS = 600;
/** Runs at the same time, each kind with stores of its own. */
const AT_ONCE = 4;
const FIRST_SEED = Number(process.env['FAULTS_SEED'] ?? FIXED_SEED);

function makeCast(seed: number): Cast {
  const draw = makeDice(seed ^ 0x5eed);
  return {
    requests: 1 + draw(3),
    atOnce: 1 + draw(2),
    headers: { 'idempotency-key': `"run-${seed}"` },
    dismissals: draw(4) === 0 ? 1 + draw(2) : 0,
    sweeps: draw(3),
    subscriber: draw(2) === 0,
    process: draw(4) === 0 ? 'refuses' : 'succeeds',
  };
}

test(`at least ${FEWEST} faults lose no job, and leave in table and bucket what belongs there`, async (context) => {
  const count: Record<string, number> = {};
  const ends: Record<string, number> = {};
  let faults = 0;
  let runs = 0;
  const next = () => (faults < FEWEST && runs < MOST_RUNS ? FIRST_SEED + runs++ : undefined);

  async function work(): Promise<void> {
    const stores = await makeStores(new MemoryClock(NOW));
    const expected = { jobs: [] as string[], keys: [] as string[] };
    try {
      for (let seed = next(); seed !== undefined; seed = next()) await run(seed, stores, expected);
      const actual = await stores.contents();
      assert.deepEqual(await stores.jobs.due(new Date('2100-01-01'), 10), [], 'Some jobs stay due for ever');
      assert.deepEqual(actual, { jobs: expected.jobs.sort(), keys: expected.keys.sort() });
    } finally {
      await stores.remove();
    }
  }

  async function run(
    seed: number,
    { jobs, storage }: Awaited<ReturnType<typeof makeStores>>,
    expected: { readonly jobs: string[]; readonly keys: string[] },
  ): Promise<void> {
    const differences: Difference[] = [];
    const scenario = makeScenario(makeCast(seed), {
      label: `${seed}-`,
      jobs: (twin) => mirror('jobs', { real: jobs, twin }, differences),
      storage: (twin) => mirror('storage', { real: storage, twin }, differences),
    });
    try {
      const world = await roam(scenario, MOST_OF_RUN, makeFortune(seed));
      assert.deepEqual(differences, [], 'AWS and the twin in memory disagree');
      faults += world.faults;
      for (const line of world.trace) {
        const [, outcome] = /\((failed|lost|died)\)$/.exec(line) ?? [];
        if (outcome) count[outcome] = (count[outcome] ?? 0) + 1;
      }
    } catch (error) {
      throw new Error(`With FAULTS_SEED=${seed}: ${(error as Error).message}`, { cause: error });
    }
    const { ids, keys, statuses } = scenario.left();
    expected.jobs.push(...ids);
    expected.keys.push(...keys);
    for (const status of statuses) ends[status] = (ends[status] ?? 0) + 1;
  }

  await Promise.all(Array.from({ length: AT_ONCE }, work));
  assert.ok(faults >= FEWEST, `only ${faults} faults in ${runs} runs`);
  // A ring whose jobs all end the same way has not tried much.
  for (const status of ['successful', 'failed', 'dismissed', 'removed'] as const)
    assert.ok((ends[status] ?? 0) > 0, `no job is ${status}`);
  const summary = `${faults} faults in ${runs} runs, seeds ${FIRST_SEED} to ${FIRST_SEED + runs - 1}: ${JSON.stringify(count)}; jobs ended ${JSON.stringify(ends)}`;
  context.diagnostic(summary);
  console.log(summary);
});
