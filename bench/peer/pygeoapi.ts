import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/lib/emulator.ts';

export interface Pygeoapi {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Worker processes of gunicorn: one for each core of a small machine. */
export const WORKERS = 2;

/** Starts pygeoapi behind gunicorn with its example process. @param manager where it keeps jobs */
export async function startPygeoapi(python: string, directory: string, manager: object): Promise<Pygeoapi> {
  mkdirSync(directory, { recursive: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = join(directory, 'config.json');
  const openapi = join(directory, 'openapi.json');
  writeFileSync(config, JSON.stringify(configuration(port, manager)));
  const env = {
    PATH: `${dirname(python)}:${process.env['PATH']}`,
    HOME: directory,
    TMPDIR: directory,
    PYGEOAPI_CONFIG: config,
    PYGEOAPI_OPENAPI: openapi,
  };
  const programs = dirname(python);
  execFileSync(
    join(programs, 'pygeoapi'),
    ['openapi', 'generate', config, '--format', 'json', '--output-file', openapi],
    { env, cwd: directory, stdio: 'pipe' },
  );
  const server = spawn(
    join(programs, 'gunicorn'),
    [
      '--workers',
      String(WORKERS),
      '--bind',
      `127.0.0.1:${port}`,
      '--timeout',
      '120',
      'pygeoapi.flask_app:APP',
    ],
    { env, cwd: directory, stdio: 'ignore' },
  );
  const stop = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    const late = setTimeout(() => server.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(late);
  };
  for (let attempt = 0; attempt < 600; attempt++) {
    await sleep(200);
    const answer = await fetch(`${url}/conformance?f=json`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return { url, pid: server.pid ?? 0, stop };
  }
  await stop();
  throw new Error('pygeoapi did not start');
}

const configuration = (port: number, manager: object) => ({
  server: {
    bind: { host: '127.0.0.1', port },
    url: `http://127.0.0.1:${port}`,
    mimetype: 'application/json; charset=UTF-8',
    encoding: 'utf-8',
    // For who takes it.
    gzip: true,
    language: 'en-US',
    limits: { default_items: 10, max_items: 50 },
    map: { url: 'http://127.0.0.1/{z}/{x}/{y}.png', attribution: 'none' },
    manager,
  },
  logging: { level: 'ERROR' },
  metadata: {
    identification: {
      title: 'Processes',
      description: 'For comparison',
      keywords: ['benchmark'],
      keywords_type: 'theme',
      terms_of_service: 'none',
      url: `http://127.0.0.1:${port}`,
    },
    license: { name: 'public domain', url: `http://127.0.0.1:${port}` },
    provider: { name: 'Benchmark', url: `http://127.0.0.1:${port}` },
    contact: { name: 'Benchmark', url: `http://127.0.0.1:${port}` },
  },
  resources: { 'hello-world': { type: 'process', processor: { name: 'HelloWorld' } } },
});
