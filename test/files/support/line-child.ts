import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

/** What ended a child before it answered. */
export class ChildEnded extends Error {
  readonly reason: 'time' | 'memory' | 'crash';

  constructor(reason: ChildEnded['reason'], detail: string) {
    super(detail);
    this.name = 'ChildEnded';
    this.reason = reason;
  }
}

export interface Bounds {
  readonly seconds: number;
  readonly megabytes: number;
}

const LOOK_MILLISECONDS = 250;
/** Characters of a child's error output that are kept. */
const KEPT_OUTPUT = 4000;

/**
 * A program that answers each line with a line. It is started when it is asked first, ended where it passes a bound, and
 * started anew for the next question.
 */
export class LineChild {
  readonly #command: string;
  readonly #args: readonly string[];
  readonly #bounds: Bounds;
  readonly #directory: string | undefined;
  #child: ChildProcess | undefined;
  #answers: AsyncIterator<string> | undefined;
  #errors = '';

  /** @param directory for temporary files; who makes it removes it, as children that are ended leave theirs */
  constructor(command: string, args: readonly string[], bounds: Bounds, directory?: string) {
    this.#command = command;
    this.#args = args;
    this.#bounds = bounds;
    this.#directory = directory;
  }

  /** @throws ChildEnded when the child takes too long or too much memory, or ends by itself */
  async ask(question: unknown): Promise<unknown> {
    const child = this.#start();
    const watch = this.#watch(child);
    try {
      child.stdin!.write(`${JSON.stringify(question)}\n`);
      const answer = await Promise.race([this.#answers!.next(), watch.ended]);
      if (answer.done) throw this.#crashed(await waitForExit(child));
      return JSON.parse(answer.value) as unknown;
    } catch (error) {
      await this.stop();
      throw error;
    } finally {
      watch.stop();
    }
  }

  /** Ends the child, where there is one. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await waitForExit(child);
  }

  #start(): ChildProcess {
    if (this.#child && this.#child.exitCode === null && this.#child.signalCode === null) return this.#child;
    const child = spawn(this.#command, this.#args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...(this.#directory === undefined ? {} : { TMPDIR: this.#directory }) },
    });
    this.#errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-KEPT_OUTPUT);
    });
    // A child that has gone is seen where its answer is missing.
    child.stdin.on('error', () => undefined);
    // So is one that could not be started.
    child.on('error', (error) => {
      this.#errors += String(error);
    });
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    this.#child = child;
    return child;
  }

  #watch(child: ChildProcess): { readonly ended: Promise<never>; readonly stop: () => void } {
    const { seconds, megabytes } = this.#bounds;
    const deadline = Date.now() + seconds * 1000;
    let timer: NodeJS.Timeout | undefined;
    let over = false;
    const ended = new Promise<never>((_, reject) => {
      const look = async () => {
        const used = child.pid === undefined ? 0 : await residentMegabytes(child.pid);
        if (over) return;
        if (used > megabytes)
          reject(
            new ChildEnded('memory', `took ${Math.round(used)} MB, more than the ${megabytes} MB it has`),
          );
        else if (Date.now() > deadline) reject(new ChildEnded('time', `did not end within ${seconds} s`));
        else timer = setTimeout(() => void look().catch(reject), LOOK_MILLISECONDS);
      };
      timer = setTimeout(() => void look().catch(reject), LOOK_MILLISECONDS);
    });
    const stop = () => {
      over = true;
      clearTimeout(timer);
    };
    return { ended, stop };
  }

  #crashed(code: number | string): ChildEnded {
    return new ChildEnded('crash', `ended by itself (${code}): ${this.#errors.trim().slice(-600)}`);
  }
}

const waitForExit = (child: ChildProcess): Promise<number | string> =>
  new Promise((resolve) => {
    const end = child.exitCode ?? child.signalCode;
    if (end !== null) resolve(end);
    else if (child.pid === undefined) resolve('not started');
    else child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });

/** Resident memory of a process; 0 when it has ended. */
async function residentMegabytes(pid: number): Promise<number> {
  try {
    const kilobytes =
      process.platform === 'linux'
        ? /^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
        : (await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])).stdout.trim();
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}
