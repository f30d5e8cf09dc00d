import assert from 'node:assert/strict';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../../infra/bundles.ts';
import { librariesWithoutMaps } from '../../infra/libraries-without-maps.ts';

const directory = mkdtempSync(join(tmpdir(), 'names-'));
after(() => rmSync(directory, { recursive: true, force: true }));

const contents = `
  export * as refusals from './core/shared/errors.ts';
  export * as formats from './core/shared/format-error.ts';
  export * as geometry from './geo/geometry/arcs.ts';
  export * as quotas from './core/usage/quota-exceeded.ts';
  export { errors as tokens } from 'jose';
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
  export const { logger } = new DynamoDBClient({ region: 'eu-west-1' }).config;
  export const somethingElse = () => undefined;
`;
type Classes = Readonly<Record<string, unknown>>;
let made: Readonly<Record<'refusals' | 'formats' | 'geometry' | 'quotas' | 'tokens', Classes>> & {
  readonly logger: object;
  readonly somethingElse: () => undefined;
};

before(async () => {
  const outfile = join(directory, 'index.mjs');
  await build({
    stdin: { contents, resolveDir: root },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    minify: true,
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    plugins: [librariesWithoutMaps],
    logLevel: 'error',
  });
  made = await import(pathToFileURL(outfile).href);
});

const errorsAmong = (classes: Classes): [string, { readonly name: string }][] =>
  Object.entries(classes).filter(
    (entry): entry is [string, { readonly name: string }] =>
      typeof entry[1] === 'function' && entry[1].prototype instanceof Error,
  );

describe('in a bundle', () => {
  test('errors have the names of their classes, by which the log and threads tell them apart', () => {
    const { refusals, formats, geometry, quotas, tokens } = made;
    const named = [refusals, formats, geometry, quotas, tokens].flatMap(errorsAmong);
    assert.ok(named.length > 30);
    for (const [exported, { name }] of named) if (exported !== 'SourceFailure') assert.equal(name, exported);
  });

  test('every refusal and error of a format says its name itself', () => {
    const sources = globSync('{core,geo,processes,functions}/**/*.ts', { cwd: root });
    const named = sources.flatMap((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      const found = text.matchAll(
        /class (\w+) extends (?:Refusal|Invalid(?:Request|Input)|(?:Class)?LimitExceeded|FormatError|BeyondReader) \{\n(.*)/g,
      );
      return [...found].map(([, name, line]) => [path, name, line?.trim()]);
    });
    assert.ok(named.length > 20);
    for (const [path, name, line] of named)
      assert.equal(line, `static override readonly name: string = '${name}';`, path);
  });

  test('the SDK knows the logger that says nothing, and warns on the console instead', () => {
    assert.equal(made.logger.constructor.name, 'NoOpLogger');
  });

  test('what is no error has a short name, and no code that gives it a longer one', () => {
    assert.notEqual(made.somethingElse.name, 'somethingElse');
  });
});
