import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { operationResponses } from '../../core/api/openapi/responses.ts';
import { operationList } from '../../core/api/operations.ts';
import { processes } from '../../processes/index.ts';

const root = join(import.meta.dirname, '..', '..');
const testTexts = globSync('test/{conformance,integration,functions}/**/*.test.ts', { cwd: root }).map(
  (file) => readFileSync(join(root, file), 'utf8'),
);

/** How tests call an operation: by its path, the parameters being whatever they are. */
const makePattern = (path: string) =>
  new RegExp(
    path
      .replace(/\{\w+\}/g, '\u0000')
      .split('\u0000')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^\\s/]+'),
  );

describe('each operation of the table', () => {
  for (const operation of operationList) {
    const { operationId, file, path } = operation;
    test(`${operationId} has its file, its answers in the API definition, and tests`, () => {
      const source = join('functions', 'api', `${file}.ts`);
      assert.ok(existsSync(join(root, source)), source);
      assert.match(readFileSync(join(root, source), 'utf8'), /^export const handler =/m);
      assert.ok(Object.keys(operationResponses(operation)).length > 1);
      const camelCase = file.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
      assert.equal(camelCase, operationId);
      assert.ok(
        testTexts.some((text) => makePattern(path).test(text)),
        `no test calls ${path}`,
      );
    });
  }

  test('there is no file without a row', () => {
    const files = readdirSync(join(root, 'functions', 'api'));
    const known = [...operationList.map(({ file }) => file), 'refuse-method'].map((name) => `${name}.ts`);
    assert.deepEqual(files.sort(), known.sort());
  });
});

describe('each process', () => {
  for (const { id, examples, keywords = [], description } of processes) {
    test(`${id} has its declaration, algorithm, README and tests, and an example`, () => {
      for (const file of ['process.ts', 'run.ts', 'README.md']) {
        assert.ok(existsSync(join(root, 'processes', id, file)), `processes/${id}/${file}`);
      }
      assert.ok(globSync(`test/processes/${id}/*.test.ts`, { cwd: root }).length > 0, `test/processes/${id}`);
      assert.ok(examples.length > 0 && keywords.length > 0 && description.endsWith('.'));
    });
  }

  test('has a name of the form that all have', () => {
    for (const { id, inputs, outputs } of processes) {
      if (id !== 'EchoProcess') assert.match(id, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      for (const name of [...Object.keys(inputs), ...Object.keys(outputs)])
        assert.match(name, /^[a-z][a-zA-Z0-9]*$/, `${id}: ${name}`);
    }
  });
});
