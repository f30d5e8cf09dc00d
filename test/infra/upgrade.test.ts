import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { authorizationModes } from '../../core/api/authorization.ts';
import { root } from '../../infra/bundles.ts';
import { type Settings, settingsFor } from '../../infra/config/config.ts';
import { knownIndexes, neededIndexes, ONLY_INDEXES } from '../../infra/constructs/job-indexes.ts';
import { StateStack } from '../../infra/stacks/state.ts';
import { findUnknownIndexes, indexSteps } from '../../scripts/lib/index-steps.ts';
import { findOnlyResource, type Json, synthesizeTemplates } from './support/service.ts';

/** Of the stage `production`, as the code of version 0.1.0 made its templates. */
const before: {
  readonly indexes: readonly Json[];
  readonly imports: Readonly<Record<'compute' | 'api', readonly string[]>>;
  readonly exports: Readonly<Record<'state' | 'compute', readonly string[]>>;
} = JSON.parse(readFileSync(join(root, 'test/fixtures/templates/0.1.0.json'), 'utf8'));

type Indexes = ReadonlyMap<string, Json>;
const byName = (indexes: readonly Json[]): Indexes =>
  new Map(indexes.map((index) => [String(index.IndexName), index]));

/** The indexes that the template of the state has, in a deployment of all or in a step to it. */
function indexesIn(settings: Partial<Settings>, only?: readonly string[]): Indexes {
  const app = new App({ context: only ? { [ONLY_INDEXES]: only.join(',') } : {} });
  const stack = new StateStack(app, 'state', { ...settingsFor('production'), ...settings });
  const { Properties } = findOnlyResource(Template.fromStack(stack), 'AWS::DynamoDB::Table');
  return byName(Properties.GlobalSecondaryIndexes);
}

/** What DynamoDB refuses to do in one update of a table: anything but to create or to delete one index. */
function assertOneChange(from: Indexes, to: Indexes): void {
  const created = [...to.keys()].filter((name) => !from.has(name));
  const deleted = [...from.keys()].filter((name) => !to.has(name));
  assert.equal(created.length + deleted.length, 1, `created ${created}, deleted ${deleted}`);
  for (const [name, index] of to) if (from.has(name)) assert.deepEqual(index, from.get(name));
}

const settingsOf = {
  none: {},
  jwt: { AUTHORIZATION: 'jwt', JWT_ISSUER: 'https://login.example.org', JWT_AUDIENCE: 'maps' },
  iam: { AUTHORIZATION: 'iam' },
  apiKey: { AUTHORIZATION: 'apiKey', API_KEYS: 'anna' },
  cognito: { AUTHORIZATION: 'cognito', COGNITO_CALLBACK_URLS: 'https://processes.example.org/' },
} as const;
const withMode = (mode: keyof typeof settingsOf): Pick<Settings, 'authorization'> => {
  const { authorization } = settingsFor('production', settingsOf[mode]);
  return { authorization };
};

describe('the indexes of the table', () => {
  const plain = indexesIn(withMode('none'));
  const guarded = indexesIn(withMode('iam'));

  for (const [title, from, mode] of [
    ['from version 0.1.0', byName(before.indexes), 'none'],
    ['from version 0.1.0, with authorization at once', byName(before.indexes), 'iam'],
    ['when authorization is turned on', plain, 'iam'],
    ['when it is turned off', guarded, 'none'],
    ['back to those of version 0.1.0, were they wanted', guarded, undefined],
  ] as const)
    test(`change one by one: ${title}`, () => {
      const settings = withMode(mode ?? 'none');
      const needed = mode ? neededIndexes(settings) : before.indexes.map(({ IndexName }) => IndexName);
      const steps = indexSteps([...from.keys()], needed);
      assert.ok(steps.length > 0);
      let now = from;
      for (const names of steps) {
        const next = indexesIn(settings, names);
        assertOneChange(now, next);
        now = next;
      }
      if (mode) assert.deepEqual(now, indexesIn(settings));
    });

  test('are as they are in every mode, so that a deployment changes nothing more', () => {
    for (const mode of authorizationModes) {
      const names = [...indexesIn(withMode(mode)).keys()];
      assert.deepEqual(names, neededIndexes(withMode(mode)), mode);
      assert.deepEqual(indexSteps(names, neededIndexes(withMode(mode))), [], mode);
    }
  });

  test('of a later version are not deleted by an earlier one', () => {
    assert.equal(findUnknownIndexes(knownIndexes), undefined);
    assert.match(String(findUnknownIndexes([...knownIndexes, 'later'])), /\(later\).*upgrade\.md#roll-back/s);
  });
});

const importsIn = (template: Template): string[] => [
  ...new Set(
    [...JSON.stringify(template.toJSON()).matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(
      ([, name = '']) => name,
    ),
  ),
];
const exportsIn = (template: Template): string[] =>
  Object.values(template.toJSON()['Outputs'] as Record<string, Json>).flatMap(({ Export }) =>
    Export ? [Export.Name] : [],
  );
const missing = (wanted: readonly string[], given: readonly string[]) =>
  wanted.filter((name) => !given.includes(name));

describe('stacks of two versions side by side', () => {
  const { state, compute, api } = synthesizeTemplates('production');

  // CloudFormation refuses to take an export away that another stack imports.
  test('the upgrade takes nothing away that stacks of 0.1.0 import until they are updated', () => {
    const given = [...exportsIn(state), ...exportsIn(compute)];
    assert.deepEqual(missing([...before.imports.compute, ...before.imports.api], given), []);
  });

  test('workers and API can be rolled back to 0.1.0 while the data stays as it is', () => {
    // First the workers, beside an API that is not rolled back yet.
    const ofCompute = importsIn(api).filter((name) => name.includes('-compute:'));
    assert.ok(ofCompute.length > 0);
    assert.deepEqual(missing(ofCompute, before.exports.compute), []);
    assert.deepEqual(missing(before.imports.compute, exportsIn(state)), []);
    assert.deepEqual(missing(before.imports.api, [...exportsIn(state), ...before.exports.compute]), []);
  });
});
