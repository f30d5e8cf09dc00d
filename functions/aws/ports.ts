import type { Ports } from '../../core/ports.ts';
import { Env, number, optional, required } from '../../core/shared/env.ts';
import { systemClock } from './clock.ts';
import { type PortModules, portModules } from './port-modules.ts';
import { settingsFromEnvironment } from './settings.ts';

/*
 * A function has the variables of what it was granted, and of nothing else. The clients for these are loaded and
 * made while the function starts, when it has a whole processor; the others stay unread in chunks of their own. So do
 * the three that most requests can do without, until one needs them: what is small is in the record of its job, and small work is done in the request.
 */
const [jobs, usage, workflow, line, executionSwitch] = await Promise.all([
  granted('job-table', Env.JobsTable, ({ jobTable }, table) => jobTable(table, systemClock))?.(),
  granted('usage-table', Env.JobsTable, ({ usageTable }, table) => usageTable(table))?.(),
  granted('workflow', Env.StateMachine, ({ workflow: make }, arn) => make(arn))?.(),
  granted('line', Env.Lines, ({ line: make }, urls) => make(urls))?.(),
  granted('execution-switch', Env.ExecutionSwitch, async ({ executionSwitch: make }, name) => {
    const port = make(name);
    // It is asked for each execution, and knows it for some seconds: the first request need not wait for it.
    await port.stopped();
    return port;
  })?.(),
]);
const workers = lazily(
  granted('workers', Env.WorkerLight, ({ workers: make }, light) => {
    const names = { light, vector: required(Env.WorkerVector), raster: required(Env.WorkerRaster) };
    return make(names, number(Env.SyncSeconds, 25));
  }),
);
const storage = lazily(granted('bucket', Env.Bucket, ({ bucket }, name) => bucket(name)));
const secrets = lazily(granted('secrets', Env.SigningSecret, ({ secrets: make }, arn) => make(arn)));

/** Most requests and jobs send nothing to anybody. */
const egress = lazily(async () => (await import('../egress/egress.ts')).egressFromEnvironment());

let ports: Ports | undefined;

/** The ports on AWS, the same ones for the life of the process. Those that were not granted throw when they are used. */
export function awsPorts(): Ports {
  ports ??= {
    jobs: jobs ?? notGranted(Env.JobsTable),
    storage: storage ?? notGranted(Env.Bucket),
    workflow: workflow ?? notGranted(Env.StateMachine),
    workers: workers ?? notGranted(Env.WorkerLight),
    line: line ?? notGranted(Env.Lines),
    usage: usage ?? notGranted(Env.JobsTable),
    executionSwitch: executionSwitch ?? notGranted(Env.ExecutionSwitch),
    egress,
    clock: systemClock,
    settings: settingsFromEnvironment(),
    secrets: secrets ?? notGranted(Env.SigningSecret),
  };
  return ports;
}

type Variable = Parameters<typeof optional>[0];

/** What makes a port of what a variable says; nothing where the module was not granted, or the variable is not set. */
function granted<M extends keyof PortModules, T>(
  module: M,
  variable: Variable,
  make: (module: Awaited<ReturnType<PortModules[M]>>, value: string) => T | Promise<T>,
): (() => Promise<T>) | undefined {
  const load = portModules[module] as (() => ReturnType<PortModules[M]>) | undefined;
  const value = optional(variable);
  return load && value !== undefined ? async () => make(await load(), value) : undefined;
}

/** A port, all of whose methods are asynchronous, that is loaded when the first of them is called. */
function lazily<T extends object>(make: () => Promise<T>): T;
function lazily<T extends object>(make: (() => Promise<T>) | undefined): T | undefined;
function lazily<T extends object>(make: (() => Promise<T>) | undefined): T | undefined {
  if (!make) return undefined;
  let loaded: Promise<T> | undefined;
  return new Proxy({} as T, {
    get:
      (_, method: string) =>
      async (...given: unknown[]) => {
        loaded ??= make();
        const port = (await loaded) as Record<string, (...given: unknown[]) => unknown>;
        return port[method]?.(...given);
      },
  });
}

const notGranted = <T extends object>(name: Parameters<typeof required>[0]): T =>
  new Proxy({} as T, {
    get: (_, method) => () =>
      Promise.reject(new Error(`${String(method)} was not granted: ${name} is not set`)),
  });
