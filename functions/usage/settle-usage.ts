import type { WorkerTask } from '../../core/execution/worker-task.ts';
import { isOfPart } from '../../core/jobs/job.ts';
import type { Ports, Storage } from '../../core/ports.ts';
import { computeGbSeconds } from '../../core/usage/usage-entry.ts';
import { logger } from '../observe/logger.ts';

/** Megabytes of the function that runs this; 0 outside of Lambda. */
const MEMORY = Number(process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? 0);

/** Counts what a worker uses for a task: its time, and the bytes that it stores and that stay. */
export class UsageMeter {
  /** The storage whose writes are counted. */
  readonly storage: Storage;
  readonly #started = performance.now();
  #bytes = 0;

  constructor(storage: Storage) {
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

  /** Records what the task has used. Where that fails, the most that it could have used goes on to count. */
  async settle(
    task: WorkerTask,
    { usage, settings }: Pick<Ports, 'usage' | 'settings'>,
    memory = MEMORY,
  ): Promise<void> {
    if (Object.keys(settings.quotas).length === 0) return;
    const id = task.kind === 'sync' ? task.executionID : task.jobID;
    const gbSeconds = computeGbSeconds(memory, (performance.now() - this.#started) / 1000);
    try {
      const outcome = { gbSeconds, bytes: this.#bytes };
      // The worker that divided the job has settled it.
      const isPart = task.kind === 'part' || task.kind === 'assemble';
      await (isPart ? usage.add(id, outcome) : usage.settle(id, outcome));
    } catch (error) {
      logger.warn('Usage:NotSettled', { jobID: id, error });
    }
  }
}
