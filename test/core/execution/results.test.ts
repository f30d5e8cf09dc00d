import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ResultEntry } from '../../../core/execution/manifest.ts';
import { parsePrefer } from '../../../core/execution/preferences.ts';
import { type Presentation, respondWithResults } from '../../../core/execution/results.ts';
import type { RequestedOutput } from '../../../core/jobs/execute-request.ts';
import { NotAcceptable, ResultNotAvailable } from '../../../core/shared/errors.ts';
import type { ApiResponse } from '../../../core/shared/response.ts';

const text: ResultEntry = {
  id: 'text',
  mediaType: 'application/json',
  size: 12,
  encoding: 'json',
  content: 'teststring',
};
const integer: ResultEntry = {
  id: 'integer',
  mediaType: 'application/json',
  size: 1,
  encoding: 'json',
  content: 7,
};
const measure: ResultEntry = {
  id: 'measure',
  mediaType: 'application/json',
  size: 30,
  encoding: 'json',
  content: { measurement: 1, uom: 'm' },
};
const area: ResultEntry = {
  id: 'area',
  mediaType: 'application/json',
  size: 20,
  encoding: 'json',
  content: { bbox: [1, 2, 3, 4] },
};
const gml: ResultEntry = {
  id: 'gml',
  mediaType: 'application/gml+xml; version=3.2',
  size: 6,
  encoding: 'text',
  content: '<gml/>',
};
const image: ResultEntry = {
  id: 'image',
  mediaType: 'image/tiff; application=geotiff',
  size: 3,
  encoding: 'base64',
  content: 'SUkq',
};
const large: ResultEntry = {
  id: 'large',
  mediaType: 'image/tiff; application=geotiff',
  size: 5000,
  encoding: 'base64',
  key: 'jobs/1/outputs/large.tif',
};
const medium: ResultEntry = { ...large, id: 'medium', size: 100, key: 'jobs/1/outputs/medium.tif' };

interface Case {
  readonly entries: readonly ResultEntry[];
  readonly version?: '1.0' | '2.0';
  readonly response?: 'raw' | 'document';
  readonly modes?: readonly ('value' | 'reference')[];
  readonly accept?: string;
  readonly prefer?: string;
  readonly profiled?: boolean;
  readonly ofJob?: boolean;
  readonly inlineBytes?: number;
  /** Hears of results that are read from the bucket. */
  readonly loaded?: string[];
}

function answer(asked: Case) {
  return respondWithResults(asked.entries, present(asked));
}

function present({
  entries,
  version = '2.0',
  response = 'raw',
  modes,
  accept,
  prefer,
  profiled,
  ofJob,
  inlineBytes = 1000,
  loaded = [],
}: Case): Presentation {
  const outputs = entries.map(
    ({ id }, index): RequestedOutput => ({ id, ...(modes ? { transmissionMode: modes[index]! } : {}) }),
  );
  return {
    request: { processID: 'p', dialect: version, outputs, outputsNamed: true, response },
    accept,
    preferences: parsePrefer(prefer),
    profiled: profiled ?? false,
    ofJob: ofJob ?? false,
    refer: async ({ id }) => `https://example.org/jobs/1/results/${id}`,
    redirect: async ({ key }) => `https://bucket.example.org/${key}`,
    load: async ({ id, size }) => {
      loaded.push(id);
      return new Uint8Array(size);
    },
    inlineBytes,
  };
}

const decodeBody = ({ body }: ApiResponse) => new TextDecoder().decode(body as Uint8Array);
const contentType = ({ headers }: ApiResponse) => headers?.['Content-Type'];
const resultsLink = '<https://www.opengis.net/def/profile/OGC/0/ogc-results>; rel="profile"';

describe('one output, version 2.0', () => {
  test('/req/core/process-execute-sync-one-default-content: the bare value in its own media type', async () => {
    const response = await answer({ entries: [image] });
    assert.equal(response.status, 200);
    assert.equal(contentType(response), 'image/tiff; application=geotiff');
    assert.deepEqual([...(response.body as Uint8Array)], [0x49, 0x49, 0x2a]);
  });
  test('/req/core/process-execute-sync-one: a string is JSON by default and for application/json', async () => {
    for (const accept of [undefined, '*/*', 'application/json']) {
      const response = await answer({ entries: [text], ...(accept ? { accept } : {}) });
      assert.equal(decodeBody(response), '"teststring"');
      assert.equal(contentType(response), 'application/json');
    }
  });
  test('a string is bare text for text/plain', async () => {
    const response = await answer({ entries: [text], accept: 'text/plain' });
    assert.equal(decodeBody(response), 'teststring');
    assert.equal(contentType(response), 'text/plain; charset=utf-8');
  });
  test('what cannot be had is 406', async () => {
    await assert.rejects(answer({ entries: [image], accept: 'video/mp4' }), NotAcceptable);
  });
  test('a file is in a map for who takes only JSON, as links to results announce it', async () => {
    const response = await answer({ entries: [image], accept: 'application/json' });
    const { mediaType } = image;
    assert.deepEqual(response.resource, { image: { value: 'SUkq', encoding: 'base64', mediaType } });
  });
  test('profile ogc-results: a map with the profile link', async () => {
    const response = await answer({ entries: [text], profiled: true });
    assert.deepEqual(response.resource, { text: 'teststring' });
    assert.equal(response.headers?.['Link'], resultsLink);
  });
  test('a large value is a redirect to the object', async () => {
    const response = await answer({ entries: [large] });
    assert.equal(response.status, 303);
    assert.equal(response.headers?.['Location'], 'https://bucket.example.org/jobs/1/outputs/large.tif');
  });
});

describe('several outputs, version 2.0', () => {
  test('/req/core/process-execute-sync-many-json: a map whose members are values, qualified values and links', async () => {
    const response = await answer({ entries: [text, integer, measure, area, gml, image, large] });
    assert.deepEqual(response.resource, {
      text: 'teststring',
      integer: 7,
      measure: { value: { measurement: 1, uom: 'm' }, mediaType: 'application/json' },
      area: { bbox: [1, 2, 3, 4] },
      gml: { value: '<gml/>', mediaType: 'application/gml+xml; version=3.2' },
      image: { value: 'SUkq', encoding: 'base64', mediaType: 'image/tiff; application=geotiff' },
      large: {
        href: 'https://example.org/jobs/1/results/large',
        rel: 'http://www.opengis.net/def/rel/ogc/1.0/results',
        type: 'image/tiff; application=geotiff',
      },
    });
    assert.equal(response.headers?.['Link'], resultsLink);
  });
  test('/rec/core/process-execute-sync-many-json-prefer-minimal: objects by link', async () => {
    const response = await answer({ entries: [text, medium], prefer: 'return=minimal' });
    assert.ok('href' in (response.resource as Record<string, object>)['medium']!);
  });
  test('/rec/core/process-execute-sync-many-json-prefer-representation: objects inline', async () => {
    const response = await answer({ entries: [text, medium], prefer: 'return=representation' });
    assert.ok('value' in (response.resource as Record<string, object>)['medium']!);
  });
  test('/per/core/process-execute-sync-many-other-formats: multipart where Accept ranks it first', async () => {
    const response = await answer({
      entries: [text, integer],
      accept: 'multipart/related, application/json;q=0.5',
    });
    assert.match(String(contentType(response)), /^multipart\/related; boundary=/);
  });
  test('an unsupported package is 406', async () => {
    await assert.rejects(answer({ entries: [text, integer], accept: 'video/mp4' }), NotAcceptable);
  });
});

describe('version 1.0', () => {
  const v1 = { version: '1.0' } as const;
  test('/req/core/process-execute-sync-raw-value-one', async () => {
    const response = await answer({ ...v1, entries: [text], modes: ['value'] });
    assert.equal(decodeBody(response), '"teststring"');
    assert.equal(response.headers?.['Link'], undefined);
  });
  test('/req/core/process-execute-sync-raw-value-multi: multipart/related without Link', async () => {
    const response = await answer({ ...v1, entries: [text, image], modes: ['value', 'value'] });
    const boundary = /boundary=([^;]+)/.exec(String(contentType(response)))![1]!;
    const parts = Buffer.from(response.body as Uint8Array)
      .toString('latin1')
      .split(`--${boundary}`)
      .slice(1, -1);
    assert.equal(parts.length, 2);
    assert.match(
      parts[0]!,
      /Content-ID: text\r\nContent-Type: text\/plain; charset=utf-8\r\n\r\nteststring\r\n$/,
    );
    assert.match(
      parts[1]!,
      /Content-ID: image\r\nContent-Type: image\/tiff; application=geotiff\r\n\r\nII\*\r\n$/,
    );
    assert.equal(response.headers?.['Link'], undefined);
  });
  test('of a job are a map for who takes only JSON, as its link to them says', async () => {
    const asked = { ...v1, entries: [text, image], modes: ['value', 'value'] } as const;
    const ofJob = (accept?: string) => answer({ ...asked, ofJob: true, ...(accept ? { accept } : {}) });
    const { resource } = await ofJob('application/json');
    assert.deepEqual(Object.keys(resource as object), ['text', 'image']);
    for (const accept of [undefined, '*/*', 'multipart/related, application/json;q=0.5'])
      assert.match(String(contentType(await ofJob(accept))), /^multipart\/related/);
    // Who waits for the answer gets what version 1.0 says.
    const waited = await answer({ ...asked, accept: 'application/json' });
    assert.match(String(contentType(waited)), /^multipart\/related/);
  });
  test('/req/core/process-execute-sync-raw-ref: 204 and a Link per output, also for one', async () => {
    for (const entries of [[text], [text, image]]) {
      const response = await answer({ ...v1, entries, modes: ['reference', 'reference'] });
      assert.equal(response.status, 204);
      const links = response.headers?.['Link'] as string[];
      assert.equal(links.length, entries.length);
      assert.match(links[0]!, /^<https:\/\/example\.org\/jobs\/1\/results\/text>; rel=/);
    }
  });
  test('/req/core/process-execute-sync-raw-mixed-multi: an empty part with Content-Location', async () => {
    const response = await answer({ ...v1, entries: [text, image], modes: ['value', 'reference'] });
    const message = decodeBody(response);
    assert.match(
      message,
      /Content-ID: image\r\n(?:.|\s)*Content-Location: https:\/\/example\.org\/jobs\/1\/results\/image\r\n\r\n\r\n--/,
    );
    assert.match(message, /teststring/);
  });
  test('/req/core/process-execute-sync-document: a map, also of one output', async () => {
    const one = await answer({ ...v1, response: 'document', entries: [text] });
    assert.deepEqual(one.resource, { text: 'teststring' });
    const two = await answer({
      ...v1,
      response: 'document',
      entries: [text, image],
      modes: ['value', 'reference'],
    });
    assert.deepEqual(Object.keys((two.resource as Record<string, object>)['image']!), [
      'href',
      'rel',
      'type',
    ]);
  });
});

describe('no outputs', () => {
  test('/req/core/process-execute-success-sync-empty-outputs: 204', async () => {
    assert.deepEqual(await answer({ entries: [] }), { status: 204 });
  });
  test('/req/core/process-execute-success-async-outputs-empty: 404 result-not-available', async () => {
    await assert.rejects(answer({ entries: [], ofJob: true }), ResultNotAvailable);
  });
});

const json = (id: string, content: unknown, mediaType = 'application/json'): ResultEntry => ({
  id,
  mediaType,
  size: Buffer.byteLength(JSON.stringify(content)),
  encoding: 'json',
  content,
});
const disposition = ({ headers }: ApiResponse) => headers?.['Content-Disposition'];
const isLink = (response: ApiResponse, id: string) => {
  const value = (response.resource as Record<string, unknown>)[id];
  return typeof value === 'object' && value !== null && 'href' in value;
};

describe('the representations of one output', () => {
  const geojson = json('layer', { type: 'FeatureCollection', features: [] }, 'application/geo+json');

  test('a JSON format is also plain JSON for who asks for it, saved as what it is', async () => {
    const response = await answer({ entries: [geojson], accept: 'application/json' });
    assert.equal(contentType(response), 'application/json');
    assert.equal(decodeBody(response), '{"type":"FeatureCollection","features":[]}');
    assert.equal(disposition(response), 'inline; filename="p-layer.geojson"');
  });
  test('a JSON format is called plain JSON where the output was asked for as that, unless Accept says otherwise', async () => {
    for (const [accept, expected] of [
      [undefined, 'application/json'],
      ['*/*', 'application/json'],
      ['application/geo+json', 'application/geo+json'],
    ] as const) {
      const { request, ...others } = present({ entries: [geojson], ...(accept ? { accept } : {}) });
      const outputs = [{ id: 'layer', mediaType: 'application/geo+json', asJson: true }] as const;
      const response = await respondWithResults([geojson], { ...others, request: { ...request, outputs } });
      assert.equal(contentType(response), expected);
      assert.equal(disposition(response), 'inline; filename="p-layer.geojson"');
    }
  });
  test('are listed where none is accepted, each once', async () => {
    const cases: [ResultEntry, string][] = [
      [geojson, 'application/geo+json, application/json'],
      [text, 'application/json, text/plain'],
      [measure, 'application/json'],
      [image, 'image/tiff; application=geotiff'],
    ];
    for (const [entry, offered] of cases) {
      await assert.rejects(answer({ entries: [entry], accept: 'video/mp4' }), ({ detail }: NotAcceptable) =>
        String(detail).endsWith(` Available: ${offered}.`),
      );
    }
  });
  test('in plain text are those of strings, numbers and booleans alone', async () => {
    for (const entry of [measure, gml, image, json('list', [1]), json('nothing', null)]) {
      await assert.rejects(answer({ entries: [entry], accept: 'text/plain' }), NotAcceptable);
    }
    const { content: _, ...kept } = text;
    await assert.rejects(answer({ entries: [{ ...kept, key: 'k' }], accept: 'text/plain' }), NotAcceptable);
    for (const [content, written] of [
      [5, '5'],
      [true, 'true'],
      ['a "b"', 'a "b"'],
      [9223372036854775807n, '9223372036854775807'],
    ] as const) {
      const response = await answer({ entries: [json('x', content)], accept: 'text/plain' });
      assert.equal(decodeBody(response), written);
      assert.equal(disposition(response), 'inline; filename="p-x.txt"');
    }
  });
  test('text that is no JSON is sent as it is', async () => {
    const csv: ResultEntry = {
      id: 'table',
      mediaType: 'text/csv',
      size: 3,
      encoding: 'text',
      content: 'a,b',
    };
    const response = await answer({ entries: [csv] });
    assert.deepEqual([contentType(response), decodeBody(response)], ['text/csv; charset=utf-8', 'a,b']);
    const plain = await answer({ entries: [{ ...csv, mediaType: 'text/plain' }], accept: 'text/plain' });
    assert.equal(decodeBody(plain), 'a,b');
  });
  test('are inline up to the bytes that a response may carry, and redirects beyond', async () => {
    assert.equal((await answer({ entries: [{ ...large, size: 1000 }] })).status, 200);
    assert.equal((await answer({ entries: [{ ...large, size: 1001 }] })).status, 303);
  });
});

describe('a map of results', () => {
  const a = json('a', 'x'.repeat(398));
  const b = json('b', 'x'.repeat(598));
  const c = json('c', 'x'.repeat(8));

  test('/req/core/process-execute-sync-many-json: has a name under which it is saved', async () => {
    assert.equal(disposition(await answer({ entries: [a, c] })), 'inline; filename="p-results.json"');
  });
  test('is as large as a response may be, no byte larger', async () => {
    const fits = await answer({ entries: [a, b] });
    assert.deepEqual([isLink(fits, 'a'), isLink(fits, 'b')], [false, false]);
    const cut = await answer({ entries: [a, b, c], inlineBytes: 999 });
    assert.deepEqual([isLink(cut, 'a'), isLink(cut, 'b'), isLink(cut, 'c')], [false, true, false]);
    const full = await answer({ entries: [a, b, c] });
    assert.deepEqual([isLink(full, 'a'), isLink(full, 'b'), isLink(full, 'c')], [false, false, true]);
  });
  test('counts what JSON makes of a text', async () => {
    const quotes: ResultEntry = {
      id: 'q',
      mediaType: 'a/b',
      size: 600,
      encoding: 'text',
      content: '"'.repeat(600),
    };
    assert.ok(isLink(await answer({ entries: [quotes, c] }), 'q'));
  });
  test('reads no file that it has only a link to', async () => {
    const loaded: string[] = [];
    const cases: Partial<Case>[] = [
      { prefer: 'return=minimal' },
      { inlineBytes: 99 },
      { version: '1.0', response: 'document', modes: ['value', 'reference'] },
    ];
    for (const rest of cases) {
      const response = await answer({ entries: [c, medium], ...rest, loaded });
      assert.deepEqual([isLink(response, 'c'), isLink(response, 'medium')], [false, true]);
    }
    assert.deepEqual(loaded, []);
    await answer({ entries: [c, medium], loaded });
    assert.deepEqual(loaded, ['medium']);
  });
  test('has files inline in version 1.0, where the transmission modes decide and not the preferences', async () => {
    const response = await answer({
      version: '1.0',
      response: 'document',
      entries: [c, medium],
      prefer: 'return=minimal',
    });
    assert.equal(isLink(response, 'medium'), false);
    assert.equal(response.headers?.['Preference-Applied'], undefined);
  });
  test('RFC 7240: says which preference it follows, if it does', async () => {
    const applied = async (rest: Omit<Case, 'entries'>) =>
      (await answer({ entries: [a, b], ...rest })).headers?.['Preference-Applied'];
    assert.equal(await applied({}), undefined);
    assert.equal(await applied({ prefer: 'return=minimal' }), 'return=minimal');
    assert.equal(await applied({ prefer: 'return=representation' }), 'return=representation');
    assert.equal(await applied({ prefer: 'return=representation', inlineBytes: 999 }), undefined);
    assert.equal(await applied({ prefer: 'return=minimal', inlineBytes: 999 }), 'return=minimal');
  });
  test('has bare values for plain JSON, and qualified ones for objects and other JSON formats', async () => {
    const list = [{ type: 'Feature' }];
    const { resource } = await answer({
      entries: [
        json('nothing', null),
        json('list', [1]),
        json('large', 9223372036854775807n),
        json('features', list, 'application/geo+json'),
      ],
    });
    assert.deepEqual(resource, {
      nothing: null,
      list: [1],
      large: 9223372036854775807n,
      features: { value: list, mediaType: 'application/geo+json' },
    });
  });
});

describe('a package of results', () => {
  const packaged = (entries: ResultEntry[], inlineBytes = 1000) =>
    answer({ entries, accept: 'multipart/related', inlineBytes });
  const linked = (message: string) =>
    [...message.matchAll(/Content-Location: https:\/\/example\.org\/jobs\/1\/results\/(\w+)/g)].map(
      ([, id]) => id,
    );

  test('has a name under which it is saved', async () => {
    assert.equal(disposition(await packaged([text, gml])), 'inline; filename="p-results.multipart"');
  });
  test('has text that is no JSON in its own media type', async () => {
    assert.match(
      decodeBody(await packaged([text, gml])),
      /Content-ID: gml\r\nContent-Type: application\/gml\+xml; version=3\.2\r\n\r\n<gml\/>/,
    );
  });
  test('has numbers as JSON', async () => {
    assert.match(decodeBody(await packaged([integer, gml])), /Content-Type: application\/json\r\n\r\n7\r\n/);
  });
  test('is as large as a response may be; what does not fit is a reference', async () => {
    const [a, b, c] = [
      { ...medium, id: 'a', size: 400 },
      { ...medium, id: 'b', size: 600 },
      { ...medium, id: 'c', size: 1 },
    ];
    assert.deepEqual(linked(decodeBody(await packaged([a, b]))), []);
    assert.deepEqual(linked(decodeBody(await packaged([a, b, c]))), ['c']);
    assert.deepEqual(linked(decodeBody(await packaged([a, b, c], 999))), ['b']);
  });
});

test('/req/core/process-execute-success-async-outputs-empty: says why there is nothing', async () => {
  await assert.rejects(answer({ entries: [], ofJob: true }), ({ detail }: ResultNotAvailable) =>
    /^No outputs were requested, or the process produced none/.test(detail ?? ''),
  );
});
