import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startFixtureServer } from '../../test/integration/support/fixture-server.ts';
import { type Deployment, deploy, STAGE, useEmulator } from './deployment.ts';
import { timed } from './durations.ts';
import { freePort, startEmulator, stopLeftovers } from './emulator.ts';
import { local } from './paths.ts';
import { processRuns } from './processes.ts';
import { step } from './progress.ts';
import { type Ring, runRing, type Tally } from './tests.ts';

const PREFIX = 'test-';

/** Where rings run: a service that is deployed already, and the fixture server that it may reach. */
export interface RingEnvironment {
  readonly baseUrl: string;
  readonly fixtures: { readonly host: string; readonly port: number };
  /** Where a server of collections may listen that the service can reach. */
  readonly collectionsPort?: number;
  /** What emulates AWS there, for tests that its bugs keep from passing. */
  readonly emulator?: string;
  /** How the service was deployed, for the test that deploys it again. */
  readonly deployment?: Omit<Deployment, 'signal'>;
  readonly signal?: AbortSignal;
}

/** Runs rings against a deployed service, with the server for input links and callbacks beside it. */
export async function runRings(
  rings: readonly Ring[],
  { baseUrl, fixtures, collectionsPort, emulator = 'MiniStack', deployment, signal }: RingEnvironment,
): Promise<Tally[]> {
  const server = await startFixtureServer(fixtures);
  const env = {
    BASE_URL: baseUrl,
    FIXTURE_URL: server.url,
    FIXTURE_PORT: String(fixtures.port),
    COLLECTIONS_PORT: String(collectionsPort ?? ''),
    EMULATOR: emulator,
    DEPLOYMENT: deployment && JSON.stringify(deployment),
  };
  const tallies: Tally[] = [];
  try {
    for (const ring of rings)
      tallies.push(await runRing({ ...ring, env: { ...ring.env, ...env }, ...(signal ? { signal } : {}) }));
  } finally {
    await server.stop();
  }
  return tallies;
}

/** What a deployment for rings has besides the usual. */
export interface RingSettings {
  readonly settings?: Readonly<Record<string, string>>;
  /** `host:port` pairs that the service may reach. */
  readonly hosts?: readonly string[];
}

/** Runs rings against an emulator that is started, deployed to and stopped for them alone. */
export async function runRingsOnEmulator(
  rings: readonly Ring[],
  signal: AbortSignal,
  { settings = {}, hosts = [] }: RingSettings = {},
): Promise<Tally[]> {
  await removeOldRuns();
  const directory = join(local, `${PREFIX}${process.pid}`);
  mkdirSync(directory, { recursive: true });
  const fixtures = { host: '127.0.0.1', port: await freePort() };
  const collectionsPort = await freePort();
  const port = await freePort();
  const emulator = await step(`Starting an AWS emulator for the tests on 127.0.0.1:${port}`, () =>
    startEmulator({ port, directory, persistent: false, signal }),
  );
  try {
    const { endpoint } = emulator;
    useEmulator(endpoint);
    const egressAllowHosts = [
      `${fixtures.host}:${fixtures.port}`,
      `127.0.0.1:${collectionsPort}`,
      ...hosts,
    ].join();
    // Functions of a name of their own: tests that end their processes must not hit those of `npm start`.
    const stage = `${STAGE}-${process.pid}`;
    const deployment = { stage, endpoint, directory, egressAllowHosts, settings };
    const baseUrl = await timed('emulator', () => deploy({ ...deployment, signal }), { signal });
    return await runRings(rings, { baseUrl, fixtures, collectionsPort, deployment, signal });
  } finally {
    await emulator.stop();
  }
}

/** The directory of a run stays for looking at its logs until the next one. */
async function removeOldRuns(): Promise<void> {
  mkdirSync(local, { recursive: true });
  for (const name of readdirSync(local)) {
    if (!name.startsWith(PREFIX) || processRuns(Number(name.slice(PREFIX.length)))) continue;
    await stopLeftovers(join(local, name));
    rmSync(join(local, name), { recursive: true, force: true });
  }
}
