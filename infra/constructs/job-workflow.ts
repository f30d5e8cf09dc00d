import type { CfnCluster } from 'aws-cdk-lib/aws-ecs';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import {
  type CfnStateMachine,
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Duration, Fn, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type ComputeClass, computeClasses } from '../../core/processes/declaration.ts';
import type { Resources, Settings } from '../config/config.ts';
import { acknowledge } from './acknowledge.ts';
import {
  executionsFinding,
  partListsFinding,
  statementsOfFanOut,
  type Targets,
  wildcardsOfKey,
} from './grants.ts';
import { type Callee, jobDefinition } from './job-definition.ts';
import { LARGE_CONTAINER, type LargeClassTasks } from './large-class.ts';
import { serviceLogGroup } from './service-log-group.ts';

export interface JobWorkflowProps {
  readonly settings: Settings;
  readonly targets: Targets;
  readonly workers: Readonly<Record<ComputeClass, LambdaFunction>>;
  readonly failJob: LambdaFunction;
  readonly notifySubscriber: LambdaFunction;
  /** Absent where jobs do not wait in lines. */
  readonly waitForTurn?: LambdaFunction;
  /** Runs what is too large for a worker; absent where nothing does. */
  readonly large?: LargeClassTasks | undefined;
  /** Told of every execution that did not end by itself. */
  readonly reconcile: LambdaFunction;
  /** Gets the events that it was not told of. */
  readonly lostEvents: IQueue;
}

/** The state machine that runs jobs, and the rule that catches those that it could not bring to an end. */
export class JobWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: JobWorkflowProps) {
    super(scope, id);
    this.stateMachine = this.#makeStateMachine(props);
    if (props.settings.fanOut.enabled) this.#allowFanOut(props.targets);
    new Rule(this, 'Ended', {
      description: 'Executions that failed, timed out or were stopped: no job stays accepted or running.',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
          stateMachineArn: [this.stateMachine.stateMachineArn],
        },
      },
      targets: [
        new FunctionTarget(props.reconcile, {
          retryAttempts: 10,
          maxEventAge: Duration.hours(6),
          deadLetterQueue: props.lostEvents,
        }),
      ],
    });
  }

  #makeStateMachine({
    settings,
    targets,
    workers,
    failJob,
    notifySubscriber,
    waitForTurn,
    large,
  }: JobWorkflowProps): StateMachine {
    const { partition } = Stack.of(this);
    // A version, so that an execution ends with the code that it was started with.
    const callee = (fn: LambdaFunction, { timeout }: Resources): Callee => ({
      arn: fn.currentVersion.functionArn,
      timeout,
    });
    const definition = jobDefinition(
      {
        workers: {
          light: callee(workers.light, settings.workers.light),
          vector: callee(workers.vector, settings.workers.vector),
          raster: callee(workers.raster, settings.workers.raster),
        },
        failJob: callee(failJob, settings.tasks),
        notifySubscriber: callee(notifySubscriber, settings.tasks),
        ...(waitForTurn ? { waitForTurn: callee(waitForTurn, settings.tasks) } : {}),
      },
      partition,
      settings.fanOut.enabled
        ? { bucketName: targets.bucket.bucketName, maxConcurrency: settings.fanOut.maxConcurrency }
        : undefined,
      large && {
        clusterArn: large.cluster.clusterArn,
        taskDefinitionArn: large.taskDefinition.taskDefinitionArn,
        container: LARGE_CONTAINER,
        subnetIds: large.subnetIds,
        securityGroupId: large.securityGroup.securityGroupId,
        timeout: settings.large.timeout,
      },
    );
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      description: 'Calls the workers and the tasks of the workflow of jobs',
    });
    const callees = [
      ...computeClasses.map((computeClass) => workers[computeClass]),
      failJob,
      notifySubscriber,
      ...(waitForTurn ? [waitForTurn] : []),
    ];
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        // All versions: executions that were started before a deployment call the ones of then.
        resources: callees.flatMap(({ functionArn }) => [functionArn, `${functionArn}:*`]),
      }),
    );
    if (large) this.#allowTasks(role, large);
    for (const fn of callees) acknowledge(role, versionsFinding(fn));
    acknowledge(role, { 'AwsSolutions-IAM5[Resource::*]': 'Delivery of logs and traces takes no resource.' });
    return new StateMachine(this, 'Jobs', {
      comment: 'Runs the asynchronous jobs',
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(definition)),
      role,
      tracingEnabled: true,
      logs: {
        // Step Functions delivers only to groups below this prefix without running out of policy space.
        destination: serviceLogGroup(
          this,
          'Logs',
          settings,
          // A new name with each making of the stack: a group that was retained does not stand in its way.
          `/aws/vendedlogs/states/ogc-processes-${settings.stage}-${Fn.select(2, Fn.split('/', Stack.of(this).stackId))}`,
        ),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
  }

  /** To run tasks, to stop them with their execution, and to be told of their end. */
  #allowTasks(role: Role, { cluster, taskDefinition }: LargeClassTasks): void {
    const tasks = Stack.of(this).formatArn({
      service: 'ecs',
      resource: 'task',
      resourceName: `${cluster.clusterName}/*`,
    });
    const definitions = Stack.of(this).formatArn({
      service: 'ecs',
      resource: 'task-definition',
      resourceName: `${taskDefinition.family}:*`,
    });
    const rule = Stack.of(this).formatArn({
      service: 'events',
      resource: 'rule',
      resourceName: 'StepFunctionsGetEventsForECSTaskRule',
    });
    for (const statement of [
      // All revisions: executions that were started before a deployment run the ones of then.
      { actions: ['ecs:RunTask'], resources: [definitions] },
      { actions: ['ecs:StopTask', 'ecs:DescribeTasks'], resources: [tasks] },
      { actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'], resources: [rule] },
    ])
      role.addToPolicy(new PolicyStatement(statement));
    role.addToPolicy(
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [taskDefinition.taskRole.roleArn, taskDefinition.obtainExecutionRole().roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      }),
    );
    const id = Stack.of(this).getLogicalId(cluster.node.defaultChild as CfnCluster);
    const arns = 'arn:<AWS::Partition>:ecs:<AWS::Region>:<AWS::AccountId>';
    acknowledge(role, {
      [`AwsSolutions-IAM5[Resource::${arns}:task/<${id}>/*]`]: 'The tasks of this one cluster.',
      [`AwsSolutions-IAM5[Resource::${arns}:task-definition/${taskDefinition.family}:*]`]:
        'The revisions of this one definition.',
    });
  }

  /** A policy of its own: the role's own one exists before the state machine that it would name. */
  #allowFanOut(targets: Targets): void {
    const { stateMachine } = this;
    const policy = new Policy(this, 'FanOut', {
      roles: [stateMachine.role],
      statements: statementsOfFanOut(stateMachine, this, targets),
    });
    const machine = Stack.of(this).getLogicalId(stateMachine.node.defaultChild as CfnStateMachine);
    acknowledge(policy, {
      [executionsFinding(`<${machine}.Name>`)]: 'The executions of this one state machine.',
      [partListsFinding]:
        'The lists of parts of all jobs; the state machine reads that of the job that it runs.',
      ...(targets.keyAlias === undefined ? {} : wildcardsOfKey),
    });
  }
}

/** The finding for all versions of a function of the same stack. */
const versionsFinding = (fn: LambdaFunction): Record<string, string> => {
  const id = Stack.of(fn).getLogicalId(fn.node.defaultChild as CfnFunction);
  return { [`AwsSolutions-IAM5[Resource::<${id}.Arn>:*]`]: 'The versions of this one function.' };
};
