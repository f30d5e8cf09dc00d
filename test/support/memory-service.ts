import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Authorization } from '../../core/api/authorization.ts';
import type { ApiRequest } from '../../core/api/http.ts';
import { hasHead, operationList, operations } from '../../core/api/operations.ts';
import type { WorkerTask } from '../../core/execution/worker-task.ts';
import type { Ports } from '../../core/ports.ts';
import type { ComputeClass, Runs } from '../../core/processes/declaration.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { refuseMethod, refusePath } from '../../functions/api/refuse-method.ts';
import { createHandler } from '../../functions/http/handler.ts';
import { failJob } from '../../functions/tasks/fail-job.ts';
import { notifySubscriber } from '../../functions/tasks/notify-subscriber.ts';
import { runs as light } from '../../functions/worker/runs/light.ts';
import { runs as raster } from '../../functions/worker/runs/raster.ts';
import { runs as vector } from '../../functions/worker/runs/vector.ts';
import { work } from '../../functions/worker/worker.ts';
import { processes } from '../../processes/index.ts';
import { makeEvent } from './gateway-event.ts';
import { checkStateData } from './memory/aws-limits.ts';
import { type Authorizer, openGateway } from './memory/memory-authorizer.ts';
import { problem, throughGateway } from './memory/memory-gateway.ts';
import { type MemoryOptions, type MemoryPorts, memoryPorts } from './memory/ports.ts';
import type { Answer, Call } from './service-client.ts';

type Operate = (request: ApiRequest, ports: Ports) => ApiResponse | Promise<ApiResponse>;

const camelCase = (file: string) => file.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** What each row of the table of operations does: the function of its file. */
const operates = new Map<string, Operate>(
  await Promise.all(
    operationList.map(async ({ operationId, file }): Promise<[string, Operate]> => {
      const module = await import(`../../functions/api/${file}.ts`);
      return [operationId, module[camelCase(file)]];
    }),
  ),
);

/** The line that the pipeline logs for each request says nothing that a test wants to read. */
process.env['POWERTOOLS_DEV'] ??= 'true';
process.env['POWERTOOLS_METRICS_DISABLED'] ??= 'true';
const info = console.info.bind(console);
console.info = (...words: unknown[]) => {
  if (!/"message":\s*"\w+:\w+"/.test(String(words[0]))) info(...words);
};

const runsByClass: Readonly<Record<ComputeClass, Runs>> = { light, vector, raster };

export interface MemoryService {
  readonly ports: MemoryPorts;
  readonly baseUrl: string;
  call(path: string, call?: Call & { readonly rawBody?: Uint8Array }): Promise<Answer>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  execute(processID: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export interface ServiceOptions {
  /** What the gateway makes of credentials; without it there is no authorization. */
  readonly authorizer?: Authorizer;
  /** Where clients find the service, without a slash at its end. */
  readonly baseUrl?: string;
}

/**
 * The whole service in this process: the real pipeline, the real operations and workers, on the ports' twins in
 * memory, behind the limits that API Gateway, Lambda and Step Functions have. Jobs run when they are started;
 * `ports.workflow.settled()` waits for them.
 */
export function memoryService({
  authorizer = openGateway,
  baseUrl = 'https://example.org/v1',
  ...options
}: MemoryOptions & ServiceOptions & Partial<Omit<Ports, 'settings'>> = {}): MemoryService {
  const runWorker = (computeClass: ComputeClass, task: WorkerTask): Promise<unknown> =>
    work({ processes, runs: runsByClass[computeClass], ports }, task, () => 900_000);
  const ports: MemoryPorts = memoryPorts({
    runTask: (computeClass, task) => runWorker(computeClass, task as WorkerTask),
    runJob: async ({ jobID, computeClass, hasSubscriber }) => {
      try {
        checkStateData(await runWorker(computeClass, { kind: 'job', jobID }));
      } catch (error) {
        await failJob({ jobID, error: { Error: String(error) } }, ports);
      }
      if (hasSubscriber) await notifySubscriber(jobID, ports);
    },
    ...options,
  });

  // What gateways say of how they were asked.
  const scheme = baseUrl.startsWith('http:') ? { 'X-Forwarded-Proto': 'http' } : {};
  const call: MemoryService['call'] = async (path, { method = 'GET', headers: sent, body, rawBody } = {}) => {
    const headers = { ...scheme, ...sent };
    const url = new URL(path.startsWith('http') ? path : `${baseUrl}${path}`);
    const below = url.pathname.slice(new URL(baseUrl).pathname.length) || '/';
    const found = findRoute(method, below);
    const { operation, pathParameters, offered } = found ?? {
      ...nowhere,
      pathParameters: { proxy: below.slice(1) },
    };
    const whole = makeEvent({ method, url, below, headers, operation, pathParameters, body, rawBody });
    const authorization = (): Authorization => authorizer.authorization;
    const handler = offered
      ? createHandler(operation, operates.get(operation.operationId)!, () => ports, authorization)
      : createHandler(
          { ...operation, representations: [], scope: 'public' },
          found ? refuseMethod : refusePath,
          () => ports,
          authorization,
        );
    const isOpen = !offered || operation.scope === 'public';
    const identified = isOpen ? {} : await authorizer.identify(whole);
    if ('refusal' in identified)
      return askForAnswer(method, problem(identified.refusal, authorizer.authorization.mode));
    Object.assign(whole.requestContext, identified);
    const event = offered ? whole : { ...whole, multiValueQueryStringParameters: null };
    const target = url.pathname + url.search;
    return askForAnswer(
      method,
      await throughGateway(event, target, async (taken) => written(await handler(taken, {} as Context))),
    );
  };

  return {
    ports,
    baseUrl,
    call,
    get: (path, headers = {}) => call(path, { headers }),
    execute: (processID, body, headers = {}) =>
      call(`/processes/${processID}/execution`, { method: 'POST', body, headers }),
  };
}

/** What a handler returns, as Lambda hands it over. */
const written = (result: APIGatewayProxyResult): APIGatewayProxyResult => JSON.parse(JSON.stringify(result));

/** What the route for all other paths is made for. */
const nowhere = { operation: { ...operations.getLandingPage, path: '/{proxy+}' }, offered: false };

/** The row whose path matches, as API Gateway finds it. */
function findRoute(method: string, path: string) {
  const matching = operationList.flatMap((operation) => {
    const pattern = new RegExp(`^${operation.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}/?$`);
    const match = pattern.exec(path);
    return match ? [{ operation, pathParameters: { ...match.groups } }] : [];
  });
  const exact = matching.find(({ operation }) =>
    method === 'HEAD' ? hasHead(operation) : operation.method === method,
  );
  const found = exact ?? matching[0];
  return found && { ...found, offered: exact !== undefined };
}

/** What the client gets: of HEAD the headers alone, the length of the body among them. */
function askForAnswer(
  method: string,
  { statusCode, multiValueHeaders = {}, body, isBase64Encoded }: APIGatewayProxyResult,
): Answer {
  const headers = new Headers();
  for (const [name, values] of Object.entries(multiValueHeaders)) {
    for (const value of values) headers.append(name, String(value));
  }
  const sent = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  headers.set('Content-Length', String(sent.length));
  const bytes = method === 'HEAD' ? new Uint8Array() : new Uint8Array(sent);
  const text = new TextDecoder().decode(bytes);
  return {
    status: statusCode,
    headers,
    bytes,
    text,
    get json() {
      return JSON.parse(text);
    },
  };
}
