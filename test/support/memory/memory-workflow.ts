import type { ExecutionState } from '../../../core/jobs/failures.ts';
import type { Workflow } from '../../../core/ports.ts';
import type { ComputeClass } from '../../../core/processes/declaration.ts';
import { awsLimits, checkStateData, QuotaExceeded } from './aws-limits.ts';

export interface StartedExecution {
  readonly jobID: string;
  readonly computeClass: ComputeClass;
  readonly hasSubscriber: boolean;
  /** True where it takes its place in the line at once. */
  readonly waits?: true;
}

/** Runs the worker of a job in this process. */
export type RunJob = (execution: StartedExecution, signal: AbortSignal) => Promise<unknown>;

/**
 * Executions that are remembered and, given a callback, run. Like the real one it does not wait for them, starts
 * each job once, and stopping does not stop a worker that runs.
 */
export class MemoryWorkflow implements Workflow {
  readonly started: StartedExecution[] = [];
  readonly stopped: string[] = [];
  /** Tokens with which executions wait, and those with which they were let go on. */
  readonly tokens = new Set<string>();
  readonly wentOn: string[] = [];
  /** How executions are described that a test wants otherwise than as they are, by the id of the job. */
  readonly states = new Map<string, ExecutionState | undefined>();
  readonly #run: RunJob | undefined;
  readonly #ended = new Map<string, ExecutionState>();
  readonly #running = new Map<string, { readonly end: Promise<unknown>; readonly stop: AbortController }>();

  constructor(run?: RunJob) {
    this.#run = run;
  }

  async start(
    jobID: string,
    computeClass: ComputeClass,
    hasSubscriber: boolean,
    waits = false,
  ): Promise<void> {
    if (this.started.some((execution) => execution.jobID === jobID)) return;
    const execution = { jobID, computeClass, hasSubscriber, ...(waits ? { waits } : {}) };
    checkName(jobID);
    checkStateData(execution);
    this.started.push(execution);
    const stop = new AbortController();
    const end = new Promise(setImmediate).then(async () =>
      checkStateData(await this.#run?.(execution, stop.signal)),
    );
    // Reported by settled(), not as an unhandled rejection.
    end.then(
      () => this.#ended.set(jobID, { status: stop.signal.aborted ? 'ABORTED' : 'SUCCEEDED' }),
      (error) => this.#ended.set(jobID, { status: 'FAILED', error: String(error) }),
    );
    this.#running.set(jobID, { end, stop });
  }

  async goOn(token: string): Promise<boolean> {
    if (!this.tokens.delete(token)) return false;
    this.wentOn.push(token);
    return true;
  }

  async describe(jobID: string): Promise<ExecutionState | undefined> {
    if (this.states.has(jobID)) return this.states.get(jobID);
    if (!this.#running.has(jobID)) return undefined;
    return this.#ended.get(jobID) ?? { status: 'RUNNING' };
  }

  async stop(jobID: string): Promise<void> {
    this.stopped.push(jobID);
    this.#running.get(jobID)?.stop.abort();
  }

  /** Waits until everything that was started has ended. @throws what a callback threw */
  async settled(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ end }) => end));
  }
}

/** What Step Functions takes as the name of an execution. @throws QuotaExceeded */
function checkName(name: string): void {
  const longest = awsLimits.executionName;
  if (name.length > 0 && name.length <= longest && !/[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u.test(name)) return;
  throw new QuotaExceeded(
    'InvalidName',
    `Invalid Name: '${name}' (1 to ${longest} characters, none of them special)`,
  );
}
