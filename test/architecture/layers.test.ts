import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { describe, test } from 'node:test';

const root = join(import.meta.dirname, '..', '..');

/** Dependencies point one way: a layer may import from itself and from those before it. */
const layers = ['core', 'processes', 'functions', 'infra'] as const;
type Layer = (typeof layers)[number];

interface Import {
  readonly file: string;
  readonly target: string;
}

const sourcesOf = (layer: Layer): string[] => globSync(`${layer}/**/*.ts`, { cwd: root });

/** Static and dynamic imports of a file: paths below the root, or names of packages. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const matches = text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g);
  return [...matches].map(([, name = '']) => ({
    file,
    target: name.startsWith('.') ? relative(root, join(root, dirname(file), name)) : name,
  }));
}

const layerOf = (target: string): string => target.split('/')[0]!;
const isPackage = (target: string): boolean =>
  !['core', 'processes', 'functions', 'infra', 'scripts', 'test', 'bench', 'web'].includes(layerOf(target));

describe('layers', () => {
  for (const [index, layer] of layers.entries()) {
    test(`${layer} imports only from ${layers.slice(0, index + 1).join(', ')}`, () => {
      const allowed: readonly string[] = layers.slice(0, index + 1);
      const wrong = sourcesOf(layer)
        .flatMap(importsOf)
        .filter(({ target }) => !isPackage(target) && !allowed.includes(layerOf(target)));
      assert.deepEqual(wrong, []);
    });
  }

  test('core knows neither AWS nor the network nor files', () => {
    const forbidden =
      /^(@aws-sdk|aws-|@middy|@types\/aws-lambda|constructs|node:(fs|net|http|https|dns|child_process|worker_threads)(\/|$))/;
    const wrong = sourcesOf('core')
      .flatMap(importsOf)
      .filter(({ target }) => forbidden.test(target));
    assert.deepEqual(wrong, []);
  });

  test('processes know nothing of AWS', () => {
    const wrong = sourcesOf('processes')
      .flatMap(importsOf)
      .filter(({ target }) => /^(@aws-sdk|aws-|@middy|constructs)/.test(target));
    assert.deepEqual(wrong, []);
  });

  test('declarations load no engine and no library but TypeBox', () => {
    const seen = new Set<string>();
    const visit = (file: string): Import[] => {
      if (seen.has(file)) return [];
      seen.add(file);
      return importsOf(file).flatMap((found) => {
        if (/engines\//.test(found.target) || (isPackage(found.target) && found.target !== 'typebox'))
          return [found];
        return found.target.startsWith('processes/') ? visit(found.target) : [];
      });
    };
    const wrong = globSync('processes/*/process.ts', { cwd: root }).flatMap(visit);
    // Types are gone at run time.
    const real = wrong.filter(({ file, target }) => {
      const text = readFileSync(join(root, file), 'utf8');
      const name = target.split('/').at(-1)!;
      return !new RegExp(`import type [^;]*${name.replace('.', '\\.')}'`).test(text);
    });
    assert.deepEqual(real, []);
  });
});

describe('house rules', () => {
  const sources = layers.flatMap(sourcesOf).filter((file) => !file.includes('/generated/'));
  const linesOf = (file: string) => readFileSync(join(root, file), 'utf8').split('\n').length - 1;

  test('handlers are compositions of at most 40 lines', () => {
    const long = sources.filter((file) => /^functions\/.*handler\.ts$/.test(file) && linesOf(file) > 40);
    assert.deepEqual(long, []);
  });

  test('no module is longer than 400 lines, nine in ten not than 300', () => {
    const lengths = sources.map(linesOf).sort((a, b) => a - b);
    assert.deepEqual(
      sources.filter((file) => linesOf(file) > 400),
      [],
    );
    assert.ok(lengths[Math.floor(lengths.length * 0.9)]! <= 300);
  });

  test('no test is skipped, and none runs alone', () => {
    const marks = /\b(test|it|describe)\.(skip|only|todo)\b|\{\s*(skip|only|todo):/;
    // The list of what an emulator cannot pass: tests are left out on that emulator alone.
    const exempt = ['layers.test.ts', 'emulator-bugs.ts'];
    const wrong = globSync('test/**/*.ts', { cwd: root }).filter(
      (file) => !exempt.includes(basename(file)) && marks.test(readFileSync(join(root, file), 'utf8')),
    );
    assert.deepEqual(wrong, []);
  });

  test('dependencies are pinned exactly', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    );
    for (const [name, version] of Object.entries({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
    })) {
      assert.match(String(version), /^\d+\.\d+\.\d+(-[\w.]+)?$/, name);
    }
  });
});
