import type { ProcessDeclaration } from '../../processes/declaration.ts';
import { type Operation, operationList } from '../operations.ts';
import type { Provider } from '../provider.ts';
import { VERSION } from '../version.ts';
import { type OpenapiObject, parameterReference } from './objects.ts';
import { parameters } from './parameters.ts';
import { executionPath } from './process-path.ts';
import { operationResponses, problemResponses } from './responses.ts';
import { schemas } from './schemas.ts';
import { shareParts } from './shared-parts.ts';

export interface ApiDescription {
  readonly baseUrl: string;
  readonly title: string;
  readonly contact?: Provider;
}

/**
 * This API in OpenAPI 3.0: a path per row of the table of operations, and one per process whose request body is that
 * of the process, with its examples (/req/oas30/oas-definition, /req/oas/completeness).
 */
export const openapi = (
  processes: readonly ProcessDeclaration[],
  description: ApiDescription,
): OpenapiObject => shareParts(inFull(processes, description));

const inFull = (
  processes: readonly ProcessDeclaration[],
  { baseUrl, title, contact }: ApiDescription,
): OpenapiObject => ({
  openapi: '3.0.3',
  info: {
    title,
    version: VERSION,
    description: 'OGC API - Processes, Part 1, versions 1.0 and 2.0 (draft).',
    ...(contact ? { contact } : {}),
    license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
  },
  servers: [{ url: baseUrl }],
  security: [],
  tags,
  paths: { ...buildPaths(), ...Object.fromEntries(processes.map(executionPath)) },
  components: { schemas, parameters, responses: problemResponses },
});

const tags = [
  { name: 'Capabilities', description: 'What the service offers' },
  { name: 'Processes', description: 'The processes and their execution' },
  { name: 'Collections', description: 'Results as collections of features' },
  { name: 'Jobs', description: 'Asynchronous executions' },
];

function buildPaths(): Record<string, OpenapiObject> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operationList) {
    paths[operation.path] = {
      ...paths[operation.path],
      ...pathParameters(operation.path),
      [operation.method.toLowerCase()]: describeOperation(operation),
    };
  }
  return paths;
}

function describeOperation(operation: Operation): OpenapiObject {
  const { operationId, summary, conformanceClass, path } = operation;
  const query = queryParameters[operationId] ?? [];
  const isExtension = conformanceClass === 'extension';
  return {
    operationId,
    summary,
    description: isExtension
      ? `${summary}. An extension of this service.`
      : `${summary}. Conformance class: ${conformanceClass}.`,
    tags: [tagFromPath(path)],
    parameters: [...query, ...representationParameter(operation)].map(parameterReference),
    ...requestBody(operation),
    responses: operationResponses(operation),
  };
}

function requestBody({ operationId, method }: Operation): OpenapiObject {
  if (method !== 'POST') return {};
  const schema = bodies[operationId];
  const content = schema
    ? { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } }
    : { 'application/x-www-form-urlencoded': { schema: { type: 'object' } } };
  return { requestBody: { required: true, content } };
}

function representationParameter({ formats, representations }: Operation): string[] {
  if (formats) return ['fApi'];
  if (representations.includes('html')) return ['f'];
  return representations.length > 0 ? ['fJson'] : [];
}

/** Schemas of request bodies in JSON by operation; the others take forms. */
const bodies: Readonly<Record<string, string>> = { executeProcess: 'execute', createUpload: 'uploadRequest' };

const tagFromPath = (path: string): string => {
  if (path.startsWith('/jobs')) return 'Jobs';
  if (path.startsWith('/collections')) return 'Collections';
  return path.startsWith('/processes') ? 'Processes' : 'Capabilities';
};

function pathParameters(path: string): OpenapiObject {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return names.length === 0 ? {} : { parameters: names.map(parameterReference) };
}

/** Query and header parameters by operation; every one is defined in parameters.ts. */
const queryParameters: Readonly<Record<string, readonly string[]>> = {
  listProcesses: ['limitProcesses', 'offset', 'q'],
  executeProcess: ['prefer', 'profile', 'response', 'dryRun', 'idempotencyKey'],
  executeProcessByQuery: ['prefer', 'profile', 'inputs'],
  listJobs: ['type', 'processIDs', 'status', 'datetime', 'minDuration', 'maxDuration', 'limitJobs', 'cursor'],
  listCollections: ['limitCollections', 'cursor'],
  getCollectionItems: ['limitItems', 'offset', 'bbox', 'datetime'],
  getJobResults: ['outputs', 'prefer', 'profile'],
};
