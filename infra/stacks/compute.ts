import { Duration, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Capability } from '../../core/api/operations.ts';
import type { ComputeClass } from '../../core/processes/declaration.ts';
import { Env } from '../../core/shared/env.ts';
import { type House, HouseFunction } from '../constructs/house-function.ts';
import { JobWorkflow } from '../constructs/job-workflow.ts';

/** What a worker does with jobs and their data; a dismissed one also removes what it has written. */
export const workerCapabilities: readonly Capability[] = [
  'jobs:read',
  'jobs:write',
  'storage:read',
  'storage:write',
  'storage:delete',
  'uploads:read',
];

/** What runs processes: a worker per compute class and the workflow of a job. */
export class ComputeStack extends Stack {
  readonly workers: Readonly<Record<ComputeClass, HouseFunction>>;
  readonly workflow: JobWorkflow;

  constructor(scope: Construct, id: string, house: House, props: StackProps = {}) {
    super(scope, id, { ...props, description: 'OGC API - Processes: workers and the workflow of jobs' });
    this.workers = {
      light: this.#makeWorker('light', house),
      vector: this.#makeWorker('vector', house),
      raster: this.#makeWorker('raster', house),
    };
    const resources = house.settings.tasks;
    const failJob = new HouseFunction(this, 'FailJob', house, {
      description: 'Records that a worker did not finish its job',
      entry: 'tasks/fail-job',
      resources,
      capabilities: ['jobs:read', 'jobs:write'],
    });
    const notifySubscriber = new HouseFunction(this, 'NotifySubscriber', house, {
      description: 'Tells the subscriber of a job how it ended',
      entry: 'tasks/notify-subscriber',
      resources,
      capabilities: ['jobs:read', 'jobs:write', 'storage:read'],
    });
    const reconcile = new HouseFunction(this, 'ReconcileExecution', house, {
      description: 'Ends the job of an execution that did not end by itself',
      entry: 'events/reconcile-execution',
      resources,
      capabilities: ['jobs:read', 'jobs:write'],
    });
    reconcile.configureAsyncInvoke({ retryAttempts: 2, maxEventAge: Duration.hours(6) });
    this.workflow = new JobWorkflow(this, 'Workflow', {
      settings: house.settings,
      workers: this.workers,
      failJob,
      notifySubscriber,
      reconcile,
    });
  }

  #makeWorker(computeClass: ComputeClass, house: House): HouseFunction {
    const resources = house.settings.workers[computeClass];
    return new HouseFunction(this, `Worker-${computeClass}`, house, {
      description: `Runs the processes of the compute class ${computeClass}`,
      entry: `worker/${computeClass}`,
      resources,
      capabilities: workerCapabilities,
      environment: { [Env.JobSeconds]: String(resources.timeout) },
    });
  }
}
