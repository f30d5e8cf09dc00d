import { parseArgs } from 'node:util';
import { authorizationModes } from '../../core/api/authorization.ts';
import { issuerHost, settingsForIssuer } from './local-issuer.ts';
import { Problem } from './progress.ts';

type Settings = Readonly<Record<string, string>>;

/** How clients of a service on this machine prove who they are. */
export interface LocalAuthorization {
  /** As `infra/config` reads them. */
  readonly settings: Settings;
  /** Where an issuer has to be started for it. */
  readonly issuerPort?: number;
  /** `host:port` pairs that the service must be let through to. */
  readonly hosts: readonly string[];
}

/** What `--auth` sets for each mode, where the environment does not. */
const defaults: Readonly<Record<string, Settings>> = {
  iam: { AUTHORIZATION_ADMINS: 'arn:aws:iam::000000000000:user/operator' },
  cognito: { COGNITO_CALLBACK_URLS: 'http://localhost/' },
  apiKey: { API_KEYS: 'anna,bram,operator', AUTHORIZATION_ADMINS: 'operator' },
};

/**
 * What `--auth MODE` asks for; without it the environment alone decides, as for any deployment. `jwt` without `JWT_ISSUER`
 * gets an issuer beside the emulator, at the next port.
 *
 * @throws Problem where there is no such mode
 */
export function localAuthorization(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  port: number,
): LocalAuthorization {
  const mode = readMode(args);
  if (mode === undefined) return { settings: {}, hosts: [] };
  if (mode === 'jwt' && !environment['JWT_ISSUER']) {
    const issuerPort = port + 1;
    return { settings: settingsForIssuer(issuerPort), issuerPort, hosts: [issuerHost(issuerPort)] };
  }
  const missing = Object.entries(defaults[mode] ?? {}).filter(([name]) => !environment[name]);
  return { settings: { ...Object.fromEntries(missing), AUTHORIZATION: mode }, hosts: [] };
}

function readMode(args: readonly string[]): string | undefined {
  const { auth } = readOptions(args);
  if (auth === undefined || authorizationModes.some((mode) => mode === auth)) return auth;
  throw new Problem(`--auth is "${auth}": use one of ${authorizationModes.join(', ')}`);
}

function readOptions(args: readonly string[]): { readonly auth?: string | undefined } {
  try {
    return parseArgs({ args: [...args], options: { auth: { type: 'string' } } }).values;
  } catch (error) {
    throw new Problem(`${(error as Error).message}. Usage: npm start -- [--auth MODE]`);
  }
}
