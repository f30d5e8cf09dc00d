import { execFileSync } from 'node:child_process';
import { Problem } from './progress.ts';

/** What answers in the place of AWS. */
export interface AwsEndpoint {
  /** Without a trailing slash. */
  readonly url: string;
  readonly kind: 'LocalStack' | 'MiniStack' | 'unknown';
  /** As a reader knows it, for example `LocalStack 4.14.0`. */
  readonly name: string;
}

/** Finds out what answers at an address. @throws Problem when nothing does */
export async function findEndpoint(address: string): Promise<AwsEndpoint> {
  const url = address.replace(/\/+$/, '');
  if (!/^https?:$/.test(parseProtocol(url)))
    throw new Problem(`AWS_ENDPOINT_URL is "${address}": use a URL, for example http://127.0.0.1:4566`);
  // MiniStack first: it answers at LocalStack's address as well.
  if (await answer(`${url}/_ministack/health`)) return { url, kind: 'MiniStack', name: 'MiniStack' };
  const health = await answer(`${url}/_localstack/health`);
  if (health) return { url, kind: 'LocalStack', name: `LocalStack ${versionIn(health)}`.trim() };
  if (await isReachable(url)) return { url, kind: 'unknown', name: 'an unknown endpoint' };
  throw new Problem(
    `Nothing responds at ${url}. Start the emulator, correct AWS_ENDPOINT_URL, ` +
      'or unset AWS_ENDPOINT_URL to start the emulator that comes with this project.',
  );
}

/** Where LocalStack listens: by default, and beside the emulator of this project. */
const localStackAddresses = ['http://127.0.0.1:4566', 'http://127.0.0.1:4599'];

/** The LocalStack at an address, or at one of its usual ones. @throws Problem when there is none */
export async function findLocalStack(address: string | undefined): Promise<AwsEndpoint> {
  const addresses = address ? [address] : localStackAddresses;
  for (const each of addresses) {
    const found = await findEndpoint(each).catch((error) => {
      if (address) throw error;
    });
    if (found?.kind === 'LocalStack') return found;
    if (found && address)
      throw new Problem(`At ${found.url} there is ${found.name}. Set AWS_ENDPOINT_URL to a LocalStack.`);
  }
  throw new Problem(
    `No LocalStack responds at ${addresses.join(' or ')}. Start one, or set AWS_ENDPOINT_URL.`,
  );
}

function parseProtocol(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}

async function answer(url: string): Promise<string | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  const text = await response?.text().catch(() => undefined);
  return response?.ok ? text : undefined;
}

async function isReachable(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  await response?.body?.cancel();
  return response !== undefined;
}

function versionIn(health: string): string {
  try {
    const { version } = JSON.parse(health) as { version?: unknown };
    return typeof version === 'string' ? version : '';
  } catch {
    return '';
  }
}

/**
 * IPv4 address of this machine on Docker's bridge, where only it and its containers listen; undefined without one.
 * Asked of `ip`, because Node.js lists the bridge only while a container runs.
 */
export function bridgeAddress(name = 'docker0'): string | undefined {
  try {
    const line = execFileSync('ip', ['-4', '-o', 'address', 'show', name], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return /\binet (\d+(?:\.\d+){3})\//.exec(line)?.[1];
  } catch {
    return undefined;
  }
}
