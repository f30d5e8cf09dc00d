import { InvokeCommand, LambdaClient, TooManyRequestsException } from '@aws-sdk/client-lambda';
import type { NoTask } from '../../core/execution/worker-task.ts';
import type { Workers } from '../../core/ports.ts';
import type { ComputeClass } from '../../core/processes/declaration.ts';
import { SyncTimeout } from '../../core/shared/errors.ts';
import { parseExact } from '../../core/shared/exact-json.ts';
import { workerFailure, workersBusy } from './worker-failure.ts';

/** A worker ends by itself when the time is over; these seconds are for its answer to come. */
const MARGIN_SECONDS = 2;

/** Lambda functions that answer while the client waits. */
export class WorkerFunctions implements Workers {
  readonly #client: LambdaClient;
  readonly #names: Readonly<Record<ComputeClass, string>>;
  readonly #syncSeconds: number;

  constructor(client: LambdaClient, names: Readonly<Record<ComputeClass, string>>, syncSeconds: number) {
    this.#client = client;
    this.#names = names;
    this.#syncSeconds = syncSeconds;
  }

  async run(computeClass: ComputeClass, task: unknown): Promise<unknown> {
    const started = performance.now();
    const abortSignal = AbortSignal.timeout((this.#syncSeconds + MARGIN_SECONDS) * 1000);
    const command = new InvokeCommand({
      FunctionName: this.#names[computeClass],
      InvocationType: 'RequestResponse',
      Payload: JSON.stringify(task),
    });
    const { FunctionError, Payload } = await this.#client.send(command, { abortSignal }).catch((error) => {
      if (abortSignal.aborted) throw new SyncTimeout(this.#syncSeconds);
      if (error instanceof TooManyRequestsException) throw workersBusy(error);
      throw error;
    });
    const answer = Payload?.length ? parseExact(Payload.transformToString(), true) : null;
    if (!FunctionError) return answer;
    // A worker whose process cannot be stopped ends itself then, and cannot say so.
    const isOver = performance.now() - started >= this.#syncSeconds * 1000;
    throw isOver ? new SyncTimeout(this.#syncSeconds) : workerFailure(answer ?? {}, this.#syncSeconds);
  }

  async isFree(computeClass: ComputeClass): Promise<boolean> {
    try {
      await this.#client.send(
        new InvokeCommand({
          FunctionName: this.#names[computeClass],
          InvocationType: 'RequestResponse',
          Payload: JSON.stringify({ kind: 'nothing' } satisfies NoTask),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof TooManyRequestsException) return false;
      throw error;
    }
  }
}

/** The functions that the environment names. */
export const workers = (names: Readonly<Record<ComputeClass, string>>, syncSeconds: number): Workers =>
  // An execution is never sent twice: it may have run although its answer was lost.
  new WorkerFunctions(
    new LambdaClient({
      maxAttempts: 1,
      requestHandler: { connectionTimeout: 3000, socketTimeout: (syncSeconds + MARGIN_SECONDS + 1) * 1000 },
    }),
    names,
    syncSeconds,
  );
