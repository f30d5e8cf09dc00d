import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryService } from '../support/memory-service.ts';

const { execute, ports, get, call } = memoryService();
const point = { type: 'Point', coordinates: [5.1, 52.1] };
const message = 'a';
const base64 = Buffer.from([73, 73, 42, 0, 8, 0, 0, 0]).toString('base64');

const memoryUpload = (mediaType: string, size: number) =>
  call('/uploads', { method: 'POST', body: { mediaType, size } });

/** The example of the standard's own process, with changes. */
const { request } = (await import('../../processes/EchoProcess/process.ts')).default.examples[0]!;
const standard = (changes: object) => execute('EchoProcess', { inputs: { ...request.inputs, ...changes } });
const listPointers = (json: { errors: { pointer: string }[] }) => json.errors.map(({ pointer }) => pointer);

ports.egress.serve('https://data.example/message.json', '"from afar"', 'application/json');
ports.egress.serve('https://data.example/number.json', '7', 'application/json');
ports.egress.serve('https://data.example/image.tif', Buffer.from(base64, 'base64'), 'image/tiff');

describe('requests', () => {
  test('/req/core/process-execute-op: POST executes', async () => {
    assert.equal((await execute('echo', { inputs: { message } })).status, 200);
  });

  test('/req/core/process-execute-request: members that are not of the schema are ignored, what is not JSON is refused', async () => {
    const more = { inputs: { message }, process: 'echo', mode: 'async', anything: {} };
    assert.equal((await execute('echo', more)).status, 200);
    for (const body of ['{', '', '[]', '"x"', 'null']) {
      const { status, json } = await execute('echo', body);
      assert.equal(status, 400, body);
      assert.equal(json.errors[0].pointer, '');
    }
  });

  const bodies: [string, Record<string, string>, number][] = [
    ['application/json; charset=utf-8', {}, 200],
    ['application/ogcapi-processes+json', {}, 200],
    ['text/plain', {}, 415],
    ['application/xml', {}, 415],
  ];
  for (const [mediaType, headers, expected] of bodies) {
    test(`a body of ${mediaType} is ${expected}`, async () => {
      const answer = await execute(
        'echo',
        { inputs: { message } },
        { 'Content-Type': mediaType, ...headers },
      );
      assert.equal(answer.status, expected);
    });
  }

  test('a body over the limit is 413, with the limit and the way out', async () => {
    const { status, json } = await execute('echo', { inputs: { message: 'x'.repeat(4 * 1024 * 1024) } });
    assert.equal(status, 413);
    assert.match(json.detail, /4194304.*by reference/);
  });

  test('every fault is listed with its place, before any job exists', async () => {
    const body = { inputs: { message: 1, numbers: ['x'], nope: 2, pause: 61 }, outputs: { none: {} } };
    const { status, json } = await execute('echo', body, { Prefer: 'respond-async' });
    assert.equal(status, 400);
    assert.deepEqual(listPointers(json).sort(), [
      '/inputs/message',
      '/inputs/nope',
      '/inputs/numbers/0',
      '/inputs/pause',
      '/outputs/none',
    ]);
    assert.deepEqual((await get('/jobs')).json.jobs, []);
  });
});

describe('inputs by value', () => {
  test('/req/core/process-execute-inputs: inline and by reference give the same', async () => {
    const inline = await execute('echo', { inputs: { message: 'from afar' } });
    const referred = await execute('echo', {
      inputs: { message: { href: 'https://data.example/message.json' } },
    });
    assert.deepEqual([referred.status, referred.json], [200, inline.json]);
  });

  test('/req/core/process-execute-input-array: where an input may occur more than once it is an array, within its bounds', async () => {
    const geometry = (count: number) =>
      standard({ geometryInput: Array.from({ length: count }, () => point) });
    assert.equal((await geometry(2)).status, 200);
    assert.equal((await geometry(5)).status, 200);
    for (const count of [0, 1, 6]) assert.equal((await geometry(count)).status, 400, String(count));
    const { status, json } = await standard({ geometryInput: point });
    assert.deepEqual([status, listPointers(json)], [400, ['/inputs/geometryInput']]);
  });

  test('/req/core/process-execute-input-inline-object: objects come wrapped, and are validated', async () => {
    const { json } = await standard({ measureInput: { value: { measurement: 3, uom: 'm' } } });
    assert.deepEqual(json.measureOutput, {
      value: { measurement: 3, uom: 'm' },
      mediaType: 'application/json',
    });
    const wrong = await standard({ measureInput: { value: { measurement: 3 } } });
    assert.deepEqual([wrong.status, listPointers(wrong.json)], [400, ['/inputs/measureInput/value']]);
  });

  test('/req/core/process-execute-input-multiple-types: the media type selects the alternative', async () => {
    const gml = { value: '<gml:Point/>', mediaType: 'application/gml+xml; version=3.2' };
    assert.equal((await standard({ geometryInput: [gml, point] })).status, 200);
    const nested = { value: point, format: { mediaType: 'application/geo+json' } };
    assert.equal((await standard({ geometryInput: [nested, gml] })).status, 200);
    const unknown = { value: point, mediaType: 'application/x-none' };
    const { status, json } = await standard({ geometryInput: [unknown, gml] });
    assert.equal(status, 400);
    assert.match(json.errors[0].detail, /application\/gml\+xml/);
  });

  test('/req/core/process-execute-input-inline-binary: bytes are base64 and come back as they were', async () => {
    for (const image of [
      base64,
      { value: base64, mediaType: 'image/tiff' },
      { value: base64, encoding: 'base64' },
    ]) {
      const answer = await execute('echo', { inputs: { message, image }, outputs: { image: {} } });
      assert.equal(Buffer.from(answer.bytes).toString('base64'), base64);
    }
    const wrong = await execute('echo', { inputs: { message, image: '###' } });
    assert.deepEqual([wrong.status, listPointers(wrong.json)], [400, ['/inputs/image']]);
    const hex = { value: '48656c6c6f212121', encoding: 'hex', mediaType: 'image/tiff' };
    const unknown = await execute('echo', { inputs: { message, image: hex } });
    assert.deepEqual([unknown.status, listPointers(unknown.json)], [400, ['/inputs/image/encoding']]);
  });

  test('JSON-FG is read as an object, as text and as base64, like GeoJSON', async () => {
    const place = { type: 'Point', coordinates: [500_000, 5_500_000] };
    const collection = {
      type: 'FeatureCollection',
      conformsTo: ['http://www.opengis.net/spec/json-fg-1/0.2/conf/core'],
      coordRefSys: 'http://www.opengis.net/def/crs/EPSG/0/25832',
      features: [{ type: 'Feature', properties: {}, geometry: null, place, time: null }],
    };
    const text = JSON.stringify(collection);
    const mediaType = 'application/vnd.ogc.fg+json';
    for (const value of [
      { value: collection },
      { value: text },
      { value: Buffer.from(text).toString('base64'), encoding: 'base64' },
    ]) {
      const { status, json } = await execute('layer-info', { inputs: { features: { ...value, mediaType } } });
      assert.equal(status, 200, JSON.stringify(json));
      assert.deepEqual([json.crs, json.count], ['EPSG:25832', 1]);
    }
  });

  test('/req/core/process-execute-input-inline-bbox, /per/core/process-execute-input-inline-bbox: four or six numbers and any CRS', async () => {
    for (const [bbox, expected] of [
      [[1, 2, 3, 4], 200],
      [[1, 2, 0, 3, 4, 5], 200],
      [[170, -10, -170, 10], 200],
      [[1, 2, 3], 400],
      [[1, 2, 3, 4, 5], 400],
      [['1', 2, 3, 4], 400],
    ] as const) {
      const { status } = await execute('echo', { inputs: { message, area: { bbox } } });
      assert.equal(status, expected, JSON.stringify(bbox));
    }
    const { json } = await execute('echo', {
      inputs: { message, area: { bbox: [1, 2, 3, 4], crs: 'http://www.opengis.net/def/crs/EPSG/0/28992' } },
    });
    assert.match(json.area.crs, /28992$/);
  });

  const cases: [name: string, changes: object, expected: number][] = [
    ['a number for an integer that has no fraction', { arrayInput: [1, 2.0] }, 200],
    ['a fraction for an integer', { arrayInput: [1, 2.5] }, 400],
    ['text for a number', { doubleInput: '3.14' }, 400],
    ['an integer for a number', { doubleInput: 3 }, 200],
    ['an exclusive bound', { doubleInput: 0 }, 400],
    ['null for an optional input', { doubleInput: null }, 200],
    ['null for a required one', { stringInput: null }, 400],
    ['an array of too few', { arrayInput: [1] }, 400],
    ['an array in an array where it is one value', { arrayInput: [[1, 2]] }, 400],
    ['a value that is not in the enumeration', { stringInput: 'Value9' }, 400],
    ['a date without a time', { dateInput: '2026-01-01' }, 400],
    ['an object bare', { measureInput: { measurement: 1, uom: 'm' } }, 200],
    ['a bounding box that is a number', { boundingBoxInput: 5 }, 400],
  ];
  for (const [name, changes, expected] of cases) {
    test(`/req/core/process-execute-input-validation: ${name} is ${expected}`, async () => {
      const { status, text } = await standard(changes);
      assert.equal(status, expected, text);
    });
  }
});

describe('inputs by reference', () => {
  test('/req/core/process-execute-input-validation: what is fetched is validated like an inline value', async () => {
    const { status, json } = await execute('echo', {
      inputs: { message: { href: 'https://data.example/number.json' } },
    });
    assert.equal(status, 400);
    assert.match(json.errors[0].pointer, /^\/inputs\/message/);
    assert.match(json.errors[0].detail, /must be a string/);
  });

  test('bytes stay bytes', async () => {
    const image = { href: 'https://data.example/image.tif', type: 'image/tiff' };
    const answer = await execute('echo', { inputs: { message, image }, outputs: { image: {} } });
    assert.equal(Buffer.from(answer.bytes).toString('base64'), base64);
  });

  for (const href of ['file:///etc/passwd', 'ftp://example.org/x', 'data.json', '/data.json', '']) {
    test(`"${href}" is refused`, async () => {
      const { status, json } = await execute('echo', { inputs: { message: { href } } });
      assert.equal(status, 400);
      assert.equal(json.errors[0].pointer, '/inputs/message/href');
    });
  }

  test('what does not answer fails the job by its cause, and names the input', async () => {
    const { json } = await execute(
      'echo',
      { inputs: { message: { href: 'https://data.example/none' } } },
      { Prefer: 'respond-async' },
    );
    await ports.workflow.settled();
    const job = (await get(`/jobs/${json.jobID}`)).json;
    assert.deepEqual([job.status, job.exception.status], ['failed', 400]);
    assert.equal(job.exception.errors[0].pointer, '/inputs/message');
  });

  test('an upload is read by its owner, by nobody else, and not before it was sent', async () => {
    const { status, json, headers } = await memoryUpload('text/plain', 5);
    assert.equal(status, 201);
    assert.equal(headers.get('location'), json.href);
    const early = await execute('echo', { inputs: { message: { href: json.href } } });
    assert.match(early.json.errors[0].detail, /not one of your uploads/);
    const key = new URL(json.upload.href).pathname.slice(1);
    await ports.storage.put(key, 'hello', 'text/plain');
    const sent = await execute('echo', {
      inputs: { message: { href: json.href } },
      outputs: { message: {} },
    });
    assert.deepEqual([sent.status, sent.json], [200, 'hello']);
  });

  test('an upload says its type and size, within the limit', async () => {
    assert.deepEqual(listPointers((await memoryUpload('nonsense', 0)).json), ['/mediaType', '/size']);
    assert.equal((await memoryUpload('image/tiff; application=geotiff', 6 * 1024 ** 3)).status, 413);
  });
});
