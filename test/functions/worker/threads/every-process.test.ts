import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { ResultManifest } from '../../../../core/execution/manifest.ts';
import { parseExecuteRequest } from '../../../../core/execution/parse.ts';
import { perform } from '../../../../core/execution/perform.ts';
import {
  computeClasses,
  type ProcessDeclaration,
  type Run,
  type Runs,
} from '../../../../core/processes/declaration.ts';
import { ProcessThread } from '../../../../functions/worker/threads/process-thread.ts';
import { processes } from '../../../../processes/index.ts';

const folder = new URL('../../../../functions/worker/', import.meta.url);

interface Performed {
  readonly manifest: ResultManifest;
  readonly said: readonly unknown[];
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** The first example of a process, by an algorithm. */
async function performed(process: ProcessDeclaration, run: Run<ProcessDeclaration>): Promise<Performed> {
  const said: unknown[] = [];
  const files = new Map<string, Uint8Array>();
  const [example] = process.examples;
  const manifest = await perform(process, run, parseExecuteRequest(example?.request, process), {
    open: () => Promise.reject(new Error('Examples have no references')),
    store: async (name, bytes) => {
      files.set(name, bytes);
      return name;
    },
    signal: new AbortController().signal,
    progress: async () => undefined,
    log: (message, details) => said.push(['log', message, details]),
    warn: (message, details) => said.push(['warn', message, details]),
    synchronous: false,
  });
  return { manifest, said, files };
}

for (const computeClass of computeClasses) {
  describe(`a process of the class ${computeClass}`, async () => {
    const { runs } = (await import(new URL(`runs/${computeClass}.ts`, folder).href)) as { runs: Runs };
    const thread = new ProcessThread(new URL(`${computeClass}-thread.ts`, folder));
    after(() => thread.close());
    for (const process of processes.filter((each) => each.computeClass === computeClass)) {
      test(`${process.id} gives and says the same in a thread as without one`, async () => {
        const { run } = await runs[process.id]!();
        assert.deepEqual(await performed(process, thread.makeRun(process)), await performed(process, run));
      });
    }
  });
}
