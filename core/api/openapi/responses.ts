import { isJson } from '../../shared/media-type.ts';
import { MediaType } from '../../shared/uris.ts';
import type { Operation } from '../operations.ts';

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const header = (description: string) => ({ description, schema: { type: 'string' } });
const page = { [MediaType.html]: { schema: { type: 'string' } } };

/** What each status of an error means; the documents all have one form (/req/oas/exceptions-codes). */
const problems = {
  400: 'The body, an input, an output or a query parameter is not valid; every fault is listed',
  404: 'There is no such process, job or result, or the results are not ready',
  406: 'None of the media types in Accept is available',
  410: 'The job, or the job of the Idempotency-Key, has been deleted',
  413: 'A limit of the service is exceeded',
  415: 'The body is not JSON, or is compressed',
  412: 'If-Match names an entity tag that the resource does not have',
  416: 'The requested range is outside the file',
  422: 'The job failed because of its input, or the Idempotency-Key was used before with another body',
  429: 'Too many requests, or a quota is used up',
  500: 'The service failed',
  502: 'A server that an input refers to failed',
  503: 'No worker is free, the job could not be started, or the operator has suspended executions',
  504: 'The execution took too long',
} as const;
type ProblemStatus = keyof typeof problems;

const problemContent = {
  [MediaType.json]: { schema: reference('exception') },
  [MediaType.problem]: { schema: reference('exception') },
  ...page,
};

/** The responses that operations refer to. */
export const problemResponses = Object.fromEntries(
  Object.entries(problems).map(([status, description]) => [
    `Problem${status}`,
    { description, content: problemContent },
  ]),
);

const refer = (statuses: readonly ProblemStatus[]) =>
  Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]));

/** A document as monitors read it (draft-inadarei-api-health-check). */
const health = (description: string) => ({
  description,
  content: {
    'application/health+json': {
      schema: {
        type: 'object',
        required: ['status', 'releaseId'],
        properties: {
          status: { type: 'string', enum: ['pass', 'fail'] },
          version: { type: 'string' },
          releaseId: { type: 'string' },
          description: { type: 'string' },
          checks: { type: 'object', additionalProperties: { type: 'array', items: { type: 'object' } } },
        },
      },
    },
  },
});

const json = (schema: string, description: string, mediaTypes: readonly string[] = [MediaType.json]) => ({
  description,
  content: {
    ...Object.fromEntries(mediaTypes.map((type) => [type, { schema: reference(schema) }])),
    ...page,
  },
});

const linkHeader = { Link: header('Links of the response (RFC 8288)') };

/** Answers of an execution or of a job's results, in the media types that they may have. */
const resultResponses = (mediaTypes: readonly string[]) => ({
  200: {
    description: 'The results: the bare value of one output, several as a map or as multipart/related',
    headers: {
      ...linkHeader,
      'Preference-Applied': header('Preferences that were honoured (RFC 7240)'),
      'Processing-Warnings': {
        description: 'Number of warnings; the link with the relation "log" leads to them',
        schema: { type: 'integer', minimum: 1 },
      },
    },
    content: {
      [MediaType.json]: { schema: reference('results') },
      [MediaType.multipartRelated]: { schema: { type: 'string', format: 'binary' } },
      ...Object.fromEntries(
        mediaTypes
          .filter((type) => type !== MediaType.json)
          .map((type) => [
            type,
            { schema: isJson(type) || type === '*/*' ? {} : { type: 'string', format: 'binary' } },
          ]),
      ),
    },
  },
  204: { description: 'No outputs were requested, or all of them by reference', headers: linkHeader },
  303: {
    description: 'The result is large; Location has its URL',
    headers: { Location: header('URL of the result, valid for some minutes') },
  },
});

/** Results of a job, which has a page for who accepts only HTML. */
const jobResultResponses = (mediaTypes: readonly string[]) => ({
  ...resultResponses(mediaTypes),
  303: {
    description:
      'The result is large, and Location has its URL; or only HTML is accepted, and Location has the page of the job',
    headers: { Location: header('URL of the result, valid for some minutes, or of the page') },
  },
});

/** Answers of an execution: those of its results, and that of a job that was made. */
export const executionResponses = (mediaTypes: readonly string[]) => ({
  ...resultResponses(mediaTypes),
  201: {
    description: 'A job was created',
    headers: {
      Location: header('URL of the job'),
      'Preference-Applied': header('Preferences that were honoured (RFC 7240)'),
    },
    content: { [MediaType.json]: { schema: reference('statusInfo') } },
  },
  ...refer([400, 404, 406, 410, 413, 415, 422, 429, 500, 502, 503, 504]),
});

const ANY = ['*/*'];

/**
 * Answers by operation: success first, then every error that it can end with (/req/oas/completeness).
 *
 * @throws Error
 */
export function operationResponses(operation: Operation): object {
  const { operationId, capabilities, isFile = false, representations } = operation;
  const own = successes[operationId];
  if (!own) throw new Error(`core/api/openapi/responses.ts has no answers of ${operationId}`);
  const isTagged = capabilities.length === 0 || (isFile && representations.length === 0);
  return {
    ...own,
    ...refer([412]),
    ...(isFile ? partResponses : {}),
    ...(isTagged ? { 304: { description: 'Not modified: the client has it already' } } : {}),
  };
}

/** Answers to `Range`, of what is a file. */
const partResponses = {
  206: {
    description: 'The requested range of the file',
    // Without a media type, as `getAsset`: that of the file, which generators of clients do not take as `*/*`.
    headers: { 'Content-Range': header('First and last byte of the range, and size of the file') },
  },
  ...refer([416]),
};

const always = [400, 406, 429, 500] as const;
const successes: Readonly<Record<string, object>> = {
  getLandingPage: { 200: json('landingPage', 'The landing page'), ...refer(always) },
  getConformance: { 200: json('confClasses', 'Conformance classes'), ...refer(always) },
  getApi: {
    200: json('openapi', 'The definition of this API', [
      MediaType.openapi30,
      MediaType.openapi31,
      MediaType.json,
    ]),
    ...refer(always),
  },
  getRobots: {
    200: {
      description: 'Rules for crawlers',
      content: { [MediaType.text]: { schema: { type: 'string' } } },
    },
    ...refer([400, 429, 500]),
  },
  getHealth: {
    200: health('The service is available'),
    503: health('The service cannot reach what it needs'),
    ...refer([400, 429, 500]),
  },
  getAsset: {
    // Without a media type: each file has its own, and generators of clients know few of them.
    200: { description: 'The file, which never changes under its name' },
    ...refer([400, 404, 429, 500]),
  },
  listProcesses: { 200: json('processList', 'Summaries of processes'), ...refer(always) },
  describeProcess: {
    200: { ...json('process', 'The description of the process'), headers: linkHeader },
    ...refer([...always, 404]),
  },
  executeProcess: executionResponses(ANY),
  executeProcessByQuery: executionResponses(ANY),
  createUpload: {
    201: {
      description: 'The URL to upload the file to, and the href to use in execute requests',
      headers: { Location: header('The href to use as an input') },
      content: { [MediaType.json]: { schema: reference('upload') } },
    },
    ...refer([400, 406, 413, 415, 429, 500]),
  },
  listCollections: { 200: json('collections', 'Collections'), ...refer(always) },
  getCollection: { 200: json('collection', 'The collection'), ...refer([...always, 404, 413]) },
  getCollectionItems: {
    200: json('featureCollection', 'Features', [MediaType.geojson, MediaType.json]),
    ...refer([...always, 404, 413]),
  },
  getCollectionItem: {
    200: json('feature', 'The feature', [MediaType.geojson, MediaType.json]),
    ...refer([...always, 404, 413]),
  },
  listJobs: { 200: json('jobList', 'Jobs, newest first'), ...refer([...always, 404]) },
  getJob: { 200: json('statusInfo', 'The status of the job'), ...refer([...always, 404]) },
  getJobLog: { 200: json('log', 'The log of the job so far'), ...refer([...always, 404]) },
  dismissJob: { 200: json('statusInfo', 'The last status of the job'), ...refer([...always, 404, 410]) },
  dismissJobByForm: {
    200: { description: 'The page after the redirect, for clients that follow it', content: page },
    303: {
      description: 'The job was cancelled or deleted; Location is the page of the job or of the job list',
      headers: { Location: header('URL of the page') },
    },
    403: { description: 'The form was not sent by a page of this service', content: problemContent },
    ...refer([400, 404, 410, 429, 500]),
  },
  getJobResults: { ...jobResultResponses(ANY), ...refer([...always, 404, 413, 422, 502, 503, 504]) },
  getJobResult: { ...jobResultResponses(ANY), ...refer([...always, 404, 413, 422, 502, 503, 504]) },
};
