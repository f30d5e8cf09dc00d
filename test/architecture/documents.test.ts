import assert from 'node:assert/strict';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { operationList } from '../../core/api/operations.ts';
import { layerOutputFormats, rasterOutputFormats } from '../../core/shared/formats.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { signature, signatures } from '../../functions/tasks/deliver-callback.ts';
import { settingsFor } from '../../infra/config/config.ts';
import { processes } from '../../processes/index.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const documents = globSync('{*.md,docs/**/*.md,processes/*/README.md}', { cwd: root });

/** Anchors of the headings of a document, as GitHub makes them. */
const listAnchors = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
    match[1]!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('documents name what exists', () => {
  for (const path of documents) {
    test(`links of ${path}`, () => {
      const text = read(path).replaceAll(/^```.*?^```/gms, '');
      const broken = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
        .map((match) => match[1]!)
        .filter((target) => !/^https?:/.test(target))
        .filter((target) => {
          const [file = '', anchor] = target.split('#');
          const full = file === '' ? join(root, path) : join(root, dirname(path), file);
          if (!existsSync(full)) return true;
          return anchor !== undefined && !listAnchors(readFileSync(full, 'utf8')).includes(anchor);
        });
      assert.deepEqual(broken, []);
    });
  }

  test('files and folders that the pages for contributors name', () => {
    const roots = 'core|geo|processes|functions|infra|scripts|test|bench';
    for (const path of ['docs/architecture.md', 'docs/guide/write-a-process.md', 'CONTRIBUTING.md']) {
      const named = [...read(path).matchAll(new RegExp(`\`((?:${roots})/[\\w./-]+)\``, 'g'))];
      for (const [, name = ''] of named) assert.ok(existsSync(join(root, name)), `${path} names ${name}`);
    }
  });

  test('every npm script that is named', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const path of documents) {
      for (const [, name = ''] of read(path).matchAll(/npm run ([a-z][a-z:-]*)/g)) {
        assert.ok(name in scripts, `${path} names "npm run ${name}"`);
      }
    }
  });
});

describe('documents name all that exists', () => {
  test('operations, with their methods and paths', () => {
    const text = read('docs/architecture.md');
    for (const { operationId, method, path } of operationList) {
      assert.ok(text.includes(`| \`${operationId}\` | \`${method} ${path}\` |`), operationId);
    }
  });

  test('ports, each with its adapter', () => {
    const [, members = ''] = /export interface Ports \{(.*?)\n\}/s.exec(read('core/ports.ts')) ?? [];
    const ports = [...members.matchAll(/readonly (\w+):/g)].map(([, name]) => name);
    const [, table = ''] = /^\| Port \|.*?\n(.*?)\n\n/ms.exec(read('docs/architecture.md')) ?? [];
    const named = [...table.matchAll(/^\| `(\w+)` \|.*?\| `([\w/.-]+)`/gm)];
    assert.deepEqual(named.map(([, name]) => name).sort(), ports.sort());
    for (const [, , adapter = ''] of named) assert.ok(existsSync(join(root, adapter)), adapter);
  });

  test('settings, with the defaults that can be written in a cell', () => {
    const rows = read('docs/operate/settings.md').split('\n');
    for (const [name, value] of Object.entries(settingsFor('dev'))) {
      const row = rows.find((line) => line.startsWith(`| \`${name}\` |`));
      assert.ok(row, `docs/operate/settings.md does not name ${name}`);
      if (typeof value === 'boolean' || typeof value === 'string')
        assert.ok(row.includes(String(value)), row);
      if (typeof value === 'number' && value < 10_000) assert.match(row, new RegExp(`\\| ${value} \\|`));
    }
  });

  test('variables that override settings', () => {
    const text = read('docs/operate/settings.md');
    const source = read('infra/config/config.ts');
    const named = [...source.matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g)].map(([name]) => name);
    assert.ok(named.length > 0);
    for (const name of named)
      assert.ok(text.includes(name), `docs/operate/settings.md does not name ${name}`);
  });

  test('processes', () => {
    const text = read('README.md');
    for (const { id } of processes) {
      assert.ok(text.includes(`[\`${id}\`](processes/${id}/README.md)`), `README.md does not name ${id}`);
    }
  });

  test('how many geoprocesses there are, without the two that only echo', () => {
    const count = processes.filter(({ id }) => !/^echo/i.test(id)).length;
    assert.match(read('README.md'), new RegExp(`\\| ${count} geoprocesses \\|`));
  });

  test('formats of layers that are written, on the first page as well', () => {
    const [, line = ''] = /^Vector formats, read and written: (.*?)\. /ms.exec(read('README.md')) ?? [];
    for (const { title } of layerOutputFormats) {
      const [name = ''] = title.split(/ (?:\(|text|with)/);
      assert.ok(line.includes(name), `README.md does not name ${title}`);
    }
  });

  test('formats', () => {
    const text = read('docs/guide/use-the-api.md');
    for (const { mediaType } of [...layerOutputFormats, ...rasterOutputFormats])
      assert.ok(text.includes(`\`${mediaType}\``), mediaType);
    assert.ok(text.includes(MediaType.problem));
  });

  test('decisions', () => {
    const index = read('docs/adr/README.md');
    for (const path of globSync('docs/adr/[0-9]*.md', { cwd: root })) {
      const text = read(path);
      assert.ok(index.includes(path.replace('docs/adr/', '')), path);
      for (const part of ['**Status:**', '## Context', '## Decision', '## Consequences']) {
        assert.ok(text.includes(part), `${path} has no ${part}`);
      }
    }
  });
});

describe('the changelog is read in minutes', () => {
  const [, section = ''] = /^## [^\n]*\(unreleased\)\n(.*?)(?=^## )/ms.exec(read('CHANGELOG.md')) ?? [];
  const lines = section.split('\n').filter((line) => line !== '');

  test('each heading stands once', () => {
    const headings = lines.filter((line) => line.startsWith('### '));
    assert.deepEqual(headings, [...new Set(headings)]);
  });

  test('each change is a line that begins with what it is about: extend one rather than add another', () => {
    const bullets = lines.filter((line) => line.startsWith('- ') || line.startsWith(' '));
    for (const line of bullets) assert.match(line, /^- \*\*[A-Z][^*]{2,40}\.\*\* .{1,320}$/);
    assert.ok(bullets.length <= 60, `${bullets.length} changes`);
  });
});

test('the README shows commands that CI extracts and blocks that a test executes', () => {
  const text = read('README.md');
  assert.match(text, /^\$ npm ci && npm start$/m);
  assert.match(text, /^\$ npm ci && npm test$/m);
  assert.match(text, /<!-- runs: main-job -->\n```sh\n/);
});

describe('what a subscriber is told to do', () => {
  const directory = mkdtempSync(join(tmpdir(), 'documents-'));
  const file = join(directory, 'example.ts');
  after(() => rmSync(directory, { recursive: true, force: true }));

  test('accepts what the service signs, and nothing else', async () => {
    const [, code = ''] = /```ts\n(.*?)```/s.exec(read('docs/operate/security.md')) ?? [];
    writeFileSync(file, code);
    const { isFromService } = await import(file);
    const [secret, body, time] = ['key', '{"status":"successful"}', 1_800_000_000];
    const header = signatures({ current: secret }, time, body);
    const at = time * 1000;
    assert.equal(isFromService(header, body, secret, at), true);
    assert.equal(isFromService(header, body, secret, at + 600_000), false);
    assert.equal(isFromService(header, `${body} `, secret, at), false);
    assert.equal(isFromService(header, body, 'another key', at), false);
    const rotated = signatures({ current: 'new key', previous: secret }, time, body);
    for (const key of ['new key', secret]) assert.equal(isFromService(rotated, body, key, at), true);
    assert.equal(isFromService(rotated, body, 'another key', at), false);
    for (const other of [
      '',
      't=1',
      `t=${time}`,
      `t=${time},v1=00`,
      `t=x,v1=${signature(secret, time, body)}`,
    ]) {
      assert.equal(isFromService(other, body, secret, at), false, other);
    }
  });
});

test('each test that stands against a threat exists', () => {
  const text = read('docs/operate/security.md');
  const rows = text.split('\n').filter((line) => /^\|.*`test\//.test(line));
  assert.ok(rows.length >= 15);
  for (const row of rows) {
    const cell = row.split(' | ').at(-1) ?? '';
    const files = cell.split(/(?=`test\/)/).filter((part) => part.startsWith('`test/'));
    assert.ok(files.length > 0, row);
    for (const part of files) {
      const file = /`([^`]+)`/.exec(part)?.[1] ?? '';
      const source = read(file);
      for (const [, name = ''] of part.matchAll(/"([^"]+)"/g))
        assert.ok(source.includes(`test('${name}'`), `${file} has no test "${name}"`);
    }
  }
});
