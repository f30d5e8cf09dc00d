import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { requirePresent } from '../core/shared/require-present.ts';
import { root } from '../scripts/lib/paths.ts';

export interface Measured {
  readonly seconds: number;
  /** Seconds of processors, of all threads. */
  readonly cpu: number;
  readonly check: number;
}

/** A program that runs cases one after the other, so that nothing of the other side is in its memory. */
export class Side {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterableIterator<string>;
  readonly #reader: Interface;

  constructor(command: string, args: readonly string[]) {
    this.#child = spawn(command, args, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
    this.#reader = createInterface({ input: requirePresent(this.#child.stdout, 'The output') });
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  async run(request: object): Promise<Measured> {
    this.#child.stdin?.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`The program ended: ${JSON.stringify(request)}`);
    return JSON.parse(value) as Measured;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.stdin?.end();
      await ended;
    }
    this.#reader.close();
  }
}

/** @param flags of Node.js besides those that it always has */
export const ours = (directory: string, flags: readonly string[] = []): Side =>
  new Side(process.execPath, [
    '--max-old-space-size=6144',
    ...flags,
    join(root, 'bench', 'ours.ts'),
    directory,
  ]);

export const reference = (python: string, directory: string): Side =>
  new Side(python, ['-B', join(root, 'bench', 'reference'), directory]);
