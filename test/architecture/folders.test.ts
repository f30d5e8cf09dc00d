import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  describeCycle,
  describeImport,
  folderCycles,
  type Import,
  layerFaults,
  moduleCycles,
  reachedFrom,
  readImportGraph,
  rootFolder,
} from '../../scripts/lib/import-graph.ts';
import { layers, outerRoots } from '../../scripts/lib/layers.ts';
import { root } from '../../scripts/lib/paths.ts';

const imports = readImportGraph(root, [...Object.keys(layers), ...outerRoots]);
const findImports = (...roots: string[]) => imports.filter(({ file }) => roots.includes(rootFolder(file)));
const described = (found: readonly Import[]) => found.map(describeImport);

/** How many modules of a root still load each other in a circle; these numbers only fall. */
const modulesInCycles: Readonly<Record<string, number>> = { core: 2, functions: 2 };

describe('layers', () => {
  for (const layer of Object.keys(layers)) {
    const allowed = Object.keys(layers[layer]!);
    test(`${layer} uses ${allowed.length === 0 ? 'no other root' : `only ${allowed.join(', ')}`}`, () => {
      assert.deepEqual(described(layerFaults(findImports(layer), layers)), []);
    });
  }

  test('what pages load of core loads nothing else', () => {
    const bothSides = [...(layers['web']?.['core']?.loaded ?? [])].map((folder) => folder.replace('**', ''));
    const shared = imports.filter(
      ({ file, kind }) => kind !== 'type' && bothSides.some((folder) => file.startsWith(folder)),
    );
    assert.deepEqual(
      described(shared.filter(({ target }) => !bothSides.some((folder) => target.startsWith(folder)))),
      [],
    );
  });

  test('core knows neither AWS nor the network nor files', () => {
    const forbidden =
      /^(@aws-sdk|aws-|@middy|@types\/aws-lambda|constructs|node:(fs|net|http|https|dns|child_process|worker_threads)(\/|$))/;
    assert.deepEqual(described(findImports('core').filter(({ target }) => forbidden.test(target))), []);
  });

  test('geography and processes know nothing of AWS', () => {
    const forbidden = /^(@aws-sdk|aws-|@middy|@types\/aws-lambda|constructs)/;
    assert.deepEqual(
      described(findImports('geo', 'processes').filter(({ target }) => forbidden.test(target))),
      [],
    );
  });

  test('declarations load nothing of geography but names, and no library but TypeBox', () => {
    const declarations = [...new Set(imports.map(({ file }) => file))].filter((file) =>
      /^processes\/[^/]+\/process\.ts$/.test(file),
    );
    assert.ok(declarations.length > 0);
    const loaded = declarations.flatMap((file) => reachedFrom(imports, file));
    const wrong = loaded.filter(({ target, isPackage }) =>
      isPackage ? target !== 'typebox' : /^geo\//.test(target) && !/-(names|rules)\.ts$/.test(target),
    );
    assert.deepEqual([...new Set(described(wrong))], []);
  });
});

describe('no cycle', () => {
  for (const name of Object.keys(layers)) {
    test(`among the folders of ${name}, types included`, () => {
      // The module of a thread is started by its address, not loaded.
      const cycles = folderCycles(
        imports.filter(({ kind }) => kind !== 'thread'),
        name,
      );
      assert.equal(cycles.map(describeCycle).join('\n'), '');
    });
  }

  for (const name of [...Object.keys(layers), ...outerRoots]) {
    test(`among the modules of ${name} that load each other`, () => {
      const cycles = moduleCycles(findImports(name));
      assert.ok(cycles.flat().length <= (modulesInCycles[name] ?? 0), JSON.stringify(cycles));
    });
  }
});
