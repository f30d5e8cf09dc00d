import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/lib/emulator.ts';

/** A PostgreSQL of its own for a run: loopback only, its data in a temporary directory. */
export interface Postgres {
  readonly port: number;
  readonly pid: number;
  query(sql: string): string;
  stop(): Promise<void>;
}

/** Where Debian puts the programs, the newest version last; elsewhere they are in the path. */
function findPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian)
    ? readdirSync(debian).sort((one, other) => Number(one) - Number(other))
    : [];
  const folders = [
    ...(process.env['PATH'] ?? '').split(':'),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  return folders.findLast((folder) => existsSync(join(folder, 'initdb')));
}

/** PostgreSQL refuses to run as root: there its own user does it. */
function otherUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres']));
  return { uid: id('-u'), gid: id('-g') };
}

/** Starts a PostgreSQL. @returns a sentence that says why there is none, where it is not installed */
export async function startPostgres(): Promise<Postgres | string> {
  const programs = findPrograms();
  if (!programs)
    return 'PostgreSQL is not installed ("apt install postgresql" on Debian and Ubuntu): the comparison with it was left out.';
  const directory = mkdtempSync(join(tmpdir(), 'bench-postgres-'));
  const user = otherUser();
  if (user) chownSync(directory, user.uid, user.gid);
  const data = join(directory, 'data');
  const options = { cwd: directory, stdio: 'pipe', ...user } as const;
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'bench', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C'],
    options,
  );
  const port = await freePort();
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', directory],
    { cwd: directory, stdio: 'ignore', ...user },
  );
  const query = (sql: string): string =>
    execFileSync(
      join(programs, 'psql'),
      ['-h', '127.0.0.1', '-p', String(port), '-U', 'bench', '-d', 'postgres', '-tAc', sql],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    ).toString();
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      const ended = once(server, 'exit');
      server.kill('SIGINT');
      await ended;
    }
    rmSync(directory, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 100; attempt++) {
    await sleep(100);
    try {
      query('select 1');
      return { port, pid: server.pid ?? 0, query, stop };
    } catch {
      // It is still starting.
    }
  }
  await stop();
  throw new Error('PostgreSQL did not start');
}
