import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import {
  describeCycle,
  folderCycles,
  layerFaults,
  moduleCycles,
  reachedFrom,
  readImportGraph,
  stronglyConnected,
} from '../../scripts/lib/import-graph.ts';
import { readImports } from '../../scripts/lib/imports.ts';

const directory = mkdtempSync(join(tmpdir(), 'import-graph-'));
after(() => rmSync(directory, { recursive: true, force: true }));

/** Writes files below a folder of their own and reads how they import each other. */
function makeGraph(name: string, files: Readonly<Record<string, string>>) {
  const base = join(directory, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), text);
  }
  return readImportGraph(base, [...new Set(Object.keys(files).map((path) => path.split('/')[0]!))]);
}

describe('imports of a module', () => {
  const read = (text: string) =>
    readImports('a.ts', text).map(({ specifier, kind, names }) => [specifier, kind, ...names]);

  test('values, types, names that are changed, and all of a module', () => {
    assert.deepEqual(
      read(`import one, { two as second, type Three } from './x.ts';
        import type { Four } from './y.ts';
        import * as all from 'package';
        import './effects.ts';`),
      [
        ['./x.ts', 'value', 'default', 'two', 'Three'],
        ['./y.ts', 'type', 'Four'],
        ['package', 'value', '*'],
        ['./effects.ts', 'value'],
      ],
    );
  });

  test('what is exported from another module', () => {
    assert.deepEqual(
      read(`export { one as two } from './x.ts'; export * from './y.ts'; export type { Three } from './z.ts';
        export type * from './w.ts'; export { local }; export const other = 1;`),
      [
        ['./x.ts', 'value', 'one'],
        ['./y.ts', 'value', '*'],
        ['./z.ts', 'type', 'Three'],
        ['./w.ts', 'type', '*'],
      ],
    );
  });

  test('what is loaded when it is needed', () => {
    assert.deepEqual(
      read(`const a = (await import('./a.ts')).one;
        const { two, three: third } = await import('./b.ts');
        const load = () => import('./c.ts');
        const some = (name: string) => import(\`./some/\${name}.ts\`);`),
      [
        ['./a.ts', 'dynamic', 'one'],
        ['./b.ts', 'dynamic', 'two', 'three'],
        ['./c.ts', 'dynamic', '*'],
        ['./some/*.ts', 'dynamic', '*'],
      ],
    );
  });

  test('types that are named where they are used', () => {
    assert.deepEqual(read(`const a: import('./a.ts').One = 1; type All = typeof import('./b.ts');`), [
      ['./a.ts', 'type', 'One'],
      ['./b.ts', 'type', '*'],
    ]);
  });

  test('files of threads, not addresses', () => {
    assert.deepEqual(
      read(
        `new Worker(new URL('./thread.ts', import.meta.url)); new URL('./jobs', base); new URL('./a.ts');`,
      ),
      [['./thread.ts', 'thread', '*']],
    );
  });

  test('no text that only looks like an import', () => {
    assert.deepEqual(read(`// import { a } from './a.ts'\nconst text = "import b from './b.ts'";`), []);
  });

  test('lines', () => {
    assert.deepEqual(
      readImports('a.ts', `\nimport {\n  a,\n} from './a.ts';\n\nimport './b.ts';`).map(({ line }) => line),
      [2, 6],
    );
  });

  test('a text that is no TypeScript is a mistake', () => {
    assert.throws(() => readImports('a.ts', 'import {'), SyntaxError);
  });
});

describe('groups that reach each other', () => {
  test('none, one, and two that only touch', () => {
    assert.deepEqual(
      stronglyConnected([
        ['a', 'b'],
        ['b', 'c'],
        ['a', 'c'],
      ]),
      [],
    );
    const groups = stronglyConnected([
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
      ['c', 'd'],
      ['d', 'e'],
      ['e', 'd'],
    ]);
    assert.deepEqual(groups.map((group) => group.join('')).toSorted(), ['abc', 'de']);
  });
});

describe('folders', () => {
  test('without a cycle, whatever modules of one folder do', () => {
    const imports = makeGraph('tree', {
      'core/a/one.ts': `import './two.ts'; import '../b/three.ts';`,
      'core/a/two.ts': `import './one.ts';`,
      'core/b/three.ts': `import type { X } from '../c/four.ts';`,
      'core/c/four.ts': 'export type X = 1;',
    });
    assert.deepEqual(folderCycles(imports, 'core'), []);
    assert.deepEqual(moduleCycles(imports), [['core/a/one.ts', 'core/a/two.ts']]);
  });

  test('with a cycle that only types and calls close, named with what ties it', () => {
    const imports = makeGraph('cycle', {
      'geo/kml/read.ts': `import { a, b } from '../layer/make.ts';\nimport { c } from '../layer/other.ts';`,
      'geo/layer/make.ts': `export const a = () => import('../crs/move.ts');`,
      'geo/layer/other.ts': 'export const c = 1;',
      'geo/crs/move.ts': `import type { Kml } from '../kml/read.ts';`,
      'geo/unrelated/file.ts': `import { a } from '../layer/make.ts';`,
    });
    const [cycle, ...others] = folderCycles(imports, 'geo');
    assert.deepEqual(others, []);
    assert.ok(cycle);
    assert.deepEqual(cycle.folders, ['geo/crs', 'geo/kml', 'geo/layer']);
    assert.equal(cycle.lightest.length, 1);
    assert.notEqual(cycle.lightest[0]?.from, 'geo/kml');
    const text = describeCycle(cycle);
    assert.match(text, /geo\/kml\/read\.ts:1 \{ a, b \} from geo\/layer\/make\.ts/);
    assert.match(text, /geo\/crs\/move\.ts:1 type \{ Kml \} from geo\/kml\/read\.ts/);
    assert.doesNotMatch(text, /unrelated/);
    assert.deepEqual(moduleCycles(imports), []);
  });

  test('a folder and the one that it lies in are two', () => {
    const imports = makeGraph('nested', {
      'geo/formats/read.ts': `import '../formats/kml/read.ts';`,
      'geo/formats/kml/read.ts': `import type { Layer } from '../layer.ts';`,
      'geo/formats/layer.ts': 'export interface Layer {}',
      'geo/index.ts': `import './formats/layer.ts';`,
    });
    assert.deepEqual(
      folderCycles(imports, 'geo').map(({ folders }) => folders),
      [['geo/formats', 'geo/formats/kml']],
    );
  });

  test('a thread is part of what starts it', () => {
    const imports = makeGraph('thread', {
      'geo/parallel/start.ts': `new URL('../work/thread.ts', import.meta.url); new URL('./gone.mjs', base);`,
      'geo/work/thread.ts': `import '../parallel/start.ts';`,
    });
    assert.equal(folderCycles(imports, 'geo').length, 1);
    assert.ok(!imports.some(({ target }) => target.includes('gone')));
  });
});

test('what a module needs at run time: without types, through all kinds of loading', () => {
  const imports = makeGraph('reach', {
    'a/a.ts': `import '../b/b.ts'; import type { X } from '../d/d.ts';`,
    'b/b.ts': `import { type Y } from '../e/e.ts'; const c = () => import('../c/c.ts');`,
    'c/c.ts': `import 'package'; import '../a/a.ts';`,
    'd/d.ts': `import 'unreached';`,
    'e/e.ts': '',
  });
  const targets = (kinds?: Parameters<typeof reachedFrom>[2]) =>
    [...new Set(reachedFrom(imports, 'a/a.ts', kinds).map(({ target }) => target))].toSorted();
  // An import whose names are all types still loads the module: only `import type` is gone.
  assert.deepEqual(targets(), ['a/a.ts', 'b/b.ts', 'c/c.ts', 'e/e.ts', 'package']);
  assert.deepEqual(targets(['value']), ['b/b.ts', 'e/e.ts']);
});

test('imports that a layer may not have', () => {
  const imports = makeGraph('layers', {
    'core/shared/errors.ts': '',
    'core/jobs/job.ts': `import '../shared/errors.ts'; import 'package';`,
    'core/api/wrong.ts': `import '../../geo/crs.ts'; import type {} from '../../scripts/tool.ts';`,
    'geo/crs.ts': `import '../core/shared/errors.ts'; import type { Job } from '../core/jobs/job.ts';`,
    'core/both/text.ts': '',
    'web/page.ts': `import type { Job } from '../core/jobs/job.ts'; import { type A } from '../core/jobs/job.ts'; import { text } from '../core/both/text.ts';`,
    'scripts/tool.ts': `import '../core/jobs/job.ts'; import '../geo/crs.ts';`,
  });
  const order = {
    core: {},
    geo: { core: { folders: ['core/shared/**'] } },
    web: { core: { typesOnly: true, loaded: ['core/both/**'] } },
  };
  assert.deepEqual(
    layerFaults(imports, order).map(({ file, target, names }) => [file, target, ...names]),
    [
      ['core/api/wrong.ts', 'geo/crs.ts'],
      ['core/api/wrong.ts', 'scripts/tool.ts'],
      ['geo/crs.ts', 'core/jobs/job.ts', 'Job'],
      ['web/page.ts', 'core/jobs/job.ts', 'A'],
    ],
  );
});
