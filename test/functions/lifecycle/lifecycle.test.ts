import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { logger } from '../../../functions/observe/logger.ts';
import { exploreAll, walk } from './support/explore.ts';
import { type Cast, makeScenario } from './support/scenario.ts';
import { useVirtualTimers } from './support/virtual-timers.ts';

/*
 * The functions that make, run, end, sweep and remove a job, interleaved call by call on ports in memory. Whatever the order
 * and wherever something fails, loses its answer or dies: no job is stuck, comes back from its end, is done twice or lost, its
 * subscriber is told, and at the end the bucket has what the table says.
 */
useVirtualTimers();

/** Only while the tests of a suite run, and not by a variable: other files may be tested in this process, and start others. */
function silenceLog(): void {
  const original = { ...logger };
  const nothing = () => undefined;
  before(() => void Object.assign(logger, { info: nothing, warn: nothing, error: nothing }));
  after(() => void Object.assign(logger, original));
}

const headers = { 'idempotency-key': '"0b0a7a4e"' };

/** `npm run test:soak` goes further. */
const isSoak = process.env['SOAK'] !== undefined;
const MOST = 200_000;

type Case = readonly [string, Cast, faults: number, faultsOfSoak: number];

/** What the other cases take call by call is one step where the line of waiting jobs is looked at. */
const besides = ['client', 'worker', 'reconcile', 'failJob', 'late-sweep'];
const wholeTickets = [...besides, 'waitForTurn', 'ticket'];

/** A job in the line: its tickets lost, twice and late, workers busy again, and dismissal and sweep beside it. */
const inTheLine: readonly Case[] = [
  ['of a job in the line', { waits: true, asOneStep: besides }, 1, 1],
  ['of a job in the line that is dismissed', { waits: true, dismissals: 1, asOneStep: besides }, 0, 0],
  [
    'of a job in the line that is dismissed and swept',
    { waits: true, dismissals: 1, sweeps: 1, asOneStep: [...wholeTickets, 'sweep'] },
    0,
    1,
  ],
  [
    'of a job that loses its worker, finds none again and waits',
    { losesWorkers: true, asOneStep: [...wholeTickets, 'sweep'] },
    3,
    4,
  ],
];

/** Of these there are too many orders for every day; random ones are taken below. */
const ofSoak: readonly Case[] = [
  ['of a dismissal in the line', { waits: true, dismissals: 1, asOneStep: wholeTickets }, 0, 1],
  [
    'of a sweep and a dismissal in the line',
    { waits: true, sweeps: 1, dismissals: 1, asOneStep: wholeTickets },
    0,
    0,
  ],
  ['of a job that is dismissed, perhaps while it waits', { waits: true, dismissals: 1 }, 0, 0],
  ['of a job that waits while it is swept', { waits: true, sweeps: 1 }, 0, 0],
];

describe('every order of steps', () => {
  silenceLog();
  const all: readonly Case[] = [
    ['of a job', {}, 1, 2],
    ['of a job whose process fails', { process: 'refuses' }, 1, 2],
    ['of a job that is dismissed', { dismissals: 1 }, 0, 1],
    ['of a job with a subscriber', { subscriber: true }, 0, 1],
    ['of a job with a subscriber whose process fails', { subscriber: true, process: 'refuses' }, 0, 1],
    ['of a request that comes twice at once with its key', { atOnce: 2, headers }, 0, 1],
    ['of a job that waits for its turn', { waits: true }, 0, 1],
    ['of a job that is swept while it runs', { sweeps: 1 }, 0, 1],
    ...inTheLine,
    ...(isSoak ? ofSoak : []),
  ];
  for (const [name, cast, few, many] of all) {
    const faults = isSoak ? many : few;
    test(`${name}, with ${faults} ${faults === 1 ? 'fault' : 'faults'} anywhere`, async () => {
      const { states, ends } = await exploreAll(() => makeScenario(cast), { faults, most: MOST });
      // The smallest of them has more: an exploration of nothing finds nothing.
      assert.ok(states > 50 && ends > 8, `${states} states, ${ends} ends`);
    });
  }
});

describe('random orders of steps with many faults', () => {
  silenceLog();
  const casts = fc.record({
    requests: fc.integer({ min: 1, max: 3 }),
    atOnce: fc.integer({ min: 1, max: 2 }),
    headers: fc.constant(headers),
    dismissals: fc.nat(3),
    sweeps: fc.nat(2),
    subscriber: fc.boolean(),
    process: fc.constantFrom('succeeds' as const, 'refuses' as const, 'is too large for its worker' as const),
    waits: fc.boolean(),
    losesWorkers: fc.boolean(),
  });
  const picks = fc.array(fc.nat(1000), { maxLength: 120, size: 'max' });

  test('of all who have to do with a job', async () => {
    await fc.assert(
      fc.asyncProperty(casts, picks, fc.nat(8), async (cast, chosen, faults) => {
        await walk(() => makeScenario(cast), chosen, faults);
      }),
      { numRuns: isSoak ? 20_000 : 500 },
    );
  });
});
