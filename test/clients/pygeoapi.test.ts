import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sampleFeatures } from '../../scripts/sample-data.ts';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { clientsPython, runProgram } from './support.ts';

const { execute } = serviceFromEnvironment();
const port = process.env['COLLECTIONS_PORT'];
const url = `http://127.0.0.1:${port}`;
const directory = mkdtempSync(join(tmpdir(), 'pygeoapi-'));
let server: ChildProcess;

/** A collection of real countries, behind a server of somebody else. */
const configuration = {
  server: {
    bind: { host: '127.0.0.1', port: Number(port) },
    url,
    mimetype: 'application/json; charset=UTF-8',
    encoding: 'utf-8',
    language: 'en-US',
    limits: { default_items: 10, max_items: 50 },
    map: { url: 'http://127.0.0.1/{z}/{x}/{y}.png', attribution: 'none' },
  },
  logging: { level: 'ERROR' },
  metadata: {
    identification: {
      title: 'Countries',
      description: 'For tests',
      keywords: ['test'],
      keywords_type: 'theme',
      terms_of_service: 'none',
      url,
    },
    license: { name: 'public domain', url },
    provider: { name: 'Test', url },
    contact: { name: 'Test', url },
  },
  resources: {
    countries: {
      type: 'collection',
      title: 'Countries',
      description: 'Natural Earth 1:110m',
      keywords: ['countries'],
      links: [],
      extents: {
        spatial: { bbox: [-180, -90, 180, 90], crs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84' },
      },
      providers: [
        { type: 'feature', name: 'GeoJSON', data: join(directory, 'countries.geojson'), id_field: 'id' },
      ],
    },
  },
};

before(async () => {
  const python = await clientsPython();
  const names = ['config.json', 'openapi.json', 'countries.geojson'].map((name) => join(directory, name)) as [
    string,
    string,
    string,
  ];
  const [config, openapi, data] = names;
  writeFileSync(config, JSON.stringify(configuration));
  writeFileSync(data, JSON.stringify(sampleFeatures('countries')));
  const env = { PYGEOAPI_CONFIG: config, PYGEOAPI_OPENAPI: openapi };
  const program = join(dirname(python), 'pygeoapi');
  const generated = await runProgram(
    program,
    ['openapi', 'generate', config, '--format', 'json', '--output-file', openapi],
    env,
  );
  assert.equal(generated.code, 0, generated.output);
  server = spawn(program, ['serve', '--flask'], { env: { ...process.env, ...env }, stdio: 'ignore' });
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await fetch(`${url}/conformance?f=json`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await sleep(200);
  }
  assert.fail('pygeoapi did not start');
});

after(async () => {
  if (server?.exitCode === null) {
    server.kill('SIGTERM');
    await new Promise((resolve) => server.once('exit', resolve));
  }
  rmSync(directory, { recursive: true, force: true });
});

const listNames = async (members: object): Promise<string[]> => {
  const features = { collection: `${url}/collections/countries`, ...members };
  const { status, json, text } = await execute('dissolve', { inputs: { features, groupBy: ['name'] } });
  assert.equal(status, 200, text);
  return json.features.map(({ properties }: { properties: { name: string } }) => properties.name).sort();
};

describe('a collection of pygeoapi as input', () => {
  test('/req/remote-collections/access: all of its features, over several pages', async () => {
    const names = await listNames({});
    assert.equal(names.length, 177);
  });

  test('/req/collection-input/filtering: within a bounding box, up to a limit', async () => {
    const names = await listNames({ bbox: [33, -5, 42, 5] });
    assert.ok(names.includes('Kenya') && !names.includes('Norway'));
    assert.equal((await listNames({ limit: 3 })).length, 3);
  });

  test('/req/local-filtering: by CQL2 text and JSON', async () => {
    assert.deepEqual(await listNames({ filter: "name IN ('Kenya', 'Norway') OR name LIKE 'Ugan%'" }), [
      'Kenya',
      'Norway',
      'Uganda',
    ]);
    assert.deepEqual(
      await listNames({ filter: { op: '=', args: [{ property: 'name' }, 'Kenya'] }, properties: ['name'] }),
      ['Kenya'],
    );
  });

  test('a collection that it does not have is refused at the input', async () => {
    const { status, json } = await execute('dissolve', {
      inputs: { features: { collection: `${url}/collections/none` } },
    });
    assert.deepEqual([status, json.errors[0].pointer], [400, '/inputs/features/collection']);
  });
});
