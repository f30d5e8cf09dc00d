import { setImmediate as turn } from 'node:timers/promises';
import { MemoryClock } from '../../../support/memory/memory-clock.ts';
import { runWaiting } from './virtual-timers.ts';

/** What may come of a step: it is done, or it goes wrong in one of several ways, each of which is a fault. */
export type Outcome =
  | 'done'
  /** It fails, and nothing has happened. */
  | 'failed'
  /** It has happened, and fails all the same: its answer is lost. */
  | 'lost'
  /** Who wanted to do it ends for ever, before it. */
  | 'died'
  | (string & {});

/** Something atomic that may happen next. */
export interface Step {
  readonly actor: string;
  readonly name: string;
  /** The first one is what is usual. */
  readonly outcomes: readonly Outcome[];
  /** Faults that the first outcome counts for. */
  readonly cost: number;
  /** True where it changes nothing that others see, so that its order among their steps does not matter. */
  readonly isPrivate: boolean;
  readonly isPossible: () => boolean;
  readonly take: (outcome: Outcome) => Promise<void> | void;
}

/** How an actor ended. */
export type End<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'died' };

export interface StepOptions {
  readonly outcomes?: readonly Outcome[];
  readonly cost?: number;
  readonly isPrivate?: boolean;
  readonly isPossible?: () => boolean;
}

interface Actor {
  readonly history: string[];
  isDead: boolean;
  die: () => void;
}

const CALL_OUTCOMES = ['done', 'failed', 'lost', 'died'] as const;
const always = () => true;

/**
 * Several actors whose every call to a port is one step that happens when somebody who explores lets it. Between steps the
 * actors run until each of them waits for a step: nothing depends on the time of this machine.
 */
export class World {
  readonly clock: MemoryClock;
  readonly #start: number;
  readonly #actors = new Map<string, Actor>();
  readonly #steps = new Set<Step>();
  readonly trace: string[] = [];
  /** The steps that count as faults. */
  readonly wrong: { readonly actor: string; readonly name: string; readonly outcome: Outcome }[] = [];
  faults = 0;

  constructor(now: string) {
    this.clock = new MemoryClock(now);
    this.#start = Date.parse(now);
  }

  /** Seconds since the world began. */
  get seconds(): number {
    return (this.clock.now().getTime() - this.#start) / 1000;
  }

  /** Steps that may happen now, in the order in which they came up. */
  get possible(): Step[] {
    return [...this.#steps].filter(({ isPossible }) => isPossible());
  }

  /** What each actor knows and waits for: with the data, all that the future depends on. */
  get state(): string {
    const actors = [...this.#actors].map(([name, { history, isDead }]) => [name, isDead, history]);
    const steps = [...this.#steps].map(({ actor, name }) => `${actor} ${name}`).sort();
    return JSON.stringify([actors.sort(), steps, this.faults, Math.floor(this.seconds / 10)]);
  }

  /** Lets the actors run until all of them wait. */
  async begin(): Promise<void> {
    await turn();
  }

  /** Lets a step happen, and the actors run until all of them wait again. */
  async take(step: Step, outcome: Outcome): Promise<void> {
    this.#steps.delete(step);
    const isFault = outcome !== step.outcomes[0];
    if (isFault || step.cost > 0) this.wrong.push({ actor: step.actor, name: step.name, outcome });
    this.faults += isFault ? 1 : 0;
    this.faults += isFault ? 0 : step.cost;
    this.trace.push(`${step.actor}: ${step.name}${isFault ? ` (${outcome})` : ''}`);
    this.clock.advance(0.001);
    await step.take(outcome);
    await turn();
  }

  /**
   * Begins something.
   *
   * @param ended told when its answer arrives, or that none will.
   * @param canBeLost whether its answer can: where nobody waits for it, that makes no difference.
   */
  spawn<T>(
    name: string,
    run: () => Promise<T>,
    ended: (end: End<T>) => void = () => undefined,
    canBeLost = false,
  ): void {
    const actor: Actor = { history: [], isDead: false, die: () => ended({ kind: 'died' }) };
    if (this.#actors.has(name)) throw new Error(`There is a ${name} already`);
    this.#actors.set(name, actor);
    const answer = (end: End<T>) => {
      const finish = (outcome: Outcome) => {
        actor.history.push(`answers: ${outcome}`);
        actor.isDead = true;
        ended(outcome === 'done' ? end : { kind: 'died' });
      };
      if (canBeLost) this.#add(name, 'answers', { outcomes: ['done', 'died'] }, finish);
      else finish('done');
    };
    const waiting = {
      sleep: (milliseconds: number) =>
        this.step(
          name,
          `waits ${milliseconds} ms`,
          async () => void this.clock.advance(milliseconds / 1000),
          {
            outcomes: ['done'],
            isPrivate: true,
          },
        ),
      later: (action: () => void, milliseconds: number) => this.#later(name, action, milliseconds),
    };
    void runWaiting(waiting, () =>
      run().then(
        (value) => actor.isDead || answer({ kind: 'answered', value }),
        (error) => actor.isDead || answer({ kind: 'threw', error }),
      ),
    );
  }

  /** Ends an actor, whatever it does. Nobody is told. */
  stop(name: string): void {
    const actor = this.#actors.get(name);
    if (actor) actor.isDead = true;
    for (const step of this.#steps) if (step.actor === name) this.#steps.delete(step);
  }

  isAlive(name: string): boolean {
    return this.#actors.get(name)?.isDead === false;
  }

  /** Does something as one step of an actor, when it is its turn. */
  step<T>(name: string, what: string, act: () => Promise<T>, options: StepOptions = {}): Promise<T> {
    return new Promise((resolve, reject) => {
      if (!this.isAlive(name)) return;
      this.#add(name, what, options, async (outcome) => {
        const actor = this.#actors.get(name);
        if (outcome === 'died') return this.#kill(name);
        const fault = new Error(`${what} failed`);
        if (outcome === 'failed') {
          actor?.history.push(`${what}: failed`);
          return reject(fault);
        }
        try {
          const value = await act();
          actor?.history.push(`${what}: ${outcome} ${timeless(value)}`);
          if (outcome === 'lost') reject(fault);
          else resolve(value);
        } catch (error) {
          actor?.history.push(`${what}: ${String(error)}`);
          reject(error);
        }
      });
    });
  }

  /** The methods of a port, each call of which is a step of the actor. @param watch sees the calls that were made */
  port<T extends object>(name: string, label: string, target: T): T {
    return new Proxy(target, {
      get: (port, method) => {
        const member = Reflect.get(port, method);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) =>
          this.step(name, `${label}.${String(method)}`, async () => member.apply(port, args));
      },
    });
  }

  #kill(name: string): void {
    const actor = this.#actors.get(name);
    this.stop(name);
    actor?.history.push('died');
    actor?.die();
  }

  /** A timer within a second is part of the work; one that is further away stands for time that is over, which is a fault. */
  #later(name: string, action: () => void, milliseconds: number): () => void {
    const options = { outcomes: ['done'], cost: milliseconds > 1000 ? 1 : 0 };
    const step = this.#add(name, `${milliseconds} ms are over`, options, () => {
      this.#actors.get(name)?.history.push(`${milliseconds} ms are over`);
      action();
    });
    return () => this.#steps.delete(step);
  }

  #add(actor: string, name: string, options: StepOptions, take: Step['take']): Step {
    const { outcomes = CALL_OUTCOMES, cost = 0, isPrivate = false, isPossible = always } = options;
    const step = { actor, name, outcomes, cost, isPrivate, isPossible, take };
    this.#steps.add(step);
    return step;
  }
}

/** A value without its times, which differ from run to run and decide nothing, and with the lengths of bytes. */
export const timeless = (value: unknown): string => {
  const text = JSON.stringify(value, (_, part) => (part instanceof Uint8Array ? part.length : part));
  return (text ?? '').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'T');
};
