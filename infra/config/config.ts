import type { Provider } from '../../core/api/provider.ts';
import { apiResources, classResources, taskResources } from '../../core/processes/class-resources.ts';
import type { ComputeClass } from '../../core/processes/declaration.ts';
import type { Quotas } from '../../core/usage/quotas.ts';
import { type AuthorizationSettings, authorizationFrom, verifyAuthorization } from './authorization.ts';
import { verifyTogether } from './contradictions.ts';
import { type FrontDoor, frontDoorFrom } from './front-door.ts';
import { defaultLarge, type LargeSettings, largeFrom } from './large.ts';
import { limitOverrides } from './limit-overrides.ts';
import { splitList } from './split-list.ts';
import { verifyVariables } from './variables.ts';
import { verifyLimits } from './verify-limits.ts';
import { verifySettings } from './verify-settings.ts';

/** What a function may use. */
export interface Resources {
  /** Megabytes of memory; processor time grows with it (one full core at 1769 MB). */
  readonly memory: number;
  /** Seconds after which Lambda stops the function; at most 900. */
  readonly timeout: number;
  /** Megabytes of `/tmp`; 512 cost nothing, at most 10 240. */
  readonly ephemeralStorage: number;
  /** Concurrent runs that are both reserved and the most allowed; absent: the account's pool. */
  readonly reservedConcurrency?: number;
}

/** Requests per second, and at once, that are taken before they are answered 429. */
export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

/** When the operator gets a mail about what the account costs. */
export interface Budget {
  /** US dollars a month. */
  readonly amount: number;
  /** Address that is written to. */
  readonly mail: string;
}

/** What happens to data and log groups when their stack is deleted. */
export type OnDelete = 'retain' | 'delete';

/** Every setting of a deployment. Times are in the unit that the name or the comment says. */
export interface Settings {
  /** Name of the deployment and part of the stack names: several may live in one account and region. */
  readonly stage: string;
  /** How clients prove who they are, and so whose jobs they see. */
  readonly authorization: AuthorizationSettings;
  /** Title on the landing page. */
  readonly serviceTitle: string;
  /** Who offers the service, and where users may write; absent: nothing is said. */
  readonly provider?: Provider;
  /** Tiles that maps of the pages show instead of the basemap that comes with them, and whose they are. */
  readonly mapTiles?: { readonly template: string; readonly attribution: string };
  /** Last path segment of the base URL (the API Gateway stage). */
  readonly apiStage: string;
  /** Base URL that clients see (custom domain, proxy), without a trailing slash; absent: taken from each request. */
  readonly publicBaseUrl?: string;
  /** A domain of one's own, a web ACL, or a private API. */
  readonly frontDoor: FrontDoor;
  /** Endpoint of the bucket for clients, where it is not that of the functions; for emulators. */
  readonly storageEndpoint?: string;
  /** Days that a job, its results and its execute request are kept. */
  readonly retentionDays: number;
  /** Days that log groups keep their events; one of the periods that CloudWatch Logs knows. */
  readonly logRetentionDays: number;
  /** Whether the table, the bucket and the log groups outlive their stacks. */
  readonly onDelete: OnDelete;
  /** Deletes the objects of the bucket with the stack; only together with `onDelete: 'delete'`. */
  readonly emptyBucketOnDelete: boolean;
  /**
   * Encrypts bucket, table and secret with a customer managed key (one US dollar a month) instead of AWS's own. `retired`
   * keeps the key for what is encrypted with it, and encrypts nothing more: what comes before false.
   */
  readonly customerManagedKey: boolean | 'retired';
  /** Refuses requests to the bucket that do not come over TLS. */
  readonly enforceTls: boolean;
  /** `host:port` pairs that the egress guard lets through although their address is private or reserved. */
  readonly egressAllowHosts: readonly string[];
  /** Bytes up to which results travel in the response; API Gateway takes 10 MB, Lambda 6 MB of base64. */
  readonly inlineResultBytes: number;
  /** Seconds that a synchronous execution may take; API Gateway gives up after 29. */
  readonly syncSeconds: number;
  /** Executes processes by GET too (conformance class kvp-execute); false: by POST only, which no crawler sends. */
  readonly queryExecution: boolean;
  /**
   * Runs small synchronous work of the class light in the function that took the request; false: always in the worker, with its
   * rights alone.
   */
  readonly lightInRequest: boolean;
  /** Compresses answers for clients that take it; false for emulators that hand compressed bodies on in base64. */
  readonly compression: boolean;
  /** Requests per second, and at once, that the whole API takes before it answers 429. */
  readonly throttle: Throttle;
  /** The same of each method that executes, uploads or dismisses: what costs more than an answer. */
  readonly executionThrottle: Throttle;
  /** What one owner may use; what is absent has no bound. */
  readonly quotas: Quotas;
  /** Mails when the account costs more than expected; absent: none. */
  readonly budget?: Budget;
  /** Lets API Gateway write logs: one role per account and region, needed once. False where it is set up already. */
  readonly apiGatewayLogRole: boolean;
  /** Alarms and a dashboard, a stack of their own; some dollars a month (10 cents a metric of an alarm, three dollars the dashboard). */
  readonly watch: {
    readonly enabled: boolean;
    /** Who is told by mail; more subscribers can be added to the topic. */
    readonly email?: string;
    /** Concurrent executions of the account from which on there is an alarm: 80 % of its limit (1000 by default). */
    readonly concurrency: number;
    /** Alarms on what is computed from several metrics; false for emulators that have none such. */
    readonly metricMath: boolean;
  };
  /** Whether a job on a raster that is too large for one worker is divided into parts, where its process can be. */
  readonly fanOut: {
    readonly enabled: boolean;
    /** Pixels above which it is divided; a process that takes fewer is divided above its own limit. */
    readonly pixels: number;
    /** Parts of a job that run at the same time; each is a run of the raster worker. */
    readonly maxConcurrency: number;
  };
  /**
   * Whether jobs that find no worker wait in a queue of their class, fair between owners, and owners may send more jobs than they
   * may run. False: the workflow tries again from time to time, and jobs beyond the quota of running ones are refused.
   */
  readonly waitingLine: boolean;
  /** Where jobs go on that are too large for a worker and cannot be divided. */
  readonly large: LargeSettings;
  /** Workers, one per compute class. */
  readonly workers: Readonly<Record<ComputeClass, Resources>>;
  /** Functions behind the API. */
  readonly api: Resources;
  /** Tasks of the state machine besides the workers, and handlers of events. */
  readonly tasks: Resources;
  /** Tags on the REST API. Emulators take its id from one, so that the base URL is known beforehand. */
  readonly apiTags: Readonly<Record<string, string>>;
}

const defaultFanOut: Settings['fanOut'] = { enabled: true, pixels: 100_000_000, maxConcurrency: 8 };

/** Settings of a deployment for development: everything goes when the stacks go. */
const defaults: Omit<Settings, 'stage'> = {
  authorization: { mode: 'none' },
  serviceTitle: 'OGC API - Processes',
  apiStage: 'v1',
  retentionDays: 7,
  logRetentionDays: 14,
  onDelete: 'delete',
  emptyBucketOnDelete: true,
  customerManagedKey: false,
  enforceTls: true,
  egressAllowHosts: [],
  inlineResultBytes: 4 * 1024 * 1024,
  syncSeconds: 25,
  queryExecution: true,
  lightInRequest: true,
  compression: true,
  throttle: { rate: 200, burst: 400 },
  executionThrottle: { rate: 20, burst: 100 },
  quotas: {
    runningJobs: 100,
    waitingJobs: 1000,
    executionsPerDay: 5000,
    gbSecondsPerDay: 400_000,
    storedBytesPerDay: 50 * 1024 ** 3,
  },
  apiGatewayLogRole: true,
  frontDoor: {},
  fanOut: defaultFanOut,
  waitingLine: true,
  large: defaultLarge,
  watch: { enabled: false, concurrency: 800, metricMath: true },
  // New accounts are limited to 3008 MB a function, and to so few concurrent runs that none can be reserved.
  workers: {
    light: { ...classResources.light, reservedConcurrency: 50 },
    vector: { ...classResources.vector, reservedConcurrency: 20 },
    raster: { ...classResources.raster, reservedConcurrency: 10 },
  },
  api: { ...apiResources, timeout: 29 },
  tasks: { ...taskResources, timeout: 60 },
  apiTags: {},
};

/**
 * What differs from the defaults, by the stage or its first word: `local-2` is set up like `local`. A stage that is
 * not listed takes the defaults.
 */
const stages: Readonly<Record<string, Partial<Settings>>> = {
  production: {
    retentionDays: 30,
    logRetentionDays: 90,
    onDelete: 'retain',
    emptyBucketOnDelete: false,
    watch: { ...defaults.watch, enabled: true },
  },
  // An emulator on this machine. What differs from AWS stands here and nowhere else.
  local: {
    // Emptying needs the bucket's tags, which emulators drop; their state is wiped as a whole instead.
    emptyBucketOnDelete: false,
    // Emulators are reached over plain HTTP on the loopback interface.
    enforceTls: false,
    // Load tests and test suites come from one client.
    throttle: { rate: 10_000, burst: 5_000 },
    // They are processes of this machine.
    fanOut: { ...defaultFanOut, maxConcurrency: 2 },
    executionThrottle: { rate: 10_000, burst: 5_000 },
    watch: { ...defaults.watch, metricMath: false },
    quotas: {},
    apiTags: { 'ms-custom-id': 'ogcapi', _custom_id_: 'ogcapi' },
  },
};

/**
 * Settings of a stage, after what the environment overrides: `variables.ts` has all that it can say.
 *
 * @throws Error naming the setting that is out of its range, or contradicts another one.
 */
export function settingsFor(stage: string, environment: Record<string, string | undefined> = {}): Settings {
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(stage)) {
    throw new Error(
      `Stage "${stage}": use up to 20 lower-case letters, digits and hyphens, a letter first, for example "production"`,
    );
  }
  const ofStage = { ...defaults, ...(stages[stage] ?? stages[stage.split('-')[0] ?? '']) };
  const { publicBaseUrl, ...rest } = {
    ...ofStage,
    ...overrides(environment, ofStage),
    ...limitOverrides(environment, ofStage),
    stage,
  };
  const { domain } = rest.frontDoor;
  const baseUrl = publicBaseUrl ?? (domain ? `https://${domain.name}` : undefined);
  const settings: Settings = { ...rest, ...(baseUrl ? { publicBaseUrl: baseUrl } : {}) };
  verifyAuthorization(settings.authorization, settings.egressAllowHosts);
  verifySettings(settings);
  verifyLimits(settings);
  verifyTogether(settings);
  return settings;
}

function overrides(
  environment: Record<string, string | undefined>,
  base: Pick<Settings, 'watch' | 'fanOut' | 'large'>,
): Partial<Settings> {
  const { PUBLIC_BASE_URL, STORAGE_ENDPOINT, EGRESS_ALLOW_HOSTS } = environment;
  refuseClearText(environment);
  verifyVariables(environment);
  const authorization = authorizationFrom(environment);
  const frontDoor = frontDoorFrom(environment);
  const {
    SERVICE_TITLE,
    RETENTION_DAYS,
    QUERY_EXECUTION,
    LIGHT_IN_REQUEST,
    COMPRESSION,
    FAN_OUT,
    WAITING_LINE,
  } = environment;
  return {
    ...(authorization ? { authorization } : {}),
    ...(PUBLIC_BASE_URL ? { publicBaseUrl: PUBLIC_BASE_URL.replace(/\/+$/, '') } : {}),
    ...(EGRESS_ALLOW_HOSTS ? { egressAllowHosts: splitList(EGRESS_ALLOW_HOSTS.toLowerCase()) } : {}),
    ...(STORAGE_ENDPOINT ? { storageEndpoint: STORAGE_ENDPOINT } : {}),
    ...(SERVICE_TITLE ? { serviceTitle: SERVICE_TITLE } : {}),
    ...providerSettings(environment),
    ...(environment['MAP_TILES']
      ? {
          mapTiles: {
            template: environment['MAP_TILES'],
            attribution: environment['MAP_ATTRIBUTION'] ?? '',
          },
        }
      : {}),
    ...(RETENTION_DAYS ? { retentionDays: Number(RETENTION_DAYS) } : {}),
    ...(LIGHT_IN_REQUEST ? { lightInRequest: LIGHT_IN_REQUEST === 'on' } : {}),
    ...(QUERY_EXECUTION ? { queryExecution: QUERY_EXECUTION === 'on' } : {}),
    ...watchSettings(base, environment),
    ...(frontDoor ? { frontDoor } : {}),
    ...(FAN_OUT ? { fanOut: { ...base.fanOut, enabled: FAN_OUT === 'on' } } : {}),
    ...(WAITING_LINE ? { waitingLine: WAITING_LINE === 'on' } : {}),
    large: largeFrom(environment, base.large),
    ...(COMPRESSION ? { compression: COMPRESSION === 'on' } : {}),
  };
}

function providerSettings({
  PROVIDER_NAME,
  PROVIDER_URL,
  CONTACT_EMAIL,
}: Record<string, string | undefined>): Partial<Settings> {
  const provider: Provider = {
    ...(PROVIDER_NAME ? { name: PROVIDER_NAME } : {}),
    ...(PROVIDER_URL ? { url: PROVIDER_URL } : {}),
    ...(CONTACT_EMAIL ? { email: CONTACT_EMAIL } : {}),
  };
  return Object.keys(provider).length > 0 ? { provider } : {};
}

function watchSettings(
  { watch }: Pick<Settings, 'watch'>,
  { WATCH, ALARM_EMAIL }: Record<string, string | undefined>,
): Partial<Settings> {
  if (!WATCH && !ALARM_EMAIL) return {};
  const enabled = WATCH ? WATCH === 'on' : true;
  return { watch: { ...watch, enabled, ...(ALARM_EMAIL ? { email: ALARM_EMAIL } : {}) } };
}

/** What was a setting in 0.1 and stood in the templates. */
function refuseClearText(environment: Record<string, string | undefined>): void {
  if (environment['SIGNING_SECRET'])
    throw new Error(
      'SIGNING_SECRET is no longer a setting: it would be in clear text in the templates. The stack creates a secret; ' +
        'docs/operate/security.md explains how to set it to the value that your subscribers have.',
    );
}

/** Name of the parameter of Systems Manager with which the operator of a stage stops executions. */
export const switchName = (stage: string): string => `/ogc-processes/${stage}/executions`;
