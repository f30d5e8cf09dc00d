import { equivalentGbSeconds } from '../../core/cost/fargate.ts';
import type { WorkerTask } from '../../core/execution/worker-task.ts';
import { isOfPart } from '../../core/jobs/job.ts';
import type { Ports, Storage } from '../../core/ports.ts';
import { computeGbSeconds } from '../../core/usage/usage-entry.ts';
import { logger } from '../observe/logger.ts';

/** Megabytes of the function that runs this; 0 outside of Lambda. */
const MEMORY = Number(process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? 0);

export interface Metered {
  readonly ports: Pick<Ports, 'storage' | 'usage' | 'settings'>;
  /** Of a task of the large class: what the job had used before. */
  readonly large?: { readonly usedBefore: number };
}

/** Counts what a worker uses for a task: its time, and the bytes that it stores and that stay. */
export class UsageMeter {
  /** The storage whose writes are counted. */
  readonly storage: Storage;
  readonly #metered: Metered;
  readonly #memory: number;
  readonly #started = performance.now();
  #bytes = 0;
  #isHandedOver = false;
  #hasParts = false;

  constructor(metered: Metered, memory = MEMORY) {
    const { storage } = metered.ports;
    this.#metered = metered;
    this.#memory = memory;
    const count = (key: string, bytes: number) => {
      if (!isOfPart(key)) this.#bytes += bytes;
    };
    const put: Storage['put'] = async (key, body, mediaType) => {
      await storage.put(key, body, mediaType);
      count(key, typeof body === 'string' ? Buffer.byteLength(body) : body.length);
    };
    const compose: Storage['compose'] = async (key, pieces, mediaType) => {
      let bytes = 0;
      const counted = async function* () {
        for await (const piece of pieces) {
          bytes += piece.length;
          yield piece;
        }
      };
      await storage.compose(key, counted(), mediaType);
      count(key, bytes);
    };
    this.storage = new Proxy(storage, {
      get: (target, name) => {
        if (name === 'put') return put;
        if (name === 'compose') return compose;
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
  }

  /** The job goes on in the large class: it is not settled, and until it is the most that it may come to there counts. */
  handOver(): void {
    this.#isHandedOver = true;
  }

  /** The job goes on in parts, which add what they use. */
  divide(): void {
    this.#hasParts = true;
  }

  /** Counts the most that a task of the large class may come to: a worker that has died has not said that it hands the job over. */
  async begin(task: WorkerTask): Promise<void> {
    const { ports, large } = this.#metered;
    const size = ports.settings.large;
    if (!large || !size || task.kind !== 'job' || !this.#isCounted) return;
    try {
      const gbSeconds = large.usedBefore + equivalentGbSeconds(size, size.timeout);
      await ports.usage.expect(task.jobID, { gbSeconds, bytes: 0 });
    } catch (error) {
      logger.warn('Usage:NotSettled', { jobID: task.jobID, error });
    }
  }

  /** Records what the task has used. Where that fails, the most that it could have used goes on to count. */
  async settle(task: WorkerTask): Promise<void> {
    const { usage } = this.#metered.ports;
    if (!this.#isCounted) return;
    const id = task.kind === 'sync' ? task.executionID : task.jobID;
    try {
      const outcome = { gbSeconds: this.#countGbSeconds(), bytes: this.#bytes };
      if (this.#isHandedOver) await usage.expect(id, outcome);
      else if (task.kind === 'part') await usage.add(id, `${task.round}/${task.part}`, outcome);
      else if (task.kind === 'assemble') await usage.add(id, `${task.round}/*`, outcome, !this.#hasParts);
      else await (this.#hasParts ? usage.divide(id, outcome) : usage.settle(id, outcome));
    } catch (error) {
      logger.warn('Usage:NotSettled', { jobID: id, error });
    }
  }

  get #isCounted(): boolean {
    return Object.keys(this.#metered.ports.settings.quotas).length > 0;
  }

  #countGbSeconds(): number {
    const { ports, large } = this.#metered;
    const seconds = (performance.now() - this.#started) / 1000;
    const size = ports.settings.large;
    if (size && large) return large.usedBefore + equivalentGbSeconds(size, seconds);
    const used = computeGbSeconds(this.#memory, seconds);
    return size && this.#isHandedOver ? used + equivalentGbSeconds(size, size.timeout) : used;
  }
}
