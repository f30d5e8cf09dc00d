import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ClassLimitExceeded } from '../../core/shared/errors.ts';
import { Channel, type Handlers } from './channel.ts';
import { isOutOfMemory } from './errors.ts';
import type { HelperSide, SharerSide, Work } from './messages.ts';

/** Helpers at most: each has memory of its own. */
const MOST = 7;

/** Vertices per helper, below which starting it takes longer than it helps. */
const VERTICES_PER_HELPER = 20_000;

/** What comes of a work that a helper was told of. */
export interface Answers extends Handlers<SharerSide> {
  /** The helper does no more: it has ended, or failed beside the parts. */
  readonly lost: (error: unknown) => void;
}

/** A thread that takes parts of works; it does not keep the process alive unless it works. */
export class Helper {
  readonly #worker: Worker;
  readonly #channel: Channel<SharerSide, HelperSide>;
  readonly #works = new Map<number, Answers>();

  /** @param ended called when the thread is no more. */
  constructor(module: URL, ended: () => void) {
    this.#worker = new Worker(module, { name: 'helper' });
    this.#channel = new Channel<SharerSide, HelperSide>(this.#worker, {
      result: (result) => this.#works.get(result.work)?.result(result),
      failed: (failure) => this.#works.get(failure.work)?.failed(failure),
      warning: (warning) => this.#works.get(warning.work)?.warning(warning),
    });
    this.#worker.on('error', (error) => this.#channel.close(explained(error)));
    this.#worker.on('exit', (code) => {
      this.#channel.close(new Error(`A thread that shared the work has ended with the code ${code}`));
      ended();
    });
    this.#worker.unref();
  }

  /** Has the thread take parts of a work until none is left. */
  start(work: Work, answers: Answers): void {
    this.#works.set(work.id, answers);
    this.#worker.ref();
    this.#channel.call('help', work).catch(answers.lost);
  }

  /** Answers to a work are no longer of use. */
  leave(id: number): void {
    this.#works.delete(id);
    if (this.#works.size === 0) this.#worker.unref();
  }

  /** Terminates the thread, whatever it does. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

const explained = (error: unknown): unknown =>
  isOutOfMemory(error)
    ? new ClassLimitExceeded(
        '/inputs',
        'The layers or rasters together are too large for the memory of the worker. Send them in parts.',
      )
    : error;

/** The helpers of this thread: one for each further core, started when work is large enough and then kept. */
export class HelperThreads {
  #module: URL | undefined;
  #most: number;
  #verticesPerHelper = VERTICES_PER_HELPER;
  readonly #helpers = new Set<Helper>();

  constructor(most = availableParallelism() - 1) {
    this.#most = Math.min(MOST, most);
  }

  /**
   * Says what helpers run: a module that calls `serveKernels`. Whoever starts the thread of a process knows where it
   * is; until it is said there are no helpers, and all work is done on this thread.
   */
  use(module: URL): void {
    this.#module = module;
  }

  /** Threads that there are now. */
  get running(): number {
    return this.#helpers.size;
  }

  /** Sets how many helpers there may be, from how many vertices each has work, and what they run; for tests. */
  configure(most: number, verticesPerHelper = VERTICES_PER_HELPER, module = this.#module): void {
    this.#most = most;
    this.#verticesPerHelper = verticesPerHelper;
    this.#module = module;
  }

  /** Helpers for a work of so many parts and vertices; none for what is small. */
  for(parts: number, vertices: number): Helper[] {
    const worth = Math.floor(vertices / this.#verticesPerHelper);
    const module = this.#module;
    const wanted = module ? Math.min(this.#most, parts - 1, worth) : 0;
    while (module && this.#helpers.size < wanted) {
      const helper = new Helper(module, () => this.#helpers.delete(helper));
      this.#helpers.add(helper);
    }
    return [...this.#helpers].slice(0, Math.max(0, wanted));
  }

  /** Ends all helpers, whatever they do. */
  async end(): Promise<void> {
    await Promise.all([...this.#helpers].map((helper) => helper.end()));
  }
}

/** Those of this thread. */
export const helperThreads = new HelperThreads();
