import type { Workers } from '../../../core/ports.ts';
import type { ComputeClass } from '../../../core/processes/declaration.ts';
import { parseExact } from '../../../core/shared/exact-json.ts';
import { checkAnswer, checkEvent } from './aws-limits.ts';

/** Answers a task in this process. */
export type RunTask = (computeClass: ComputeClass, task: unknown) => Promise<unknown>;

/** Workers that are a callback. Tasks and answers pass through JSON, as they do on the way to a function, and fit it. */
export class MemoryWorkers implements Workers {
  readonly tasks: { readonly computeClass: ComputeClass; readonly task: unknown }[] = [];
  readonly #run: RunTask | undefined;

  constructor(run?: RunTask) {
    this.#run = run;
  }

  /** Whether workers are free. */
  free: (computeClass: ComputeClass) => boolean = () => true;

  async isFree(computeClass: ComputeClass): Promise<boolean> {
    return this.free(computeClass);
  }

  async run(computeClass: ComputeClass, task: unknown): Promise<unknown> {
    checkEvent(task);
    const received = JSON.parse(JSON.stringify(task));
    this.tasks.push({ computeClass, task: received });
    if (!this.#run) throw new Error('This test gave memoryPorts() no worker: set runTask');
    const answer = (await this.#run(computeClass, received)) ?? null;
    checkAnswer(answer);
    return parseExact(JSON.stringify(answer), true);
  }
}
