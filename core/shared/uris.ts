/**
 * Every URI, link relation and media type that the standard defines, in one place: later drafts change them
 * (http to https, CURIEs to URIs), and then this is the only file that has to follow.
 */
const EXCEPTIONS = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0';

/**
 * Values of `type` in problem documents (OGC 18-062r2, tables of exceptions). Where the standard names no URI it is one
 * of this service's own: a path and fragment below its base URL, at which its documentation explains the problem.
 */
export const ExceptionType = {
  noSuchProcess: `${EXCEPTIONS}/no-such-process`,
  noSuchJob: `${EXCEPTIONS}/no-such-job`,
  resultNotReady: `${EXCEPTIONS}/result-not-ready`,
  resultNotAvailable: `${EXCEPTIONS}/result-not-available`,
  noSuchOutput: `${EXCEPTIONS}/no-such-output`,
  invalidQueryParameterValue: `${EXCEPTIONS}/invalid-query-parameter-value`,
  invalidParameterValue: '/api#invalid-parameter-value',
  missingParameterValue: '/api#missing-parameter-value',
  limitExceeded: '/api#limit-exceeded',
  noSuchCollection: '/api#no-such-collection',
  noSuchFeature: '/api#no-such-feature',
  remoteServerFailed: '/api#remote-server-failed',
  syncTimeout: '/api#sync-timeout',
  jobFailed: '/api#job-failed',
  quotaExceeded: '/api#quota-exceeded',
  executionsStopped: '/api#executions-stopped',
  idempotencyKeyReused: '/api#idempotency-key-reused',
  /** RFC 9457: nothing beyond the status code. */
  blank: 'about:blank',
} as const;

const REL = 'http://www.opengis.net/def/rel/ogc/1.0';

/** Link relations. */
export const Rel = {
  self: 'self',
  alternate: 'alternate',
  next: 'next',
  prev: 'prev',
  up: 'up',
  items: 'items',
  collection: 'collection',
  data: 'data',
  serviceDesc: 'service-desc',
  serviceDoc: 'service-doc',
  service: 'service',
  monitor: 'monitor',
  status: 'status',
  profile: 'profile',
  conformance: `${REL}/conformance`,
  processes: `${REL}/processes`,
  jobList: `${REL}/job-list`,
  execute: `${REL}/execute`,
  results: `${REL}/results`,
  exceptions: `${REL}/exceptions`,
  /** Of a job or an execution: what it said, and what clients must know of its results (/rec/core/job-links of 2.0). */
  log: `${REL}/log`,
} as const;

const PROFILE = 'https://www.opengis.net/def/profile/OGC/0';

/** Profiles of representations (2.0). */
export const Profile = {
  processList: `${PROFILE}/ogc-process-list`,
  processDescription: `${PROFILE}/ogc-process-description`,
  executeRequest: `${PROFILE}/ogc-execute-request`,
  jobList: `${PROFILE}/jobs-list`,
  job: `${PROFILE}/job-description`,
  results: `${PROFILE}/ogc-results`,
} as const;

/** Media types. */
export const MediaType = {
  json: 'application/json',
  html: 'text/html',
  text: 'text/plain',
  problem: 'application/problem+json',
  openapi30: 'application/vnd.oai.openapi+json;version=3.0',
  openapi31: 'application/vnd.oai.openapi+json;version=3.1',
  multipartRelated: 'multipart/related',
  binary: 'application/octet-stream',
  geojson: 'application/geo+json',
  geojsonSequence: 'application/geo+json-seq',
  jsonFg: 'application/vnd.ogc.fg+json',
  flatgeobuf: 'application/flatgeobuf',
  geopackage: 'application/geopackage+sqlite3',
  geoparquet: 'application/vnd.apache.parquet',
  /** A zipped Shapefile. */
  shapefile: 'application/zip',
  kml: 'application/vnd.google-earth.kml+xml',
  csv: 'text/csv',
  geotiff: 'image/tiff; application=geotiff',
  cog: 'image/tiff; application=geotiff; profile=cloud-optimized',
  png: 'image/png',
  coverageJson: 'application/prs.coverage+json',
} as const;

/** Conformance classes, by version of Part 1. */
export const conformanceUri = (version: '1.0' | '2.0', conformanceClass: string): string =>
  `http://www.opengis.net/spec/ogcapi-processes-1/${version}/conf/${conformanceClass}`;

export const Crs84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
