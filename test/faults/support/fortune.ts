import type { Choice } from '../../functions/lifecycle/support/explore.ts';

/** Of a hundred steps so many go wrong while nothing is down. */
const FAULTS_OF_HUNDRED = 12;
/** Services that may be down for a while: each call to them fails. */
const services = ['jobs.', 'storage.', 'workflow.', 'egress.'] as const;
/** Of a hundred steps at so many a service goes down. */
const OUTAGES_OF_HUNDRED = 3;
const LONGEST_OUTAGE = 12;

/** Numbers that look like chance and are the same for a seed (mulberry32). @returns draws an integer below a bound */
export function makeDice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/**
 * Chooses what happens next, by a seed: usually something that goes well; now and then a call that fails, whose answer is lost,
 * or whose caller dies; sometimes a service is down, and each call to it fails until it is up again.
 */
export function makeFortune(seed: number): (choices: readonly Choice[]) => Choice {
  const draw = makeDice(seed);
  let down: string | undefined;
  let left = 0;
  return (choices) => {
    if (left > 0) left--;
    else if (draw(100) < OUTAGES_OF_HUNDRED) {
      down = services[draw(services.length)];
      left = 1 + draw(LONGEST_OUTAGE);
    }
    const usual = choices.filter(({ step, outcome }) => step.cost === 0 && outcome === step.outcomes[0]);
    const faults = choices.filter((choice) => !usual.includes(choice));
    const failure = faults.find(
      ({ step, outcome }) => left > 0 && outcome === 'failed' && step.name.startsWith(down ?? ''),
    );
    if (failure) return failure;
    if (faults.length > 0 && (usual.length === 0 || draw(100) < FAULTS_OF_HUNDRED))
      return faults[draw(faults.length)]!;
    return usual[draw(usual.length)]!;
  };
}
