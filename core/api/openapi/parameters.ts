import { jobStatuses } from '../../jobs/lifecycle.ts';
import { type Limit, limits } from '../../shared/page-query.ts';

const query = (name: string, schema: object, description: string, more: object = {}) => ({
  name,
  in: 'query',
  required: false,
  description,
  schema,
  ...more,
});

const path = (name: string, description: string) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
});

const limit = ({ default: usual, maximum }: Limit, items: string) =>
  query(
    'limit',
    { type: 'integer', minimum: 1, maximum, default: usual },
    `${items} per page; larger values are treated as ${maximum}`,
  );

const list = (items: object) => ({ type: 'array', items });
const text = { type: 'string' };
const word = { type: 'string', minLength: 1 };

/** The parameters of all operations, by the name with which the operations refer to them. */
export const parameters = {
  processID: path('processID', 'Identifier of a process'),
  jobID: path('jobID', 'Identifier of a job'),
  collectionID: path('collectionID', 'Identifier of a collection: the job ID, a dot, and the output ID'),
  featureID: path('featureID', 'Identifier of a feature'),
  file: path('file', 'Name of a file that the pages load'),
  bbox: query(
    'bbox',
    { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 6 },
    'West, south, east, north in degrees',
    {
      style: 'form',
      explode: false,
    },
  ),
  outputID: path('outputID', 'Identifier of an output of the process'),
  f: query('f', { type: 'string', enum: ['json', 'html'] }, 'Representation; overrides Accept'),
  fJson: query('f', { type: 'string', enum: ['json'] }, 'Representation; overrides Accept'),
  fApi: query(
    'f',
    { type: 'string', enum: ['json', 'html', 'oas30', 'oas31'] },
    'Representation; overrides Accept',
  ),
  limitProcesses: limit(limits.processes, 'Processes'),
  limitJobs: limit(limits.jobs, 'Jobs'),
  limitCollections: limit(limits.collections, 'Jobs whose collections are listed'),
  limitItems: limit(limits.items, 'Features'),
  offset: query('offset', { type: 'integer', minimum: 0, default: 0 }, 'Items to skip'),
  q: query('q', text, 'Search terms for identifier, title, description and keywords'),
  cursor: query('cursor', word, 'Start of the page, as given in the link "next"'),
  type: query('type', list(word), 'Types of jobs; all jobs of this service have the type "process"', {
    style: 'form',
    explode: true,
  }),
  processIDs: query('processID', list(word), 'Processes whose jobs to list', {
    style: 'form',
    explode: true,
  }),
  status: query('status', list({ type: 'string', enum: jobStatuses }), 'Statuses of the jobs to list', {
    style: 'form',
    explode: true,
  }),
  datetime: query(
    'datetime',
    text,
    'Instant or interval in which the jobs were created (RFC 3339, ".." for an open end)',
    { example: '2026-01-31T12:00:00Z/..' },
  ),
  minDuration: query(
    'minDuration',
    { type: 'integer', minimum: 0 },
    'Minimum run time of the jobs, in seconds',
  ),
  maxDuration: query(
    'maxDuration',
    { type: 'integer', minimum: 0 },
    'Maximum run time of the jobs, in seconds',
  ),
  outputs: query('outputs', list(word), 'Outputs to return', { style: 'form', explode: false }),
  profile: query('profile', list(text), 'Profile of the representation: a URI, a safe CURIE or a name', {
    style: 'form',
    explode: false,
    example: ['ogc-results'],
  }),
  inputs: query(
    'inputs',
    { type: 'object', additionalProperties: text },
    'One parameter per input, and name[include]=true for each output to return; the paths of the processes list theirs',
    { style: 'form', explode: true },
  ),
  response: query(
    'response',
    { type: 'string', enum: ['collection'] },
    'Publishes the resulting layer as a collection',
  ),
  dryRun: query(
    'dryRun',
    { type: 'boolean', default: false },
    'Checks the request and estimates run time and cost, without executing it',
  ),
  idempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'A string chosen by the client, such as a UUID: for 24 hours, requests with the same key and the same body return the same job. ' +
      'It has no effect on synchronous executions.',
    schema: { type: 'string', minLength: 1, maxLength: 257 },
  },
  prefer: {
    name: 'Prefer',
    in: 'header',
    required: false,
    description: 'respond-async, wait=N, return=minimal, return=representation, profile=... (RFC 7240)',
    schema: text,
  },
} as const;
