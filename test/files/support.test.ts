import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { formatName, listCases, soundFile } from './damage/cases.ts';
import { damage } from './damage/damage.ts';
import { catchFault } from './damage/faults.ts';
import { surprises } from './support/expectations.ts';
import { findFiles } from './support/find-files.ts';
import { ChildEnded, LineChild } from './support/line-child.ts';
import type { Row, Verdict } from './support/verdicts.ts';

describe('a child that is asked line by line', () => {
  const child = (script: string, bounds = { seconds: 30, megabytes: 1000 }) =>
    new LineChild(process.execPath, ['-e', `process.stdin.on('data', (data) => { ${script} })`], bounds);
  const endsBy = (reason: ChildEnded['reason']) => (error: unknown) =>
    error instanceof ChildEnded && error.reason === reason;

  test('answers, question after question', async () => {
    const echo = child('process.stdout.write(data)');
    assert.deepEqual([await echo.ask({ a: 1 }), await echo.ask('b')], [{ a: 1 }, 'b']);
    await echo.stop();
  });

  test('is ended when it takes too long, and is there again', async () => {
    const slow = child(`if (String(data).includes('wait')) for (;;); process.stdout.write(data)`, {
      seconds: 1,
      megabytes: 1000,
    });
    await assert.rejects(slow.ask('wait'), endsBy('time'));
    assert.equal(await slow.ask('go'), 'go');
    await slow.stop();
  });

  test('is ended when it takes too much memory', async () => {
    const large = child(`globalThis.all = Buffer.alloc(400e6, 1)`, { seconds: 30, megabytes: 200 });
    await assert.rejects(large.ask('go'), endsBy('memory'));
  });

  test('may end by itself', async () => {
    const dying = child(`console.error('no more'); process.exit(3)`);
    await assert.rejects(dying.ask('go'), /ended by itself \(3\): no more/);
  });
});

test('files are found with what belongs to them', () => {
  const directory = mkdtempSync(join(tmpdir(), 'found-'));
  try {
    const names = [
      'a/ROADS.SHP',
      'a/roads.dbf',
      'a/Roads.prj',
      'a/rivers.shp',
      'a/notes.txt',
      'b.tif',
      'c.json',
      'd.gdb/x',
      'e/3-4-2.mvt',
    ];
    for (const name of names) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), '');
    }
    const { candidates, skipped } = findFiles(directory);
    const found = candidates.map(({ path, parts, sure }) => [
      basename(path),
      parts.map((part) => basename(part)).sort(),
      sure,
    ]);
    assert.deepEqual(found, [
      ['b.tif', [], true],
      ['c.json', [], false],
      ['ROADS.SHP', ['ROADS.SHP', 'Roads.prj', 'roads.dbf'], true],
      ['rivers.shp', ['rivers.shp'], true],
      ['d.gdb', ['x'], true],
      ['3-4-2.mvt', [], false],
    ]);
    assert.equal(skipped, 1);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

describe('damage', () => {
  test('is the same for the same seed, and leaves the sound file as it is', () => {
    for (const one of listCases(8)) {
      const bytes = soundFile(one.file);
      const before = Buffer.from(bytes).toString('base64');
      const twice = [damage(bytes, formatName(one)), damage(bytes, formatName(one))];
      assert.deepEqual(twice[0], twice[1]);
      assert.equal(Buffer.from(bytes).toString('base64'), before);
    }
  });

  test('changes nearly every file', () => {
    const cases = listCases(60);
    const changed = cases.filter((one) => {
      const sound = Buffer.from(soundFile(one.file));
      return !sound.equals(damage(sound, formatName(one)).bytes);
    });
    assert.ok(changed.length > 0.95 * cases.length, `${changed.length} of ${cases.length}`);
  });

  test('is told apart from faults of the reader', () => {
    const refused = (detail: string) => catchFault({ kind: 'refused', status: 400, detail });
    assert.equal(refused('/inputs/raster: it ends in the middle of a block.'), undefined);
    assert.equal(catchFault({ kind: 'done', value: {}, messages: [] }), undefined);
    assert.match(refused("Cannot read properties of undefined (reading 'map')")!, /^stumbles/);
    assert.match(catchFault({ kind: 'failed', detail: 'Error: x' })!, /^fails/);
    assert.match(catchFault({ kind: 'refused', status: 302, detail: '' })!, /^status 302/);
  });
});

describe('what is otherwise than recorded is told', () => {
  const row = (file: string, verdict: Verdict, ...details: string[]): Row => ({
    file,
    format: 'GTiff',
    verdict,
    details,
    notes: [],
    seconds: 0,
  });
  const recorded = {
    right: 1,
    known: {
      'b.tif': { verdict: 'wrong', kinds: ['mask'], reason: 'mask: x' },
      'c.tif': { verdict: 'refused wrongly', reason: 'JPEG' },
    },
  } as const;
  const asRecorded = [
    row('a.tif', 'right'),
    row('b.tif', 'wrong', 'mask: y'),
    row('c.tif', 'refused wrongly', 'JPEG'),
  ];
  const with_ = (changed: Row) => asRecorded.map((old) => (old.file === changed.file ? changed : old));
  const cases: readonly (readonly [what: string, rows: readonly Row[], said: RegExp | undefined])[] = [
    ['nothing', asRecorded, undefined],
    ['worse', with_(row('a.tif', 'wrong', 'pixels: z')), /^a\.tif is wrong, not right: pixels: z$/],
    ['better', with_(row('c.tif', 'right')), /^c\.tif is right, not refused wrongly$/],
    [
      'wrong in another way',
      with_(row('b.tif', 'wrong', 'CRS: q')),
      /^b\.tif is wrong by other things: CRS$/,
    ],
    ['gone', asRecorded.slice(0, 2), /^c\.tif is not there$/],
    ['one right file less', asRecorded.slice(1), /^0 files are right, not 1$/],
  ];
  for (const [what, rows, said] of cases) {
    test(what, () => {
      const [first, ...more] = surprises(rows, recorded);
      assert.deepEqual(more, []);
      if (said) assert.match(first ?? '', said);
      else assert.equal(first, undefined);
    });
  }
});
