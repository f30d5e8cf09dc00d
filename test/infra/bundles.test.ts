import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, describe, test } from 'node:test';
import { entryOf, eventOf, startOperation } from '../../bench/api/functions.ts';
import { StandIn } from '../../bench/stand-in/stand-in.ts';
import { AT_ONCE, type Bundle, engines, makeBundles, makeEach, root } from '../../infra/bundles.ts';
import { apiEntries, entries, executionEntries, taskEntries, workerEntries } from '../../infra/entries.ts';
import { keepBundles, MAKING } from '../../infra/kept-bundles.ts';
import { processes } from '../../processes/index.ts';

const directory = mkdtempSync(join(tmpdir(), 'bundles-'));
after(() => rmSync(directory, { recursive: true, force: true }));
const bundles = await keepBundles(entries);

const bundle = (entry: string): Bundle => {
  const found = bundles.get(entry);
  assert.ok(found, entry);
  return found;
};
const arbitraryInputs = (entry: string) => Object.keys(bundle(entry).metafile.inputs);

function listFiles(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  const files = paths.filter((path) => statSync(path).isFile());
  return new Map(
    files.map((path) => [
      relative(folder, path),
      createHash('sha256').update(readFileSync(path)).digest('hex'),
    ]),
  );
}

test('bundles are made a few at a time: all at once would take gigabytes of memory', async () => {
  let underWay = 0;
  let most = 0;
  const made = await makeEach(entries, async (entry) => {
    most = Math.max(most, ++underWay);
    await new Promise(setImmediate);
    underWay--;
    return entry;
  });
  assert.deepEqual([...made.keys()].sort(), [...entries].sort());
  assert.ok(AT_ONCE <= 4 && most === AT_ONCE, `${most} at a time`);
});

describe('the bundles', () => {
  const withoutWork = apiEntries.filter((entry) => !executionEntries.includes(entry));
  for (const entry of [...withoutWork, ...taskEntries]) {
    test(`${entry} carries no engine and no algorithm`, () => {
      assert.deepEqual(bundle(entry).engines, []);
      const inputs = arbitraryInputs(entry);
      assert.deepEqual(
        inputs.filter((path) => engines.some((engine) => path.includes(`node_modules/${engine}/`))),
        [],
      );
      assert.deepEqual(
        inputs.filter((path) => /^(?:processes\/[^/]+\/run\.ts$|functions\/worker\/)/.test(path)),
        [],
      );
      // Of geography they know the words that inputs may have, and nothing that computes.
      assert.deepEqual(
        inputs.filter((path) => path.startsWith('geo/') && !/-(?:names|rules)\.ts$/.test(path)),
        [],
      );
      assert.ok(!existsSync(join(bundle(entry).directory, 'node_modules')));
    });
  }

  for (const entry of executionEntries) {
    test(`${entry} starts without an algorithm, and carries GEOS alone of the engines`, () => {
      assert.deepEqual(bundle(entry).engines, ['geos-wasm']);
      const { outputs } = bundle(entry).metafile;
      const read = new Set<string>();
      const follow = (path: string): void => {
        if (read.has(path)) return;
        read.add(path);
        for (const { path: next, kind } of outputs[path]?.imports ?? [])
          if (kind === 'import-statement' && next in outputs) follow(next);
      };
      follow(Object.keys(outputs).find((path) => path.endsWith(`${entry}/index.mjs`)) ?? '');
      assert.ok(read.size > 1);
      const inputs = [...read].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
      assert.deepEqual(
        inputs.filter(
          (path) =>
            /^(?:processes\/[^/]+\/run\.ts$|functions\/worker\/)/.test(path) ||
            (path.startsWith('geo/') && !/-(?:names|rules)\.ts$/.test(path)),
        ),
        [],
      );
      const code = Object.entries(outputs).filter(([path]) => path.endsWith('.mjs'));
      const bytes = code.reduce((sum, [, output]) => sum + output.bytes, 0);
      assert.ok(bytes < 6_000_000, `${entry} has ${bytes} bytes`);
    });
  }

  test('those that execute have what small work needs: they answer the examples of the class light without a worker', async () => {
    const standIn = new StandIn();
    const endpoint = await standIn.start();
    const host = await startOperation(
      'executeProcess',
      bundle(entryOf('executeProcess')).directory,
      endpoint,
    );
    const light = processes.filter(({ computeClass }) => computeClass === 'light');
    let answered = 0;
    try {
      for (const { id, examples } of light) {
        for (const { request } of examples) {
          // What leads elsewhere, and files, are for the worker.
          if (/"href"|"collection"|"mediaType"/.test(JSON.stringify(request))) continue;
          const event = eventOf({
            operation: 'executeProcess',
            parameters: { processID: id },
            body: request,
          });
          const { answer } = await host.run([event]);
          const { statusCode, body } = JSON.parse(answer) as { statusCode: number; body: string };
          assert.equal(statusCode, 200, `${id}: ${body}`);
          answered++;
        }
      }
      assert.ok(answered >= light.length - 1, `${answered} examples`);
      assert.equal(standIn.take().calls['lambda:Invoke'], undefined);
    } finally {
      await host.stop();
      await standIn.stop();
    }
  });

  test('those of the API stay small, so that they start fast', () => {
    for (const entry of withoutWork) {
      const { outputs } = bundle(entry).metafile;
      const code = Object.entries(outputs).filter(([path]) => path.endsWith('.mjs'));
      const bytes = code.reduce((sum, [, output]) => sum + output.bytes, 0);
      assert.ok(bytes < 1_500_000, `${entry} has ${bytes} bytes`);
    }
  });

  test('those of the workers stay under 100 MB unzipped, source maps included', () => {
    for (const entry of workerEntries) {
      const files = readdirSync(bundle(entry).directory, { recursive: true, encoding: 'utf8' });
      const bytes = files.reduce((sum, name) => sum + statSync(join(bundle(entry).directory, name)).size, 0);
      assert.ok(bytes < 100 * 1024 * 1024, `${entry} has ${bytes} bytes`);
    }
  });

  test('engines stay files of their own in the workers, those under the LGPL with their licence', () => {
    const used = [...workerEntries, ...executionEntries].filter((entry) => bundle(entry).engines.length > 0);
    assert.ok(used.length > 0);
    for (const entry of used) {
      for (const engine of bundle(entry).engines) {
        const folder = join(bundle(entry).directory, 'node_modules', engine);
        assert.ok(existsSync(join(folder, 'package.json')));
        for (const [name, licence] of [
          ['geos-wasm', 'LICENSE.md'],
          ['gdal3.js', 'LICENSE'],
        ] as const)
          if (engine === name) assert.ok(existsSync(join(folder, licence)));
        assert.deepEqual(
          arbitraryInputs(entry).filter((path) => path.includes(`node_modules/${engine}/`)),
          [],
        );
      }
    }
  });

  test('need nothing that is not in them or in Node.js', () => {
    for (const { entry, metafile } of bundles.values()) {
      for (const { imports } of Object.values(metafile.outputs)) {
        const missing = imports.filter(
          ({ path, external }) =>
            external &&
            !isBuiltin(path) &&
            !engines.some((engine) => path === engine || path.startsWith(`${engine}/`)),
        );
        assert.deepEqual(missing, [], entry);
      }
    }
  });

  test('take modules of Node.js without importing them, which would load what nobody uses', () => {
    for (const { entry, metafile } of bundles.values()) {
      for (const [path, { imports }] of Object.entries(metafile.outputs)) {
        const imported = imports.filter(
          ({ path: name, kind, external }) => external && kind !== 'require-call' && isBuiltin(name),
        );
        // The line at the head of each file has require, for packages in CommonJS; it imports the smallest of them.
        assert.deepEqual(imported, [], `${entry} ${path}`);
      }
    }
  });

  test('have maps of the project, not of libraries', () => {
    const folder = bundle('api/get-job').directory;
    const maps = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.map'),
    );
    const bytes = (names: readonly string[]) =>
      names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    assert.ok(bytes(maps) < bytes(maps.map((name) => name.replace(/\.map$/, ''))), `${bytes(maps)} bytes`);
    const known = maps.flatMap(
      (name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { sources: string[] }).sources,
    );
    assert.ok(known.some((source) => source.endsWith('functions/api/get-job.ts')));
  });

  test('have the clients of AWS that their functions were granted, and no others', () => {
    const clientsOf = (entry: string) => [
      ...new Set(
        arbitraryInputs(entry).flatMap((path) => /@aws-sdk\/client-([a-z\d-]+)\//.exec(path)?.[1] ?? []),
      ),
    ];
    assert.deepEqual(clientsOf('api/get-landing-page'), []);
    assert.deepEqual(clientsOf('api/get-job').toSorted(), ['dynamodb', 's3']);
    assert.deepEqual(clientsOf('api/execute-process').toSorted(), ['dynamodb', 'lambda', 's3', 'sfn', 'ssm']);
  });

  test('are the same when they are made again, so that nothing is deployed without a change', async () => {
    const chosen = ['api/get-job', 'worker/vector'];
    // As far from the sources as those that are kept: source maps have the paths to them.
    const elsewhere = mkdtempSync(join(root, '.local', 'bundles', MAKING));
    after(() => rmSync(elsewhere, { recursive: true, force: true }));
    const again = await makeBundles(chosen, elsewhere);
    for (const entry of chosen) {
      assert.deepEqual(
        listFiles(again.get(entry)?.directory ?? ''),
        listFiles(bundle(entry).directory),
        entry,
      );
    }
  });

  test('tell of a handler that does not exist', async () => {
    await assert.rejects(
      makeBundles(['api/none/handler'], join(directory, 'none')),
      /functions\/api\/none\/handler\.ts/,
    );
  });

  test('come from the project only', () => {
    for (const entry of entries) {
      for (const path of arbitraryInputs(entry))
        assert.ok(!relative(root, join(root, path)).startsWith('..'), path);
    }
  });
});
