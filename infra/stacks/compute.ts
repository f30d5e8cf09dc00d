import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Capability } from '../../core/api/operations.ts';
import type { ComputeClass } from '../../core/processes/declaration.ts';
import { Env } from '../../core/shared/env.ts';
import { acknowledge } from '../constructs/acknowledge.ts';
import type { Watched } from '../constructs/alarms.ts';
import { executionsFinding, WORKER_ALIAS } from '../constructs/grants.ts';
import { JobWorkflow } from '../constructs/job-workflow.ts';
import { LargeClassTasks } from '../constructs/large-class.ts';
import { lostEvents } from '../constructs/lost-events.ts';
import { type FunctionDefaults, ServiceFunction } from '../constructs/service-function.ts';
import { WaitingLines } from '../constructs/waiting-lines.ts';

/** What a worker does with jobs and their data; a dismissed one also removes what it has written. */
const workerCapabilities: readonly Capability[] = [
  'jobs:read',
  'jobs:write',
  'storage:read',
  'storage:write',
  'storage:delete',
  'uploads:read',
  'secrets:sign',
];

/** Results on rasters may be put together from parts, each of which asks what its owner has used. */
export const capabilitiesOfWorker = (computeClass: ComputeClass): readonly Capability[] =>
  computeClass === 'raster' ? [...workerCapabilities, 'storage:compose', 'usage:count'] : workerCapabilities;

/** A job that nothing else has ended is found after five minutes at the earliest, and after about ten. */
const SWEEP_EVERY = Duration.minutes(5);

/** What runs processes: a worker per compute class and the workflow of a job. */
export class ComputeStack extends Stack {
  readonly workers: Readonly<Record<ComputeClass, ServiceFunction>>;
  readonly workflow: JobWorkflow;
  /** What alarms and the dashboard are about. */
  readonly watched: Pick<
    Watched,
    'workers' | 'tasks' | 'sweep' | 'stateMachine' | 'lostEvents' | 'lostTickets' | 'logGroups'
  >;

  constructor(scope: Construct, id: string, defaults: FunctionDefaults, props: StackProps = {}) {
    super(scope, id, { ...props, description: 'OGC API - Processes: workers and the workflow of jobs' });
    this.workers = {
      light: this.#makeWorker('light', defaults),
      vector: this.#makeWorker('vector', defaults),
      raster: this.#makeWorker('raster', defaults),
    };
    const resources = defaults.settings.tasks;
    const failJob = new ServiceFunction(this, 'FailJob', defaults, {
      description: 'Records that a worker did not finish its job',
      entry: 'tasks/fail-job',
      resources,
      capabilities: ['jobs:read', 'jobs:write'],
    });
    const notifySubscriber = new ServiceFunction(this, 'NotifySubscriber', defaults, {
      description: 'Notifies the subscriber of a job of its end',
      entry: 'tasks/notify-subscriber',
      resources,
      capabilities: ['jobs:read', 'jobs:write', 'storage:read', 'secrets:sign'],
    });
    const lostExecutions = lostEvents(this, 'LostExecutions');
    const reconcile = new ServiceFunction(this, 'ReconcileExecution', defaults, {
      description: 'Ends the job of an execution that did not end by itself',
      entry: 'events/reconcile-execution',
      resources,
      capabilities: ['jobs:read', 'jobs:write', 'storage:read', 'secrets:sign'],
      lostEvents: lostExecutions,
    });
    reconcile.configureAsyncInvoke({ retryAttempts: 2, maxEventAge: Duration.hours(6) });
    const lines = defaults.settings.waitingLine ? new WaitingLines(this, 'Lines', defaults) : undefined;
    const large = defaults.settings.large.enabled
      ? new LargeClassTasks(this, 'Large', defaults, capabilitiesOfWorker('raster'))
      : undefined;
    this.workflow = new JobWorkflow(this, 'Workflow', {
      settings: defaults.settings,
      targets: defaults.targets,
      workers: this.workers,
      failJob,
      notifySubscriber,
      ...(lines ? { waitForTurn: lines.waitForTurn } : {}),
      large,
      reconcile,
      lostEvents: lostExecutions,
    });
    const { stateMachine } = this.workflow;
    const admit = lines?.letIn(stateMachine, this.workers);
    const ofLines = lines ? { lines: lines.queues } : {};
    const lostSweeps = lostEvents(this, 'LostSweeps');
    const sweep = new ServiceFunction(
      this,
      'SweepJobs',
      { ...defaults, targets: { ...defaults.targets, stateMachine, ...ofLines } },
      {
        description:
          'Ends jobs that nothing else has ended, and notifies subscribers that have not been notified',
        entry: 'events/sweep-jobs',
        resources,
        capabilities: [
          'jobs:read',
          'jobs:write',
          'jobs:sweep',
          'jobs:line',
          'line:enter',
          'storage:read',
          'storage:delete',
          'workflow:describe',
          'workflow:stop',
          'secrets:sign',
        ],
        lostEvents: lostSweeps,
      },
    );
    // The name of a state machine of the same stack reads as the place that it comes from.
    const machineName = `<${this.getLogicalId(stateMachine.node.defaultChild as CfnStateMachine)}.Name>`;
    acknowledge(this.node.findChild('SweepJobsRole'), {
      [executionsFinding(machineName)]: 'The executions of this one state machine.',
    });
    sweep.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: SWEEP_EVERY });
    const inLine = lines && admit ? { waitForTurn: lines.waitForTurn, admit } : {};
    const tasks = { failJob, notifySubscriber, reconcile, sweep, ...inLine };
    const logGroups = Object.values({ ...this.workers, ...tasks }).map(
      ({ logGroup }) => logGroup.logGroupName,
    );
    this.watched = {
      workers: this.workers,
      tasks,
      sweep,
      stateMachine,
      lostEvents: { executions: lostExecutions, sweeps: lostSweeps },
      ...(lines ? { lostTickets: lines.lostTickets } : {}),
      logGroups,
    };
    new Rule(this, 'Sweep', {
      description: 'Starts the sweep, so that no job stays accepted or running.',
      schedule: Schedule.rate(SWEEP_EVERY),
      targets: [new FunctionTarget(sweep, { retryAttempts: 0, deadLetterQueue: lostSweeps })],
    });
  }

  #makeWorker(computeClass: ComputeClass, defaults: FunctionDefaults): ServiceFunction {
    const { workers, fanOut } = defaults.settings;
    const resources = workers[computeClass];
    const worker = new ServiceFunction(this, `Worker-${computeClass}`, defaults, {
      description: `Runs the processes of the compute class ${computeClass}`,
      entry: `worker/${computeClass}`,
      resources,
      capabilities: capabilitiesOfWorker(computeClass),
      environment: {
        [Env.JobSeconds]: String(resources.timeout),
        ...(computeClass === 'raster' && fanOut.enabled ? { [Env.DivideAbove]: String(fanOut.pixels) } : {}),
      },
    });
    worker.addAlias(WORKER_ALIAS, { description: 'The version that synchronous executions call' });
    return worker;
  }
}
