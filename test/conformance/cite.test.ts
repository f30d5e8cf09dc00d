import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryService } from '../support/memory-service.ts';

/** What the certification suite for version 1.0 relies on, line by line. */
const service = memoryService();
const { get, execute, call, ports, baseUrl } = service;
const { json: echo } = await get('/processes/echo');
const inputs = echo.inputs;
const EX = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0';

describe('the description of echo', () => {
  test('has a plain string as first input, the only required one, and an output of the same id', () => {
    const [first] = Object.keys(inputs);
    assert.equal(first, 'message');
    assert.deepEqual(inputs.message.schema, { type: 'string' });
    const required = Object.keys(inputs).filter((id) => inputs[id].minOccurs > 0);
    assert.deepEqual(required, ['message']);
    assert.ok(echo.outputs.message);
  });

  test('has an optional array of integers', () => {
    assert.deepEqual(inputs.numbers.schema, { type: 'array', items: { type: 'integer' } });
  });

  test('has a bounding box as allOf, the first member being the format, nothing by reference', () => {
    const [format, object] = inputs.area.schema.allOf;
    assert.equal(format.format, 'ogc-bbox');
    assert.equal(object.type, 'object');
    assert.equal(inputs.area.schema.type, undefined);
    assert.ok(!JSON.stringify(echo.inputs).includes('$ref'));
  });

  test('has no input that only takes objects, and one of a mixed type', () => {
    for (const { schema } of Object.values(inputs) as { schema: { type?: string } }[])
      assert.notEqual(schema.type, 'object');
    assert.deepEqual(
      inputs.mixed.schema.oneOf.map(({ type }: { type: string }) => type),
      ['string', 'object'],
    );
  });

  test('has a binary input with a media type, and a pause in seconds', () => {
    assert.equal(inputs.image.schema.contentMediaType, 'image/tiff');
    assert.equal(inputs.pause.schema.type, 'integer');
  });

  test('has an output of mixed type and one of integers', () => {
    assert.ok(echo.outputs.mixed.schema.oneOf);
    assert.equal(echo.outputs.numbers.schema.items.type, 'integer');
    // A results document of texts alone fits several schemas of the suite; one with an integer fits one.
    assert.equal(echo.outputs.pause.schema.type, 'integer');
    assert.deepEqual(
      [echo.inputs.image.schema.format, echo.inputs.image.schema.contentEncoding],
      ['byte', 'base64'],
    );
  });

  test('offers both modes of execution', () => {
    assert.ok(['sync-execute', 'async-execute'].every((option) => echo.jobControlOptions.includes(option)));
  });
});

describe('what the suite sends', () => {
  const value = { transmissionMode: 'value' };

  test('one output: a body in which "teststring" is found', async () => {
    const { status, text } = await execute('echo', {
      inputs: { message: 'teststring' },
      outputs: { message: value },
    });
    assert.deepEqual([status, JSON.parse(text)], [200, 'teststring']);
  });

  test('all outputs by value: multipart, the string in a text part, and no Link header', async () => {
    const body = {
      inputs: {
        message: 'teststring',
        numbers: [1, 2, 3],
        area: { bbox: [51.9, 7, 52, 7.1], crs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84' },
        mixed: 'teststring',
      },
      outputs: { message: value, numbers: value, area: value, mixed: value },
    };
    const { status, headers, text } = await execute('echo', body);
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^multipart\/related/);
    assert.equal(headers.get('link'), null);
    assert.match(text, /Content-Type: text\/plain; charset=utf-8\r\n\r\nteststring\r\n/);
  });

  test('an object-typed value that is a string', async () => {
    const { status, json } = await execute('echo', {
      inputs: { message: 'x', mixed: { value: 'teststring' } },
    });
    assert.deepEqual([status, json.mixed], [200, 'teststring']);
  });

  test('a bounding box far outside of its CRS', async () => {
    const area = { bbox: [345345345, 345345345, 345345345, 345345345], crs: 'urn:ogc:def:crs:EPSG:6.6:4326' };
    assert.equal((await execute('echo', { inputs: { message: 'x', area } })).status, 200);
  });

  test('binary, with its format nested', async () => {
    const image = { value: 'SUkqAAgAAAA=', format: { mediaType: 'image/tiff', encoding: 'base64' } };
    assert.equal((await execute('echo', { inputs: { message: 'x', image } })).status, 200);
  });

  test('an input of a wrong type: 400 in application/json', async () => {
    const { status, headers, json } = await execute('echo', {
      inputs: { message: 'x', image: { type: 'wrong/type_0123' } },
    });
    assert.equal(status, 400);
    assert.match(headers.get('content-type') ?? '', /^application\/json(;|$)/);
    assert.equal(typeof json.type, 'string');
  });

  test('an invalid execute request: above 200, and an exception', async () => {
    const { status, json } = await execute('echo', { 'invalid-execute-request': 'true)' });
    assert.equal(status, 400);
    assert.equal(typeof json.type, 'string');
  });

  test('"respond-async " with a blank: 201, an absolute Location without query, JSON without Accept', async () => {
    const answer = await execute('echo', { inputs: { message: 'x' } }, { Prefer: 'respond-async ' });
    assert.equal(answer.status, 201);
    const location = answer.headers.get('location') ?? '';
    assert.equal(location, `${baseUrl}/jobs/${answer.json.jobID}`);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
    await ports.workflow.settled();
    const job = (await get(location)).json;
    for (const member of ['created', 'started', 'finished', 'updated']) assert.match(job[member], /T.*Z$/);
    assert.ok(
      job.links.some(({ rel }: { rel: string }) => rel === 'http://www.opengis.net/def/rel/ogc/1.0/results'),
    );
    assert.match((await get(`${location}/results`)).text, /x/);
  });

  test('results that are not ready: 404 and the exact type; a link to follow the job until then', async () => {
    const waiting = memoryService({ runJob: async () => undefined });
    const { json } = await waiting.execute('echo', { inputs: { message: 'x' } }, { Prefer: 'respond-async' });
    const early = await waiting.get(`/jobs/${json.jobID}/results`);
    assert.deepEqual([early.status, early.json.type], [404, `${EX}/result-not-ready`]);
    const rels = json.links.map(({ rel }: { rel: string }) => rel);
    assert.ok(rels.includes('monitor') && rels.includes('status'));
    assert.ok(!rels.includes('http://www.opengis.net/def/rel/ogc/1.0/results'));
  });

  test('one process of the list, jobs that are not none, errors with a type', async () => {
    assert.equal((await get('/processes?limit=1')).json.processes.length, 1);
    assert.ok((await get('/jobs')).json.jobs.length > 0);
    for (const path of ['/processes/none', '/jobs/none', '/jobs/none/results']) {
      const { status, json } = await get(path);
      assert.equal(status, 404);
      assert.equal(typeof json.type, 'string');
    }
    assert.equal((await call('/', {})).status, 200);
  });
});
