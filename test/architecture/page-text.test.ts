import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { findPageText } from '../../scripts/lib/page-text.ts';
import { root } from '../../scripts/lib/paths.ts';

const silent = [
  // What nobody reads: drawings, and a policy for browsers.
  'functions/html/parts/icons.ts',
  'functions/html/policy.ts',
];

/** Names, which are the same in every language. */
const names = new Set(['curl', 'geometry', 'GeoJSON', 'GET', 'id', 'JavaScript', 'JSON', 'Python', 'QGIS']);
const isName = (text: string): boolean => names.has(text) || /^https?:/.test(text);

const inMarkup = (source: string): string[] =>
  findPageText('page.ts', source, isName).map(({ text }) => text);

describe('texts of the pages', () => {
  test('are in strings/, and in no module of a page', () => {
    const modules = globSync('functions/html/**/*.ts', { cwd: root }).filter(
      (file) => !silent.includes(file),
    );
    assert.ok(modules.length > 30);
    const found = modules.flatMap((file) =>
      findPageText(file, readFileSync(join(root, file), 'utf8'), isName).map(
        ({ line, text }) => `${file}:${line}: ${text}`,
      ),
    );
    assert.deepEqual(found, []);
  });

  test('are found between tags, in attributes that people read, and in other literals', () => {
    assert.deepEqual(inMarkup('html`<p class="lead">Nothing <b>${what}</b> here.</p>`;'), [
      'Nothing',
      'here.',
    ]);
    assert.deepEqual(inMarkup('html`<nav class="top" aria-label="Main ${a}">${b}</nav>`;'), ['Main']);
    assert.deepEqual(inMarkup("const title = isDone ? 'Ready' : `${count} jobs run`;"), [
      'Ready',
      'jobs run',
    ]);
  });

  test('are no names, code, values of attributes, other modules and errors that nobody meets', () => {
    assert.deepEqual(inMarkup('html`<h3>QGIS</h3><pre tabindex="0">print it all</pre> · ${percent} %`;'), []);
    assert.deepEqual(inMarkup('html` open`; html` data-tiles="a b"`;'), []);
    assert.deepEqual(inMarkup("import { a } from 'some words'; throw new Error('Not a process');"), []);
  });
});
