import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type ComputeClass, computeClasses } from '../../core/processes/declaration.ts';
import { lostEvents } from './lost-events.ts';
import { type FunctionDefaults, ServiceFunction } from './service-function.ts';

/** As many times as its function may take, as AWS advises: a ticket that is being worked on never comes up a second time. */
const VISIBILITY_FACTOR = 6;
/** How often a ticket comes up that the function fails with. */
const ATTEMPTS = 5;
/** Longer than a job waits. */
const KEPT = Duration.days(4);
/** One of so many workers of a class may be looked for at the same time: letting in must not take longer than small jobs. */
const SHARE = 2;
/** The least that Lambda takes, and what is looked for where the class has no bound of its own. */
const FEWEST = 2;
const USUAL = 5;

/** Tickets of a class that are worked on at the same time. @param workers that may run at once; absent: no bound */
export const ticketsAtOnce = (workers: number | undefined): number =>
  workers === undefined ? USUAL : Math.max(FEWEST, Math.ceil(workers / SHARE));

/** The lines in which jobs wait for their turn: a queue per compute class, what brings jobs there, and what lets them in. */
export class WaitingLines extends Construct {
  readonly queues: Readonly<Record<ComputeClass, Queue>>;
  readonly waitForTurn: ServiceFunction;
  /** Tickets that could not be worked on. */
  readonly lostTickets: Queue;
  readonly #defaults: FunctionDefaults;

  constructor(scope: Construct, id: string, defaults: FunctionDefaults) {
    super(scope, id);
    this.#defaults = defaults;
    this.lostTickets = lostEvents(this, 'LostTickets');
    this.queues = {
      light: this.#makeQueue('light'),
      vector: this.#makeQueue('vector'),
      raster: this.#makeQueue('raster'),
    };
    this.waitForTurn = new ServiceFunction(this, 'WaitForTurn', this.#withLines(), {
      description: 'Puts a job that finds no worker into the queue of its class',
      entry: 'tasks/wait-for-turn',
      resources: defaults.settings.tasks,
      capabilities: ['jobs:read', 'jobs:write', 'line:enter'],
    });
  }

  /** Lets jobs in whose turn it is. */
  letIn(
    stateMachine: StateMachine,
    workers: Readonly<Record<ComputeClass, LambdaFunction>>,
  ): ServiceFunction {
    const { settings, locateCode, targets } = this.#withLines();
    const admit = new ServiceFunction(
      this,
      'AdmitJob',
      { settings, locateCode, targets: { ...targets, stateMachine, workers } },
      {
        description: 'Starts waiting jobs when a worker is free',
        entry: 'events/admit-job',
        resources: settings.tasks,
        capabilities: [
          'jobs:read',
          'jobs:line',
          'line:enter',
          'workers:invoke',
          'workflow:goOn',
          'usage:count',
        ],
      },
    );
    for (const computeClass of computeClasses)
      admit.addEventSource(
        new SqsEventSource(this.queues[computeClass], {
          batchSize: 1,
          maxConcurrency: ticketsAtOnce(settings.workers[computeClass].reservedConcurrency),
        }),
      );
    return admit;
  }

  #withLines(): FunctionDefaults {
    return { ...this.#defaults, targets: { ...this.#defaults.targets, lines: this.queues } };
  }

  /** Fair between owners by the groups that its messages carry; encrypted, over TLS only. */
  #makeQueue(computeClass: ComputeClass): Queue {
    const { settings } = this.#defaults;
    return new Queue(this, `Line-${computeClass}`, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(settings.tasks.timeout * VISIBILITY_FACTOR),
      retentionPeriod: KEPT,
      deadLetterQueue: { queue: this.lostTickets, maxReceiveCount: ATTEMPTS },
    });
  }
}
