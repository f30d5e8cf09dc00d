import type { Egress, Ports } from '../../core/ports.ts';
import { Env, number, optional, required } from '../../core/shared/env.ts';
import { systemClock } from './clock.ts';
import { settingsFromEnvironment } from './settings.ts';

/*
 * A function has the variables of what it was granted, and of nothing else. The clients for these are loaded and
 * made while the function starts, when it has a whole processor; the others stay unread in chunks of their own. So do
 * the three that most requests can do without, until one needs them: what is small is in the record of its job, and small work is done in the request.
 */
const [jobs, usage, workflow, line, executionSwitch] = await Promise.all([
  given(Env.JobsTable, async (table) => (await import('./job-table.ts')).jobTable(table, systemClock)),
  given(Env.JobsTable, async (table) => (await import('./usage-table.ts')).usageTable(table)),
  given(Env.StateMachine, async (arn) => (await import('./workflow.ts')).workflow(arn)),
  given(Env.Lines, async (urls) => (await import('./line.ts')).line(urls)),
  given(Env.ExecutionSwitch, async (name) => {
    const port = (await import('./execution-switch.ts')).executionSwitch(name);
    // It is asked for each execution, and knows it for some seconds: the first request need not wait for it.
    await port.stopped();
    return port;
  }),
]);
const workers = whenUsed(Env.WorkerLight, async (light) => {
  const names = { light, vector: required(Env.WorkerVector), raster: required(Env.WorkerRaster) };
  return (await import('./workers.ts')).workers(names, number(Env.SyncSeconds, 25));
});
const storage = whenUsed(Env.Bucket, async (name) => (await import('./bucket.ts')).bucket(name));
const secrets = whenUsed(Env.SigningSecret, async (arn) => (await import('./secrets.ts')).secrets(arn));

/** Most requests and jobs send nothing to anybody. */
const egress = lazily<Egress>(async () => (await import('../egress/egress.ts')).egressFromEnvironment());

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

async function given<T>(
  name: Parameters<typeof optional>[0],
  make: (value: string) => Promise<T>,
): Promise<T | undefined> {
  const value = optional(name);
  return value === undefined ? undefined : make(value);
}

/** A port that is loaded when it is used, where it was granted. */
function whenUsed<T extends object>(
  name: Parameters<typeof optional>[0],
  make: (value: string) => Promise<T>,
): T | undefined {
  const value = optional(name);
  return value === undefined ? undefined : lazily(() => make(value));
}

/** A port, all of whose methods are asynchronous, that is loaded when the first of them is called. */
function lazily<T extends object>(make: () => Promise<T>): T {
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
