import { authorizationModes } from '../../core/api/authorization.ts';
import { findSimilar } from '../../core/shared/similar.ts';
import { turnsDirection } from '../../core/shared/visible.ts';
import type { Settings } from './config.ts';
import { findOversights } from './contradictions.ts';
import { findEgressFaults } from './egress-hosts.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable of the environment that overrides a setting. */
export interface Variable {
  /** What it may be, in words that follow "use". */
  readonly use: string;
  readonly isRight: (text: string) => boolean;
  /** What is wrong with what is not right, where that cannot be seen at once. */
  readonly why?: (text: string) => string;
  /** Why it changes nothing in a deployment; undefined where it does. */
  readonly idle?: (settings: Settings, environment: Environment) => string | undefined;
  /** The part of it that this is said of; absent: all of it. */
  readonly idlePart?: string;
}

const matches = (pattern: RegExp) => (text: string) => pattern.test(text);
const listOf = (isRight: (entry: string) => boolean) => (text: string) =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .every(isRight);
const onOrOff: Variable = { use: 'on or off', isRight: matches(/^(on|off)$/) };

/** An address without user, query and fragment. */
function isAddress(text: string, protocols: readonly string[] = ['https:', 'http:']): boolean {
  const url = /\s/.test(text) ? null : URL.parse(text);
  return (
    url !== null &&
    protocols.includes(url.protocol) &&
    !/[?#]/.test(text) &&
    url.username === '' &&
    url.password === ''
  );
}

/**
 * A line of text that looks like what it is: something to be seen, no control characters, and none that turn the direction of what
 * follows.
 */
const isLine = (most: number) => (text: string) =>
  /[\p{L}\p{N}\p{P}\p{S}]/u.test(text) &&
  text.length <= most &&
  !/[\p{Cc}\u200e\u200f]/u.test(text) &&
  !turnsDirection(text);
const isMail = matches(/^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/);
const isHostName = matches(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i);
const isPairs = matches(/^\s*\w+\s*=\s*\d+\s*(,\s*\w+\s*=\s*\d+\s*)*$/);
const pairs = (example: string): Variable => ({ use: `pairs such as ${example}`, isRight: isPairs });
const pairsOrOff = (example: string): Variable => ({
  use: `pairs such as ${example}, or off`,
  isRight: (text) => text === 'off' || isPairs(text),
});

const onlyIn =
  (...modes: readonly Settings['authorization']['mode'][]) =>
  ({ authorization: { mode } }: Settings) =>
    modes.includes(mode) ? undefined : `AUTHORIZATION is ${mode}, not ${modes.join(' or ')}`;
const onlyWithLarge = ({ large }: Settings) => (large.enabled ? undefined : 'LARGE is off');
const onlyWith = (name: string) => (_: Settings, environment: Environment) =>
  environment[name] ? undefined : `${name} is not set`;

/**
 * Every variable that overrides a setting. What is not right is refused before anything is deployed, each with what would be; what
 * goes together is for those who read them.
 */
export const variables = {
  PUBLIC_BASE_URL: {
    use: 'an http or https URL without query, such as https://processes.example.org',
    isRight: (text) => isAddress(text),
  },
  STORAGE_ENDPOINT: {
    use: 'the http or https URL of an S3 endpoint, such as http://127.0.0.1:4566',
    isRight: (text) => isAddress(text),
  },
  EGRESS_ALLOW_HOSTS: {
    use: 'host:port, comma separated, for example 127.0.0.1:8080',
    isRight: (text) => findEgressFaults(text).length === 0,
    why: (text) => findEgressFaults(text).join('; '),
  },
  SERVICE_TITLE: { use: 'a line of up to 200 characters', isRight: isLine(200) },
  PROVIDER_NAME: { use: 'a line of up to 200 characters', isRight: isLine(200) },
  PROVIDER_URL: {
    use: 'an http or https URL without query, such as https://maps.example.org/about',
    isRight: (text) => isAddress(text),
  },
  CONTACT_EMAIL: { use: 'an e-mail address such as maps@example.org', isRight: isMail },
  MAP_TILES: {
    use: 'an https template such as https://tiles.example.org/{z}/{x}/{y}.png',
    // The policy of the pages is made of its origin: that has no placeholders.
    isRight: (text) =>
      URL.canParse(text) &&
      /^https:\/\/[\w.:-]+\/[^\s;]*\{z\}[^\s;]*$/.test(text) &&
      /\{x\}.*\{-?y\}|\{-?y\}.*\{x\}/.test(text),
  },
  MAP_ATTRIBUTION: {
    use: 'a line of up to 300 characters, the attribution of the tiles',
    isRight: isLine(300),
    idle: onlyWith('MAP_TILES'),
  },
  RETENTION_DAYS: {
    use: 'a whole number of days from 1 to 3650',
    isRight: (text) => /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 3650,
  },
  QUERY_EXECUTION: onOrOff,
  LIGHT_IN_REQUEST: onOrOff,
  COMPRESSION: onOrOff,
  FAN_OUT: onOrOff,
  WAITING_LINE: onOrOff,
  WATCH: onOrOff,
  ALARM_EMAIL: {
    use: 'an e-mail address such as ops@example.org',
    isRight: isMail,
    idle: ({ watch }) => (watch.enabled ? undefined : 'WATCH is off'),
  },
  WORKER_MEMORY: pairs('raster=6144'),
  WORKER_CONCURRENCY: pairsOrOff('light=50,raster=10'),
  QUOTAS: {
    ...pairsOrOff('runningJobs=20,executionsPerDay=500'),
    idlePart: 'waitingJobs',
    idle: ({ waitingLine, quotas }, { QUOTAS = '' }) => {
      if (!QUOTAS.includes('waitingJobs')) return undefined;
      if (!waitingLine) return 'WAITING_LINE is off, so no job waits';
      return quotas.runningJobs === undefined
        ? 'there is no quota of runningJobs beyond which jobs of an owner would wait'
        : undefined;
    },
  },
  BUDGET_USD: { use: 'US dollars a month, such as 120', isRight: matches(/^\d{1,9}(\.\d{1,2})?$/) },
  BUDGET_MAIL: { use: 'an e-mail address such as ops@example.org', isRight: isMail },
  DOMAIN_NAME: { use: 'a name such as processes.example.org', isRight: isHostName },
  HOSTED_ZONE_ID: {
    use: 'the id of a hosted zone, such as Z0123456789ABCDEFGHIJ',
    isRight: matches(/^Z[A-Z0-9]{1,31}$/),
    idle: onlyWith('DOMAIN_NAME'),
  },
  HOSTED_ZONE_NAME: {
    use: 'the name of a hosted zone, such as example.org',
    isRight: isHostName,
    idle: onlyWith('DOMAIN_NAME'),
  },
  WEB_ACL: {
    use: 'managed, or the ARN of a regional web ACL',
    isRight: matches(/^(managed|arn:[\w-]+:wafv2:[\w-]+:\d{12}:regional\/webacl\/\S+)$/),
  },
  VPC_ENDPOINTS: {
    use: 'ids such as vpce-0123456789abcdef0, comma separated',
    isRight: (text) => text.split(',').every((id) => /^\s*vpce-[0-9a-f]+\s*$/.test(id)),
  },
  AUTHORIZATION: {
    use: `one of ${authorizationModes.join(', ')}`,
    isRight: (text) => authorizationModes.some((mode) => mode === text),
  },
  AUTHORIZATION_ADMINS: {
    use: 'ARNs of roles and users, or names of keys, comma separated',
    isRight: matches(/^[^\s][\x20-\x7e]*$/),
    idle: onlyIn('iam', 'apiKey'),
  },
  JWT_ISSUER: {
    use: 'the https URL in the claim iss of the tokens, for example https://login.example.org/realms/maps',
    isRight: (text) => isAddress(text),
    idle: onlyIn('jwt'),
  },
  JWT_AUDIENCE: {
    use: 'values of the claim aud without spaces, comma separated',
    isRight: listOf(matches(/^[\x21-\x7e]{1,500}$/)),
    idle: onlyIn('jwt'),
  },
  JWT_SCOPE_PREFIX: {
    // RFC 6749, 3.3; what has a quote would end the text in WWW-Authenticate.
    use: 'characters that are allowed in scopes',
    isRight: matches(/^[\x21\x23-\x26\x28-\x5b\x5d-\x7e]*$/),
    idle: onlyIn('jwt'),
  },
  JWT_CLIENT_ID: {
    use: 'the id of a public client at the issuer: up to 255 printable ASCII characters without spaces',
    isRight: matches(/^[\x21-\x7e]{1,255}$/),
    idle: onlyIn('jwt'),
  },
  JWT_SIGN_IN_ORIGINS: {
    use: 'https origins of token endpoints, comma separated, for example https://oauth2.example.org',
    // A policy of pages is made of them: nothing but an origin may get in.
    isRight: listOf((text) => text.startsWith('https://') && URL.parse(text)?.origin === text),
    idle: (settings, environment) =>
      onlyIn('jwt')(settings) ?? onlyWith('JWT_CLIENT_ID')(settings, environment),
  },
  COGNITO_CALLBACK_URLS: {
    use: 'https, or http://localhost, comma separated',
    isRight: listOf(
      (text) => isAddress(text, ['https:']) || /^http:\/\/localhost(:\d+)?(\/[^\s?#]*)?$/.test(text),
    ),
    idle: onlyIn('cognito'),
  },
  COGNITO_DOMAIN_PREFIX: {
    use: 'up to 63 lower-case letters, digits and hyphens, and none of the words aws, amazon and cognito',
    isRight: (text) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text) && !/aws|amazon|cognito/.test(text),
    idle: onlyIn('cognito'),
  },
  // Whoever starts an emulator sets it, whatever the mode is.
  COGNITO_ENDPOINT: {
    use: 'the http or https URL of an emulator, such as http://127.0.0.1:4566',
    isRight: (text) => isAddress(text),
  },
  API_KEYS: {
    use: 'names of letters, digits and hyphens, a letter first, comma separated, for example anna,bram',
    isRight: listOf(matches(/^[A-Za-z][A-Za-z0-9-]{0,63}$/)),
    idle: onlyIn('apiKey'),
  },
  LARGE: onOrOff,
  LARGE_SIZE: { ...pairs('cpu=8,memory=60,disk=200'), idle: onlyWithLarge },
  LARGE_HOURS: {
    use: 'hours from 1 to 24, such as 4 or 1.5',
    isRight: matches(/^\d{1,2}(\.\d{1,2})?$/),
    idle: onlyWithLarge,
  },
  LARGE_LIMITS: { ...pairs('vector=10,raster=20'), idle: onlyWithLarge },
  LARGE_IMAGE: {
    use: 'the name of an image with its version, such as public.ecr.aws/docker/library/node:24-slim',
    isRight: matches(
      /^([\w-]+(\.[\w-]+)+(:\d+)?\/)?[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:\w[\w.-]{0,127}(@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$/,
    ),
    idle: onlyWithLarge,
  },
} as const satisfies Readonly<Record<string, Variable>>;

export const variableNames: readonly string[] = Object.keys(variables);
const table: Readonly<Record<string, Variable>> = variables;

/** A sentence about a variable, or the setting of another name that it overrides, that is not right. */
export const explainVariable = (name: string, { use, why }: Variable, text: string): string =>
  `${name} is "${text}": ${why ? `${why(text)}; ` : ''}use ${use}`;

/** @throws Error naming every variable that is not right, with what would be */
export function verifyVariables(environment: Environment): void {
  const faults = Object.entries(table).flatMap(([name, variable]) => {
    const text = environment[name];
    return text === undefined || text === '' || variable.isRight(text)
      ? []
      : [explainVariable(name, variable, text)];
  });
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

/** Letters from which on a name that is similar is one of ours, and not by chance. */
const TELLING = 7;

/** What is set and changes nothing, what seems to be misspelt, and what was hardly meant; each a sentence. */
export function findIdle(environment: Environment, settings: Settings): string[] {
  const idle = Object.entries(table).flatMap(([name, variable]) => {
    const why = environment[name] ? variable.idle?.(settings, environment) : undefined;
    const what = variable.idlePart === undefined ? name : `${variable.idlePart} in ${name}`;
    return why === undefined ? [] : [`${what} has no effect: ${why}.`];
  });
  const misspelt = Object.keys(environment).flatMap((name) => {
    if (name in table || name === 'SIGNING_SECRET') return [];
    const upper = name.toUpperCase();
    const similar = name.length < TELLING ? undefined : findSimilar(name, variableNames);
    const meant = upper in table ? upper : similar;
    return meant && !environment[meant] ? [`${name} is not a setting. Did you mean ${meant}?`] : [];
  });
  return [...idle, ...misspelt, ...findOversights(settings)];
}
