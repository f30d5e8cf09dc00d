import { MediaType, Profile } from '../shared/uris.ts';

/**
 * The one table of operations. API Gateway's routes, the functions and their grants, `/conformance`, the
 * OpenAPI document, the documentation and the tests are derived from it.
 */

/** What an operation may do besides computing; each becomes the least grant that allows it. */
export type Capability =
  | 'jobs:read'
  | 'jobs:write'
  | 'jobs:list'
  | 'jobs:line'
  | 'jobs:sweep'
  | 'storage:read'
  | 'storage:write'
  | 'storage:compose'
  | 'storage:delete'
  | 'uploads:read'
  | 'uploads:write'
  | 'workflow:start'
  | 'workflow:stop'
  | 'workflow:describe'
  | 'workflow:goOn'
  | 'workers:invoke'
  | 'line:enter'
  | 'usage:count'
  | 'switch:read'
  | 'secrets:sign';

export interface Operation {
  /** Identifier in the OpenAPI document. */
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path template below the base URL, in API Gateway's and OpenAPI's common notation. */
  readonly path: string;
  /** Name of the file below `functions/api/` that holds the implementation, without the extension. */
  readonly file: string;
  /** Conformance class of Part 1 that asks for the operation; `extension` where none does. */
  readonly conformanceClass:
    | 'core'
    | 'oas30'
    | 'job-list'
    | 'dismiss'
    | 'kvp-execute'
    | 'collection-output'
    | 'extension';
  /** Scope that a client needs where authorization is on; `admin` does for each. `public`: none, and no credentials. */
  readonly scope: 'public' | 'read' | 'execute';
  /** Media types in which a 200 response is offered, the default first; empty: the result decides. */
  readonly representations: readonly ('json' | 'html')[];
  /** True for a GET that does something: there is no HEAD then, which must not. */
  readonly isUnsafe?: boolean;
  /** Media type of the JSON where it has one of its own; `application/json` names it too. */
  readonly mediaType?: string;
  /** True where the answer is a file that GIS software opens by its URL, and reads in parts. */
  readonly isFile?: boolean;
  /** Further values of `f`, which choose among forms of the JSON. */
  readonly formats?: readonly string[];
  /** Profile of the resource, which its responses link to (/req/query-param-profile/response). */
  readonly profile?: string;
  readonly summary: string;
  readonly capabilities: readonly Capability[];
}

const both = ['json', 'html'] as const;

const execution = [
  'jobs:read',
  'jobs:write',
  'jobs:line',
  'storage:read',
  'storage:write',
  'workflow:start',
  'workflow:describe',
  'workers:invoke',
  'usage:count',
  'switch:read',
] as const;

export const operations = {
  getLandingPage: {
    operationId: 'getLandingPage',
    method: 'GET',
    path: '/',
    file: 'get-landing-page',
    conformanceClass: 'core',
    scope: 'public',
    representations: both,
    summary: 'Landing page',
    capabilities: [],
  },
  getConformance: {
    operationId: 'getConformance',
    method: 'GET',
    path: '/conformance',
    file: 'get-conformance',
    conformanceClass: 'core',
    scope: 'public',
    representations: both,
    summary: 'Conformance classes that the service implements',
    capabilities: [],
  },
  getApi: {
    operationId: 'getApi',
    method: 'GET',
    path: '/api',
    file: 'get-api',
    conformanceClass: 'oas30',
    scope: 'public',
    representations: both,
    formats: ['oas30', 'oas31'],
    summary: 'Definition of this API (OpenAPI 3.0 or 3.1)',
    capabilities: [],
  },
  getRobots: {
    operationId: 'getRobots',
    method: 'GET',
    path: '/robots.txt',
    file: 'get-robots',
    conformanceClass: 'extension',
    scope: 'public',
    representations: [],
    summary: 'Rules for crawlers',
    capabilities: [],
  },
  getHealth: {
    operationId: 'getHealth',
    method: 'GET',
    path: '/health',
    file: 'get-health',
    conformanceClass: 'extension',
    scope: 'public',
    representations: [],
    summary: 'Health check for monitoring',
    capabilities: ['jobs:read'],
  },
  getAsset: {
    operationId: 'getAsset',
    method: 'GET',
    path: '/assets/{file}',
    file: 'get-asset',
    conformanceClass: 'extension',
    scope: 'public',
    representations: [],
    summary: 'A file that the pages of the service load',
    capabilities: [],
  },
  listProcesses: {
    operationId: 'listProcesses',
    method: 'GET',
    path: '/processes',
    file: 'list-processes',
    conformanceClass: 'core',
    scope: 'public',
    representations: both,
    profile: Profile.processList,
    summary: 'Processes that the service offers',
    capabilities: [],
  },
  describeProcess: {
    operationId: 'describeProcess',
    method: 'GET',
    path: '/processes/{processID}',
    file: 'describe-process',
    conformanceClass: 'core',
    scope: 'public',
    representations: both,
    profile: Profile.processDescription,
    summary: 'Description of a process: its inputs, outputs and limits',
    capabilities: [],
  },
  executeProcess: {
    operationId: 'executeProcess',
    method: 'POST',
    path: '/processes/{processID}/execution',
    file: 'execute-process',
    conformanceClass: 'core',
    scope: 'execute',
    representations: [],
    summary: 'Execute a process, synchronously or as a job',
    capabilities: [...execution, 'uploads:read'],
  },
  executeProcessByQuery: {
    operationId: 'executeProcessByQuery',
    method: 'GET',
    path: '/processes/{processID}/execution',
    file: 'execute-process-by-query',
    conformanceClass: 'kvp-execute',
    scope: 'execute',
    representations: [],
    isUnsafe: true,
    summary: 'Execute a process by query parameters',
    capabilities: execution,
  },
  createUpload: {
    operationId: 'createUpload',
    method: 'POST',
    path: '/uploads',
    file: 'create-upload',
    conformanceClass: 'extension',
    scope: 'execute',
    representations: ['json'],
    summary: 'Get a URL to upload a large local file to, for use as an input',
    capabilities: ['uploads:write', 'jobs:read', 'usage:count'],
  },
  listJobs: {
    operationId: 'listJobs',
    method: 'GET',
    path: '/jobs',
    file: 'list-jobs',
    conformanceClass: 'job-list',
    scope: 'read',
    representations: both,
    profile: Profile.jobList,
    summary: 'Jobs, newest first',
    capabilities: ['jobs:list', 'secrets:sign'],
  },
  getJob: {
    operationId: 'getJob',
    method: 'GET',
    path: '/jobs/{jobID}',
    file: 'get-job',
    conformanceClass: 'core',
    scope: 'read',
    representations: both,
    profile: Profile.job,
    summary: 'Status of a job',
    // The page shows inputs, of which its map draws uploads, results and log.
    capabilities: ['jobs:read', 'jobs:line', 'storage:read', 'uploads:read'],
  },
  dismissJob: {
    operationId: 'dismissJob',
    method: 'DELETE',
    path: '/jobs/{jobID}',
    file: 'dismiss-job',
    conformanceClass: 'dismiss',
    scope: 'execute',
    representations: both,
    summary: 'Cancel a job, or delete a finished one with its results',
    capabilities: ['jobs:read', 'jobs:write', 'storage:delete', 'workflow:stop'],
  },
  dismissJobByForm: {
    operationId: 'dismissJobByForm',
    method: 'POST',
    path: '/jobs/{jobID}/dismissal',
    file: 'dismiss-job-by-form',
    conformanceClass: 'extension',
    scope: 'execute',
    representations: [],
    summary: 'Cancel or delete a job with the form on its page, without JavaScript',
    capabilities: ['jobs:read', 'jobs:write', 'storage:delete', 'workflow:stop'],
  },
  getJobLog: {
    operationId: 'getJobLog',
    method: 'GET',
    path: '/jobs/{jobID}/logs',
    file: 'get-job-log',
    conformanceClass: 'extension',
    scope: 'read',
    representations: both,
    summary: 'Log of a job, with its warnings; it can be read while the job runs',
    capabilities: ['jobs:read', 'storage:read'],
  },
  getJobResults: {
    operationId: 'getJobResults',
    method: 'GET',
    path: '/jobs/{jobID}/results',
    file: 'get-job-results',
    conformanceClass: 'core',
    scope: 'read',
    representations: [],
    isFile: true,
    summary: 'Results of a job',
    capabilities: ['jobs:read', 'storage:read'],
  },
  getJobResult: {
    operationId: 'getJobResult',
    method: 'GET',
    path: '/jobs/{jobID}/results/{outputID}',
    file: 'get-job-result',
    conformanceClass: 'core',
    scope: 'read',
    representations: [],
    isFile: true,
    summary: 'One result of a job',
    capabilities: ['jobs:read', 'storage:read'],
  },
  listCollections: {
    operationId: 'listCollections',
    method: 'GET',
    path: '/collections',
    file: 'list-collections',
    conformanceClass: 'collection-output',
    scope: 'read',
    representations: both,
    summary: 'Collections: layers in the results of jobs',
    capabilities: ['jobs:list', 'secrets:sign'],
  },
  getCollection: {
    operationId: 'getCollection',
    method: 'GET',
    path: '/collections/{collectionID}',
    file: 'get-collection',
    conformanceClass: 'collection-output',
    scope: 'read',
    representations: both,
    summary: 'A collection of features',
    capabilities: ['jobs:read', 'storage:read'],
  },
  getCollectionItems: {
    operationId: 'getCollectionItems',
    method: 'GET',
    path: '/collections/{collectionID}/items',
    file: 'get-collection-items',
    conformanceClass: 'collection-output',
    scope: 'read',
    representations: both,
    mediaType: MediaType.geojson,
    isFile: true,
    summary: 'Features of a collection, within a bounding box',
    capabilities: ['jobs:read', 'storage:read'],
  },
  getCollectionItem: {
    operationId: 'getCollectionItem',
    method: 'GET',
    path: '/collections/{collectionID}/items/{featureID}',
    file: 'get-collection-item',
    conformanceClass: 'collection-output',
    scope: 'read',
    representations: both,
    mediaType: MediaType.geojson,
    isFile: true,
    summary: 'One feature of a collection',
    capabilities: ['jobs:read', 'storage:read'],
  },
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof operations;

/** The rows of the table, in its order. */
export const operationList: readonly Operation[] = Object.values(operations);

/** The rows that a deployment serves. @param queryExecution false where processes are executed by POST only */
export const servedOperations = (queryExecution: boolean): readonly Operation[] =>
  queryExecution
    ? operationList
    : operationList.filter(({ conformanceClass }) => conformanceClass !== 'kvp-execute');

/** HEAD goes with every GET that only reads (/rec/core/http-head). */
export const hasHead = ({ method, isUnsafe }: Operation): boolean => method === 'GET' && !isUnsafe;

/** Methods that a path answers, for `Allow`; CORS asks OPTIONS of all. */
export function allowedMethods(path: string, served = operationList): string[] {
  const here = served.filter((operation) => operation.path === path);
  const methods = here.map(({ method }) => method as string);
  return [...methods, ...(here.some(hasHead) ? ['HEAD'] : []), 'OPTIONS'];
}
