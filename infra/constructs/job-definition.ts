import { type ComputeClass, computeClasses } from '../../core/processes/declaration.ts';

/** ARN of a function that the state machine calls, and the seconds that it may take. */
export interface Callee {
  readonly arn: string;
  readonly timeout: number;
}

export interface JobCallees {
  readonly workers: Readonly<Record<ComputeClass, Callee>>;
  readonly failJob: Callee;
  readonly notifySubscriber: Callee;
}

/**
 * Errors after which the worker certainly did not run. A worker that crashed, ran out of memory or out of time
 * is not run again: it would most likely end the same way, at the same price.
 * (`Lambda.ClientExecutionTimeoutException` is not among them: the worker may still be running.)
 */
const NOT_RUN = ['Lambda.ServiceException', 'Lambda.AWSLambdaException', 'Lambda.SdkClientException'];

/** All workers that the account may run at once are busy: the job waits for its turn, for about five hours. */
const BUSY = ['Lambda.TooManyRequestsException'];

/** Seconds that a call may take beyond the function's own time: waiting for capacity and a cold start. */
const CALL_MARGIN = 30;

/**
 * The workflow of a job in Amazon States Language. Its input is `{ jobID, computeClass, hasSubscriber }`. A
 * successful job without subscriber takes two state transitions (Route, Run...), with one three.
 *
 * @param partition AWS partition of the service integration, for example `aws`.
 */
export function jobDefinition(callees: JobCallees, partition: string): object {
  const call = (callee: Callee, payload: Record<string, unknown>) => ({
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke`,
    Parameters: { FunctionName: callee.arn, Payload: payload },
    ResultPath: null,
    TimeoutSeconds: callee.timeout + CALL_MARGIN,
  });
  const run = (computeClass: ComputeClass) => ({
    ...call(callees.workers[computeClass], { kind: 'job', 'jobID.$': '$.jobID' }),
    Retry: [
      retry(BUSY, { interval: 2, attempts: 200, rate: 1.5, longest: 180 }),
      retry(NOT_RUN, { interval: 2, attempts: 6, rate: 2, longest: 60 }),
    ],
    Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'FailJob' }],
  });
  const notify = {
    ...call(callees.notifySubscriber, { 'jobID.$': '$.jobID' }),
    Retry: [retry(['States.ALL'], { interval: 5, attempts: 5, rate: 3, longest: 300 })],
  };
  const states: Record<string, object> = {
    Route: { Type: 'Choice', Choices: computeClasses.flatMap(buildRoutes) },
    FailJob: {
      ...call(callees.failJob, { 'jobID.$': '$.jobID', 'error.$': '$.error' }),
      Retry: [retry(['States.ALL'], { interval: 1, attempts: 8, rate: 2, longest: 120 })],
      Next: 'HasSubscriber',
    },
    HasSubscriber: {
      Type: 'Choice',
      Choices: [{ ...subscribed, Next: 'NotifyOfFailure' }],
      Default: 'Failed',
    },
    // A subscriber that cannot be reached changes nothing about the job.
    NotifyOfSuccess: { ...notify, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'NotNotified' }], End: true },
    NotNotified: { Type: 'Succeed' },
    NotifyOfFailure: { ...notify, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }], Next: 'Failed' },
    Failed: { Type: 'Fail', Error: 'JobFailed', Cause: 'The worker did not finish; the job records why.' },
  };
  for (const computeClass of computeClasses) {
    states[stateName(computeClass)] = { ...run(computeClass), End: true };
    states[stateName(computeClass, true)] = { ...run(computeClass), Next: 'NotifyOfSuccess' };
  }
  return { Comment: 'Runs a job to its end, whatever happens.', StartAt: 'Route', States: states };
}

const subscribed = { Variable: '$.hasSubscriber', BooleanEquals: true } as const;

/** `RunVector`, or `RunVectorThenNotify` for a job with a subscriber: a second Choice would cost a transition. */
const stateName = (computeClass: ComputeClass, notifies = false): string =>
  `Run${computeClass.charAt(0).toUpperCase()}${computeClass.slice(1)}${notifies ? 'ThenNotify' : ''}`;

function buildRoutes(computeClass: ComputeClass): object[] {
  const ofClass = { Variable: '$.computeClass', StringEquals: computeClass };
  return [
    { And: [ofClass, subscribed], Next: stateName(computeClass, true) },
    { ...ofClass, Next: stateName(computeClass) },
  ];
}

interface Backoff {
  /** Seconds before the first repetition. */
  readonly interval: number;
  readonly attempts: number;
  readonly rate: number;
  /** Seconds that are never exceeded between two attempts. */
  readonly longest: number;
}

const retry = (errors: readonly string[], { interval, attempts, rate, longest }: Backoff) => ({
  ErrorEquals: errors,
  IntervalSeconds: interval,
  MaxAttempts: attempts,
  BackoffRate: rate,
  MaxDelaySeconds: longest,
  JitterStrategy: 'FULL',
});
