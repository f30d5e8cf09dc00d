import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root } from '../../scripts/lib/paths.ts';

const copy = mkdtempSync(join(tmpdir(), 'new-process-'));
after(() => rmSync(copy, { recursive: true, force: true }));

/** What is made by a machine or belongs to one. */
const uncopied = ['node_modules', '.git', '.local', 'cdk.out'];

const made = { light: 'adding-up', vector: 'vertex-count', raster: 'picture' } as const;

/** Tests that look at all processes, whichever they are. */
const lookingAtAll = [
  'test/architecture/*.test.ts',
  'test/conformance/{description,examples,openapi}.test.ts',
  'test/web/pictures.test.ts',
];

/** Runs a program in the copy to its end. */
async function program(command: string, ...args: string[]) {
  // Tests that a test starts would report to it instead of telling how they ended.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const path = [join(copy, 'node_modules', '.bin'), env['PATH']].join(':');
  const child = spawn(command, args, {
    cwd: copy,
    // What is compiled there goes with the copy.
    env: { ...env, PATH: path, NODE_COMPILE_CACHE: join(copy, '.local', 'compile-cache') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, said };
}
const node = (...args: string[]) => program(process.execPath, ...args);
const newProcess = (...args: string[]) => node('scripts/new-process.ts', ...args);
const assertPass = ({ status, said }: Awaited<ReturnType<typeof program>>) => {
  assert.equal(status, 0, said);
  assert.match(said, /^# pass [1-9]/m);
};
/** Takes the longest, so it works while the others do. */
let checks: ReturnType<typeof program>;

before(async () => {
  for (const name of readdirSync(root).filter((entry) => !uncopied.includes(entry)))
    cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const [computeClass, id] of Object.entries(made)) {
    const result = await newProcess(id, ...(computeClass === 'light' ? [] : ['--class', computeClass]));
    assert.equal(result.status, 0, result.said);
    assert.match(result.said, new RegExp(`node --test "test/processes/${id}/`));
  }
  checks = program('npm', 'run', '--silent', 'check');
});

describe('a new process', () => {
  for (const [computeClass, id] of Object.entries(made)) {
    test(`of the class ${computeClass} passes its tests at once`, async () => {
      assertPass(await node('--test', '--test-reporter=tap', `test/processes/${id}/*.test.ts`));
    });

    test(`of the class ${computeClass} has its declaration, README and place in the tables`, () => {
      assert.deepEqual(readdirSync(join(copy, 'processes', id)).sort(), [
        'README.md',
        'process.ts',
        'run.ts',
      ]);
      const text = (path: string) => readFileSync(join(copy, path), 'utf8');
      assert.match(text('processes/index.ts'), new RegExp(`'\\./${id}/process\\.ts'`));
      const runs = text(`functions/worker/runs/${computeClass}.ts`);
      assert.match(runs, new RegExp(`import\\('.*/processes/${id}/run\\.ts'\\)`));
      const uncompared = JSON.parse(text('test/uncompared.json')) as Record<string, Record<string, string>>;
      assert.match(uncompared['oracle']?.[id] ?? '', /test\/oracle\/table\.py/);
      assert.match(uncompared['benchmark']?.[id] ?? '', /bench\/table\.ts/);
    });
  }

  test('passes the tests that look at all processes', async () => {
    assertPass(await node('--test', '--test-reporter=tap', ...lookingAtAll));
  });

  test('passes all that "npm run check" checks, without a change', async () => {
    const { status, said } = await checks;
    assert.equal(status, 0, said);
  });
});

describe('a name', () => {
  for (const [name, reason] of [
    ['Buffer', /cannot be the name/],
    ['two--hyphens', /cannot be the name/],
    ['../elsewhere', /cannot be the name/],
    ['line-3', /cannot be the name/],
    ['a'.repeat(51), /cannot be the name/],
    ['delete', /reserved word/],
    ['echo', /processes\/echo exists already/],
    ['common', /processes\/common exists already/],
    ['support', /test\/processes\/support exists already/],
    ['vertexcount', /processes\/vertex-count exists already/],
  ] as const) {
    test(`"${name}" is refused, and nothing is written`, async () => {
      const { status, said } = await newProcess(name);
      assert.equal(status, 1);
      assert.match(said, reason);
      assert.doesNotMatch(said, /Wrote|at .*\.ts:\d/);
    });
  }

  for (const args of [[], ['one', 'two'], ['one', '--class', 'heavy'], ['one', '--kind', 'light']]) {
    test(`arguments "${args.join(' ')}" are answered by how it is used`, async () => {
      const { status, said } = await newProcess(...args);
      assert.equal(status, 1);
      assert.match(said, /Usage: npm run new:process -- NAME \[--class light\|vector\|raster\]/);
      assert.ok(!existsSync(join(copy, 'processes', 'one')));
    });
  }
});
