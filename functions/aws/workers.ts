import type { NoTask } from '../../core/execution/worker-task.ts';
import type { Workers } from '../../core/ports.ts';
import type { ComputeClass } from '../../core/processes/declaration.ts';
import { SyncTimeout } from '../../core/shared/errors.ts';
import { parseExact } from '../../core/shared/exact-json.ts';
import { AwsError, isNamed } from './client/aws-error.ts';
import { AwsService } from './client/aws-service.ts';
import { readCode } from './client/json-service.ts';
import type { HttpResponse } from './client/send-once.ts';
import { workerFailure, workersBusy } from './worker-failure.ts';

/** A worker ends by itself when the time is over; these seconds are for its answer to come. */
const MARGIN_SECONDS = 2;

/** Lambda functions that answer while the client waits. */
export class WorkerFunctions implements Workers {
  readonly #service: Pick<AwsService, 'ask'>;
  readonly #names: Readonly<Record<ComputeClass, string>>;
  readonly #syncSeconds: number;

  constructor(
    service: Pick<AwsService, 'ask'>,
    names: Readonly<Record<ComputeClass, string>>,
    syncSeconds: number,
  ) {
    this.#service = service;
    this.#names = names;
    this.#syncSeconds = syncSeconds;
  }

  async run(computeClass: ComputeClass, task: unknown): Promise<unknown> {
    const started = performance.now();
    const abortSignal = AbortSignal.timeout((this.#syncSeconds + MARGIN_SECONDS) * 1000);
    const { headers, body } = await this.#invoke(computeClass, task, abortSignal).catch((error) => {
      if (abortSignal.aborted) throw new SyncTimeout(this.#syncSeconds);
      if (isNamed(error, 'TooManyRequestsException')) throw workersBusy(error);
      throw error;
    });
    const answer = body.length > 0 ? parseExact(body.toString('utf8'), true) : null;
    if (headers['x-amz-function-error'] === undefined) return answer;
    // A worker whose process cannot be stopped ends itself then, and cannot say so.
    const isOver = performance.now() - started >= this.#syncSeconds * 1000;
    throw isOver ? new SyncTimeout(this.#syncSeconds) : workerFailure(answer ?? {}, this.#syncSeconds);
  }

  async isFree(computeClass: ComputeClass): Promise<boolean> {
    try {
      await this.#invoke(computeClass, { kind: 'nothing' } satisfies NoTask);
      return true;
    } catch (error) {
      if (isNamed(error, 'TooManyRequestsException')) return false;
      throw error;
    }
  }

  #invoke(computeClass: ComputeClass, task: unknown, signal?: AbortSignal): Promise<HttpResponse> {
    return this.#service.ask(
      {
        method: 'POST',
        path: `/2015-03-31/functions/${encodeURIComponent(this.#names[computeClass])}/invocations`,
        headers: { 'Content-Type': 'application/json', 'X-Amz-Invocation-Type': 'RequestResponse' },
        body: JSON.stringify(task),
        ...(signal ? { signal } : {}),
      },
      readAnswer,
    );
  }
}

function readAnswer(response: HttpResponse): HttpResponse {
  const { status, headers, body } = response;
  if (status < 300) return response;
  const type = String(headers['x-amzn-errortype'] ?? `Status${status}`);
  throw new AwsError(readCode(type), body.toString('utf8'), status);
}

/** The functions that the environment names. */
export const workers = (names: Readonly<Record<ComputeClass, string>>, syncSeconds: number): Workers =>
  // An execution is never sent twice: it may have run although its answer was lost.
  new WorkerFunctions(
    new AwsService('lambda', {
      attempts: 1,
      idleMilliseconds: (syncSeconds + MARGIN_SECONDS + 1) * 1000,
    }),
    names,
    syncSeconds,
  );
