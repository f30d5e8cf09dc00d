import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Run } from '../../core/processes/declaration.ts';
import { InvalidRequest } from '../../core/shared/errors.ts';
import { processes } from '../../processes/index.ts';
import { execute } from '../processes/support/execute.ts';

/**
 * Executes processes for the oracles: reads one request per line, answers with one line each. References lead to files of a
 * directory, by the last part of their path; results that are not JSON are written there.
 */
const directory = process.argv[2]!;
const PREFIX = 'https://oracle.invalid/';

interface Request {
  readonly process: string;
  readonly body: unknown;
}

/** Every file of the directory, by the reference that leads to it. */
const files = new Proxy<Record<string, Uint8Array>>(
  {},
  {
    get: (_, href) =>
      typeof href === 'string' ? readFileSync(join(directory, href.slice(PREFIX.length))) : undefined,
  },
);

let written = 0;

async function answer({ process: id, body }: Request): Promise<object> {
  const declaration = processes.find((candidate) => candidate.id === id);
  if (!declaration) return { failure: `There is no process ${id}` };
  const { run } = (await import(`../../processes/${id}/run.ts`)) as { run: Run<never> };
  try {
    const { outputs, logged } = await execute(declaration, run, body, { files });
    return { outputs: Object.fromEntries(Object.entries(outputs).map(stored)), logged };
  } catch (error) {
    if (error instanceof InvalidRequest) return { faults: error.faults };
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function stored([id, value]: [string, unknown]): [string, object] {
  if (!(value instanceof Uint8Array)) return [id, { json: value }];
  const file = join(directory, `result-${++written}`);
  writeFileSync(file, value);
  return [id, { file }];
}

console.log(JSON.stringify({ processes: processes.map(({ id }) => id) }));
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line) as Request)));
}
