import { HANDED_OVER } from '../../core/execution/worker-task.ts';
import { WAIT_SECONDS } from '../../core/jobs/sweeping.ts';
import { type ComputeClass, computeClasses } from '../../core/processes/declaration.ts';
import { Env } from '../../core/shared/env.ts';

/** ARN of a function that the state machine calls, and the seconds that it may take. */
export interface Callee {
  readonly arn: string;
  readonly timeout: number;
}

/** How jobs are divided into parts. */
export interface FanOutSettings {
  /** Bucket that has the lists of parts. */
  readonly bucketName: string;
  /** Parts of a job that run at the same time. */
  readonly maxConcurrency: number;
}

/** Tasks of Fargate that jobs are handed over to. */
export interface LargeTasks {
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  /** Name of the container that runs the job. */
  readonly container: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  /** Seconds that a job may take. */
  readonly timeout: number;
}

/** The compute class whose jobs can be divided: those on rasters. */
const DIVISIBLE: ComputeClass = 'raster';

export interface JobCallees {
  readonly workers: Readonly<Record<ComputeClass, Callee>>;
  readonly failJob: Callee;
  readonly notifySubscriber: Callee;
  /** Puts a job into the line of its class; absent where jobs do not wait in one. */
  readonly waitForTurn?: Callee;
}

/**
 * Errors after which the worker certainly did not run. A worker that crashed, ran out of memory or out of time
 * is not run again: it would most likely end the same way, at the same price.
 * (`Lambda.ClientExecutionTimeoutException` is not among them: the worker may still be running.)
 */
const NOT_RUN = ['Lambda.ServiceException', 'Lambda.AWSLambdaException', 'Lambda.SdkClientException'];

/** All workers of the class, or all that the account may run at once, are busy. */
const BUSY = ['Lambda.TooManyRequestsException'];

/**
 * A worker could not hand the job over, as its memory was full: Lambda has killed it, or Node.js has given up. One that crashed
 * for another reason is not told apart from these, and its job is run again by a task once, unless it has ended: a worker ends
 * itself where a process does not stop.
 */
const CRASHED = ['Runtime.OutOfMemory', 'Runtime.ExitError'];

/** The task certainly did not run: Fargate has no room, the account may run no more, or ECS has a fault. */
const TASK_NOT_RUN = [
  'ECS.AmazonECSException',
  'ECS.ServerException',
  'ECS.ThrottlingException',
  'ECS.SdkClientException',
  'AmazonECS.Unknown',
];

/** Seconds in which a task gets its machine, its image and its code. */
const START_MARGIN = 600;

/** Seconds that a call may take beyond the function's own time: waiting for capacity and a cold start. */
const CALL_MARGIN = 30;

/**
 * The workflow of a job in Amazon States Language. Its input is `{ jobID, computeClass, hasSubscriber }`. A
 * job that waits for its turn has `waits` too, and is sent on by what lets it in. A
 * successful job without subscriber takes two state transitions (Route, Run...), with one three; one more where its worker
 * may divide it: a Map state over what is to be done in parts, which usually is nothing. One more for a job that is too large
 * and goes on as a task.
 *
 * @param partition AWS partition of the service integration, for example `aws`.
 * @param fanOut absent where no job is divided
 * @param large absent where no job is handed over
 */
export function jobDefinition(
  callees: JobCallees,
  partition: string,
  fanOut?: FanOutSettings,
  large?: LargeTasks,
): object {
  const call = (callee: Callee, payload: object) => ({
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke`,
    Parameters: { FunctionName: callee.arn, Payload: payload },
    ResultPath: null,
    TimeoutSeconds: callee.timeout + CALL_MARGIN,
  });
  const { waitForTurn } = callees;
  const fail = { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'FailJob' };
  const run = (computeClass: ComputeClass, notifies: boolean) => ({
    ...call(callees.workers[computeClass], { kind: 'job', 'jobID.$': '$.jobID' }),
    Retry: calling(waitForTurn ? moment : hours),
    Catch: [
      ...(waitForTurn ? [{ ErrorEquals: BUSY, ResultPath: null, Next: 'WaitForTurn' }] : []),
      ...(large
        ? [
            { ErrorEquals: [HANDED_OVER], ResultPath: null, Next: stateName('large', notifies) },
            { ErrorEquals: CRASHED, ResultPath: '$.error', Next: crashedName(notifies) },
          ]
        : []),
      fail,
    ],
  });
  const notify = {
    ...call(callees.notifySubscriber, { 'jobID.$': '$.jobID' }),
    Retry: [retry(['States.ALL'], { interval: 5, attempts: 5, rate: 3, longest: 300 })],
  };
  const states: Record<string, object> = {
    Route: {
      Type: 'Choice',
      Choices: [
        ...(waitForTurn ? [{ And: waits, Next: 'WaitForTurn' }] : []),
        ...computeClasses.flatMap(buildRoutes),
      ],
    },
    ...(waitForTurn ? { WaitForTurn: waitingState(call, waitForTurn, [fail]) } : {}),
    FailJob: {
      ...call(callees.failJob, { 'jobID.$': '$.jobID', 'error.$': '$.error' }),
      Retry: recording(),
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
  for (const notifies of [false, true]) {
    const next = notifies ? { Next: 'NotifyOfSuccess' } : { End: true };
    if (large) {
      const name = stateName('large', notifies);
      states[name] = { ...runTask(large, partition), Catch: [fail], ...next };
      states[crashedName(notifies)] = {
        ...call(callees.failJob, { 'jobID.$': '$.jobID', 'error.$': '$.error', mayGoOn: true }),
        Retry: recording(),
        ResultSelector: { 'goesOn.$': '$.Payload.goesOn' },
        ResultPath: '$.crashed',
        Next: `${crashedName(notifies)}GoesOn`,
      };
      states[`${crashedName(notifies)}GoesOn`] = {
        Type: 'Choice',
        Choices: [{ Variable: '$.crashed.goesOn', BooleanEquals: true, Next: name }],
        Default: 'HasSubscriber',
      };
    }
    for (const computeClass of computeClasses) {
      const name = stateName(computeClass, notifies);
      if (!fanOut || computeClass !== DIVISIBLE) {
        states[name] = { ...run(computeClass, notifies), ...next };
        continue;
      }
      const inParts = `PartsOf${name}`;
      const answer = { ResultSelector: { 'fanOut.$': '$.Payload.fanOut' }, ResultPath: '$.answer' };
      states[name] = { ...run(computeClass, notifies), ...answer, Next: inParts };
      const worker = callees.workers[computeClass];
      states[inParts] = {
        ...mapOfParts(name, { call, worker, failJob: callees.failJob }, partition, fanOut),
        ...next,
      };
    }
  }
  return { Comment: 'Runs a job to its end, whatever happens.', StartAt: 'Route', States: states };
}

/** Runs a job as a task of Fargate and waits for its end. It is tried for some forty minutes, less than the sweep waits. */
const runTask = (large: LargeTasks, partition: string) => ({
  Type: 'Task',
  Resource: `arn:${partition}:states:::ecs:runTask.sync`,
  Parameters: {
    LaunchType: 'FARGATE',
    Cluster: large.clusterArn,
    TaskDefinition: large.taskDefinitionArn,
    NetworkConfiguration: {
      AwsvpcConfiguration: {
        Subnets: large.subnetIds,
        SecurityGroups: [large.securityGroupId],
        AssignPublicIp: 'ENABLED',
      },
    },
    Overrides: {
      ContainerOverrides: [
        { Name: large.container, Environment: [{ Name: Env.JobID, 'Value.$': '$.jobID' }] },
      ],
    },
  },
  ResultPath: null,
  TimeoutSeconds: large.timeout + START_MARGIN,
  Retry: [retry(TASK_NOT_RUN, { interval: 10, attempts: 40, rate: 1.5, longest: 120 })],
});

interface Calls {
  readonly call: (callee: Callee, payload: object) => object;
  readonly worker: Callee;
  readonly failJob: Callee;
}

/** Where there is no line to wait in, the job tries again for about five hours. */
const hours: Backoff = { interval: 2, attempts: 200, rate: 1.5, longest: 180 };
/** Where there is one: many jobs are over in a moment. */
const moment: Backoff = { interval: 1, attempts: 1, rate: 2, longest: 2 };

/** Repetitions of the call of a worker. */
const calling = (busy = hours) => [
  retry(BUSY, busy),
  retry(NOT_RUN, { interval: 2, attempts: 6, rate: 2, longest: 60 }),
];

/** A part whose worker was lost is tried once more: it costs little beside those that are done already. */
const lost = () => retry(['States.ALL'], { interval: 2, attempts: 1, rate: 1, longest: 10 });

/** Repetitions of what records that a worker failed. */
const recording = () => [retry(['States.ALL'], { interval: 1, attempts: 8, rate: 2, longest: 120 })];

/** Waits until somebody has answered with the token: the job is let in, and tries its worker. */
const waitingState = (
  call: (callee: Callee, payload: object) => { readonly Resource: string },
  waitForTurn: Callee,
  failing: readonly object[],
): object => {
  const calling = call(waitForTurn, {
    'jobID.$': '$.jobID',
    'computeClass.$': '$.computeClass',
    'token.$': '$$.Task.Token',
  });
  return {
    ...calling,
    Resource: `${calling.Resource}.waitForTaskToken`,
    TimeoutSeconds: WAIT_SECONDS,
    Retry: [{ ErrorEquals: ['JobEnded', 'States.Timeout'], MaxAttempts: 0 }, ...recording()],
    Catch: failing,
    ResultPath: '$.waits',
    Next: 'Route',
  };
};

/**
 * Goes through what the worker's answer leaves to be done in parts: nothing, or one list of parts, after which the worker may
 * answer that another round follows. Each part runs as an execution of its own and is tried again by itself. One that a worker could not finish fails the job, after which the others
 * find nothing to do; so the map itself always succeeds, and the next worker sees whether there is something to put together.
 *
 * @param name tells the states of this map from those of the other one
 */
function mapOfParts(
  name: string,
  { call, worker, failJob }: Calls,
  partition: string,
  { bucketName, maxConcurrency }: FanOutSettings,
): object {
  const part = {
    ...call(worker, {}),
    Parameters: { FunctionName: worker.arn, 'Payload.$': '$' },
    Retry: [...calling(), lost()],
    Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: `FailPartOf${name}` }],
    // The results of all parts together must stay small.
    OutputPath: '$.part',
    End: true,
  };
  const failPart = {
    ...call(failJob, { 'jobID.$': '$.jobID', 'error.$': '$.error' }),
    Retry: recording(),
    OutputPath: '$.part',
    End: true,
  };
  const parts = {
    Type: 'Map',
    Label: `Part${name}`.slice(0, 40),
    ItemReader: {
      Resource: `arn:${partition}:states:::s3:getObject`,
      ReaderConfig: { InputType: 'JSON' },
      Parameters: { Bucket: bucketName, 'Key.$': '$.key' },
    },
    MaxConcurrency: maxConcurrency,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: `PartOf${name}`,
      States: { [`PartOf${name}`]: part, [`FailPartOf${name}`]: failPart },
    },
    ResultPath: null,
    Next: `Assemble${name}`,
  };
  const assemble = {
    ...call(worker, {
      kind: 'assemble',
      'jobID.$': '$.jobID',
      'round.$': '$.round',
      'count.$': '$.count',
    }),
    Retry: calling(),
    // Where another round follows, it has what was the item of this one.
    ResultPath: '$',
    OutputPath: '$.Payload',
    Next: `IsDone${name}`,
  };
  const isDone = {
    Type: 'Choice',
    Choices: [{ Variable: '$.status', StringEquals: 'running', Next: `EachPartOf${name}` }],
    Default: `Done${name}`,
  };
  return {
    Type: 'Map',
    ItemsPath: '$.answer.fanOut',
    MaxConcurrency: 1,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'INLINE' },
      StartAt: `EachPartOf${name}`,
      States: {
        [`EachPartOf${name}`]: parts,
        [`Assemble${name}`]: assemble,
        [`IsDone${name}`]: isDone,
        [`Done${name}`]: { Type: 'Succeed' },
      },
    },
    ResultPath: null,
    Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'FailJob' }],
  };
}

const waits = [
  { Variable: '$.waits', IsPresent: true },
  { Variable: '$.waits', BooleanEquals: true },
] as const;
const subscribed = { Variable: '$.hasSubscriber', BooleanEquals: true } as const;

/** `RunVector`, or `RunVectorThenNotify` for a job with a subscriber: a second Choice would cost a transition. */
const stateName = (computeClass: ComputeClass | 'large', notifies = false): string =>
  `Run${computeClass.charAt(0).toUpperCase()}${computeClass.slice(1)}${notifies ? 'ThenNotify' : ''}`;

/** Where a worker crashed, and its job may go on as a task. */
const crashedName = (notifies: boolean): string => `Crashed${notifies ? 'ThenNotify' : ''}`;

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
