import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Postgres } from './postgres.ts';

/** Where a server keeps its jobs: how it is told, and how jobs get there without being run. */
export interface JobStore {
  readonly name: 'TinyDB' | 'PostgreSQL';
  /** The member `manager` of the configuration of pygeoapi. */
  readonly manager: object;
  /** Process whose time is that of the store; TinyDB is a library of the server. */
  readonly pid?: number;
  /** Removes all jobs and stores some that have ended. */
  fill(count: number): void;
}

/** A file of JSON, pygeoapi's default. */
export function tinydb(directory: string): JobStore {
  const file = join(directory, 'jobs.json');
  return {
    name: 'TinyDB',
    manager: { name: 'TinyDB', connection: file, output_dir: directory },
    fill: (count) => {
      const jobs = Array.from({ length: count }, (_, index) => [String(index + 1), endedJob(index)]);
      rmSync(file, { force: true });
      if (count > 0) writeFileSync(file, JSON.stringify({ _default: Object.fromEntries(jobs) }));
    },
  };
}

export function postgresql(directory: string, postgres: Postgres): JobStore {
  const columns = Object.keys(endedJob(0));
  postgres.query(
    `CREATE TABLE jobs (${columns.map((name) => `${name} ${types[name] ?? 'varchar'}${name === 'identifier' ? ' PRIMARY KEY' : ''}`).join(', ')})`,
  );
  return {
    name: 'PostgreSQL',
    manager: {
      name: 'PostgreSQL',
      connection: {
        host: '127.0.0.1',
        port: postgres.port,
        database: 'postgres',
        user: 'bench',
        password: 'bench',
      },
      output_dir: directory,
    },
    pid: postgres.pid,
    fill: (count) => {
      const values = Object.entries(endedJob(0)).map(([name, value]) => {
        if (name === 'identifier') return "'job-' || number";
        return typeof value === 'number' ? String(value) : `'${value}'`;
      });
      postgres.query('TRUNCATE jobs');
      postgres.query(
        `INSERT INTO jobs (${columns.join(', ')}) SELECT ${values.join(', ')} FROM generate_series(1, ${count}) number`,
      );
      postgres.query('ANALYZE jobs');
    },
  };
}

const types: Readonly<Record<string, string>> = {
  created: 'timestamp',
  started: 'timestamp',
  finished: 'timestamp',
  updated: 'timestamp',
  progress: 'integer',
};

const endedJob = (index: number): Readonly<Record<string, string | number>> => ({
  type: 'process',
  identifier: `job-${index + 1}`,
  process_id: 'hello-world',
  created: '2026-01-01T00:00:00.000000Z',
  started: '2026-01-01T00:00:00.000000Z',
  finished: '2026-01-01T00:00:01.000000Z',
  updated: '2026-01-01T00:00:01.000000Z',
  status: 'successful',
  location: '/nowhere',
  mimetype: 'application/json',
  message: 'Job complete',
  progress: 100,
});
