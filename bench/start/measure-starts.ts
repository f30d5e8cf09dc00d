import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Capability, type OperationId, operations } from '../../core/api/operations.ts';
import type { NoTask } from '../../core/execution/worker-task.ts';
import { computeClasses } from '../../core/processes/declaration.ts';
import { Env } from '../../core/shared/env.ts';
import { type Bundle, root } from '../../infra/bundles.ts';
import { capabilitiesOfWorker } from '../../infra/stacks/compute.ts';
import { FunctionProcess } from '../api/function-process.ts';
import { entryOf, environmentOf, eventOf } from '../api/functions.ts';
import { StandIn } from '../stand-in/stand-in.ts';
import { lowerQuartile } from '../statistics.ts';

/** A start of a function, beside that of one that has the same clients and does nothing. */
export interface Start {
  /** Kilobytes of JavaScript that it reads before its first request. */
  readonly kilobytes: number;
  /** Milliseconds of processor time until it can take a request, and until it has answered the first one. */
  readonly imported: number;
  readonly answered: number;
  readonly bareAnswered: number;
}

const TIMES = 7;

/** First requests that can be answered without anything having been stored. */
const firsts: Readonly<Partial<Record<OperationId, object>>> = {
  getLandingPage: {},
  listProcesses: {},
  describeProcess: { parameters: { processID: 'echo' } },
  getApi: {},
  getJob: { parameters: { jobID: 'none' } },
  listJobs: {},
  executeProcess: { parameters: { processID: 'echo' }, body: { inputs: { message: 'Hello' } } },
};

/** A function that is started, and what it is asked first. */
interface Started {
  readonly entry: string;
  readonly capabilities: readonly Capability[];
  readonly event: string;
}

/** Workers are asked for nothing: what a task takes is that of its process. */
const started: readonly Started[] = [
  ...(Object.keys(firsts) as OperationId[]).map((operation) => ({
    entry: entryOf(operation),
    capabilities: operations[operation].capabilities,
    event: eventOf({ operation, ...firsts[operation] }),
  })),
  ...computeClasses.map((computeClass) => ({
    entry: `worker/${computeClass}`,
    capabilities: capabilitiesOfWorker(computeClass),
    event: JSON.stringify({ kind: 'nothing' } satisfies NoTask),
  })),
];

export const startedEntries = started.map(({ entry }) => entry);

/** Starts each function several times, in turn with a bare one. */
export async function measureStarts(
  locate: (entry: string) => Bundle,
  directory: string,
): Promise<Record<string, Start>> {
  const standIn = new StandIn();
  const endpoint = await standIn.start();
  const starts: Record<string, Start> = {};
  try {
    for (const { entry, capabilities, event } of started) {
      const file = entry.replace(/^api\//, '');
      const env = { ...environmentOf(capabilities, endpoint), [Env.JobSeconds]: '900' };
      const bundle = locate(entry);
      const bare = await bareFunction(join(directory, `bare-${file}`), capabilities);
      const samples: { imported: number; answered: number; bareAnswered: number }[] = [];
      for (let time = 0; time < TIMES; time++) {
        const ours = await start(bundle.directory, env, event);
        samples.push({ ...ours, bareAnswered: (await start(bare, env, event)).answered });
      }
      const least = (what: keyof (typeof samples)[number]) => lowerQuartile(samples.map((one) => one[what]));
      starts[file] = {
        kilobytes: Math.round(bytesReadAtStart(bundle) / 1024),
        imported: least('imported'),
        answered: least('answered'),
        bareAnswered: least('bareAnswered'),
      };
    }
    return starts;
  } finally {
    await standIn.stop();
  }
}

async function start(bundle: string, env: Record<string, string>, event: string) {
  const started = await FunctionProcess.start(bundle, env);
  try {
    const { cpu } = await started.run([event]);
    return { imported: started.importCpu, answered: started.importCpu + (cpu[0] ?? 0) };
  } finally {
    await started.stop();
  }
}

/** Clients that functions make when they start, by what they were granted. */
const clients: readonly (readonly [granted: RegExp, source: string])[] = [
  [
    /^jobs:|^uploads:write/,
    `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'; made.push(new DynamoDBClient({}));`,
  ],
  [/^workflow:/, `import { SFNClient } from '@aws-sdk/client-sfn'; made.push(new SFNClient({}));`],
  [/^workers:/, `import { LambdaClient } from '@aws-sdk/client-lambda'; made.push(new LambdaClient({}));`],
  [/^switch:/, `import { SSMClient } from '@aws-sdk/client-ssm'; made.push(new SSMClient({}));`],
];

async function bareFunction(directory: string, capabilities: readonly Capability[]): Promise<string> {
  mkdirSync(directory, { recursive: true });
  const given = clients.filter(([granted]) => capabilities.some((capability) => granted.test(capability)));
  const contents = [
    'const made = [];',
    ...given.map(([, source]) => source),
    "export const handler = async () => ({ statusCode: 200, body: '', made: made.length });",
  ].join('\n');
  await build({
    stdin: { contents, resolveDir: root },
    outfile: join(directory, 'index.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  return directory;
}

/** Bytes of the index and of what it imports. */
function bytesReadAtStart({ entry, metafile }: Bundle): number {
  const { outputs } = metafile;
  const read = new Set<string>();
  const follow = (path: string | undefined): void => {
    if (path === undefined || read.has(path)) return;
    read.add(path);
    for (const { path: next, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && next in outputs) follow(next);
  };
  follow(Object.keys(outputs).find((path) => outputs[path]?.entryPoint === `functions/${entry}.ts`));
  return [...read].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
}
