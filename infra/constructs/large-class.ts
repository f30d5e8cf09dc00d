import {
  GatewayVpcEndpointAwsService,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import {
  Cluster,
  type ContainerDefinition,
  ContainerImage,
  ContainerInsights,
  CpuArchitecture,
  FargateTaskDefinition,
  LogDrivers,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Capability } from '../../core/api/operations.ts';
import { Env } from '../../core/shared/env.ts';
import { acknowledge } from './acknowledge.ts';
import { type Grantee, grant, wildcards, wildcardsOfKey } from './grants.ts';
import { bootstrapCode, LARGE_ENTRY } from './large-code.ts';
import { commonEnvironment, type FunctionDefaults } from './service-function.ts';
import { serviceLogGroup } from './service-log-group.ts';

/** Name of the one container of a task. */
export const LARGE_CONTAINER = 'worker';

/** Share of the memory that the heap of JavaScript may take; the rest is for WebAssembly and buffers. */
const HEAP_SHARE = 0.75;

/** CPU units of a virtual processor. */
const UNITS = 1024;

/** Where jobs go on that are too large for a worker: tasks of Fargate, which exist only while they run. */
export class LargeClassTasks extends Construct implements Grantee {
  readonly cluster: Cluster;
  readonly taskDefinition: FargateTaskDefinition;
  readonly securityGroup: SecurityGroup;
  readonly subnetIds: readonly string[];
  readonly #container: ContainerDefinition;

  constructor(scope: Construct, id: string, defaults: FunctionDefaults, capabilities: readonly Capability[]) {
    super(scope, id);
    const { settings, targets } = defaults;
    const vpc = this.#makeNetwork();
    this.subnetIds = vpc.publicSubnets.map(({ subnetId }) => subnetId);
    this.securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Tasks of the large class: nothing comes in',
      allowAllOutbound: false,
    });
    // As the functions: inputs may be at any port that the guarded way out allows.
    this.securityGroup.addEgressRule(Peer.anyIpv4(), Port.allTcp(), 'References, callbacks and AWS');
    this.cluster = new Cluster(this, 'Cluster', { vpc, containerInsightsV2: ContainerInsights.DISABLED });
    acknowledge(this.cluster, {
      'AwsSolutions-ECS4':
        'Tasks are counted by the metrics of jobs; Container Insights costs for each task.',
    });
    const { cpu, memory, disk } = settings.large;
    this.taskDefinition = new FargateTaskDefinition(this, 'Task', {
      cpu: cpu * UNITS,
      memoryLimitMiB: memory,
      ephemeralStorageGiB: disk,
      runtimePlatform: {
        cpuArchitecture: CpuArchitecture.ARM64,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
    });
    // Executions that were started before a deployment hand their jobs over to the definition of then.
    this.taskDefinition.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    this.#container = this.#addContainer(defaults);
    grant(this, capabilities, targets);
    acknowledge(this.taskDefinition, {
      'AwsSolutions-ECS2': 'The variables are names and sizes; secrets are read where they are needed.',
      ...wildcards,
      ...(targets.keyAlias === undefined ? {} : wildcardsOfKey),
    });
  }

  addEnvironment(name: string, value: string): void {
    this.#container.addEnvironment(name, value);
  }

  addToRolePolicy(statement: PolicyStatement): void {
    this.taskDefinition.addToTaskRolePolicy(statement);
  }

  /** Public subnets alone: nothing of them costs while no task runs, as a NAT gateway would. */
  #makeNetwork(): IVpc {
    const vpc = new Vpc(this, 'Network', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false }],
      // Closing the default group would take a function of its own; nothing is ever in it.
      restrictDefaultSecurityGroup: false,
      gatewayEndpoints: {
        S3: { service: GatewayVpcEndpointAwsService.S3 },
        DynamoDB: { service: GatewayVpcEndpointAwsService.DYNAMODB },
      },
    });
    acknowledge(vpc, {
      'AwsSolutions-VPC7': 'Nothing comes in, and what goes out is in the log of the jobs; flow logs cost.',
    });
    return vpc as IVpc;
  }

  #addContainer({ settings, locateCode }: FunctionDefaults): ContainerDefinition {
    const { image, memory } = settings.large;
    const { s3Location } = locateCode(LARGE_ENTRY).bind(this);
    if (!s3Location) throw new Error('The code of the large class has to be an asset in S3');
    const { bucketName, objectKey } = s3Location;
    const { partition, region } = Stack.of(this);
    this.addToRolePolicy(
      new PolicyStatement({
        actions: ['s3:GetObject'],
        resources: [`arn:${partition}:s3:::${bucketName}/${objectKey}`],
      }),
    );
    const common = commonEnvironment(settings);
    return this.taskDefinition.addContainer(LARGE_CONTAINER, {
      image: ContainerImage.fromRegistry(image),
      // Not as a module: threads would inherit `--input-type` and refuse their files.
      command: ['node', '--eval', bootstrapCode()],
      // Whoever has this number in the image: it owns nothing there.
      user: '1000:1000',
      stopTimeout: Duration.minutes(2),
      logging: LogDrivers.awsLogs({
        logGroup: serviceLogGroup(this, 'LogGroup', settings),
        streamPrefix: 'job',
      }),
      environment: {
        ...common,
        NODE_OPTIONS: `--max-old-space-size=${Math.floor(memory * HEAP_SHARE)}`,
        AWS_REGION: region,
        [Env.JobSeconds]: String(settings.large.timeout),
        [Env.BundleBucket]: bucketName,
        [Env.BundleKey]: objectKey,
      },
    });
  }
}
