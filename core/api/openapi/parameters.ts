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
    `${items} on a page; more than ${maximum} are taken for ${maximum}`,
  );

const list = (items: object) => ({ type: 'array', items });
const text = { type: 'string' };
const word = { type: 'string', minLength: 1 };

/** The parameters of all operations, by the name with which the operations refer to them. */
export const parameters = {
  processID: path('processID', 'Identifier of a process'),
  jobID: path('jobID', 'Identifier of a job'),
  collectionID: path(
    'collectionID',
    'Identifier of a collection: that of a job, a dot, and that of an output',
  ),
  featureID: path('featureID', 'Identifier of a feature'),
  file: path('file', 'Name of a file, as pages have it'),
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
  f: query('f', { type: 'string', enum: ['json', 'html'] }, 'Representation: overrules Accept'),
  fJson: query('f', { type: 'string', enum: ['json'] }, 'Representation: overrules Accept'),
  fApi: query(
    'f',
    { type: 'string', enum: ['json', 'html', 'oas30', 'oas31'] },
    'Representation: overrules Accept',
  ),
  limitProcesses: limit(limits.processes, 'Processes'),
  limitJobs: limit(limits.jobs, 'Jobs'),
  limitCollections: limit(limits.collections, 'Jobs whose collections are'),
  limitItems: limit(limits.items, 'Features'),
  offset: query('offset', { type: 'integer', minimum: 0, default: 0 }, 'Items to skip'),
  q: query('q', text, 'Words that occur in the identifier, title, description or keywords'),
  cursor: query('cursor', word, 'Where the page starts: as the link "next" has it'),
  type: query('type', list(word), 'Kinds of jobs; this service has those of type "process"', {
    style: 'form',
    explode: true,
  }),
  processIDs: query('processID', list(word), 'Processes whose jobs are wanted', {
    style: 'form',
    explode: true,
  }),
  status: query('status', list({ type: 'string', enum: jobStatuses }), 'Statuses of the jobs', {
    style: 'form',
    explode: true,
  }),
  datetime: query(
    'datetime',
    text,
    'Instant or interval in which the job was created (RFC 3339, ".." for an open end)',
    { example: '2026-01-31T12:00:00Z/..' },
  ),
  minDuration: query(
    'minDuration',
    { type: 'integer', minimum: 0 },
    'Seconds that the job has run, at least',
  ),
  maxDuration: query('maxDuration', { type: 'integer', minimum: 0 }, 'Seconds that the job has run, at most'),
  outputs: query('outputs', list(word), 'Outputs that are wanted', { style: 'form', explode: false }),
  profile: query('profile', list(text), 'Profile of the representation: a URI, a safe CURIE or a name', {
    style: 'form',
    explode: false,
    example: ['ogc-results'],
  }),
  inputs: query(
    'inputs',
    { type: 'object', additionalProperties: text },
    'A parameter per input, and name[include]=true per output; the paths of the processes name theirs',
    { style: 'form', explode: true },
  ),
  response: query(
    'response',
    { type: 'string', enum: ['collection'] },
    'Publishes a layer that is computed as a collection',
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
      'A string of the client, such as a UUID: requests with the same one and the same body make one job, for 24 hours. ' +
      'Without effect where no job is made, because the client waits for the result.',
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
