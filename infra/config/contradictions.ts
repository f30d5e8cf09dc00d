import { computeClasses } from '../../core/processes/declaration.ts';
import type { Settings } from './config.ts';

/** Two settings of which one would silently win, or make the other useless. */
type Contradiction = (settings: Settings) => string | undefined;

/** Seconds that a worker needs beyond the limit of a synchronous execution, to say that it was exceeded. */
const SECONDS_TO_TELL = 2;

const isClear = (href: string | undefined): boolean =>
  href !== undefined && URL.parse(href)?.protocol === 'http:';

const contradictions: readonly Contradiction[] = [
  ({ publicBaseUrl, frontDoor: { domain } }) => {
    if (!domain || publicBaseUrl === undefined) return undefined;
    return URL.parse(publicBaseUrl)?.href === `https://${domain.name}/`
      ? undefined
      : `PUBLIC_BASE_URL (publicBaseUrl) is "${publicBaseUrl}" and DOMAIN_NAME (frontDoor.domain) is "${domain.name}": all links would have the first, and nobody would be led to the second. ` +
          `Remove PUBLIC_BASE_URL to use https://${domain.name}, or DOMAIN_NAME and its hosted zone if clients come by something else`;
  },
  ({ storageEndpoint, enforceTls }) =>
    enforceTls && isClear(storageEndpoint)
      ? `STORAGE_ENDPOINT (storageEndpoint) is "${storageEndpoint}" and enforceTls is true: the bucket would refuse every link to a result. Remove STORAGE_ENDPOINT, which is for emulators only, or use the stage local`
      : undefined,
  ({ authorization, enforceTls }) =>
    enforceTls && authorization.mode === 'cognito' && isClear(authorization.endpoint)
      ? `COGNITO_ENDPOINT is "${authorization.endpoint}" and enforceTls is true: whoever is on the way there could replace the keys that tokens are verified with. Remove COGNITO_ENDPOINT, which is for emulators only, or use the stage local`
      : undefined,
  ({ throttle, executionThrottle }) =>
    executionThrottle.rate > throttle.rate || executionThrottle.burst > throttle.burst
      ? `executionThrottle (rate ${executionThrottle.rate}, burst ${executionThrottle.burst}) is above throttle (rate ${throttle.rate}, burst ${throttle.burst}), which holds for the whole API: lower the first, or raise the second`
      : undefined,
  ({ workers, syncSeconds }) => {
    const short = computeClasses.find((name) => workers[name].timeout < syncSeconds + SECONDS_TO_TELL);
    return short === undefined
      ? undefined
      : `workers.${short} stops after ${workers[short].timeout} s and syncSeconds is ${syncSeconds}: Lambda would end executions before they can say why. Raise the first to at least ${syncSeconds + SECONDS_TO_TELL}, or lower the second`;
  },
];

/** @throws Error naming the settings that cannot hold at the same time, and which of them to change */
export function verifyTogether(settings: Settings): void {
  const faults = contradictions.flatMap((find) => find(settings) ?? []);
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

/** What a deployment can do and its operator hardly wants, each a sentence. */
export function findOversights({ authorization, publicBaseUrl }: Settings): string[] {
  if (authorization.mode !== 'cognito' || !publicBaseUrl?.startsWith('https:')) return [];
  const back = `${publicBaseUrl}/`;
  return authorization.callbackUrls.includes(back)
    ? []
    : [
        `COGNITO_CALLBACK_URLS has not "${back}", to which the pages of the service return: nobody could sign in on them.`,
      ];
}
