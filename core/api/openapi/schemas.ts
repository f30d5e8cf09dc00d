import { formatSchemas } from '../../execution/format-schemas.ts';
import { MOST_TITLE } from '../../execution/parse.ts';
import { jobStatuses } from '../../jobs/lifecycle.ts';

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: 'string' };
const uri = { type: 'string', format: 'uri-reference' };
const time = { type: 'string', format: 'date-time' };
const texts = { type: 'array', items: text };
const links = { type: 'array', items: reference('link') };
const object = (properties: object, required: readonly string[] = [], more: object = {}) => ({
  type: 'object',
  ...(required.length > 0 ? { required } : {}),
  properties,
  ...more,
});

const summary = {
  id: text,
  version: text,
  title: text,
  description: text,
  keywords: texts,
  metadata: { type: 'array', items: object({ title: text, role: text, value: {} }) },
  jobControlOptions: {
    type: 'array',
    items: { type: 'string', enum: ['sync-execute', 'async-execute', 'dismiss'] },
  },
  outputTransmission: { type: 'array', items: { type: 'string', enum: ['value', 'reference'] } },
  mutable: { type: 'boolean' },
  links,
};

const occurrences = {
  minOccurs: { type: 'integer', minimum: 0 },
  maxOccurs: {
    anyOf: [
      { type: 'integer', minimum: 1 },
      { type: 'string', enum: ['unbounded'] },
    ],
  },
};

/** Name of a job, in an execute request. */
export const jobTitle = {
  type: 'string',
  minLength: 1,
  maxLength: MOST_TITLE,
  description:
    'Name of the job, shown in its status and in lists. An extension of this service; it has no effect on synchronous executions.',
};

/**
 * Schemas of the standard as the service fills them. They are written with `anyOf` where the standard's own have
 * `oneOf`, which refuses values that more than one alternative describes.
 */
export const schemas = {
  ...formatSchemas,
  link: object({ href: uri, rel: text, type: text, hreflang: text, title: text }, ['href', 'rel']),
  landingPage: object({ title: text, description: text, links }, ['links']),
  confClasses: object({ conformsTo: texts, links }, ['conformsTo']),
  openapi: object({ openapi: text, info: { type: 'object' }, paths: { type: 'object' } }, [
    'openapi',
    'info',
    'paths',
  ]),
  processSummary: object(summary, ['id', 'version', 'links']),
  processList: object(
    {
      processes: { type: 'array', items: reference('processSummary') },
      links,
      numberMatched: { type: 'integer', minimum: 0 },
      numberReturned: { type: 'integer', minimum: 0 },
    },
    ['processes', 'links'],
  ),
  process: object(
    {
      ...summary,
      inputs: { type: 'object', additionalProperties: reference('inputDescription') },
      outputs: { type: 'object', additionalProperties: reference('outputDescription') },
    },
    ['id', 'version', 'inputs', 'outputs', 'links'],
  ),
  inputDescription: object(
    {
      title: text,
      description: text,
      keywords: texts,
      schema: { type: 'object' },
      ...occurrences,
      valuePassing: { type: 'array', items: { type: 'string', enum: ['byValue', 'byReference'] } },
    },
    ['schema'],
  ),
  outputDescription: object({ title: text, description: text, keywords: texts, schema: { type: 'object' } }, [
    'schema',
  ]),
  statusInfo: object(
    {
      jobID: text,
      id: text,
      type: { type: 'string', enum: ['process'] },
      processingEntityType: { type: 'string', enum: ['ogc-api-processes'] },
      processID: text,
      title: { type: 'string', description: 'Name that the client gave the job' },
      process: { type: 'string', format: 'uri' },
      status: { type: 'string', enum: jobStatuses },
      message: text,
      created: time,
      started: time,
      finished: time,
      updated: time,
      progress: { type: 'integer', minimum: 0, maximum: 100 },
      warnings: {
        type: 'integer',
        minimum: 1,
        description: 'Number of warnings in the log of the job; absent if there are none',
      },
      exception: reference('exception'),
      notifications: {
        type: 'object',
        description: 'Outcome of each callback, by member of the subscriber',
        additionalProperties: object({
          at: time,
          sending: { type: 'boolean' },
          delivered: { type: 'boolean' },
          status: { type: 'integer' },
          detail: text,
        }),
      },
      links,
    },
    ['jobID', 'id', 'type', 'processingEntityType', 'status', 'links'],
  ),
  jobList: object({ jobs: { type: 'array', items: reference('statusInfo') }, links }, ['jobs', 'links']),
  log: object(
    {
      logs: {
        type: 'array',
        description: 'Log entries, oldest first',
        items: object(
          {
            time,
            level: { type: 'string', enum: ['info', 'warning', 'error'] },
            message: text,
            details: { type: 'object', description: 'Further details, such as the features concerned' },
            count: {
              type: 'integer',
              minimum: 2,
              description: 'How many times the entry was repeated, if more than once',
            },
            progress: { type: 'integer', minimum: 0, maximum: 100 },
          },
          ['time', 'level', 'message'],
        ),
      },
      links,
    },
    ['logs', 'links'],
  ),
  exception: object(
    {
      type: text,
      title: text,
      status: { type: 'integer' },
      detail: text,
      instance: text,
      errors: { type: 'array', items: object({ pointer: text, detail: text }, ['pointer', 'detail']) },
    },
    ['type'],
  ),
  inputReference: object({ href: { type: 'string', format: 'uri' }, type: text, rel: text, layer: text }, [
    'href',
  ]),
  format: object({ mediaType: text, encoding: text, schema: {} }),
  requestedOutput: object({
    format: reference('format'),
    transmissionMode: { type: 'string', enum: ['value', 'reference'] },
  }),
  subscriber: object({
    successUri: { type: 'string', format: 'uri' },
    inProgressUri: { type: 'string', format: 'uri' },
    failedUri: { type: 'string', format: 'uri' },
  }),
  execute: object({
    title: jobTitle,
    inputs: {
      type: 'object',
      description: 'Values, qualified values or references, by identifier of the input',
    },
    outputs: { type: 'object', additionalProperties: reference('requestedOutput') },
    response: { type: 'string', enum: ['raw', 'document'], description: 'Version 1.0 only' },
    subscriber: reference('subscriber'),
  }),
  collection: object(
    {
      id: text,
      title: text,
      description: text,
      itemType: text,
      crs: texts,
      extent: { type: 'object' },
      links,
    },
    ['id', 'links'],
  ),
  collections: object({ collections: { type: 'array', items: reference('collection') }, links }, [
    'collections',
    'links',
  ]),
  feature: object(
    {
      type: { type: 'string', enum: ['Feature'] },
      id: {},
      geometry: { type: 'object', nullable: true },
      properties: { type: 'object', nullable: true },
      links,
    },
    ['type', 'geometry', 'properties'],
  ),
  featureCollection: object(
    {
      type: { type: 'string', enum: ['FeatureCollection'] },
      features: { type: 'array', items: reference('feature') },
      numberMatched: { type: 'integer', minimum: 0 },
      numberReturned: { type: 'integer', minimum: 0 },
      timeStamp: time,
      links,
    },
    ['type', 'features'],
  ),
  uploadRequest: object({ mediaType: text, size: { type: 'integer', minimum: 1 } }, ['mediaType', 'size']),
  upload: object(
    {
      href: { type: 'string', format: 'uri' },
      type: text,
      upload: object({ method: text, href: uri, headers: { type: 'object' }, expires: time }, [
        'method',
        'href',
      ]),
      expires: time,
    },
    ['href', 'type', 'upload'],
  ),
  results: {
    description:
      'The value of one output, or a map of values and references by identifier of the output; for a dry run, the execution plan',
  },
};
