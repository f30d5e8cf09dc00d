import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { WAIT_SECONDS } from '../../core/jobs/sweeping.ts';
import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from '../../core/shared/units.ts';
import type { Resources, Settings } from './config.ts';
import { explainVariable, type Variable, variables } from './variables.ts';

const isWhole = (value: number, least: number, most = Number.MAX_SAFE_INTEGER): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= most;

/** Seconds that API Gateway waits for a function, and that Lambda lets one run. */
const LONGEST = { api: 29, any: 900 };
/** Periods that CloudWatch Logs knows. */
const periods = Object.values(RetentionDays).filter((days) => typeof days === 'number' && days <= 3653);

/** What must be true of a setting: a sentence that names it, and what would be right. */
type Rule = readonly [isRight: (settings: Settings) => boolean, says: (settings: Settings) => string];

/** A setting that may be written like a variable of the environment, and is held to the same. */
const like = (name: string, variable: Variable, read: (settings: Settings) => string | undefined): Rule => [
  (settings) => {
    const text = read(settings);
    return text === undefined || variable.isRight(text);
  },
  (settings) => explainVariable(name, variable, read(settings) ?? ''),
];

/** Seconds from when a job is accepted until it certainly has ended: its record and its request must be there as long. */
const longestJob = ({ waitingLine, large }: Settings): number =>
  (waitingLine ? WAIT_SECONDS : 0) + LONGEST.any + (large.enabled ? large.timeout : 0);

const rules: readonly Rule[] = [
  like('serviceTitle', variables.SERVICE_TITLE, ({ serviceTitle }) => serviceTitle),
  like('provider.name', variables.PROVIDER_NAME, ({ provider }) => provider?.name),
  like('provider.url', variables.PROVIDER_URL, ({ provider }) => provider?.url),
  like('provider.email', variables.CONTACT_EMAIL, ({ provider }) => provider?.email),
  like('publicBaseUrl', variables.PUBLIC_BASE_URL, ({ publicBaseUrl }) => publicBaseUrl),
  like('storageEndpoint', variables.STORAGE_ENDPOINT, ({ storageEndpoint }) => storageEndpoint),
  like('MAP_TILES', variables.MAP_TILES, ({ mapTiles }) => mapTiles?.template),
  like('egressAllowHosts', variables.EGRESS_ALLOW_HOSTS, ({ egressAllowHosts }) => egressAllowHosts.join()),
  like('watch.email', variables.ALARM_EMAIL, ({ watch }) => watch.email),
  like('large.image', variables.LARGE_IMAGE, ({ large }) => large.image),
  [
    ({ apiStage }) => /^[A-Za-z0-9_-]{1,128}$/.test(apiStage),
    ({ apiStage }) => `apiStage is "${apiStage}": use letters, digits, hyphens and underscores`,
  ],
  [
    ({ retentionDays }) => isWhole(retentionDays, 1, 3650),
    ({ retentionDays }) => `retentionDays is ${retentionDays}: use a whole number of days from 1 to 3650`,
  ],
  [
    (settings) => settings.retentionDays * SECONDS_PER_DAY > longestJob(settings),
    (settings) =>
      `retentionDays is ${settings.retentionDays}: a job may take ${Math.ceil(longestJob(settings) / SECONDS_PER_HOUR)} h, ${settings.waitingLine ? 'those included for which it waits' : 'and is kept from when it was accepted'}; use at least ${Math.floor(longestJob(settings) / SECONDS_PER_DAY) + 1}`,
  ],
  [
    ({ logRetentionDays }) => periods.includes(logRetentionDays),
    ({ logRetentionDays }) => `logRetentionDays is ${logRetentionDays}: use one of ${periods.join(', ')}`,
  ],
  [
    ({ onDelete }) => onDelete === 'retain' || onDelete === 'delete',
    ({ onDelete }) => `onDelete is "${onDelete}": use retain or delete`,
  ],
  [
    ({ onDelete, emptyBucketOnDelete }) => !emptyBucketOnDelete || onDelete === 'delete',
    () =>
      "emptyBucketOnDelete is true: use it with onDelete: 'delete', as a bucket that is kept keeps its objects",
  ],
  [
    ({ customerManagedKey }) => [true, false, 'retired'].includes(customerManagedKey),
    ({ customerManagedKey }) => `customerManagedKey is "${customerManagedKey}": use true, false or 'retired'`,
  ],
  [
    ({ syncSeconds, api }) => syncSeconds >= 1 && syncSeconds <= api.timeout - 2,
    ({ syncSeconds, api }) =>
      `syncSeconds is ${syncSeconds}: use 1 to ${api.timeout - 2}, which leaves the API at least 2 of its ${api.timeout} s to respond`,
  ],
  [
    ({ inlineResultBytes }) => isWhole(inlineResultBytes, 0, 4.4 * 1024 * 1024),
    ({ inlineResultBytes }) =>
      `inlineResultBytes is ${inlineResultBytes}: use a whole number up to 4.4 MiB, as base64 must fit the 6 MB of a Lambda response`,
  ],
  [
    ({ fanOut }) => isWhole(fanOut.pixels, 1) && isWhole(fanOut.maxConcurrency, 1, 10_000),
    () => 'fanOut: use whole numbers from 1 for pixels and maxConcurrency; FAN_OUT=off turns it off',
  ],
  [
    ({ watch }) => isWhole(watch.concurrency, 1),
    ({ watch }) => `watch.concurrency is ${watch.concurrency}: use a whole number of executions from 1`,
  ],
  [
    ({ api }) => isWhole(api.timeout, 3, LONGEST.api),
    ({ api }) =>
      `api.timeout is ${api.timeout}: API Gateway waits for ${LONGEST.api} s, use 3 to ${LONGEST.api}`,
  ],
  ...(['api', 'tasks'] as const).map(
    (name): Rule => [(settings) => isFunction(settings[name]), (settings) => says(name, settings[name])],
  ),
  ...(['light', 'vector', 'raster'] as const).map(
    (name): Rule => [
      ({ workers }) => isFunction(workers[name]),
      ({ workers }) => says(`workers.${name}`, workers[name]),
    ],
  ),
  [
    ({ apiTags }) =>
      Object.entries(apiTags).every(
        ([key, value]) => /^[\w.:/=+@-]{1,128}$/.test(key) && value.length <= 256,
      ),
    () =>
      'apiTags has a tag that AWS does not accept: use keys of up to 128 and values of up to 256 characters',
  ],
];

const isFunction = ({ memory, timeout, ephemeralStorage }: Resources): boolean =>
  isWhole(memory, 128, 10_240) && isWhole(timeout, 1, LONGEST.any) && isWhole(ephemeralStorage, 512, 10_240);

const says = (name: string, { memory, timeout, ephemeralStorage }: Resources): string =>
  `${name} has ${memory} MB of memory, ${timeout} s and ${ephemeralStorage} MB of /tmp: use 128 to 10240, 1 to ${LONGEST.any}, and 512 to 10240`;

/** @throws Error naming the settings that are out of their range, with what would be right */
export function verifySettings(settings: Settings): void {
  const faults = rules.flatMap(([isRight, says]) => (isRight(settings) ? [] : [says(settings)]));
  if (faults.length > 0) throw new Error(faults.join('\n'));
}
