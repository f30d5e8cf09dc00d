import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { conformanceClasses, conformsTo } from '../../core/api/conformance.ts';
import { catalogueIn, findProofs, proofsIn, reasonsIn } from '../../scripts/generate/conformance.ts';

const root = join(import.meta.dirname, '..', '..');
const { requirements, recommendationsAndPermissions } = catalogueIn(root);
const proofs = proofsIn(root);
const reasons = reasonsIn(root);

const parseClass = (id: string) => id.split('/')[2];

describe('the matrix of requirements', () => {
  test('is complete: 83 requirements of version 1.0, 129 identifiers of the draft of 2.0', () => {
    const count = (version: '1.0' | '2.0') =>
      requirements.filter(({ versions }) => versions.includes(version)).length;
    assert.deepEqual([count('1.0'), count('2.0')], [83, 129]);
    assert.equal(recommendationsAndPermissions.length, 70);
  });

  test('has a test or a reason in every row', () => {
    const open = requirements.filter((row) => findProofs(proofs, row).length === 0 && !reasons[row.id]);
    assert.deepEqual(
      open.map(({ id }) => id),
      [],
    );
    assert.deepEqual(
      recommendationsAndPermissions.filter((id) => !proofs.has(id) && !reasons[id]),
      [],
    );
  });

  test('gives reasons only for what exists and is not proved', () => {
    const known = new Map(requirements.map((row) => [row.id, row]));
    for (const id of Object.keys(reasons)) {
      const row = known.get(id);
      assert.ok(row || recommendationsAndPermissions.includes(id), `${id} does not exist`);
      assert.equal((row ? findProofs(proofs, row) : (proofs.get(id) ?? [])).length, 0, `${id} is proved`);
    }
  });

  test('knows every identifier that a test names', () => {
    const known = new Set([
      ...requirements.flatMap(({ id, idIn10 }) => [id, idIn10]),
      ...recommendationsAndPermissions,
    ]);
    for (const [id, [proof]] of proofs) assert.ok(known.has(id), `${proof?.file} names ${id}`);
  });

  for (const version of ['1.0', '2.0'] as const) {
    test(`has no reason instead of a test in a class that is claimed in ${version}`, () => {
      const claimed: readonly string[] = conformanceClasses[version];
      const unproved = requirements.filter(
        (row) =>
          row.versions.includes(version) &&
          claimed.includes(parseClass(row.id)!) &&
          findProofs(proofs, row).length === 0 &&
          !/^Does not apply/.test(reasons[row.id] ?? ''),
      );
      assert.deepEqual(
        unproved.map(({ id }) => id),
        [],
      );
    });
  }

  test('/req/core/conformance-success: what is claimed is said with the URIs of the standard', () => {
    assert.ok(conformsTo.includes('http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/core'));
    assert.ok(conformsTo.includes('http://www.opengis.net/spec/ogcapi-processes-1/2.0/conf/core'));
    assert.equal(new Set(conformsTo).size, conformsTo.length);
  });
});
