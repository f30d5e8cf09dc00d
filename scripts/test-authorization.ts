import { freePort } from './lib/emulator.ts';
import { issuerHost, settingsForIssuer } from './lib/local-issuer.ts';
import { stopSignal } from './lib/processes.ts';
import { main, Problem } from './lib/progress.ts';
import { type RingSettings, runRingsOnEmulator } from './lib/rings-on-emulator.ts';
import { authorizationRing, conclude, type Tally } from './lib/tests.ts';

interface Mode extends RingSettings {
  /** What the tests need to know. */
  readonly env: Readonly<Record<string, string>>;
}

/** Where users of the pool return to; nothing listens there, as only the address is looked at. */
const REDIRECT_URI = 'http://localhost/';

const issuerPort = await freePort();
const modes: Readonly<Record<string, Mode>> = {
  jwt: {
    settings: settingsForIssuer(issuerPort),
    hosts: [issuerHost(issuerPort)],
    env: { ISSUER_PORT: String(issuerPort) },
  },
  iam: {
    settings: { AUTHORIZATION: 'iam', AUTHORIZATION_ADMINS: 'arn:aws:iam::000000000000:user/operator' },
    env: {},
  },
  apiKey: {
    settings: { AUTHORIZATION: 'apiKey', API_KEYS: 'anna,operator', AUTHORIZATION_ADMINS: 'operator' },
    env: {},
  },
  cognito: {
    settings: { AUTHORIZATION: 'cognito', COGNITO_CALLBACK_URLS: REDIRECT_URI },
    env: { REDIRECT_URI },
  },
};

/**
 * `npm run test:authorization [-- MODE ...]`: each operation with all kinds of credentials, on a deployment with each mode of
 * authorization that the emulator can play.
 */
await main(async () => {
  const signal = stopSignal();
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !(name in modes));
  if (unknown) throw new Problem(`Which mode? ${Object.keys(modes).join(', ')}; not "${unknown}"`);
  const tallies: Tally[] = [];
  for (const [name, { env, ...settings }] of Object.entries(modes)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const ring = authorizationRing(name, env);
    for (const tally of await runRingsOnEmulator([ring], signal, settings)) tallies.push(tally);
  }
  return conclude(tallies);
});
