import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { Metafile } from 'esbuild';
import { type Capability, operationList } from '../../core/api/operations.ts';
import type { Bundle } from '../../infra/bundles.ts';
import { declarationsModule } from '../../infra/declarations-as-data.ts';
import { apiEntries, workerEntries } from '../../infra/entries.ts';
import { capabilitiesOf, portsMadeAtStart } from '../../infra/granted-ports.ts';
import { keepBundles } from '../../infra/kept-bundles.ts';
import { processes } from '../../processes/index.ts';

const KILOBYTE = 1024;

const bundles = await keepBundles([...apiEntries, ...workerEntries]);

/** Bytes and files of JavaScript that a function reads before its first request: its index, what that imports, and its clients. */
function countEager({ entry, metafile }: Bundle, capabilities: readonly Capability[]) {
  const { outputs } = metafile;
  const read = new Set<string>();
  const follow = (path: string): void => {
    if (read.has(path)) return;
    read.add(path);
    for (const { path: next, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && next in outputs) follow(next);
  };
  follow(findOutput(outputs, `functions/${entry}.ts`));
  // Behind the API they are part of the index.
  for (const module of capabilitiesOf(entry) ? [] : portsMadeAtStart(capabilities))
    follow(findOutput(outputs, `functions/aws/${module}.ts`));
  const bytes = [...read].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
  return { bytes, files: read.size };
}

function findOutput(outputs: Metafile['outputs'], entryPoint: string): string {
  const found = Object.entries(outputs).find(([, output]) => output.entryPoint === entryPoint);
  assert.ok(found, entryPoint);
  return found[0];
}

/** Kilobytes and files that functions may read when they start, by what they do. */
const budgets: readonly (readonly [entry: RegExp, kilobytes: number, files: number])[] = [
  [/^api\/(?:get-(?:landing-page|conformance|api|robots|asset)|refuse-method)$/, 98, 3],
  // With the declarations, which tell the meaning of each value that people may choose.
  [/^api\/(?:list-processes|describe-process)$/, 190, 3],
  // The client of DynamoDB alone has 230; the one of S3 is loaded when it is needed.
  [/^api\/(?:get-health|get-job|get-job-log|create-upload)$/, 340, 16],
  [/^api\/(?:dismiss-job|dismiss-job-by-form)$/, 370, 16],
  // With the declarations of processes.
  [/^api\/(?:list-jobs|list-collections|get-job-results?|get-collection.*)$/, 445, 16],
  // With the validators of schemas, and the clients of Step Functions and Systems Manager.
  [/^api\/execute-/, 770, 36],
  [/^worker\//, 660, 42],
];

describe('what a function reads when it starts', () => {
  for (const entry of [...apiEntries, ...workerEntries]) {
    test(`${entry} is within its budget`, () => {
      const [, budget, mostFiles] = budgets.find(([pattern]) => pattern.test(entry)) ?? [];
      assert.ok(budget !== undefined && mostFiles !== undefined, `${entry} has no budget`);
      const isWorker = workerEntries.includes(entry);
      const capabilities = isWorker
        ? (['jobs:read', 'usage:count'] as const)
        : (operationList.find(({ file }) => entry === `api/${file}`)?.capabilities ?? []);
      const { bytes, files } = countEager(findBundle(entry), capabilities);
      const kilobytes = bytes / KILOBYTE;
      assert.ok(files <= mostFiles, `${entry} reads ${files} files; its budget is ${mostFiles}`);
      assert.ok(kilobytes <= budget, `${entry} reads ${kilobytes.toFixed(0)} KB; its budget is ${budget}`);
      // A budget that has become loose guards nothing.
      assert.ok(
        kilobytes > budget / 2,
        `${entry} reads ${kilobytes.toFixed(0)} KB of ${budget}: lower the budget`,
      );
    });
  }

  test('the libraries that make declarations and pages, and the client of S3, wait until they are needed', () => {
    for (const entry of apiEntries) {
      const { outputs, inputs } = findBundle(entry).metafile;
      assert.ok(!(`processes/buffer/process.ts` in inputs), entry);
      const index = outputs[findOutput(outputs, `functions/${entry}.ts`)];
      const read = Object.keys(index?.inputs ?? {});
      const late = read.filter((path) =>
        /node_modules\/(?:typebox|@aws-sdk\/client-s3)\/|functions\/html\/page/.test(path),
      );
      assert.deepEqual(late, [], entry);
    }
  });
});

describe('declarations in bundles', () => {
  test('are equal to those that are made of their modules, what they have in common being there once', async () => {
    const source = declarationsModule(processes);
    const made = await import(`data:text/javascript,${encodeURIComponent(source)}`);
    assert.deepEqual(made.processes, JSON.parse(JSON.stringify(processes)));
    assert.ok(isDeepStrictEqual(made.processes, processes), 'a declaration is more than data');
    assert.ok(source.length < JSON.stringify(processes).length / 2);
  });
});

function findBundle(entry: string): Bundle {
  const found = bundles.get(entry);
  assert.ok(found, entry);
  return found;
}
