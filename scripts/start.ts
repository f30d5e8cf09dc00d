import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stackNames } from '../infra/service.ts';
import { deploy, RefusedStacks, STAGE, useEmulator } from './lib/deployment.ts';
import { type Emulator, logFile, startEmulator } from './lib/emulator.ts';
import { findEndpoint } from './lib/endpoint.ts';
import { type LocalAuthorization, localAuthorization } from './lib/local-authorization.ts';
import { startIssuer } from './lib/local-issuer.ts';
import { logOrphanedJobs } from './lib/orphans.ts';
import { local } from './lib/paths.ts';
import { lastLines, stopSignal } from './lib/processes.ts';
import { main, Problem, step } from './lib/progress.ts';
import { isBroken } from './lib/stacks.ts';

/**
 * `npm start`: the whole service on this machine. Starts an AWS emulator, deploys the stacks to it, and runs until
 * Ctrl-C. With AWS_ENDPOINT_URL it deploys to whatever answers there instead, and ends. `--auth MODE` turns authorization on.
 */
const { GATEWAY_PORT = '4566', AWS_ENDPOINT_URL, EGRESS_ALLOW_HOSTS } = process.env;
const directory = join(local, 'emulator');
const urlFile = join(local, 'url');

await main(async () => {
  mkdirSync(directory, { recursive: true });
  const signal = stopSignal();
  const port = parsePort(GATEWAY_PORT);
  const authorization = localAuthorization(process.argv.slice(2), process.env, port);
  if (!AWS_ENDPOINT_URL) return withIssuer(authorization, () => runHere(port, authorization, signal));
  if (authorization.issuerPort !== undefined)
    throw new Problem(
      'At AWS_ENDPOINT_URL, --auth jwt needs JWT_ISSUER and JWT_AUDIENCE: no issuer is started.',
    );
  return deployThere(AWS_ENDPOINT_URL, authorization, signal);
});

/** Deploys to an emulator that somebody else started, and leaves it running. */
async function deployThere(
  address: string,
  { settings }: LocalAuthorization,
  signal: AbortSignal,
): Promise<number> {
  const { url: endpoint, kind, name } = await findEndpoint(address);
  console.log(`- Found ${name} at ${endpoint}: deploying to it instead of starting an emulator`);
  useEmulator(endpoint);
  const directory = join(local, 'endpoint');
  const egressAllowHosts = EGRESS_ALLOW_HOSTS;
  const baseUrl = await deploy({ endpoint, kind, directory, egressAllowHosts, settings, signal });
  console.log(`- Deployed ${Object.values(stackNames(STAGE)).join(', ')}`);
  console.log(`- ${name} and the service keep running; "npm stop" does not stop them`);
  ready(baseUrl);
  return 0;
}

/** The issuer of tokens runs as long as the service. */
async function withIssuer(
  { issuerPort }: LocalAuthorization,
  runService: () => Promise<number>,
): Promise<number> {
  if (issuerPort === undefined) return runService();
  const issuer = await startIssuer(issuerPort);
  console.log(`- Tokens are at ${issuer.issuer}/token?subject=anna&scope=read+execute (or scope=admin)`);
  try {
    return await runService();
  } finally {
    await issuer.stop();
  }
}

async function runHere(
  port: number,
  { settings, hosts }: LocalAuthorization,
  signal: AbortSignal,
): Promise<number> {
  useEmulator(`http://127.0.0.1:${port}`);
  let emulator = await startHere(port, signal);
  try {
    if (await isBroken(STAGE)) emulator = await startOver(emulator, signal);
    const { endpoint } = emulator;
    const egressAllowHosts = [...(EGRESS_ALLOW_HOSTS ? [EGRESS_ALLOW_HOSTS] : []), ...hosts].join();
    const deployment = { endpoint, directory, egressAllowHosts, settings, signal };
    const baseUrl = await deploy(deployment).catch(async (error) => {
      if (!(error instanceof RefusedStacks)) throw error;
      console.log(error.message);
      emulator = await startOver(emulator, signal);
      return deploy(deployment);
    });
    await logOrphanedJobs(STAGE, 'the service was stopped');
    ready(baseUrl);
    await Promise.race([emulator.ended, new Promise((resolve) => signal.addEventListener('abort', resolve))]);
    if (!signal.aborted) throw new Problem(`The AWS emulator ended.\n${lastLines(logFile(directory))}`);
    return 0;
  } catch (error) {
    if (!signal.aborted) throw error;
    return 130;
  } finally {
    rmSync(urlFile, { force: true });
    console.log('\nStopping ...');
    await emulator.stop();
  }
}

function startHere(port: number, signal: AbortSignal): Promise<Emulator> {
  return step(`Starting the AWS emulator on 127.0.0.1:${port}`, () =>
    startEmulator({ port, directory, persistent: true, signal }),
  );
}

/** State that cannot be deployed to is worth nothing: an interrupted first start leaves such. */
async function startOver(emulator: Emulator, signal: AbortSignal): Promise<Emulator> {
  console.log('- The state of an earlier run in .local/emulator cannot be used: starting from scratch');
  await emulator.stop();
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  return startHere(emulator.port, signal);
}

function ready(baseUrl: string): void {
  writeFileSync(urlFile, `${baseUrl}\n`);
  console.log(`Ready: ${baseUrl}`);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Problem(`GATEWAY_PORT is "${text}": use a port number, for example GATEWAY_PORT=4567`);
}
