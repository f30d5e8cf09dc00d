import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeLicences } from '../../scripts/licences.ts';

const judge = (license: string | undefined, more: object = {}, name = 'some-package') =>
  judgeLicences({
    '': {},
    [`node_modules/${name}`]: { ...(license === undefined ? {} : { license }), ...more },
  });

test('licences that fit pass: one of several to choose from, or all that hold together', () => {
  for (const license of ['MIT', 'Apache-2.0', '(MIT OR GPL-3.0)', '(MIT AND Zlib)', 'MIT AND BSD-3-Clause'])
    assert.deepEqual(judge(license), [], license);
});

test('others are named, and so is none', () => {
  for (const license of ['GPL-3.0', 'AGPL-3.0-only', 'SSPL-1.0', 'MIT AND GPL-2.0', 'UNLICENSED', 'LGPL-3.0'])
    assert.deepEqual(judge(license), [`some-package: ${license}`]);
  assert.deepEqual(judge(undefined), ['some-package: no licence']);
});

test('what is for development only is not deployed', () => {
  assert.deepEqual(judge('GPL-3.0', { dev: true }), []);
  assert.deepEqual(judge('GPL-3.0', { optional: true }), []);
});

test('a package that stays a file of its own is named with its licence, not for any', () => {
  assert.deepEqual(judge('LGPL-3.0-or-later', {}, 'geos-wasm'), []);
  assert.deepEqual(judge('AGPL-3.0', {}, 'geos-wasm'), ['geos-wasm: AGPL-3.0']);
});
