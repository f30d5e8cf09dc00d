import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root } from '../../scripts/lib/paths.ts';

const copy = mkdtempSync(join(tmpdir(), 'new-process-'));
after(() => rmSync(copy, { recursive: true, force: true }));

/** What a process sees of the project, and what makes and checks it. */
const needed = [
  'README.md',
  'docs/conformance.md',
  'test/conformance/requirements.json',
  'test/conformance/not-applicable.json',
  'package.json',
  'biome.json',
  '.gitignore',
  'core',
  'geo',
  'processes/echo',
  'processes/common',
  'scripts/generate',
  'scripts/generate.ts',
  'scripts/lib',
  'scripts/new-process',
  'scripts/new-process.ts',
  'test/processes/support',
];

const made = { light: 'adding-up', vector: 'vertex-count', raster: 'picture' } as const;

/** Runs a program in the copy to its end. */
async function program(command: string, ...args: string[]) {
  // Tests that a test starts would report to it instead of telling how they ended.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const child = spawn(command, args, { cwd: copy, env, stdio: ['ignore', 'pipe', 'pipe'] });
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
const tool = (name: string, ...args: string[]) => program(join(root, 'node_modules', '.bin', name), ...args);
const newProcess = (...args: string[]) => node('scripts/new-process.ts', ...args);
const assertSucceeds = ({ status, said }: Awaited<ReturnType<typeof program>>) =>
  assert.equal(status, 0, said);
/** Takes the longest, so it works while the others do. */
let types: ReturnType<typeof program>;

before(async () => {
  for (const path of needed) cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(
    join(copy, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { typeRoots: [join(root, 'node_modules/@types')] },
      include: [
        'processes/*.ts',
        'functions/worker/runs',
        ...Object.values(made).flatMap((id) => [`processes/${id}`, `test/processes/${id}`]),
      ],
    }),
  );
  for (const [computeClass, id] of Object.entries(made)) {
    const result = await newProcess(id, ...(computeClass === 'light' ? [] : ['--class', computeClass]));
    assertSucceeds(result);
    assert.match(result.said, new RegExp(`node --test "test/processes/${id}/`));
  }
  types = tool('tsc', '--noEmit');
});

describe('a new process', () => {
  for (const [computeClass, id] of Object.entries(made)) {
    test(`of the class ${computeClass} passes its tests at once`, async () => {
      const { status, said } = await node('--test', '--test-reporter=tap', `test/processes/${id}/*.test.ts`);
      assert.equal(status, 0, said);
      assert.match(said, /^# pass [1-9]/m);
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
    });
  }

  test('needs no change to be current, of right types and of the house’s style', async () => {
    assertSucceeds(await node('scripts/generate.ts', '--check'));
    assertSucceeds(await tool('biome', 'check', '--vcs-enabled=false', 'processes', 'test'));
    assertSucceeds(await types);
  });
});

describe('a name', () => {
  for (const [name, reason] of [
    ['Buffer', /cannot be the name/],
    ['two--hyphens', /cannot be the name/],
    ['../elsewhere', /cannot be the name/],
    ['line-3', /cannot be the name/],
    ['a'.repeat(51), /cannot be the name/],
    ['delete', /word of the language/],
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
