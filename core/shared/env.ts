/**
 * Names of the environment variables that the functions read. `infra/` sets them by these names and the
 * functions read them through {@link required} and {@link optional}, so the two sides cannot drift apart.
 */
export const Env = {
  /** Name of the DynamoDB table that holds the jobs. */
  JobsTable: 'JOBS_TABLE',
  /** Name of the S3 bucket that holds execute requests and results. */
  Bucket: 'BUCKET',
  /** ARN of the state machine that runs asynchronous jobs. */
  StateMachine: 'STATE_MACHINE_ARN',
  /** Name of the worker function of the compute class `light`. */
  WorkerLight: 'WORKER_LIGHT',
  /** Name of the worker function of the compute class `vector`. */
  WorkerVector: 'WORKER_VECTOR',
  /** Name of the worker function of the compute class `raster`. */
  WorkerRaster: 'WORKER_RASTER',
  /** Base URL that clients see, without a trailing slash; empty: taken from each request. */
  PublicBaseUrl: 'PUBLIC_BASE_URL',
  /** Comma-separated `host:port` pairs that the egress guard lets through although their address is reserved. */
  EgressAllowHosts: 'EGRESS_ALLOW_HOSTS',
  /** Endpoint at which clients reach the bucket, where it is not that of the functions (an emulator's containers). */
  StorageEndpoint: 'STORAGE_ENDPOINT',
  /** Origin at which browsers reach the bucket: pages may read results there and send uploads to it. */
  BucketOrigin: 'BUCKET_ORIGIN',
  /** Days that a job and its results are kept. */
  RetentionDays: 'RETENTION_DAYS',
  /** Bytes up to which a result is sent in the response; larger ones are answered by a redirect. */
  InlineResultBytes: 'INLINE_RESULT_BYTES',
  /** Seconds that a synchronous execution may take before the gateway would give up. */
  SyncSeconds: 'SYNC_SECONDS',
  /** Pixels of a raster above which a job is divided into parts; empty where none is. */
  DivideAbove: 'DIVIDE_ABOVE',
  /** What runs in the large class, and how much more it takes, as JSON of `LargeClass`; missing where there is none. */
  Large: 'LARGE_CLASS',
  /** The job that a task of the large class runs. */
  JobID: 'JOB_ID',
  /** Bucket and key of the code that a task of the large class runs. */
  BundleBucket: 'BUNDLE_BUCKET',
  BundleKey: 'BUNDLE_KEY',
  /** Seconds after which a worker of an asynchronous job is stopped by its task timeout. */
  JobSeconds: 'JOB_SECONDS',
  /** ARN of the secret whose versions sign cursors and callbacks. */
  SigningSecret: 'SIGNING_SECRET_ARN',
  /** `off` where answers are not to be compressed: some emulators hand compressed bodies on in base64. */
  Compression: 'COMPRESSION',
  /** `off` where processes are executed by POST only. */
  QueryExecution: 'QUERY_EXECUTION',
  /** `off` where small work is not done in the function that took the request, but by the worker. */
  LightInRequest: 'LIGHT_IN_REQUEST',
  /** Quotas of an owner, as JSON by their names; missing where nothing is counted. */
  Quotas: 'QUOTAS',
  /** `off` where jobs do not wait for their turn. */
  WaitingLine: 'WAITING_LINE',
  /** URLs of the queues of the lines, as JSON by compute class. */
  Lines: 'LINES',
  /** Memory (MB) and timeout (s) of the workers, as JSON by compute class, where they are not those of the classes. */
  WorkerSizes: 'WORKER_SIZES',
  /** Name of the SSM parameter with which the operator stops executions. */
  ExecutionSwitch: 'EXECUTION_SWITCH',
  /** How clients prove who they are, and what they may do then: JSON of `Authorization`. */
  Authorization: 'AUTHORIZATION',
  /** Title of the service on the landing page. */
  ServiceTitle: 'SERVICE_TITLE',
  /** Who offers the service, as JSON of `Provider`; missing where the operator says nothing. */
  Provider: 'PROVIDER',
  /** Template of tiles that maps show instead of the basemap that comes with the pages. */
  MapTiles: 'MAP_TILES',
  /** Whose tiles these are, as the map says. */
  MapAttribution: 'MAP_ATTRIBUTION',
} as const;

export type EnvName = (typeof Env)[keyof typeof Env];

/** Value of a variable that must be set; throws when the function was deployed without it. */
export function required(name: EnvName, env: Record<string, string | undefined> = process.env): string {
  const value = env[name];
  if (!value) throw new Error(`Environment variable ${name} is not set`);
  return value;
}

/** Value of a variable that may be missing or empty. */
export function optional(
  name: EnvName,
  env: Record<string, string | undefined> = process.env,
): string | undefined {
  return env[name] || undefined;
}

/** Whether what a variable can turn off is on. */
export const isEnabled = (name: EnvName, env: Record<string, string | undefined> = process.env): boolean =>
  optional(name, env) !== 'off';

/** Numeric value of a variable, or the fallback where it is missing. @throws Error */
export function number(
  name: EnvName,
  fallback: number,
  env: Record<string, string | undefined> = process.env,
): number {
  const value = optional(name, env);
  if (value === undefined) return fallback;
  const parsed = Number(value);
  if (!Number.isFinite(parsed)) throw new Error(`Environment variable ${name} is not a number: ${value}`);
  return parsed;
}
