import { isDeepStrictEqual } from 'node:util';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Capability } from '../../core/api/operations.ts';
import { classResources, type WorkerSize } from '../../core/processes/class-resources.ts';
import type { LargeClass } from '../../core/processes/large-class.ts';
import { Env } from '../../core/shared/env.ts';
import { mapValues } from '../../core/shared/json.ts';
import type { Resources, Settings } from '../config/config.ts';
import { acknowledge } from './acknowledge.ts';
import { grant, type Targets, wildcards, wildcardsOfKey } from './grants.ts';
import { serviceLogGroup } from './service-log-group.ts';

/** Where the code of a function is, by the path of its handler below `functions/` without the extension. */
export type LocateCode = (entry: string) => Code;

/** What all functions of a deployment share. */
export interface FunctionDefaults {
  readonly settings: Settings;
  readonly locateCode: LocateCode;
  readonly targets: Targets;
}

export interface ServiceFunctionProps {
  readonly description: string;
  /** Path of the handler below `functions/` without the extension. */
  readonly entry: string;
  readonly resources: Resources;
  readonly capabilities: readonly Capability[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Gets the events that an asynchronous call has failed with each time. */
  readonly lostEvents?: IQueue;
}

/**
 * A function as this project makes them: Node.js 24 on arm64, its own role with the least statements, its own
 * log group with a retention, tracing, and stack traces that point into the sources.
 */
export class ServiceFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, defaults: FunctionDefaults, props: ServiceFunctionProps) {
    const { settings, locateCode, targets } = defaults;
    const { description, entry, resources, capabilities, environment, lostEvents } = props;
    const logGroup = serviceLogGroup(scope, `${id}LogGroup`, settings);
    const role = new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Role of: ${description}`,
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    super(scope, id, {
      description,
      role,
      logGroup,
      code: locateCode(entry),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      tracing: Tracing.ACTIVE,
      memorySize: resources.memory,
      timeout: Duration.seconds(resources.timeout),
      ephemeralStorageSize: Size.mebibytes(resources.ephemeralStorage),
      ...(resources.reservedConcurrency === undefined
        ? {}
        : { reservedConcurrentExecutions: resources.reservedConcurrency }),
      environment: { ...commonEnvironment(settings), ...environment },
      ...(lostEvents ? { deadLetterQueue: lostEvents } : {}),
      // A version is replaced with each change: executions that were started before call the one that they know.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE },
    });
    grant(this, capabilities, targets);
    acknowledge(role, {
      'AwsSolutions-IAM5[Resource::*]': 'X-Ray takes no resource.',
      ...wildcards,
      ...(targets.keyAlias ? wildcardsOfKey : {}),
    });
  }
}

/** What one owner may use; nothing where nothing is counted. */
const quotaEnvironment = ({ quotas }: Settings): Record<string, string> =>
  Object.keys(quotas).length === 0 ? {} : { [Env.Quotas]: JSON.stringify(quotas) };

/** What jobs may go on in that are too large for a worker. */
function largeEnvironment({ large }: Settings): Record<string, string> {
  const { enabled, image: _, ...size } = large;
  return enabled ? { [Env.Large]: JSON.stringify(size satisfies LargeClass) } : {};
}

/** Variables of everything that runs. */
export function commonEnvironment(settings: Settings): Record<string, string> {
  return {
    // By which lines, metrics and traces of one deployment are told from those of another.
    POWERTOOLS_SERVICE_NAME: `ogc-processes-${settings.stage}`,
    // Where the tracer is used it records what a step was about, not what it answered: results are not for traces.
    POWERTOOLS_TRACER_CAPTURE_RESPONSE: 'false',
    [Env.ServiceTitle]: settings.serviceTitle,
    ...(settings.provider ? { [Env.Provider]: JSON.stringify(settings.provider) } : {}),
    ...(settings.mapTiles
      ? {
          [Env.MapTiles]: settings.mapTiles.template,
          [Env.MapAttribution]: settings.mapTiles.attribution,
        }
      : {}),
    [Env.RetentionDays]: String(settings.retentionDays),
    [Env.InlineResultBytes]: String(settings.inlineResultBytes),
    [Env.SyncSeconds]: String(settings.syncSeconds),
    ...workerSizes(settings),
    ...largeEnvironment(settings),
    ...quotaEnvironment(settings),
    ...(settings.waitingLine ? {} : { [Env.WaitingLine]: 'off' }),
    ...(settings.queryExecution ? {} : { [Env.QueryExecution]: 'off' }),
    ...(settings.lightInRequest ? {} : { [Env.LightInRequest]: 'off' }),
    ...(settings.compression ? {} : { [Env.Compression]: 'off' }),
    ...(settings.publicBaseUrl ? { [Env.PublicBaseUrl]: settings.publicBaseUrl } : {}),
    ...(settings.storageEndpoint ? { [Env.StorageEndpoint]: settings.storageEndpoint } : {}),
    ...(settings.egressAllowHosts.length > 0
      ? { [Env.EgressAllowHosts]: settings.egressAllowHosts.join(',') }
      : {}),
  };
}

/** What quotas and estimates reckon with, where workers are not what those of the classes are. */
function workerSizes({ workers }: Settings): Record<string, string> {
  const pick = ({ memory, timeout }: WorkerSize): WorkerSize => ({ memory, timeout });
  const sizes = mapValues(workers, pick);
  return isDeepStrictEqual(sizes, mapValues(classResources, pick))
    ? {}
    : { [Env.WorkerSizes]: JSON.stringify(sizes) };
}
