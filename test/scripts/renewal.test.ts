import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { stackNames } from '../../infra/service.ts';
import { removeChangedStacks } from '../../scripts/lib/renewal.ts';

const names = stackNames('local');
const { state, compute, api } = names;
const assembly = mkdtempSync(join(tmpdir(), 'assembly-'));
after(() => rmSync(assembly, { recursive: true, force: true }));
for (const name of Object.values(names))
  writeFileSync(join(assembly, `${name}.template.json`), JSON.stringify({ of: name }));

interface Deployed {
  readonly status?: string;
  readonly template?: object;
}

/** Deploys onto these stacks, each as it was synthesized unless told otherwise. @returns what was deleted, in order */
async function findDeleted(deployed: Readonly<Record<string, Deployed>>): Promise<string[]> {
  const deleted: string[] = [];
  const removed = await removeChangedStacks('local', assembly, {
    stackStatus: async (name) => deployed[name] && (deployed[name].status ?? 'CREATE_COMPLETE'),
    deployedTemplate: async (name) => deployed[name]?.template ?? { of: name },
    deleteStack: async (name) => void deleted.push(name),
  });
  assert.deepEqual(removed, deleted);
  return deleted;
}

const other = { template: { of: 'an earlier deployment' } };
const same = {};

describe('stacks that LocalStack cannot change', () => {
  test('stay when nothing has changed, or there are none', async () => {
    assert.deepEqual(await findDeleted({ [state]: same, [compute]: same, [api]: same }), []);
    assert.deepEqual(await findDeleted({}), []);
  });

  test('the API alone goes when it alone has changed', async () => {
    assert.deepEqual(await findDeleted({ [state]: same, [compute]: same, [api]: other }), [api]);
  });

  test('the API goes before what it uses', async () => {
    assert.deepEqual(await findDeleted({ [state]: same, [compute]: other, [api]: same }), [api, compute]);
    assert.deepEqual(await findDeleted({ [state]: same, [compute]: other }), [compute]);
  });

  test('one that was left unfinished goes, whatever its template', async () => {
    for (const status of ['CREATE_FAILED', 'ROLLBACK_COMPLETE', 'UPDATE_IN_PROGRESS'])
      assert.deepEqual(await findDeleted({ [state]: same, [compute]: same, [api]: { status } }), [api]);
  });

  test('the one with the data never goes', async () => {
    assert.deepEqual(await findDeleted({ [state]: other, [compute]: same, [api]: same }), []);
  });
});
