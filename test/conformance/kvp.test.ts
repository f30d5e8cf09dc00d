import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { originField } from '../../core/net/loop.ts';
import { memoryService } from '../support/memory-service.ts';

const { get, ports, call } = memoryService();
const execution = (query: string, headers = {}) => get(`/processes/echo/execution?${query}`, headers);
const standard = (query: string) => get(`/processes/EchoProcess/execution?${query}`);
const encode = (value: unknown) => encodeURIComponent(JSON.stringify(value));

const measure = { measurement: 10.3, uom: 'm' };
const complex = { property1: 'value1', property5: true };
const point = { type: 'Point', coordinates: [5.1, 52.1] };
const collection = { type: 'FeatureCollection', features: [] };
const tiff = Buffer.from([73, 73, 42, 0, 8, 0, 0, 0]).toString('base64');

/** All inputs of the standard's example process; those given replace them. */
const query = (changes: Record<string, string> = {}) =>
  Object.entries({
    stringInput: 'Value1',
    measureInput: encode(measure),
    dateInput: '2026-03-06T07:21:00Z',
    doubleInput: '3.14159',
    arrayInput: '%5B1%2C2%5D',
    complexObjectInput: encode(complex),
    geometryInput: `${encode(point)},${encode(point)}`,
    boundingBoxInput: '51.9,7,52,7.1',
    imagesInput: encodeURIComponent(tiff),
    featureCollectionInput: encode(collection),
    ...changes,
  })
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

describe('executions by query', () => {
  for (const twice of [
    'message=a&message[value]=b',
    'message[value]=b&message=a',
    'MESSAGE[Value]=b&message=a',
    'message=a&message[href]=https%3A%2F%2Fdata.example%2Ftext.txt',
    'message[value]=a&message[href]=https%3A%2F%2Fdata.example%2Ftext.txt',
    'message[value]=a&Message[Value]=b',
    'message=a&numbers=1&numbers[value]=2',
  ]) {
    test(`/req/kvp-execute/input-cardinality: ${twice} gives an input in two ways, of which none is left out silently`, async () => {
      const { status, json } = await execution(twice);
      assert.equal(status, 400, JSON.stringify(json));
      assert.match(json.errors[0].pointer, /^\?(message|numbers)/i);
      assert.match(json.errors[0].detail, /in one way only|only once/);
    });
  }

  test('an input may have a value and say of which media type it is', async () => {
    assert.equal(
      (await execution('message=a&message[mediatype]=text%2Fplain&message[include]=true')).status,
      200,
    );
  });

  test('/req/kvp-execute/process-execute-op: GET does what POST does, and nothing stores its answer', async () => {
    const { status, json, headers } = await standard(query());
    assert.equal(status, 200, JSON.stringify(json));
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(json.stringOutput, 'Value1');
    assert.deepEqual(json.measureOutput.value, measure);
    assert.deepEqual(json.complexObjectOutput.value, complex);
  });

  test('there is no HEAD: it must not do anything', async () => {
    const { status, headers } = await call('/processes/echo/execution', { method: 'HEAD' });
    assert.deepEqual([status, headers.get('allow')], [405, 'POST, GET, OPTIONS']);
  });

  test('/req/kvp-execute/input-query-parameters, /req/kvp-execute/string-input-value, /per/kvp-execute/string-input-value: names without case, text as it is, a comma included', async () => {
    assert.equal((await execution('MESSAGE=a%2Cb,c&message[include]=true')).json, 'a,b,c');
    assert.equal((await execution('message=with+blank&message[include]=true')).json, 'with blank');
  });

  test('/req/kvp-execute/numeric-input-value, /req/kvp-execute/boolean-input-value, /per/kvp-execute/numeric-input-value, /per/kvp-execute/boolean-input-value: numbers and booleans as text', async () => {
    assert.equal((await standard(query({ doubleInput: '2.5' }))).json.doubleOutput, 2.5);
    const wrong = await standard(query({ doubleInput: 'abc' }));
    assert.deepEqual([wrong.status, wrong.json.errors[0].pointer], [400, '/inputs/doubleInput']);
    assert.equal((await execution('message=x&pause=0')).status, 200);
    const buffer = (dissolve: string) =>
      get(`/processes/buffer/execution?features=${encode(point)}&distance=10&dissolve=${dissolve}`);
    assert.equal((await buffer('true')).status, 200);
    assert.equal((await buffer('perhaps')).json.errors[0].pointer, '/inputs/dissolve');
  });

  test('/req/kvp-execute/complex-input-value, /req/kvp-execute/array-input-value, /per/kvp-execute/complex-input-value: objects and arrays as JSON', async () => {
    assert.deepEqual((await standard(query({ arrayInput: encode([4, 5]) }))).json.arrayOutput, [4, 5]);
    const wrong = await standard(query({ complexObjectInput: encode({ property1: 'x' }) }));
    assert.equal(wrong.status, 400);
  });

  test('/req/kvp-execute/binary-input-value, /req/kvp-execute/binary-input-value-qualified: base64, bare or with its format', async () => {
    for (const image of [
      `image=${encodeURIComponent(tiff)}`,
      `image[value]=${encodeURIComponent(tiff)}&image[mediaType]=image%2Ftiff`,
    ]) {
      const { status, bytes } = await execution(`message=x&${image}&image[include]=true`);
      assert.deepEqual([status, Buffer.from(bytes).toString('base64')], [200, tiff]);
    }
  });

  test('/req/kvp-execute/bbox-input-value, /req/kvp-execute/bbox-crs-input-value: numbers, and the CRS in brackets', async () => {
    const crs = 'http://www.opengis.net/def/crs/EPSG/0/28992';
    const { json } = await execution(`message=x&area=1,2,3,4&area[crs]=${encodeURIComponent(crs)}`);
    assert.deepEqual(json.area, { bbox: [1, 2, 3, 4], crs });
    assert.deepEqual((await execution('message=x&area=1,2,0,3,4,5')).json.area.bbox.length, 6);
    assert.equal((await execution('message=x&area=1,2,3')).status, 400);
  });

  test('/req/kvp-execute/input-by-reference, /req/kvp-execute/input-query-parameter-values: by reference', async () => {
    ports.egress.serve('https://data.example/text.txt', 'from afar', 'text/plain');
    const { json } = await execution(
      'message[href]=https%3A%2F%2Fdata.example%2Ftext.txt&message[type]=text%2Fplain&message[include]=true',
    );
    assert.equal(json, 'from afar');
  });

  test('/req/kvp-execute/input-cardinality: several values separated by commas, or repeated', async () => {
    const { json } = await standard(query({ geometryInput: [point, point, point].map(encode).join(',') }));
    assert.equal(json.geometryOutput.length, 3);
    const repeated = await standard(`${query()}&geometryInput=${encode(point)}`);
    assert.equal(repeated.json.geometryOutput.length, 3);
    assert.equal((await standard(query({ geometryInput: encode(point) }))).status, 400);
  });

  test('/req/kvp-execute/input-cardinality: one JSON array of qualified values and references', async () => {
    const gml = '<gml:Point xmlns:gml="http://www.opengis.net/gml/3.2"/>';
    const geometries = [
      { value: point, mediaType: 'application/geo+json' },
      { value: gml, mediaType: 'application/gml+xml; version=3.2' },
    ];
    const image = { value: tiff, encoding: 'base64', mediaType: 'image/tiff; application=geotiff' };
    ports.egress.serve('https://data.example/image.tif', Buffer.from(tiff, 'base64'), 'image/tiff');
    const images = [
      image,
      { href: 'https://data.example/image.tif', type: 'image/tiff; application=geotiff' },
    ];
    const { status, json } = await standard(
      query({
        measureInput: encode({ value: measure }),
        geometryInput: encode(geometries),
        imagesInput: encode(images),
        featureCollectionInput: encode({ value: collection, mediaType: 'application/geo+json' }),
      }),
    );
    assert.equal(status, 200, JSON.stringify(json));
    assert.deepEqual(json.geometryOutput, geometries);
    assert.deepEqual(
      json.imagesOutput,
      [image, image].map(({ value, encoding, mediaType }) => ({ value, mediaType, encoding })),
    );
    assert.deepEqual(json.measureOutput.value, measure);
    const one = await standard(query({ imagesInput: encode([image]) }));
    assert.equal(one.json.imagesOutput.value, tiff);
  });

  test('/req/kvp-execute/output: a number or a string as plain text, by its media type alone', async () => {
    const { headers, text } = await standard(query({ 'stringOutput[mediaType]': 'text%2Fplain' }));
    assert.deepEqual([headers.get('content-type'), text], ['text/plain; charset=utf-8', 'Value1']);
    const several = await standard(
      query({ 'doubleOutput[mediaType]': 'text%2Fplain', 'stringOutput[include]': 'true' }),
    );
    assert.deepEqual(several.json, {
      stringOutput: 'Value1',
      doubleOutput: { value: '3.14159', mediaType: 'text/plain' },
    });
  });

  test('/req/kvp-execute/output: only what is included, in the format that is asked for', async () => {
    const { json } = await execution('message=x&numbers=1,2&message[include]=true&numbers[include]=true');
    assert.deepEqual(json, { message: 'x', numbers: [1, 2] });
    assert.deepEqual(
      (await execution('message=x&numbers=1,2&numbers[include]=false&message[include]=true')).json,
      'x',
    );
    const wrong = await execution('message=x&image[include]=true&image[mediaType]=image%2Fpng');
    assert.equal(wrong.json.errors[0].pointer, '/outputs/image/format/mediaType');
  });

  test('/req/kvp-execute/f-definition, /req/kvp-execute/f-response: response[f] acts as Accept', async () => {
    const { headers, text } = await execution('message=x&message[include]=true&response[f]=text%2Fplain');
    assert.deepEqual([headers.get('content-type'), text], ['text/plain; charset=utf-8', 'x']);
    assert.equal((await execution('message=x&message[include]=true&response[f]=image%2Fpng')).status, 406);
  });

  test('/req/kvp-execute/prefer-definition: response[prefer] acts as Prefer', async () => {
    const { status, headers } = await execution('message=x&response[prefer]=respond-async');
    assert.deepEqual([status, headers.get('preference-applied')], [201, 'respond-async']);
  });

  test('/req/kvp-execute/binary-input-value-qualified: the media type of an input is that of each occurrence', async () => {
    const several = { geometryInput: `${encode(point)},${encode(point)}` };
    const format = 'application%2Fgeo%2Bjson';
    const { json } = await standard(query({ ...several, 'geometryInput[mediaType]': format }));
    assert.deepEqual(
      json.geometryOutput.map(({ mediaType }: { mediaType: string }) => mediaType),
      [decodeURIComponent(format), decodeURIComponent(format)],
    );
    const wrong = await standard(query({ ...several, 'geometryInput[mediaType]': 'image%2Fpng' }));
    assert.deepEqual(
      [wrong.status, wrong.json.errors[0].pointer],
      [400, '/inputs/geometryInput/0/value'],
      JSON.stringify(wrong.json),
    );
  });

  test('/req/kvp-execute/output: an output that is left out is not sent', async () => {
    const { json } = await execution('message=x&numbers=1,2&numbers[include]=false');
    assert.equal(json.numbers, undefined, JSON.stringify(json));
  });

  test('an execution whose address is an input has no addresses as inputs: it could lead back to itself', async () => {
    const sent = originField();
    assert.equal((await execution('message=x&message[include]=true', sent)).status, 200);
    const loop = await execution('message[href]=https%3A%2F%2Fdata.example%2Ftext.txt', sent);
    assert.deepEqual([loop.status, loop.json.errors[0].pointer], [400, '/inputs/message']);
    assert.match(loop.json.detail, /lead back here/);
    const other = { 'Ogc-Processes-Origin': 'of another deployment' };
    ports.egress.serve('https://data.example/other.txt', 'from afar', 'text/plain');
    assert.equal(
      (await execution('message[href]=https%3A%2F%2Fdata.example%2Fother.txt', other)).status,
      200,
    );
  });

  test('what is nothing of the process is 400, all of it at once', async () => {
    const { status, json } = await execution('message=x&foo=1&image[bar]=2');
    assert.equal(status, 400);
    assert.deepEqual(
      json.errors.map(({ pointer }: { pointer: string }) => pointer),
      ['?foo', '?image[bar]'],
    );
  });
});
