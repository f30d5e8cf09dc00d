import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Told } from './host.ts';

/** How often events are given: rounds of some, each of which is a sample. */
export interface Amount {
  readonly count: number;
  readonly rounds: number;
}

/** A function in a process of its own. */
export class FunctionProcess {
  readonly #child: ChildProcess;
  #last: Promise<unknown> = Promise.resolve();

  /** Milliseconds of processor time that reading the bundle took. */
  readonly importCpu: number;

  private constructor(child: ChildProcess, importCpu: number) {
    this.#child = child;
    this.importCpu = importCpu;
  }

  /** @param bundle directory with `index.mjs`; @param env what the function has on AWS, and where AWS is */
  static async start(bundle: string, env: Readonly<Record<string, string>>): Promise<FunctionProcess> {
    const child = fork(join(import.meta.dirname, 'host.ts'), [bundle], {
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [{ importCpu }] = (await once(child, 'message')) as [{ importCpu: number }];
    return new FunctionProcess(child, importCpu);
  }

  /** Gives events one after the other. Calls wait for one another, as requests to one process of Lambda do. */
  run(events: readonly string[], { count, rounds }: Amount = { count: 1, rounds: 1 }): Promise<Told> {
    return this.#ask({ events, count, rounds }) as Promise<Told>;
  }

  /** Milliseconds of processor time since its start. */
  async usage(): Promise<number> {
    const { user, system } = (await this.#ask('usage')) as NodeJS.CpuUsage;
    return (user + system) / 1000;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }

  #ask(what: object | string): Promise<object> {
    const answer = this.#last.then(async () => {
      this.#child.send(what);
      const [told] = (await once(this.#child, 'message')) as [object];
      if ('error' in told) throw new Error(String(told.error));
      return told;
    });
    this.#last = answer.catch(() => undefined);
    return answer;
  }
}
