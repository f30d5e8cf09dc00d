import { taskHour } from '../cost/fargate.ts';
import { PRICES_OF, REFERENCE_REGION } from '../cost/prices.ts';
import type { Limits } from '../run/context.ts';
import { mapValues } from '../shared/json.ts';
import type { Link } from '../shared/link.ts';
import { MediaType, Profile, Rel } from '../shared/uris.ts';
import type { WorkerSizes } from './class-resources.ts';
import type { Input, Output, Parts, ProcessDeclaration } from './declaration.ts';
import { estimateRun } from './estimate.ts';
import type { LargeClass } from './large-class.ts';
import type { JsonSchema } from './schema.ts';

/** The standard's `processSummary.yaml`, with the members of both versions. */
export interface ProcessSummary {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly jobControlOptions: readonly string[];
  readonly outputTransmission: readonly string[];
  readonly mutable: false;
  readonly metadata: readonly Metadata[];
  readonly links: readonly Link[];
}

interface Metadata {
  readonly title: string;
  readonly role: string;
  readonly value: string | number;
}

/** `processDescription.yaml`: a summary with its inputs and outputs, maps by id in the order of the declaration. */
export interface ProcessDescription extends ProcessSummary {
  readonly inputs: Readonly<Record<string, InputDescription>>;
  readonly outputs: Readonly<Record<string, OutputDescription>>;
}

export interface InputDescription {
  readonly title: string;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly schema: JsonSchema;
  readonly minOccurs: number;
  readonly maxOccurs: number | 'unbounded';
  readonly valuePassing: readonly ('byValue' | 'byReference')[];
  /** APIs by which a collection is read, where the input may be one (2.0). */
  readonly dataAccessAPIs?: readonly string[];
  /** Kinds of data that a collection or file may be of. */
  readonly dataClasses?: readonly string[];
  /** How the worker gets at what is referred to. */
  readonly executionUnitRequirements?: { readonly 'remote-access': boolean; readonly staging: string };
}

export interface OutputDescription {
  readonly title: string;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly schema: JsonSchema;
}

/** A row of `GET /processes` (/req/core/process-list-success, /req/core/process-summary-links). */
export function processSummary(process: ProcessDeclaration, baseUrl: string): ProcessSummary {
  const { id, version, title, description, keywords = [], jobControlOptions } = process;
  return {
    id,
    version,
    title,
    description,
    keywords,
    jobControlOptions,
    outputTransmission: ['value', 'reference'],
    // Part 2: built in, so that it cannot be replaced or removed.
    mutable: false,
    metadata: [
      { title: 'Compute class', role: 'compute-class', value: process.computeClass },
      ...limitMetadata(process.limits),
      ...(process.parts ? [dividedMetadata(process.parts)] : []),
    ],
    links: summaryLinks(id, title, baseUrl),
  };
}

/** `GET /processes/{processID}` (/req/ogc-process-description/json-encoding). */
export function processDescription(
  process: ProcessDeclaration,
  baseUrl: string,
  sizes?: WorkerSizes,
  large?: LargeClass,
): ProcessDescription {
  const summary = processSummary(process, baseUrl);
  return {
    ...summary,
    metadata: [
      ...summary.metadata,
      ...(large ? largeMetadata(process, large) : []),
      ...estimateMetadata(process, sizes),
    ],
    links: [...summary.links, ...descriptionLinks(process.id, baseUrl)],
    inputs: mapValues(process.inputs, describeInput),
    outputs: mapValues(process.outputs, describeOutput),
  };
}

const describeInput = (input: Input): InputDescription => ({
  ...documentation(input),
  schema: input.schema,
  minOccurs: input.minOccurs,
  maxOccurs: input.maxOccurs,
  valuePassing: input.valuePassing ?? ['byValue', 'byReference'],
  ...(input.source === undefined ? {} : accessBySource[input.source]),
});

/** 2.0 only: rasters are read in ranges where they are, layers are fetched as a whole. */
const accessBySource = {
  layer: {
    dataAccessAPIs: ['ogc-api-features'],
    dataClasses: ['ogc-feature-collection'],
    executionUnitRequirements: { 'remote-access': false, staging: 'local-file' },
  },
  raster: {
    dataClasses: ['ogc-coverage-collection'],
    executionUnitRequirements: { 'remote-access': true, staging: 'remote-access' },
  },
} as const;

const describeOutput = (output: Output): OutputDescription => ({
  ...documentation(output),
  schema: output.schema,
});

const documentation = ({ title, description, keywords }: Input | Output) => ({
  title,
  ...(description === undefined ? {} : { description }),
  ...(keywords === undefined ? {} : { keywords }),
});

const limitTitles: Readonly<Record<keyof Limits, string>> = {
  features: 'Maximum number of features in a layer',
  vertices: 'Maximum number of vertices in a layer',
  pixels: 'Maximum number of pixels in a raster, over all bands',
  inlineBytes: 'Maximum size of the execute request, in bytes',
  referencedBytes: 'Maximum size of referenced data, in bytes',
  syncVertices: 'Maximum number of vertices in a layer, for synchronous executions',
  syncPixels: 'Maximum number of pixels in a raster, for synchronous executions',
};

/** What is refused is said beforehand: the bounds of the process, where a program can read them. */
const limitMetadata = (limits: Limits): Metadata[] =>
  Object.entries(limits).map(([name, value]) => ({
    title: limitTitles[name as keyof Limits],
    role: `limit-${name}`,
    value: value as number,
  }));

/** The limit of pixels is then that of one worker. */
const dividedMetadata = ({ give }: Parts): Metadata => ({
  title: `Jobs divide larger rasters into blocks of rows${give === 'pixels' ? ', if the result is a GeoTIFF' : ''}`,
  role: 'divided',
  value: 'rows',
});

/** What becomes of jobs that exceed the limits, where there is a large class: they go on with so many times the limits. */
function largeMetadata(
  { computeClass, jobControlOptions }: ProcessDeclaration,
  large: LargeClass,
): Metadata[] {
  if (!jobControlOptions.includes('async-execute')) return [];
  return [
    {
      title:
        'Jobs that exceed a limit, or the memory or time of their worker, run again on a larger one: factor by which its limits are larger',
      role: 'large-class-times',
      value: large.times[computeClass],
    },
    { title: 'Time limit of such a job, in seconds', role: 'large-class-seconds', value: large.timeout },
    {
      title: `Cost of such a job per hour, in US dollars, at list prices of ${REFERENCE_REGION}`,
      role: 'large-class-usd-per-hour',
      value: Number(taskHour(large).toPrecision(2)),
    },
  ];
}

/** What a run costs about, for an input of a usual size; a dry run says it for a request. */
function estimateMetadata(process: ProcessDeclaration, sizes?: WorkerSizes): Metadata[] {
  const { seconds, usd } = estimateRun(process, { bytes: 1024 * 1024, asynchronous: true }, sizes);
  return [
    { title: 'Estimated run time with 1 MB of input, in seconds', role: 'estimate-seconds', value: seconds },
    {
      title: `Estimated cost of a run with 1 MB of input, in US dollars, at list prices of ${REFERENCE_REGION}`,
      role: 'estimate-usd',
      value: usd,
    },
    { title: 'Date of the prices of the estimate', role: 'estimate-prices-date', value: PRICES_OF },
  ];
}

function summaryLinks(id: string, title: string, baseUrl: string): Link[] {
  const self = `${baseUrl}/processes/${encodeURIComponent(id)}`;
  return [
    { href: self, rel: Rel.self, type: MediaType.json, title },
    { href: `${self}?f=html`, rel: Rel.alternate, type: MediaType.html, title: `${title} as HTML` },
    { href: `${self}/execution`, rel: Rel.execute, type: MediaType.json, title: `Execute ${title}` },
  ];
}

/** /rec/ogc-process-description/process-links and the profile of /req/ogc-process-description/json-encoding. */
const descriptionLinks = (id: string, baseUrl: string): Link[] => [
  { href: baseUrl, rel: Rel.service, type: MediaType.json, title: 'Landing page' },
  { href: `${baseUrl}/processes`, rel: Rel.up, type: MediaType.json, title: 'All processes' },
  {
    href: `${baseUrl}/jobs?processID=${encodeURIComponent(id)}`,
    rel: Rel.jobList,
    type: MediaType.json,
    title: 'Jobs of this process',
  },
  {
    href: Profile.processDescription,
    rel: Rel.profile,
    type: MediaType.html,
    title: 'OGC Process Description',
  },
  {
    href: `${baseUrl}/processes/${encodeURIComponent(id)}/execution?dryRun=true`,
    rel: `${baseUrl}/api#dry-run`,
    type: MediaType.json,
    title: 'Check a request and estimate its cost, without executing it (POST)',
  },
];
