import { once } from 'node:events';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateActivityCommand,
  DeleteActivityCommand,
  GetActivityTaskCommand,
  paginateGetExecutionHistory,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { zipSync } from 'fflate';
import { Env } from '../../../core/shared/env.ts';
import { requirePresent } from '../../../core/shared/require-present.ts';
import { settingsFor } from '../../../infra/config/config.ts';
import { jobDefinition } from '../../../infra/constructs/job-definition.ts';
import { LARGE_ENTRY } from '../../../infra/constructs/large-code.ts';
import { keepBundles } from '../../../infra/kept-bundles.ts';
import { findOnlyResource, type Json, synthesizeTemplates } from '../../infra/support/service.ts';
import { type LargeTask, startContainer, startProcess, type TaskContainer } from './large-task.ts';
import { deployedMachine, workerName } from './workers.ts';

const sfn = new SFNClient({});
const s3 = new S3Client({ forcePathStyle: true });
const lambda = new LambdaClient({});

const BUNDLE_BUCKET = 'large-class-bundle';
const BUNDLE_KEY = 'bundle.zip';
/** Milliseconds in which a task starts on a machine that is busy. */
const STARTING = 60_000;

interface Task extends LargeTask {
  readonly code: Promise<number>;
}

/** Credentials and region of the emulator: on AWS a task gets them from where it runs. */
const ofEmulator = ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION'];

/** What the large class is deployed with, run on this machine: as a process, or in a container (`npm run test:container`). */
export class LargeClassOnEmulator {
  readonly #tasks = new Map<string, Task>();
  #activityArn = '';
  readonly #start = process.env['LARGE_TASKS'] === 'docker' ? startContainer : startProcess;
  #container: TaskContainer | undefined;
  #variables: Readonly<Record<string, string>> = {};
  #isClosed = false;
  #serving: Promise<void> = Promise.resolve();
  #codes: number[] = [];

  /** Makes the bundle, puts it where the command finds it, and takes command and variables from the template. */
  async prepare(): Promise<void> {
    await putBundle();
    const { large } = settingsFor('local', { LARGE: 'on' });
    const { compute } = synthesizeTemplates('local', { large });
    const { ContainerDefinitions, Memory } = findOnlyResource(compute, 'AWS::ECS::TaskDefinition').Properties;
    const [container] = ContainerDefinitions;
    const { Image: image, User: user, Command: command } = container;
    this.#container = { image, user, memory: Number(Memory), command };
    const deployed = await deployedVariables();
    this.#variables = Object.fromEntries(
      container.Environment.map(({ Name, Value }: Json) => [Name, resolve(Name, Value, deployed)]),
    );
    const { activityArn = '' } = await sfn.send(new CreateActivityCommand({ name: 'large-class' }));
    this.#activityArn = activityArn;
    this.#serving = this.#serve();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const task of this.#tasks.values()) task.signal('SIGKILL');
    await this.#serving;
    await sfn.send(new DeleteActivityCommand({ activityArn: this.#activityArn }));
    await s3.send(new DeleteObjectCommand({ Bucket: BUNDLE_BUCKET, Key: BUNDLE_KEY }));
    await s3.send(new DeleteBucketCommand({ Bucket: BUNDLE_BUCKET }));
  }

  /** Runs an action while the state machine is as a deployment with the large class makes it, an activity in the place of Fargate. */
  async use(action: () => Promise<void>): Promise<void> {
    this.#codes = [];
    const machine = await deployedMachine();
    const definition = withActivity(machine.definition, this.#activityArn);
    await sfn.send(new UpdateStateMachineCommand({ ...machine, definition }));
    try {
      await action();
    } finally {
      await sfn.send(new UpdateStateMachineCommand(machine));
    }
  }

  /** Codes with which tasks have ended since the machine is used. */
  codes = (): readonly number[] => this.#codes;

  /** Waits until the task of a job works on it. */
  async runs(jobID: string, get: (path: string) => Promise<{ readonly json: Json }>): Promise<void> {
    for (const end = Date.now() + STARTING; ; ) {
      const { message, progress } = (await get(`/jobs/${jobID}`)).json;
      if (this.#tasks.has(jobID) && progress > 0) return;
      assertTime(end, `The task of ${jobID} does not work; the job says ${message}`);
      await new Promise((done) => setTimeout(done, 250));
    }
  }

  signal(jobID: string, signal: NodeJS.Signals): void {
    this.#tasks.get(jobID)?.signal(signal);
  }

  codeOf = (jobID: string): Promise<number> | undefined => this.#tasks.get(jobID)?.code;

  async #serve(): Promise<void> {
    while (!this.#isClosed) {
      const { taskToken, input } = await sfn.send(
        new GetActivityTaskCommand({ activityArn: this.#activityArn }),
      );
      if (taskToken && input) void this.#run(taskToken, JSON.parse(input) as Json);
    }
  }

  /** As ECS does: a task that ends with another code than 0 has failed. */
  async #run(taskToken: string, { Overrides }: Json): Promise<void> {
    const [{ Environment }] = Overrides.ContainerOverrides;
    const overridden = Object.fromEntries(Environment.map(({ Name, Value }: Json) => [Name, Value]));
    const container = requirePresent(this.#container, 'The container of the large class');
    const emulator = Object.fromEntries(ofEmulator.map((name) => [name, process.env[name] ?? '']));
    const jobID: string = overridden[Env.JobID];
    const task = this.#start(jobID, container, { ...emulator, ...this.#variables, ...overridden });
    const code = once(task.child, 'exit').then(([status]) => (status as number | null) ?? 137);
    this.#tasks.set(jobID, { ...task, code });
    const status = await code;
    this.#codes.push(status);
    const cause = JSON.stringify({
      Containers: [{ ExitCode: status }],
      StoppedReason: 'Essential container in task exited',
    });
    const answer =
      status === 0
        ? new SendTaskSuccessCommand({ taskToken, output: '{}' })
        : new SendTaskFailureCommand({ taskToken, error: 'States.TaskFailed', cause });
    // Nobody waits for it where the execution was stopped.
    await sfn.send(answer as SendTaskSuccessCommand).catch(() => undefined);
  }
}

/** Names of the states that the execution of a job went through. */
export async function statesOf(jobID: string): Promise<string[]> {
  const { stateMachineArn } = await deployedMachine();
  const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${jobID}`;
  const names: string[] = [];
  for await (const { events = [] } of paginateGetExecutionHistory({ client: sfn }, { executionArn }))
    names.push(...events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []));
  return names;
}

function assertTime(end: number, message: string): void {
  if (Date.now() > end) throw new Error(message);
}

async function putBundle(): Promise<void> {
  const bundle = (await keepBundles([LARGE_ENTRY])).get(LARGE_ENTRY);
  if (!bundle) throw new Error('There is no bundle of the large class');
  const files = globSync('**', { cwd: bundle.directory }).filter((name) =>
    statSync(join(bundle.directory, name)).isFile(),
  );
  const archive = zipSync(
    Object.fromEntries(files.map((name) => [name, readFileSync(join(bundle.directory, name))])),
    { level: 1 },
  );
  await s3.send(new CreateBucketCommand({ Bucket: BUNDLE_BUCKET }));
  await s3.send(new PutObjectCommand({ Bucket: BUNDLE_BUCKET, Key: BUNDLE_KEY, Body: archive }));
}

/** Variables of the deployed worker whose rights the task has. */
async function deployedVariables(): Promise<Record<string, string>> {
  const FunctionName = await workerName('raster');
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  return Environment?.Variables ?? {};
}

/** What CloudFormation makes of a value: the names of what the other stacks have are those that the worker knows. */
function resolve(name: string, value: Json, deployed: Readonly<Record<string, string>>): string {
  const own = { [Env.BundleBucket]: BUNDLE_BUCKET, [Env.BundleKey]: BUNDLE_KEY }[name];
  if (own) return own;
  if (typeof value === 'string') return value;
  if (value.Ref === 'AWS::Region') return process.env['AWS_REGION'] ?? 'us-east-1';
  const found = value['Fn::ImportValue'] ? deployed[name] : undefined;
  if (!found) throw new Error(`The value of ${name} is not known: ${JSON.stringify(value)}`);
  return found;
}

/** The definition with the large class, made of the deployed one. */
function withActivity(deployed: string, activityArn: string): string {
  const { States } = JSON.parse(deployed) as Json;
  const callee = (name: string) => ({ arn: States[name].Parameters.FunctionName, timeout: 120 });
  const callees = {
    workers: { light: callee('RunLight'), vector: callee('RunVector'), raster: callee('RunRaster') },
    failJob: callee('FailJob'),
    notifySubscriber: callee('NotifyOfSuccess'),
  };
  const definition = jobDefinition(callees, 'aws', undefined, {
    clusterArn: 'cluster',
    taskDefinitionArn: 'task',
    container: 'worker',
    subnetIds: ['subnet'],
    securityGroupId: 'group',
    timeout: 600,
  }) as Json;
  for (const name of ['RunLarge', 'RunLargeThenNotify']) definition.States[name].Resource = activityArn;
  // MiniStack does not pass on the name of an error, which Lambda does: all that a function throws has this one.
  for (const name of ['RunLight', 'RunLightThenNotify'])
    definition.States[name].Catch[0].ErrorEquals.push('Runtime.HandlerError');
  return JSON.stringify(definition);
}
