import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { layers } from '../../scripts/lib/layers.ts';
import { root } from '../../scripts/lib/paths.ts';
import { lineAt, nameFrom, parseModule, type SyntaxNode, walk } from '../../scripts/lib/syntax.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const sources = Object.keys(layers)
  .flatMap((layer) => globSync(`${layer}/**/*.ts`, { cwd: root }))
  .filter((file) => !file.includes('/generated/'));
const countLines = (file: string) => read(file).split('\n').length - 1;

const RUNNERS = ['test', 'it', 'describe', 'suite'];
const MARKS = ['skip', 'only', 'todo'];

/** Whether a call registers a test that is left out, runs alone, or is none yet. */
function isMarked({ type, callee, arguments: given }: SyntaxNode): boolean {
  if (type !== 'CallExpression') return false;
  const called = callee as SyntaxNode;
  if (called.type === 'MemberExpression')
    return (
      MARKS.includes(nameFrom(called['property']) ?? '') &&
      [...RUNNERS, 't', 'context'].includes(nameFrom(called['object']) ?? '')
    );
  if (!RUNNERS.includes(nameFrom(called) ?? '')) return false;
  return (given as SyntaxNode[])
    .filter((argument) => argument.type === 'ObjectExpression')
    .flatMap((argument) => argument['properties'] as SyntaxNode[])
    .some((property) => MARKS.includes(nameFrom(property['key']) ?? ''));
}

test('handlers are compositions of at most 40 lines', () => {
  const long = sources.filter((file) => /^functions\/.*handler\.ts$/.test(file) && countLines(file) > 40);
  assert.deepEqual(long, []);
});

test('no module is longer than 400 lines, nine in ten not than 300', () => {
  const lengths = sources.map(countLines).sort((a, b) => a - b);
  assert.deepEqual(
    sources.filter((file) => countLines(file) > 400),
    [],
  );
  assert.ok(lengths[Math.floor(lengths.length * 0.9)]! <= 300);
});

describe('no test is skipped, and none runs alone', () => {
  const marked = (file: string, text: string): string[] => {
    const found: string[] = [];
    walk(parseModule(file, text), (node) => {
      if (isMarked(node)) found.push(`${file}:${lineAt(text, node.start)}`);
    });
    return found;
  };

  test('in all files of tests', () => {
    const files = globSync('test/**/*.ts', { cwd: root });
    assert.ok(files.length > 0);
    assert.deepEqual(
      files.flatMap((file) => marked(file, read(file))),
      [],
    );
  });

  test('which is seen in all forms that the runner knows', () => {
    const texts = [
      'test.skip("a", () => {});',
      'describe.only("a", () => {});',
      'it("a", { todo: true }, () => {});',
      'test("a", { "skip": true }, () => {});',
      'test("a", (t) => { t.skip(); });',
    ];
    for (const text of texts) assert.equal(marked('a.ts', text).length, 1, text);
    for (const text of ['test("skip", () => {});', 'reader.skip(4);', 'page({ skip: 3 });'])
      assert.deepEqual(marked('a.ts', text), [], text);
  });
});

test('dependencies are pinned exactly', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json'));
  for (const [name, version] of Object.entries({
    ...dependencies,
    ...devDependencies,
    ...optionalDependencies,
  })) {
    assert.match(String(version), /^\d+\.\d+\.\d+(-[\w.]+)?$/, name);
  }
});
