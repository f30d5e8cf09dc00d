import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { Spectral } from '@stoplight/spectral-core';
import { oas } from '@stoplight/spectral-rulesets';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { operationList } from '../../core/api/operations.ts';
import { Env } from '../../core/shared/env.ts';
import { processes } from '../../processes/index.ts';
import { memoryService } from '../support/memory-service.ts';
import type { Answer } from '../support/service-client.ts';

const service = memoryService();
const { get, call } = service;
const directory = mkdtempSync(join(tmpdir(), 'openapi-'));
after(() => rmSync(directory, { recursive: true, force: true }));
// Spectral wants a contact, which an operator may leave out.
process.env[Env.Provider] = JSON.stringify({ name: 'Maps', email: 'maps@example.org' });
const definition = (await get('/api')).json;
const definition31 = (await get('/api?f=oas31')).json;

/** Lints with the linter of the ecosystem. @returns the problems that it finds */
function findProblems(name: string, document: object): string[] {
  const file = join(directory, `${name}.json`);
  const rules = {
    extends: ['minimal'],
    rules: {
      struct: 'error',
      'no-unresolved-refs': 'error',
      'operation-operationId-unique': 'error',
      'path-declaration-must-exist': 'error',
      'path-not-include-query': 'error',
      'no-invalid-media-type-examples': { severity: 'error', allowAdditionalProperties: true },
      'operation-2xx-response': 'error',
      'operation-4xx-response': 'error',
    },
  };
  const configuration = join(directory, 'redocly.yaml');
  writeFileSync(file, JSON.stringify(document));
  writeFileSync(configuration, JSON.stringify(rules));
  const command = join(import.meta.dirname, '..', '..', 'node_modules', '.bin', 'redocly');
  const { stdout, stderr } = spawnSync(
    command,
    ['lint', file, '--config', configuration, '--format', 'json'],
    {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    },
  );
  const report = stdout.slice(stdout.indexOf('{'));
  assert.ok(report, stderr);
  const { problems } = JSON.parse(report) as {
    problems: { severity: string; ruleId: string; message: string; location: { pointer: string }[] }[];
  };
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer ?? ''}`);
}

/** Lints with the rules that generators and gateways are fed with. @returns all that they find, warnings too */
async function lintDocument(document: object): Promise<string[]> {
  const spectral = new Spectral();
  spectral.setRuleset({ extends: [oas] } as never);
  const found = await spectral.run(JSON.stringify(document));
  return found.map(({ code, path, message }) => `${code}: ${message} ${path.join('/')}`);
}

/** All objects in a value, with their places. */
function* objectsIn(value: unknown, place = ''): Generator<[place: string, object: Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [place, value as Record<string, unknown>];
  for (const [name, member] of Object.entries(value)) {
    if (name !== 'examples' && name !== 'example') yield* objectsIn(member, `${place}/${name}`);
  }
}

describe('the API definition', () => {
  test('/req/oas30/oas-definition, /req/oas31/oas-definition: satisfies the rules of Spectral in both versions', async () => {
    assert.deepEqual(await lintDocument(definition), []);
    assert.deepEqual(await lintDocument(definition31), []);
  });

  test('says what every array holds: generators of clients stop at those that do not', () => {
    for (const document of [definition, definition31]) {
      for (const [place, { type, items }] of objectsIn(document)) {
        if (type === 'array') assert.ok(items, place);
      }
    }
  });

  test('/req/core/pl-limit-definition, /req/job-list/limit-definition: says of every limit how many items there are, and at most', async () => {
    const limits = Object.values<{ name: string; schema: object }>(definition.components.parameters)
      .filter(({ name }) => name === 'limit')
      .map(({ schema }) => schema);
    assert.deepEqual(limits, [
      { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
      { type: 'integer', minimum: 1, maximum: 1000, default: 10 },
      { type: 'integer', minimum: 1, maximum: 1000, default: 10 },
      { type: 'integer', minimum: 1, maximum: 10_000, default: 10 },
    ]);
    const { json } = await get('/processes');
    assert.equal(json.processes.length, processes.length);
    assert.ok(!json.links.some(({ rel }: { rel: string }) => rel === 'next'));
  });

  test('/req/oas30/oas-definition, /rec/core/api-definition-oas, /per/core/api-definition-uri: is valid OpenAPI 3.0, its examples too', () => {
    assert.match(definition.openapi, /^3\.0\./);
    assert.deepEqual(findProblems('oas30', definition), []);
  });

  test('/req/oas31/oas-definition: is valid OpenAPI 3.1 as well', () => {
    assert.match(definition31.openapi, /^3\.1\./);
    assert.deepEqual(findProblems('oas31', definition31), []);
    const text = JSON.stringify(definition31);
    assert.ok(!text.includes('x-contentMediaType') && text.includes('"contentMediaType"'));
    assert.doesNotMatch(text, /"exclusiveM(in|ax)imum":(true|false)/);
  });

  test('/req/oas/oas-impl: has every operation of the table, and nothing else', () => {
    const documented = Object.entries(
      definition.paths as Record<string, Record<string, { operationId: string }>>,
    ).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => method !== 'parameters')
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    const expected = [
      ...operationList.map(({ method, path }) => `${method} ${path}`),
      ...processes.flatMap(({ id }) => [`POST /processes/${id}/execution`, `GET /processes/${id}/execution`]),
    ];
    assert.deepEqual(documented.sort(), expected.sort());
  });

  test('/req/oas/security: says that there is no access control of its own', () => {
    assert.deepEqual(definition.security, []);
    assert.equal(definition.components.securitySchemes, undefined);
  });

  test('the definition of each process refuses what the process refuses, as far as a schema can say it', () => {
    const { schema } =
      definition31.paths['/processes/buffer/execution'].post.requestBody.content['application/json'];
    const ajv = new Ajv({ strict: false, validateFormats: false });
    (addFormats as unknown as typeof addFormats.default)(ajv);
    ajv.addSchema({ $id: 'https://example.org/api', components: definition31.components });
    const validate = ajv.compile(
      JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"https://example.org/api#/')),
    );
    const features = { type: 'Point', coordinates: [5, 52] };
    assert.ok(validate({ inputs: { features, distance: 10 } }));
    for (const inputs of [
      { features },
      { features, distance: 'far' },
      { features, distance: 10, endCap: 'pointed' },
      { features, distance: 10, nope: 1 },
    ]) {
      assert.ok(!validate({ inputs }), JSON.stringify(inputs));
    }
  });
});

/** Requests that end in every way there is. */
const requests: [
  method: string,
  path: string,
  options?: { body?: unknown; headers?: Record<string, string> },
][] = [
  ['GET', '/'],
  ['GET', '/', { headers: { Accept: 'application/xml' } }],
  ['GET', '/?f=xml'],
  ['GET', '/conformance'],
  ['GET', '/api'],
  ['GET', '/api', { headers: { Accept: 'application/vnd.oai.openapi+json;version=3.1' } }],
  ['GET', '/processes?limit=0'],
  ['GET', '/processes/echo'],
  ['GET', '/processes/none'],
  ['GET', '/processes/echo', { headers: { 'If-None-Match': '*' } }],
  ['POST', '/processes/echo/execution', { body: { inputs: { message: 'a' } } }],
  ['POST', '/processes/echo/execution', { body: { inputs: { message: 'a' }, outputs: {} } }],
  ['POST', '/processes/echo/execution', { body: { inputs: {} } }],
  ['POST', '/processes/echo/execution', { body: 'x', headers: { 'Content-Type': 'text/plain' } }],
  [
    'POST',
    '/processes/echo/execution',
    { body: { inputs: { message: 'a' } }, headers: { Prefer: 'respond-async' } },
  ],
  ['POST', '/processes/echo/execution', { body: { inputs: { message: 'x'.repeat(5_000_000) } } }],
  ['POST', '/processes/none/execution', { body: {} }],
  ['GET', '/processes/echo/execution?message=a'],
  ['GET', '/processes/echo/execution?nope=a'],
  ['POST', '/uploads', { body: { mediaType: 'image/tiff', size: 5 } }],
  ['POST', '/uploads', { body: {} }],
  ['GET', '/jobs'],
  ['GET', '/jobs?status=none'],
  ['GET', '/jobs?processID=none'],
  ['GET', '/jobs/none'],
  ['DELETE', '/jobs/none'],
  ['GET', '/jobs/none/results'],
  ['GET', '/jobs/none/results/message'],
];

function findResponse(method: string, path: string, { status }: Answer) {
  const plain = path.replace(/\?.*/, '');
  const operation = operationList.find(
    (row) => row.method === method && new RegExp(`^${row.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(plain),
  )!;
  const documented = definition.paths[operation.path][method.toLowerCase()].responses[status];
  assert.ok(documented, `${method} ${path} answered ${status}, which is not documented`);
  const name = documented.$ref?.split('/').at(-1);
  return name ? definition.components.responses[name] : documented;
}

describe('what is answered', () => {
  for (const [method, path, options] of requests) {
    test(`/req/oas/completeness, /req/oas/exceptions-codes, /per/core/additional-status-codes: ${method} ${path} ${options?.headers ? JSON.stringify(options.headers) : ''} is documented`, async () => {
      const answer = await call(path, { method, ...options });
      const { content = {} } = findResponse(method, path, answer);
      const type = answer.headers.get('content-type');
      if (type === null) return;
      const essence = type.split(';')[0]!;
      const documented = Object.keys(content).map((name) => name.split(';')[0]);
      assert.ok(
        documented.includes(essence) || documented.includes('*/*'),
        `${type} is not among ${documented}`,
      );
    });
  }

  test('/req/oas/completeness: what files and repeated requests are answered is documented', async () => {
    const request = { inputs: { message: 'a' }, outputs: { message: {} } };
    const key = { Prefer: 'respond-async', 'Idempotency-Key': '"documented"' };
    const { jobID } = (await service.execute('echo', request, key)).json;
    await service.ports.workflow.settled();
    const result = `/jobs/${jobID}/results/message`;
    const etag = (await get(result)).headers.get('etag')!;
    const other = { inputs: { message: 'b' } };
    const ask = async (method: string, path: string, headers: Record<string, string>, body?: unknown) => {
      const answer = await call(path, { method, headers, ...(body === undefined ? {} : { body }) });
      findResponse(method, path, answer);
      return answer.status;
    };
    assert.deepEqual(
      [
        await ask('GET', result, { Range: 'bytes=0-0' }),
        await ask('GET', result, { Range: 'bytes=99-' }),
        await ask('GET', result, { 'If-None-Match': etag }),
        await ask('POST', '/processes/echo/execution', key, other),
        await ask('DELETE', `/jobs/${jobID}`, {}),
        await ask('POST', '/processes/echo/execution', key, request),
      ],
      [206, 416, 304, 422, 200, 410],
    );
    const own = definition.paths['/processes/echo/execution'].post.responses;
    assert.ok(own[410] && own[422], Object.keys(own).join());
  });
});
