import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { listCases } from './damage/cases.ts';
import { type Faults, runDamage } from './damage/run-damage.ts';

/** Damages of each sound file; DAMAGES=500 looks further. */
const PER_FILE = Number(process.env['DAMAGES'] ?? 60);
const path = join(import.meta.dirname, 'damage', 'known.json');

/** Cases that are known to go wrong, by what happens. */
type Known = Readonly<Record<string, readonly string[]>>;

/** The first sentence of a fault, without numbers. */
const classifyFault = (fault: string): string =>
  fault.split(' | ')[0]!.replaceAll(/-?\d+/g, 'N').slice(0, 160);

function byKind(faults: Faults): Known {
  const kinds: Record<string, string[]> = {};
  for (const [name, fault] of [...faults].sort(([one], [other]) => (one < other ? -1 : 1))) {
    kinds[classifyFault(fault)] ??= [];
    kinds[classifyFault(fault)]!.push(name);
  }
  return kinds;
}

describe('a damaged file is read, or refused with a reason', () => {
  const cases = listCases(PER_FILE);
  let known: ReadonlySet<string>;
  let faults: Faults;

  before(async () => {
    faults = await runDamage(cases);
    console.log(`${cases.length} damaged files, ${faults.size} faults`);
    if (process.env['RECORD_DAMAGE']) writeFileSync(path, `${JSON.stringify(byKind(faults), null, 2)}\n`);
    known = new Set(Object.values(JSON.parse(readFileSync(path, 'utf8')) as Known).flat());
  });

  test('there are enough of them', () => {
    assert.ok(cases.length >= 2000, `${cases.length} damaged files`);
  });

  test('nothing else happens, but where it is known to', () => {
    const found = [...faults].filter(([name]) => !known.has(name));
    assert.deepEqual(found, []);
  });

  test('what is known to happen still happens: "npm run test:files -- --record" keeps what is left', () => {
    const mended = [...known].filter((name) => !faults.has(name));
    assert.deepEqual(mended, []);
  });
});
