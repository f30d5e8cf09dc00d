import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { LimitExceeded } from '../../core/shared/errors.ts';
import type { HelperMessage, WorkMessage } from './messages.ts';

/** Helpers at most: each has memory of its own. */
const MOST = 7;

/** Vertices per helper, below which starting it takes longer than it helps. */
const VERTICES_PER_HELPER = 20_000;

/** What comes of a work that a helper was told of. */
export interface Answers {
  readonly message: (message: HelperMessage) => void;
  /** The helper is no more. */
  readonly lost: (error: Error) => void;
}

/** A thread that takes parts of works; it does not keep the process alive unless it works. */
export class Helper {
  readonly #worker: Worker;
  readonly #works = new Map<number, Answers>();

  /** @param ended called when the thread is no more. */
  constructor(module: URL, ended: () => void) {
    this.#worker = new Worker(module, { name: 'helper' });
    this.#worker.on('message', (message: HelperMessage) => this.#works.get(message.id)?.message(message));
    this.#worker.on('error', (error) => this.#lose(lossOf(error)));
    this.#worker.on('exit', (code) => {
      this.#lose(new Error(`A thread that shared the work has ended with the code ${code}`));
      ended();
    });
    this.#worker.unref();
  }

  start(message: WorkMessage, answers: Answers): void {
    this.#works.set(message.id, answers);
    this.#worker.ref();
    this.#worker.postMessage(message);
  }

  /** Answers to a work are no longer of use. */
  leave(id: number): void {
    this.#works.delete(id);
    if (this.#works.size === 0) this.#worker.unref();
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #lose(error: Error): void {
    for (const { lost } of this.#works.values()) lost(error);
  }
}

const lossOf = (error: unknown): Error =>
  (error as NodeJS.ErrnoException)?.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new LimitExceeded('/inputs', 'The layers or rasters are too large together; send them in parts.')
    : error instanceof Error
      ? error
      : new Error(String(error));

/** The helpers of this thread: one for each further core, started when work is large enough and then kept. */
export class HelperThreads {
  #module: URL | undefined;
  #most: number;
  #verticesPerHelper = VERTICES_PER_HELPER;
  readonly #helpers = new Set<Helper>();

  constructor(module = moduleOfHelpers(import.meta.url), most = availableParallelism() - 1) {
    this.#module = module;
    this.#most = Math.min(MOST, most);
  }

  /** Threads that there are now. */
  get running(): number {
    return this.#helpers.size;
  }

  /** Sets how many helpers there may be, from how many vertices each has work, and what they run; for tests. */
  configure(
    most: number,
    verticesPerHelper = VERTICES_PER_HELPER,
    module = moduleOfHelpers(import.meta.url),
  ): void {
    this.#most = most;
    this.#verticesPerHelper = verticesPerHelper;
    this.#module = module;
  }

  /** Helpers for a work of so many parts and vertices; none for what is small. */
  for(parts: number, vertices: number): Helper[] {
    const worth = Math.floor(vertices / this.#verticesPerHelper);
    const wanted = this.#module ? Math.min(this.#most, parts - 1, worth) : 0;
    while (this.#helpers.size < wanted) {
      const helper = new Helper(this.#module!, () => this.#helpers.delete(helper));
      this.#helpers.add(helper);
    }
    return [...this.#helpers].slice(0, Math.max(0, wanted));
  }

  /** Ends all helpers, whatever they do. */
  async end(): Promise<void> {
    await Promise.all([...this.#helpers].map((helper) => helper.end()));
  }
}

/**
 * Where the module of the helpers is: among the sources, or in a bundle as `helper.mjs`, which only workers have that
 * share work: those of vectors and of rasters.
 *
 * @param here URL of this module, which in a bundle may have been put into a chunk.
 */
export function moduleOfHelpers(here: string): URL | undefined {
  if (here.endsWith('.ts')) return new URL('../helper.ts', here);
  return [new URL('./helper.mjs', here), new URL('../helper.mjs', here)].find((url) => existsSync(url));
}

/** Those of this thread. */
export const helperThreads = new HelperThreads();
