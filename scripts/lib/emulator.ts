import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root, toolsFirst } from './paths.ts';
import { groupRuns, lastLines, processRuns, readCommandLine, startProgram, stopGroup } from './processes.ts';
import { Problem } from './progress.ts';
import { emulatorPython } from './python.ts';

/** A running MiniStack: AWS on the loopback interface. */
export interface Emulator {
  readonly port: number;
  readonly endpoint: string;
  /** Process group of the emulator and of the functions that it runs. */
  readonly group: number;
  /** Resolves when the emulator has ended, wanted or not. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export interface EmulatorOptions {
  readonly port: number;
  /** Directory of this emulator: log, state, temporary files. */
  readonly directory: string;
  /** Keeps what is in it for the next run. */
  readonly persistent: boolean;
  readonly signal?: AbortSignal;
}

/** What is noted about a running emulator, so that a later run can clean up after a dead one. */
interface Note {
  readonly launcher: number;
  readonly group: number;
  readonly port: number;
}

const noteFile = (directory: string) => join(directory, 'process.json');
export const logFile = (directory: string) => join(directory, 'ministack.log');

/** Starts MiniStack and waits until it answers. */
export async function startEmulator({
  port,
  directory,
  persistent,
  signal,
}: EmulatorOptions): Promise<Emulator> {
  const python = await emulatorPython(signal);
  await stopLeftovers(directory);
  if (await answers(port)) {
    throw new Problem(
      `Port ${port} is taken by another program. Choose another one: GATEWAY_PORT=${port + 1} npm start`,
    );
  }
  const temporary = join(directory, 'tmp');
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  // Functions are unpacked below it; without this their helpers would be taken for ES modules, like the project.
  writeFileSync(join(temporary, 'package.json'), '{ "type": "commonjs" }\n');
  rmSync(logFile(directory), { force: true });

  const endpoint = `http://127.0.0.1:${port}`;
  const child = startProgram(
    python,
    [join(root, 'scripts/emulator/start_ministack.py')],
    environment(endpoint, directory, persistent),
    logFile(directory),
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const group = child.pid;
  if (group === undefined) throw new Problem(`${python} could not be started`);
  const note: Note = { launcher: process.pid, group, port };
  writeFileSync(noteFile(directory), JSON.stringify(note));
  const stop = async () => {
    await stopGroup(group);
    rmSync(noteFile(directory), { force: true });
    rmSync(temporary, { recursive: true, force: true });
  };
  try {
    await untilHealthy(endpoint, group, directory, signal);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, endpoint, group, ended, stop };
}

/** Only what the emulator needs: the functions that it runs inherit all of it. */
function environment(endpoint: string, directory: string, persistent: boolean): Record<string, string> {
  const { HOME, LANG, SSL_CERT_FILE, NODE_EXTRA_CA_CERTS } = process.env;
  const inherited = { HOME, LANG, SSL_CERT_FILE, NODE_EXTRA_CA_CERTS };
  const given = Object.entries(inherited).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    ...Object.fromEntries(given),
    PATH: toolsFirst,
    // The CDK's own helper functions find the AWS SDK here; Lambda would bring it along.
    NODE_PATH: join(root, 'node_modules'),
    TZ: 'UTC',
    TMPDIR: join(directory, 'tmp'),
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: new URL(endpoint).port,
    AWS_ENDPOINT_URL: endpoint,
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    ...(persistent
      ? {
          PERSIST_STATE: '1',
          STATE_DIR: join(directory, 'state'),
          S3_PERSIST: '1',
          S3_DATA_DIR: join(directory, 'objects'),
        }
      : {}),
  };
}

async function untilHealthy(
  endpoint: string,
  group: number,
  directory: string,
  signal?: AbortSignal,
): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    signal?.throwIfAborted();
    if (!groupRuns(group))
      throw new Problem(`The AWS emulator ended immediately.\n${lastLines(logFile(directory))}`);
    const response = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return;
    await sleep(100);
  }
  throw new Problem(`The AWS emulator did not respond within 30 s.\n${lastLines(logFile(directory))}`);
}

/** Stops an emulator whose script has died. @throws Problem when the script is alive */
export async function stopLeftovers(directory: string): Promise<void> {
  const note = readNote(directory);
  if (!note) return;
  if (note.launcherRuns && note.launcher !== process.pid) {
    throw new Problem(
      `The service of this checkout is running already (process ${note.launcher}, port ${note.port}). ` +
        'Stop it first: Ctrl-C, or "npm stop".',
    );
  }
  if (readCommandLine(note.group).includes('ministack')) {
    console.log(`- Stopping an emulator that an earlier run left running (process ${note.group})`);
    await stopGroup(note.group);
  }
  rmSync(noteFile(directory), { force: true });
}

/** What is noted about the emulator of a directory, and whether the script that started it still runs. */
export function readNote(directory: string): (Note & { readonly launcherRuns: boolean }) | undefined {
  try {
    const note = JSON.parse(readFileSync(noteFile(directory), 'utf8')) as Note;
    // Ids of processes are used again, by anything.
    const launcherRuns = processRuns(note.launcher) && /node.*scripts\//.test(readCommandLine(note.launcher));
    return { ...note, launcherRuns };
  } catch {
    return undefined;
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** A port that nobody uses. @param host address of this machine; default: the loopback interface */
export function freePort(host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No free port')),
      );
    });
  });
}
