import type { SyncTask } from '../../core/execution/worker-task.ts';
import type { Ports, Workers } from '../../core/ports.ts';
import type { ComputeClass } from '../../core/processes/declaration.ts';
import { processes } from '../../processes/index.ts';
import { fitsInRequest } from './fits-in-request.ts';
import type { UsageWrittenOnce } from './usage-written-once.ts';

/** Megabytes of the function that runs this; outside of Lambda there is no bound. */
const MEMORY = Number(process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? Number.POSITIVE_INFINITY);

/**
 * Workers of which the one of the class light need not be called for what is small: it runs in this function, in a thread, with
 * the code of the worker, which is loaded by the first such request. Everything else goes to the functions of the workers.
 */
export class WorkersInRequest implements Workers {
  readonly #ports: Ports;
  readonly #usage: UsageWrittenOnce;
  readonly #memory: number;

  constructor(ports: Ports, usage: UsageWrittenOnce, memory = MEMORY) {
    this.#ports = ports;
    this.#usage = usage;
    this.#memory = memory;
  }

  async run(computeClass: ComputeClass, task: unknown): Promise<unknown> {
    const { workers, settings } = this.#ports;
    const sync = task as SyncTask;
    const declaration = processes.find(({ id }) => id === sync.request.processID);
    // What a process may use is what the worker has.
    const isRoomy = this.#memory >= settings.workers.light.memory;
    if (!declaration || !isRoomy || !fitsInRequest(sync, declaration)) {
      await this.#usage.hand(sync.executionID);
      return workers.run(computeClass, task);
    }
    const { runLight } = await import('./run-light.ts');
    const answer = await runLight(sync, this.#ports);
    await this.#usage.end(sync.executionID);
    return answer;
  }

  isFree(computeClass: ComputeClass): Promise<boolean> {
    return this.#ports.workers.isFree(computeClass);
  }
}
