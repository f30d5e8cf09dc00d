import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { memoryService } from '../support/memory-service.ts';

/** Requests that no honest client sends: each is refused with what is wrong, and none is a fault of the service. */
const { get, call, execute, ports } = memoryService();
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const objects = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const point = { type: 'Point', coordinates: [5, 52] };
/** Bytes that a function can answer with; what is longer becomes an error of the gateway. */
const LONGEST_ANSWER = 100_000;

describe('JSON that nests without end', () => {
  const bodies: [name: string, processID: string, body: string][] = [
    ['as the body', 'echo', nested(10_000)],
    ['in an input', 'echo', `{"inputs":{"message":${nested(10_000)}}}`],
    ['in an input of any form', 'echo', `{"inputs":{"message":"a","mixed":{"value":${objects(10_000)}}}}`],
    ['in the outputs', 'echo', `{"inputs":{"message":"a"},"outputs":{"message":${nested(10_000)}}}`],
    [
      'in a member that is nothing to the service',
      'echo',
      `{"inputs":{"message":"a"},"x":${nested(10_000)}}`,
    ],
    [
      'in coordinates',
      'buffer',
      `{"inputs":{"distance":1,"features":{"type":"Point","coordinates":${nested(10_000)}}}}`,
    ],
    ['as deep as a body is long', 'echo', nested(2_000_000)],
  ];
  for (const [name, processID, body] of bodies) {
    test(name, async () => {
      const { status, json } = await execute(processID, body);
      assert.equal(status, 400);
      assert.match(json.detail, /nests more than 100/);
    });
  }

  test('in an upload, in what a reference leads to, and in a query', async () => {
    assert.equal((await call('/uploads', { method: 'POST', body: nested(10_000) })).status, 400);
    ports.egress.serve('https://data.example/deep.json', nested(10_000), 'application/json');
    const referred = await execute('echo', {
      inputs: { message: { href: 'https://data.example/deep.json' } },
    });
    assert.deepEqual([referred.status, referred.json.errors[0].pointer], [400, '/inputs/message']);
    assert.equal((await get(`/processes/echo/execution?message=a&numbers=${nested(4_000)}`)).status, 400);
  });

  test('what nests no deeper than it may is taken', async () => {
    const { status, json } = await execute(
      'echo',
      `{"inputs":{"message":"a","mixed":{"value":${objects(97)}}}}`,
    );
    assert.deepEqual([status, JSON.stringify(json.mixed.value)], [200, objects(97)]);
  });
});

describe('a layer that a reference leads to', () => {
  const href = 'https://data.example/layer.geojson';
  const filtered = async (text: string, mediaType = 'application/geo+json') => {
    ports.egress.serve(href, text, mediaType);
    const { status, json } = await execute('filter', {
      inputs: { features: { href, type: mediaType }, filter: 'TRUE' },
    });
    return [status, json.errors?.[0]?.pointer];
  };
  const feature = (properties: string, geometry = '{"type":"Point","coordinates":[1,2]}') =>
    `{"type":"FeatureCollection","features":[{"type":"Feature","properties":${properties},"geometry":${geometry}}]}`;
  const point = (member: string) => `{"type":"Point","coordinates":[1,2],${member}}`;
  const place = '/inputs/features/features/0';
  const cases: [name: string, text: string, pointer: string | RegExp][] = [
    ['nests properties without end', feature(`{"a":${nested(5000)}}`), /\/properties\/a\//],
    [
      'nests coordinates without end',
      feature('{}', `{"type":"Point","coordinates":${nested(5000)}}`),
      `${place}/geometry/coordinates`,
    ],
    ['nests a foreign member without end', feature('{}', point(`"x":${nested(5000)}`)), /\/geometry\/x\//],
    [
      'nests its id without end',
      `{"type":"Feature","id":${nested(5000)},"properties":{},"geometry":null}`,
      '/inputs/features/id',
    ],
    [
      'nests its CRS without end',
      `{"type":"FeatureCollection","features":[],"coordRefSys":${nested(5000)}}`,
      '/inputs/features/coordRefSys',
    ],
    ['nests itself without end', nested(5000), '/inputs/features'],
    ['has a property beyond doubles', feature('{"a":{"b":[1,1e999]}}'), `${place}/properties/a/b/1`],
    [
      'has a coordinate beyond doubles',
      feature('{}', '{"type":"Point","coordinates":[1e999,2]}'),
      `${place}/geometry/coordinates`,
    ],
    ['has half of a surrogate pair in a property', feature('{"a":"\\ud800"}'), `${place}/properties/a`],
    ['has half of a surrogate pair in a name', feature('{"\\ud800":1}'), `${place}/properties`],
    [
      'has half of a surrogate pair in its id',
      '{"type":"Feature","id":"\\udc00","properties":{},"geometry":null}',
      '/inputs/features/id',
    ],
  ];
  for (const [name, text, pointer] of cases) {
    test(`and that ${name} is refused with its place`, async () => {
      const [status, place] = await filtered(text);
      assert.equal(status, 400);
      if (pointer instanceof RegExp) assert.match(place, pointer);
      else assert.equal(place, pointer);
    });
  }

  test('and whose geometry has a type that is none has no geometry, as GDAL reads it', async () => {
    const [status] = await filtered(feature('{}', `{"type":${nested(5000)}}`));
    assert.equal(status, 200);
  });

  test('and that is another kind of JSON is told what to do, as one inline is', async () => {
    for (const [text, detail] of [
      ['{"type":"FeatureCollection"}', /must have the member "features"/],
      ['{"type":"Topology","objects":{},"arcs":[]}', /cannot be read as a layer: .*TopoJSON/],
      ['{"geometryType":"esriGeometryPoint","features":[]}', /cannot be read as a layer/],
    ] as const) {
      ports.egress.serve(href, text, 'application/geo+json');
      const features = { href, type: 'application/geo+json' };
      const { status, json } = await execute('filter', { inputs: { features, filter: 'TRUE' } });
      assert.equal(status, 400);
      assert.match(json.errors[0].detail, detail);
    }
  });

  test('as a sequence is refused likewise', async () => {
    const record = (properties: string) => `{"type":"Feature","properties":${properties},"geometry":null}`;
    for (const properties of [`{"a":${nested(5000)}}`, '{"a":1e999}']) {
      const [status] = await filtered(`${record('{}')}\n${record(properties)}\n`, 'application/geo+json-seq');
      assert.equal(status, 400);
    }
    const crs = `{"type":"Feature","properties":{},"geometry":null,"crs":${nested(5000)}}`;
    assert.deepEqual((await filtered(`${crs}\n${crs}`, 'application/geo+json-seq'))[0], 400);
  });

  test('may have a property named __proto__, which comes back', async () => {
    const { json } = await execute(
      'filter',
      `{"inputs":{"filter":"TRUE","features":${feature('{"__proto__":{"x":1},"a":2}')}}}`,
    );
    assert.deepEqual(Object.keys(json.features[0].properties), ['__proto__', 'a']);
  });
});

describe('numbers beyond doubles', () => {
  for (const [inputs, pointer] of [
    ['{"message":"a","numbers":[1,1e400]}', '/inputs/numbers/1'],
    ['{"message":"a","pause":-1e400}', '/inputs/pause'],
    ['{"message":"a","mixed":{"value":{"a/b":1e400}}}', '/inputs/mixed/value/a~1b'],
  ] as const) {
    test(`${inputs} is refused at its place`, async () => {
      const { status, json } = await execute('echo', `{"inputs":${inputs}}`);
      assert.deepEqual([status, json.errors[0].pointer], [400, pointer]);
      assert.match(json.detail, /range of a double/);
    });
  }

  test('/req/core/process-execute-input-validation: an integer in exponents is an integer, a large one too', async () => {
    const { json } = await execute('echo', '{"inputs":{"message":"a","numbers":[1e0,1.0,1e15]}}');
    assert.deepEqual(json.numbers, [1, 1, 1e15]);
  });
});

describe('names and texts', () => {
  test('that an object has already are identifiers as any other', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const asInput = await execute('echo', `{"inputs":{"message":"a","${name}":{"x":1}}}`);
      assert.deepEqual([asInput.status, asInput.json.errors[0].pointer], [400, `/inputs/${name}`]);
      const asOutput = await execute('echo', `{"inputs":{"message":"a"},"outputs":{"${name}":{}}}`);
      assert.deepEqual([asOutput.status, asOutput.json.errors[0].pointer], [400, `/outputs/${name}`]);
      const asParameter = await get(`/processes/echo/execution?message=a&${name}=1`);
      assert.deepEqual([asParameter.status, asParameter.json.errors[0].pointer], [400, `?${name}`]);
      const { links } = (await get(`/processes?${name}=1&limit=1`)).json;
      assert.ok(links[0].href.includes(`${name}=1`));
    }
    assert.equal((await execute('echo', '{"__proto__":{"inputs":{"message":"a"}}}')).status, 400);
    assert.equal(({} as Record<string, unknown>)['x'], undefined);
  });

  test('half of a surrogate pair is refused with its place: nothing that speaks UTF-8 could carry it', async () => {
    const places: [body: string, pointer: string][] = [
      ['{"inputs":{"message":"\\ud800"}}', '/inputs/message'],
      ['{"inputs":{"message":"a","mixed":{"value":{"a":["\\udfff"]}}}}', '/inputs/mixed/value/a/0'],
      ['{"inputs":{"message":"a","mixed":{"\\ud800":1}}}', '/inputs/mixed'],
      ['{"inputs":{"message":"a","\\ud800":1}}', '/inputs'],
      [
        '{"inputs":{"message":"a"},"subscriber":{"successUri":"https://e.org/\\ud800"}}',
        '/subscriber/successUri',
      ],
    ];
    for (const [body, pointer] of places) {
      for (const headers of [{}, { Prefer: 'respond-async' }] as Record<string, string>[]) {
        const { status, json } = await execute('echo', body, headers);
        assert.deepEqual([status, json.errors[0].pointer], [400, pointer], body);
      }
    }
    const pair = await execute('echo', '{"inputs":{"message":"\\ud83c\\udf0d"},"outputs":{"message":{}}}');
    assert.deepEqual([pair.status, pair.json], [200, '\u{1f30d}']);
    const upload = await call('/uploads', { method: 'POST', body: '{"mediaType":"\\ud800","size":1}' });
    assert.deepEqual([upload.status, upload.json.errors[0].pointer], [400, '/mediaType']);
  });

  test('a control character is kept', async () => {
    const message = 'a\u0000b\u001f';
    assert.deepEqual((await execute('echo', { inputs: { message } })).json, { message, pause: 0 });
  });
});

describe('requests that are long', () => {
  const many = (count: number, item: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => item(index)).join(',');
  const bodies: [name: string, processID: string, body: string][] = [
    [
      'a million wrong items',
      'echo',
      `{"inputs":{"message":"a","numbers":[${many(1_000_000, () => '""')}]}}`,
    ],
    [
      'a million wrong features',
      'buffer',
      `{"inputs":{"distance":1,"features":{"type":"FeatureCollection","features":[${many(1_000_000, () => '{}')}]}}}`,
    ],
    ['many unknown inputs', 'echo', `{"inputs":{"message":"a",${many(300_000, (index) => `"${index}":1`)}}}`],
    [
      'many unknown outputs',
      'echo',
      `{"inputs":{"message":"a"},"outputs":{${many(300_000, (index) => `"${index}":1`)}}}`,
    ],
    ['a long name', 'echo', `{"inputs":{"message":"a","${'x'.repeat(4_000_000)}":1}}`],
    [
      'a long value that is not one of two',
      'echo',
      `{"inputs":{"message":"a"},"response":"${'x'.repeat(4_000_000)}"}`,
    ],
    [
      'a long address',
      'echo',
      `{"inputs":{"message":"a"},"subscriber":{"successUri":"https://e.example/${'x'.repeat(10_000)}"}}`,
    ],
    ['bytes that are no base64', 'echo', `{"inputs":{"message":"a","image":"${'A'.repeat(4_000_000)}#"}}`],
  ];
  for (const [name, processID, body] of bodies) {
    test(`${name}: 400, and an answer that is not long`, async () => {
      const { status, json, bytes } = await execute(processID, body, { Prefer: 'respond-async' });
      assert.equal(status, 400);
      assert.ok(json.errors.length > 0 && json.errors.length <= 100, String(json.errors.length));
      assert.ok(bytes.length < LONGEST_ANSWER, String(bytes.length));
    });
  }

  test('what is too much to tell is counted', async () => {
    const inputs = {
      message: 'a',
      ...Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`x${index}`, 1])),
    };
    const { json } = await execute('echo', { inputs });
    assert.equal(json.errors.length, 100);
    assert.deepEqual(json.errors[99], { pointer: '', detail: 'There are 151 more faults.' });
  });

  test('a long array that is right is taken', async () => {
    const numbers = Array.from({ length: 200_000 }, (_, index) => index);
    assert.equal((await execute('echo', { inputs: { message: 'a', numbers } })).json.numbers.length, 200_000);
  });

  test('a query as long as API Gateway lets through', async () => {
    const text = 'x'.repeat(10_000);
    assert.deepEqual((await get(`/processes?q=${text}`)).json.processes, []);
    assert.equal((await get(`/processes/echo/execution?message=${text}&message[include]=true`)).json, text);
    const longer = await get(`/processes/echo/execution?message=${'x'.repeat(10_300)}`);
    assert.equal(longer.status, 431);
  });

  test('/per/core/prev: from far beyond the end, the page before has something on it', async () => {
    const { processes, links } = (await get(`/processes?limit=5&offset=${'9'.repeat(400)}`)).json;
    const prev = links.find(({ rel }: { rel: string }) => rel === 'prev').href;
    assert.deepEqual([processes.length, (await get(prev)).json.processes.length], [0, 5]);
  });
});

describe('how a body is written', () => {
  const json = '{"inputs":{"message":"é"}}';
  const cases: [name: string, rawBody: Uint8Array, headers: Record<string, string>, status: number][] = [
    ['with a byte order mark', Buffer.from(`\ufeff${json}`), {}, 200],
    ['with blanks around it', Buffer.from(`\r\n\t ${json} \n`), {}, 200],
    ['in UTF-16', Buffer.from(json, 'utf16le'), {}, 400],
    ['in Latin-1', Buffer.from(json, 'latin1'), {}, 400],
    ['compressed', gzipSync(json), { 'Content-Encoding': 'gzip' }, 415],
    ['compressed without saying so', gzipSync(json), {}, 400],
    ['encoded as itself', Buffer.from(json), { 'Content-Encoding': 'identity' }, 200],
    ['with an empty media type', Buffer.from(json), { 'Content-Type': '' }, 200],
    ['as a form', Buffer.from('inputs=x'), { 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
    ['twice', Buffer.from(json + json), {}, 400],
  ];
  for (const [name, rawBody, headers, expected] of cases) {
    test(`/req/core/process-execute-request: ${name}: ${expected}`, async () => {
      const { status, text } = await call('/processes/echo/execution', { method: 'POST', rawBody, headers });
      assert.equal(status, expected, text);
    });
  }

  test('a media type of an upload that is too long for a header is refused', async () => {
    for (const mediaType of [`a/${'b'.repeat(100_000)}`, `a/b;${' x=y;'.repeat(10_000)} x=y`]) {
      const { status, json } = await call('/uploads', { method: 'POST', body: { mediaType, size: 1 } });
      assert.deepEqual([status, json.errors[0].pointer], [400, '/mediaType']);
      assert.ok(json.detail.length < 300);
    }
  });

  for (const [mediaType, expected] of [
    ['text/html; a="b', 400],
    ['text/html; a=b"', 400],
    ['text/html; a="b"c', 400],
    ['text/html; a=', 400],
    ['text/html; a=b, c/d', 400],
    ['text/html; a="b\r\nX: y"', 400],
    ['text/html; a="b; c"', 201],
    ['text/html; a="say \\"b\\""', 201],
    ['image/tiff; application=geotiff; profile=cloud-optimized', 201],
  ] as const) {
    test(`the media type ${JSON.stringify(mediaType)} of an upload (RFC 9110, 8.3.1): ${expected}`, async () => {
      const { status, text, json } = await call('/uploads', { method: 'POST', body: { mediaType, size: 1 } });
      assert.equal(status, expected, text);
      if (expected === 400) assert.equal(json.errors[0].pointer, '/mediaType');
    });
  }

  test('a compressed body is refused with what would be right, for uploads too', async () => {
    for (const path of ['/processes/echo/execution', '/uploads']) {
      const headers = { 'Content-Encoding': 'gzip' };
      const answer = await call(path, { method: 'POST', rawBody: gzipSync('{}'), headers });
      assert.deepEqual([answer.status, answer.headers.get('accept-encoding')], [415, 'identity']);
      assert.match(answer.json.detail, /without Content-Encoding/);
    }
  });
});

describe('parameters of a query', () => {
  const cases: [query: string, pointer: string][] = [
    ['message=a&message=b', '/inputs/message'],
    ['message=a&pause=0&pause=0', '/inputs/pause'],
    ['message=a&area=1,2,3,4&area[crs]=x&area[crs]=y', '?area[crs]'],
    ['message=a&numbers=0x10', '/inputs/numbers/0'],
    ['message=a&numbers=1e400', '/inputs/numbers/0'],
    ['message=a&numbers=Infinity', '/inputs/numbers/0'],
  ];
  for (const [query, pointer] of cases) {
    test(`/req/kvp-execute/input-query-parameter-values: ${query} is refused`, async () => {
      const { status, json } = await get(`/processes/echo/execution?${query}`);
      assert.deepEqual([status, json.errors[0].pointer], [400, pointer]);
    });
  }

  test('/req/kvp-execute/array-input-value: an array may be repeated, and f may not', async () => {
    const { json } = await get(
      '/processes/echo/execution?message=a&numbers=1&numbers=2,+3&numbers[include]=true',
    );
    assert.deepEqual(json, [1, 2, 3]);
    assert.equal((await get('/processes?f=json&f=html')).status, 400);
    assert.equal((await get('/jobs?limit=1&limit=1')).status, 400);
  });

  test('a layer and its numbers in a query are those of a body', async () => {
    const query = `features=${encodeURIComponent(JSON.stringify(point))}&distance=%2B1.5e1`;
    const byQuery = await get(`/processes/buffer/execution?${query}`);
    const byBody = await execute('buffer', { inputs: { features: point, distance: 15 } });
    assert.deepEqual([byQuery.status, byQuery.json], [200, byBody.json]);
  });
});
