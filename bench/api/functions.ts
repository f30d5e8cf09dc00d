import type { Authorization } from '../../core/api/authorization.ts';
import { type Capability, type OperationId, operations } from '../../core/api/operations.ts';
import type { ComputeClass } from '../../core/processes/declaration.ts';
import { Env } from '../../core/shared/env.ts';
import { capabilitiesOfWorker } from '../../infra/stacks/compute.ts';
import { makeEvent } from '../../test/support/gateway-event.ts';
import { FunctionProcess } from './function-process.ts';

/** Address at which clients are supposed to see the service. */
const BASE_URL = 'https://example.org/v1';

/** Variables that a function has on AWS, by what it was granted. */
const variables: readonly (readonly [granted: RegExp, variables: Readonly<Record<string, string>>])[] = [
  [/^jobs:|^usage:|^uploads:write/, { [Env.JobsTable]: 'jobs' }],
  [/^storage:|^uploads:/, { [Env.Bucket]: 'bucket' }],
  [/^workflow:/, { [Env.StateMachine]: 'arn:aws:states:eu-west-1:000000000000:stateMachine:jobs' }],
  [
    /^workers:/,
    { [Env.WorkerLight]: 'light:live', [Env.WorkerVector]: 'vector:live', [Env.WorkerRaster]: 'raster:live' },
  ],
  [/^switch:/, { [Env.ExecutionSwitch]: 'switch' }],
  [/^secrets:/, { [Env.SigningSecret]: 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:signing' }],
];

/** The environment of a function. @param endpoint where AWS answers */
export function environmentOf(capabilities: readonly Capability[], endpoint: string): Record<string, string> {
  const environment: Record<string, string> = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    NODE_ENV: 'production',
    [Env.ServiceTitle]: 'OGC API - Processes',
    [Env.Authorization]: JSON.stringify({ mode: 'none' } satisfies Authorization),
  };
  for (const [granted, given] of variables)
    if (capabilities.some((capability) => granted.test(capability))) Object.assign(environment, given);
  return environment;
}

export const entryOf = (id: OperationId): string => `api/${operations[id].file}`;

/** Starts the function of an operation. */
export const startOperation = (
  id: OperationId,
  directory: string,
  endpoint: string,
  env: Readonly<Record<string, string>> = {},
): Promise<FunctionProcess> =>
  FunctionProcess.start(directory, { ...environmentOf(operations[id].capabilities, endpoint), ...env });

/** Starts the worker of a class. */
export const startWorker = (
  computeClass: ComputeClass,
  directory: string,
  endpoint: string,
  env: Readonly<Record<string, string>> = {},
): Promise<FunctionProcess> =>
  FunctionProcess.start(directory, {
    ...environmentOf(capabilitiesOfWorker(computeClass), endpoint),
    [Env.JobSeconds]: '900',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    ...env,
  });

export interface Request {
  readonly operation: OperationId;
  /** Values of the path's parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The JSON with which API Gateway calls the function of an operation. */
export function eventOf({ operation, parameters = {}, headers = {}, body }: Request): string {
  const row = operations[operation];
  const below = row.path.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? '');
  return JSON.stringify(
    makeEvent({
      method: row.method,
      url: new URL(`${BASE_URL}${below === '/' ? '' : below}`),
      below,
      headers: { Host: 'example.org', Accept: 'application/json', 'User-Agent': 'bench', ...headers },
      operation: row,
      pathParameters: { ...parameters },
      body,
      rawBody: undefined,
    }),
  );
}
