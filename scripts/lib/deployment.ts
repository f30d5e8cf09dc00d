import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { settingsFor } from '../../infra/config/config.ts';
import { findIdle } from '../../infra/config/variables.ts';
import { stackNames } from '../../infra/service.ts';
import type { AwsEndpoint } from './endpoint.ts';
import { logOrphanedJobs } from './orphans.ts';
import { root, toolsFirst } from './paths.ts';
import { run } from './processes.ts';
import { Problem, step } from './progress.ts';
import { removeChangedStacks } from './renewal.ts';
import { stackStatus } from './stacks.ts';

/** Stage that is deployed to emulators; `infra/config/config.ts` says what differs there. Also the start of others' names. */
export const STAGE = 'local';
const REGION = 'us-east-1';
const ACCOUNT = '000000000000';

/** Id that the REST API gets on emulators, from its tags. */
const API_ID = 'ogcapi';

/** Base URL of the service at an emulator, known before it is deployed. */
const baseUrlAt = (endpoint: string): string =>
  `${endpoint}/_aws/execute-api/${API_ID}/${settingsFor(STAGE).apiStage}`;

/** Makes AWS clients, the CDK and the tests talk to an emulator, whatever the user's own AWS settings are. */
export function useEmulator(endpoint: string): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: REGION,
  });
}

/** The stacks were made, but the emulator could not deploy them. */
export class RefusedStacks extends Problem {}

export interface Deployment {
  /** Default: {@link STAGE}. */
  readonly stage?: string;
  readonly endpoint: string;
  /** What answers there, where it is not the emulator of this project. */
  readonly kind?: AwsEndpoint['kind'];
  /** Directory for the synthesized templates and the log. */
  readonly directory: string;
  /** `host:port` pairs, comma separated, that the egress guard lets through. */
  readonly egressAllowHosts: string | undefined;
  /** Other settings, as the environment has them; see `infra/config`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Deploys the stacks to the emulator that {@link useEmulator} chose. @returns the base URL of the service */
export async function deploy({
  stage = STAGE,
  endpoint,
  kind = 'MiniStack',
  directory,
  egressAllowHosts,
  settings,
  signal,
}: Deployment): Promise<string> {
  mkdirSync(directory, { recursive: true });
  const baseUrl = baseUrlAt(endpoint);
  const assembly = join(directory, 'cdk.out');
  const outputs = join(directory, 'outputs.json');
  const log = join(directory, 'deploy.log');
  rmSync(log, { force: true });
  const env = {
    ...process.env,
    PATH: toolsFirst,
    STAGE: stage,
    PUBLIC_BASE_URL: baseUrl,
    STORAGE_ENDPOINT: endpoint,
    EGRESS_ALLOW_HOSTS: egressAllowHosts,
    COGNITO_ENDPOINT: endpoint,
    ...settings,
    // LocalStack does not render API Gateway's own responses.
    // It hands compressed bodies on in base64, whatever the client accepts.
    COMPRESSION: kind === 'LocalStack' ? 'off' : 'on',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    // The CDK's own check of the templates takes longer than all the rest; it runs with `npm run deploy`.
    CDK_VALIDATION: 'false',
    NO_COLOR: '1',
  };
  const cdk = (name: string, ...args: string[]) =>
    run('cdk', { name: `cdk ${name}`, args: [name, ...args], env, log, ...(signal ? { signal } : {}) });

  for (const sentence of findIdle(env, settingsFor(stage, env))) console.warn(`Warning: ${sentence}`);
  if ((await stackStatus('CDKToolkit')) === undefined) {
    // Without an app: the CLI would synthesize it, and without bundling at that.
    await step('Preparing the emulator for deployments', () =>
      cdk('bootstrap', `aws://${ACCOUNT}/${REGION}`, '--app', ''),
    );
  }
  // The app itself, as the CDK's command line would run it, which takes seconds to start.
  const app = { ...env, CDK_OUTDIR: assembly, CDK_CONTEXT_JSON: readProjectContext() };
  rmSync(assembly, { recursive: true, force: true });
  await step('Bundling the functions and synthesizing the stacks', () =>
    run('node', {
      name: 'infra/app.ts',
      args: ['infra/app.ts'],
      env: app,
      log,
      ...(signal ? { signal } : {}),
    }),
  );
  const removed = kind === 'LocalStack' ? await removeChangedStacks(stage, assembly) : [];
  await step('Deploying the stacks', () =>
    cdk('deploy', '--all', '--app', assembly, '--require-approval', 'never', '--outputs-file', outputs).catch(
      (error) => {
        throw error instanceof Problem && !signal?.aborted ? new RefusedStacks(error.message) : error;
      },
    ),
  );
  verifyApiId(outputs);
  // Their executions went with the state machine.
  if (removed.includes(stackNames(stage).compute)) await logOrphanedJobs(stage, 'the workflow was recreated');
  return baseUrl;
}

function readProjectContext(): string {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: object };
  return JSON.stringify(context);
}

function verifyApiId(outputs: string): void {
  const stacks = JSON.parse(readFileSync(outputs, 'utf8')) as Record<string, Record<string, string>>;
  const apiId = Object.values(stacks).find(({ ApiId }) => ApiId !== undefined)?.['ApiId'];
  if (apiId === API_ID) return;
  throw new Problem(
    `The emulator gave the REST API the id "${apiId}" instead of "${API_ID}", so its base URL is not known beforehand. ` +
      'Use an emulator that supports the tag "ms-custom-id" or "_custom_id_".',
  );
}
