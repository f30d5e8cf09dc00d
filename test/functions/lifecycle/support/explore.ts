import { hash } from 'node:crypto';
import type { Outcome, Step, World } from './world.ts';

/** Something that can be run again from its beginning, and always goes the same way if the same steps are taken. */
export interface Scenario {
  readonly world: World;
  /** Data that the future depends on beside what the actors know. */
  readonly state: () => string;
  /** Called after each step. @throws when something is wrong that must never be */
  readonly check: () => void;
  /** Called when nothing can happen any more. @throws when the end is wrong */
  readonly conclude: () => Promise<void>;
}

export interface Choice {
  readonly step: Step;
  readonly outcome: Outcome;
}

/** What may happen next. @param faults that may yet happen */
function listChoices(world: World, faults: number): Choice[] {
  const possible = world.possible;
  const alone = possible.find((step) => step.isPrivate && (faults < 1 || step.outcomes.length === 1));
  return (alone ? [alone] : possible).flatMap((step) => {
    const usual = step.outcomes[0]!;
    const choices = step.cost <= faults ? [{ step, outcome: usual }] : [];
    if (faults < 1) return choices;
    return [...choices, ...step.outcomes.slice(1).map((outcome) => ({ step, outcome }))];
  });
}

/** What an exploration came to. */
export interface Explored {
  readonly states: number;
  readonly ends: number;
}

interface ExploreOptions {
  /** Faults that happen at most in one run. */
  readonly faults: number;
  /** Runs after which the exploration is given up. */
  readonly most: number;
}

/**
 * Takes every order of steps and every place of faults, once from each state: from the same state the same follows.
 * @throws the first thing that is wrong, with what led to it; or when there are more runs than wanted
 */
export async function exploreAll(begin: () => Scenario, { faults, most }: ExploreOptions): Promise<Explored> {
  const seen = new Set<string>();
  const open: number[][] = [[]];
  let runs = 0;
  let ends = 0;
  for (let prefix = open.pop(); prefix; prefix = open.pop()) {
    if (++runs > most) throw new Error(`There are more than ${most} runs: ${seen.size} states until here`);
    const scenario = begin();
    const path: number[] = [];
    if (await follow(scenario, prefix, path)) ends++;
  }
  return { states: seen.size, ends };

  async function follow(scenario: Scenario, prefix: readonly number[], path: number[]): Promise<boolean> {
    const { world } = scenario;
    await world.begin();
    await explaining(world, async () => scenario.check());
    for (;;) {
      const choices = listChoices(world, faults - world.faults);
      if (choices.length === 0) {
        await explaining(world, scenario.conclude);
        return true;
      }
      const given = prefix[path.length];
      if (given === undefined) {
        const state = hash('sha1', world.state + scenario.state());
        if (seen.has(state)) return false;
        seen.add(state);
        for (let other = choices.length - 1; other > 0; other--) open.push([...path, other]);
      }
      const chosen = given ?? 0;
      const { step, outcome } = choices[chosen]!;
      path.push(chosen);
      await world.take(step, outcome);
      await explaining(world, async () => scenario.check());
    }
  }
}

/** Takes one run by the choices of somebody else; after the last of them all goes as is usual. */
export const walk = (begin: () => Scenario, picks: readonly number[], faults: number): Promise<World> =>
  roam(begin(), faults, (choices, count) => choices[(picks[count] ?? 0) % choices.length]!);

/** Takes one run whose every step somebody else chooses. @param faults that happen at most */
export async function roam(
  scenario: Scenario,
  faults: number,
  choose: (choices: readonly Choice[], count: number) => Choice,
): Promise<World> {
  const { world } = scenario;
  await world.begin();
  await explaining(world, async () => scenario.check());
  for (let count = 0; count < 2000; count++) {
    const choices = listChoices(world, faults - world.faults);
    if (choices.length === 0) {
      await explaining(world, scenario.conclude);
      return world;
    }
    const { step, outcome } = choose(choices, count);
    await world.take(step, outcome);
    await explaining(world, async () => scenario.check());
  }
  throw new Error(`It does not end:\n${world.trace.slice(-40).join('\n')}`);
}

async function explaining(world: World, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${message}\nafter\n  ${world.trace.join('\n  ')}`, { cause });
  }
}
