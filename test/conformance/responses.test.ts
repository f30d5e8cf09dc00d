import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryService } from '../support/memory-service.ts';
import type { Answer } from '../support/service-client.ts';

/**
 * The decision table of responses, row by row, as the answer to a synchronous execution and as that to the request for
 * the results of a job: the same rules hold for both.
 */
const service = memoryService();
const { get, execute, ports } = service;
const pixel = Buffer.from([73, 73, 42, 0, 8, 0, 0, 0]);
const inputs = {
  message: 'teststring',
  numbers: [1, 2, 3],
  area: { bbox: [1, 2, 3, 4] },
  mixed: { value: { a: 1 } },
  image: pixel.toString('base64'),
};
const map = {
  message: 'teststring',
  numbers: [1, 2, 3],
  area: { bbox: [1, 2, 3, 4] },
  mixed: { value: { a: 1 }, mediaType: 'application/json' },
  image: { value: pixel.toString('base64'), encoding: 'base64', mediaType: 'image/tiff' },
  pause: 0,
};
const PROFILE = '<https://www.opengis.net/def/profile/OGC/0/ogc-results>; rel="profile"';
const value = { transmissionMode: 'value' };
const reference = { transmissionMode: 'reference' };

interface Row {
  readonly name: string;
  readonly request: object;
  readonly headers?: Record<string, string>;
  readonly query?: string;
  readonly status: number;
  readonly type?: RegExp;
  readonly check?: (answer: Answer) => void | Promise<void>;
  /** What differs when it is asked of a job. */
  readonly job?: Partial<Pick<Row, 'status' | 'type' | 'check'>>;
}

const isMap = (expected: object) => (answer: Answer) => {
  assert.deepEqual(answer.json, expected);
  assert.equal(answer.headers.get('link'), PROFILE);
};
const isText = (expected: string) => (answer: Answer) => assert.equal(answer.text, expected);
const notAvailable = (answer: Answer) => assert.match(answer.json.type, /\/result-not-available$/);

const version2: Row[] = [
  {
    name: 'one output, no Accept: its default media type',
    request: { outputs: { image: {} } },
    status: 200,
    type: /^image\/tiff$/,
    check: ({ bytes }) => assert.deepEqual(Buffer.from(bytes), pixel),
  },
  {
    name: 'one output, */*',
    request: { outputs: { message: {} } },
    headers: { Accept: '*/*' },
    status: 200,
    type: /^application\/json$/,
    check: isText('"teststring"'),
  },
  {
    name: 'one output, Accept: text/plain',
    request: { outputs: { message: {} } },
    headers: { Accept: 'text/plain' },
    status: 200,
    type: /^text\/plain/,
    check: isText('teststring'),
  },
  {
    name: 'one output, Accept by quality',
    request: { outputs: { message: {} } },
    headers: { Accept: 'application/json;q=0.2, text/plain;q=0.9' },
    status: 200,
    type: /^text\/plain/,
  },
  {
    name: 'one output, the second of two formats',
    request: { outputs: { image: { format: { mediaType: 'image/tiff' } } } },
    headers: { Accept: 'image/*' },
    status: 200,
    type: /^image\/tiff$/,
  },
  {
    name: 'one output that cannot be had as it is asked',
    request: { outputs: { image: {} } },
    headers: { Accept: 'application/json' },
    status: 406,
    type: /^application\/json$/,
    // The link to the results of a job says application/json.
    job: { status: 200, check: isMap({ image: map.image }) },
  },
  {
    name: 'one output, an unknown media type',
    request: { outputs: { message: {} } },
    headers: { Accept: 'video/mp4' },
    status: 406,
  },
  {
    name: 'one output, profile ogc-results in the query',
    request: { outputs: { message: {} } },
    query: '?profile=ogc-results',
    status: 200,
    check: isMap({ message: 'teststring' }),
  },
  {
    name: 'one output, the profile as a safe CURIE',
    request: { outputs: { message: {} } },
    query: '?profile=%5Bogc-profile%3Aogc-results%5D',
    status: 200,
    check: isMap({ message: 'teststring' }),
  },
  {
    name: 'one output, the profile as a URI in Accept-Profile',
    request: { outputs: { message: {} } },
    headers: { 'Accept-Profile': '<https://www.opengis.net/def/profile/OGC/0/ogc-results>' },
    status: 200,
    check: isMap({ message: 'teststring' }),
  },
  {
    name: 'one output, the profile as a preference',
    request: { outputs: { image: {} } },
    headers: { Prefer: 'profile="ogc-results"' },
    status: 200,
    check: isMap({ image: map.image }),
  },
  {
    name: 'one output, an unknown profile',
    request: { outputs: { message: {} } },
    query: '?profile=nonsense',
    status: 200,
    check: isText('"teststring"'),
  },
  {
    name: 'several outputs, no Accept: a map',
    request: {},
    status: 200,
    type: /^application\/json$/,
    check: isMap(map),
  },
  {
    name: 'several outputs, Accept: application/json',
    request: { outputs: { message: {}, mixed: {} } },
    headers: { Accept: 'application/json' },
    status: 200,
    check: isMap({ message: map.message, mixed: map.mixed }),
  },
  {
    name: 'several outputs, Accept: multipart/related',
    request: { outputs: { message: {}, image: {} } },
    headers: { Accept: 'multipart/related' },
    status: 200,
    type: /^multipart\/related; boundary=/,
    check: ({ text }) => assert.match(text, /Content-ID: message\r\n/),
  },
  {
    name: 'several outputs, Accept: multipart/*',
    request: {},
    headers: { Accept: 'multipart/*, application/json;q=0.1' },
    status: 200,
    type: /^multipart\/related/,
  },
  {
    name: 'several outputs that cannot be had as they are asked',
    request: {},
    headers: { Accept: 'image/png' },
    status: 406,
  },
  {
    name: 'several outputs, return=minimal: what is small is there',
    request: {},
    headers: { Prefer: 'return=minimal' },
    status: 200,
    check: isMap(map),
  },
  {
    name: 'several outputs, return=representation: everything is there',
    request: {},
    headers: { Prefer: 'return=representation' },
    status: 200,
    check: isMap(map),
  },
  {
    name: 'no outputs',
    request: { outputs: {} },
    status: 204,
    check: ({ bytes }) => assert.equal(bytes.length, 0),
    job: { status: 404, check: notAvailable },
  },
];

const version1: Row[] = [
  {
    name: 'raw, one value',
    request: { outputs: { message: value } },
    status: 200,
    type: /^application\/json$/,
    check: isText('"teststring"'),
  },
  {
    name: 'raw, one value that is bytes',
    request: { outputs: { image: value }, response: 'raw' },
    status: 200,
    type: /^image\/tiff$/,
  },
  {
    name: 'raw, several values: multipart',
    request: { outputs: { message: value, image: value } },
    status: 200,
    type: /^multipart\/related; boundary=.*type=/,
    check: ({ text, bytes, headers }) => {
      assert.deepEqual(
        [...text.matchAll(/Content-ID: (\w+)\r\n/g)].map((match) => match[1]),
        ['message', 'image'],
      );
      assert.ok(Buffer.from(bytes).includes(pixel));
      assert.equal(headers.get('link'), null);
    },
  },
  {
    name: 'raw, one reference: 204 with a link',
    request: { outputs: { image: reference } },
    status: 204,
    check: linksLeadTo(['image']),
  },
  {
    name: 'raw, several references: 204 with a link each',
    request: { outputs: { message: reference, image: reference } },
    status: 204,
    check: linksLeadTo(['message', 'image']),
  },
  {
    name: 'raw, mixed: multipart with an empty part for the reference',
    request: { outputs: { message: value, image: reference } },
    status: 200,
    type: /^multipart\/related/,
    check: async ({ text }) => {
      const location = /Content-ID: image\r\n[\s\S]*?Content-Location: (\S+)\r\n\r\n\r\n/.exec(text)?.[1];
      assert.ok(location, text);
    },
  },
  {
    name: 'document, one value: a map',
    request: { outputs: { message: {} }, response: 'document' },
    status: 200,
    type: /^application\/json$/,
    check: ({ json, headers }) => {
      assert.deepEqual(json, { message: 'teststring' });
      assert.equal(headers.get('link'), null);
    },
  },
  {
    name: 'document, all',
    request: { response: 'document' },
    status: 200,
    check: ({ json }) => assert.deepEqual(json, map),
  },
  {
    name: 'document, mixed: references as links',
    request: { outputs: { message: value, image: reference }, response: 'document' },
    status: 200,
    check: ({ json }) => {
      assert.equal(json.message, 'teststring');
      assert.match(json.image.href, /^https:/);
      assert.deepEqual(
        [json.image.rel, json.image.type],
        ['http://www.opengis.net/def/rel/ogc/1.0/results', 'image/tiff'],
      );
    },
  },
  {
    name: 'document, no outputs',
    request: { outputs: {}, response: 'document' },
    status: 204,
    job: { status: 404, check: notAvailable },
  },
];

function linksLeadTo(ids: readonly string[]) {
  return async ({ headers }: Answer) => {
    const links = (headers.get('link') ?? '').split(/, (?=<)/);
    assert.deepEqual(
      links.map((link) => /title="(\w+)"/.exec(link)?.[1]),
      ids,
    );
    for (const link of links)
      assert.match(
        link,
        /^<https:\/\/[^>]+>; rel="http:\/\/www\.opengis\.net\/def\/rel\/ogc\/1\.0\/results"/,
      );
  };
}

async function checkRow({ status, type, check }: Partial<Row>, answer: Answer): Promise<void> {
  assert.equal(answer.status, status, answer.text);
  if (type) assert.match(answer.headers.get('content-type') ?? '', type);
  await check?.(answer);
}

for (const [dialect, rows] of [
  ['version 2.0', version2],
  ['version 1.0', version1],
] as const) {
  describe(`${dialect}, while the client waits`, () => {
    for (const row of rows) {
      test(row.name, async () => {
        const path = `/processes/echo/execution${row.query ?? ''}`;
        const body = { inputs, ...row.request };
        await checkRow(row, await service.call(path, { method: 'POST', body, headers: row.headers ?? {} }));
      });
    }
  });

  describe(`${dialect}, of a job`, () => {
    for (const row of rows) {
      test(row.name, async () => {
        // An Accept that only fits the results must not stand in the way of the job.
        const headers = { Accept: row.headers?.['Accept'] ?? '*/*', Prefer: 'respond-async' };
        const created = await execute('echo', { inputs, ...row.request }, headers);
        assert.equal(created.status, 201, created.text);
        await ports.workflow.settled();
        const answer = await get(`/jobs/${created.json.jobID}/results${row.query ?? ''}`, row.headers);
        await checkRow({ ...row, ...row.job }, answer);
        assert.equal((await get(`/jobs/${created.json.jobID}`)).json.status, 'successful');
      });
    }
  });
}

/** A job of echo with its results. */
async function job(request: object, headers = {}): Promise<string> {
  const { json } = await execute('echo', { inputs, ...request }, { Prefer: 'respond-async', ...headers });
  await ports.workflow.settled();
  return `/jobs/${json.jobID}`;
}

describe('requirements on responses', () => {
  test('/req/core/process-execute-sync-one, /req/core/process-execute-sync-one-default-content: one output is bare, in its default media type or as negotiated', async () => {
    const { headers } = await execute('echo', { inputs, outputs: { image: {} } });
    assert.equal(headers.get('content-type'), 'image/tiff');
  });

  test('/req/core/process-execute-sync-many-json, /req/core/process-execute-omitted-outputs, /req/core/process-execute-success-sync-outputs-omitted: all outputs as a map with its profile', async () => {
    isMap(map)(await execute('echo', { inputs }));
  });

  test('/req/core/process-execute-success-async-outputs-omitted, /req/core/job-result-op, /req/core/job-results-async-one: each output of a job is there by itself', async () => {
    const path = await job({});
    for (const id of Object.keys(map)) assert.equal((await get(`${path}/results/${id}`)).status, 200);
    const image = await get(`${path}/results/image`);
    assert.deepEqual([image.headers.get('content-type'), Buffer.from(image.bytes)], ['image/tiff', pixel]);
    assert.equal((await get(`${path}/results/message`, { Accept: 'text/plain' })).text, 'teststring');
    assert.equal((await get(`${path}/results/message`, { Accept: 'image/png' })).status, 406);
  });

  test('/req/core/process-execute-success-async-outputs: what was not asked for is not there', async () => {
    const path = await job({ outputs: { message: {}, numbers: {} } });
    assert.deepEqual(Object.keys((await get(`${path}/results`)).json), ['message', 'numbers']);
    const { status, json } = await get(`${path}/results/image`);
    assert.equal(status, 404);
    assert.match(json.type, /result-not-available$/);
  });

  test('/req/core/job-results-op, /req/core/job-results-async-many, /per/core/job-results-async-many-other-formats, /per/core/process-execute-multiple-output-pkg: several results as a map, or as a package', async () => {
    const path = await job({});
    isMap(map)(await get(`${path}/results`));
    assert.match(
      (await get(`${path}/results`, { Accept: 'multipart/related' })).headers.get('content-type') ?? '',
      /^multipart/,
    );
  });

  test('/req/core/job-results-param-outputs, /req/core/job-results-param-outputs-response: outputs narrows the results', async () => {
    const path = await job({});
    assert.deepEqual((await get(`${path}/results?outputs=message,numbers`)).json, {
      message: map.message,
      numbers: map.numbers,
    });
    assert.deepEqual((await get(`${path}/results?outputs=message&outputs=area`)).json, {
      message: map.message,
      area: map.area,
    });
  });

  test('/req/core/job-results-exception/invalid-query-parameter-value: an output that the process does not have', async () => {
    const { status, json } = await get(`${await job({})}/results?outputs=nope`);
    assert.equal(status, 400);
    assert.match(json.type, /\/invalid-query-parameter-value$/);
    assert.match(json.detail, /message, numbers/);
  });

  test('/req/core/job-results-exception-no-such-output: as a path', async () => {
    const { status, json } = await get(`${await job({})}/results/nope`);
    assert.equal(status, 400);
    assert.match(json.type, /\/no-such-output$/);
  });

  test('/req/core/job-results-profile, /req/query-param-profile/definition, /per/core/process-execute-sync-one-result: the profile gives a map of one', async () => {
    const path = await job({ outputs: { message: {} } });
    assert.equal((await get(`${path}/results`)).text, '"teststring"');
    for (const profile of [
      'ogc-results',
      '[ogc-profile:ogc-results]',
      'https://www.opengis.net/def/profile/OGC/0/ogc-results',
    ]) {
      isMap({ message: 'teststring' })(await get(`${path}/results?profile=${encodeURIComponent(profile)}`));
    }
  });

  test('/req/core/job-results-exception/results-not-available: a job that was asked for nothing', async () => {
    const path = await job({ outputs: {} });
    for (const below of ['/results', '/results/message']) {
      const { status, json } = await get(`${path}${below}`);
      assert.equal(status, 404);
      assert.match(json.type, /\/result-not-available$/);
    }
  });

  test('/req/core/job-results-async-raw-value-one, /req/core/job-results-async-raw-ref, /req/core/job-results-async-raw-mixed-multi, /req/core/job-results-async-document: a job remembers how its results were asked for', async () => {
    const bare = await get(`${await job({ outputs: { message: value } })}/results`);
    assert.equal(bare.text, '"teststring"');
    const linked = await get(`${await job({ outputs: { image: reference } })}/results`);
    assert.equal(linked.status, 204);
    const href = /^<([^>]+)>/.exec(linked.headers.get('link') ?? '')![1]!;
    assert.deepEqual(Buffer.from((await get(href)).bytes), pixel);
    const mixed = await get(`${await job({ outputs: { message: value, image: reference } })}/results`);
    const location = /Content-Location: (\S+)/.exec(mixed.text)![1]!;
    assert.deepEqual(Buffer.from((await get(location)).bytes), pixel);
    const document = await get(
      `${await job({ outputs: { image: reference }, response: 'document' })}/results`,
    );
    assert.deepEqual(Buffer.from((await get(document.json.image.href)).bytes), pixel);
  });

  test('/req/core/job-results-success-sync, /per/core/process-execute-sync-job: a synchronous execution makes no job, and says so by having no monitor link', async () => {
    const before = (await get('/jobs?limit=1000')).json.jobs.length;
    const { headers } = await execute('echo', { inputs, outputs: { message: value } });
    assert.equal(headers.get('link'), null);
    assert.equal((await get('/jobs?limit=1000')).json.jobs.length, before);
  });
});

describe('large results', () => {
  const message = 'x'.repeat(40_000);
  const small = memoryService({ settings: { inlineResultBytes: 60_000 } });
  const large = 'y'.repeat(100_000);

  test('/rec/core/process-execute-sync-many-json-prefer-none, /rec/core/process-execute-honor-prefer-return: without a preference they are there as far as they fit', async () => {
    const { json } = await small.execute('echo', { inputs: { message, numbers: [1] } });
    assert.deepEqual(json, { message, numbers: [1], pause: 0 });
    const { json: linked } = await small.execute('echo', { inputs: { message: large, numbers: [1] } });
    assert.deepEqual(
      [linked.message.rel, linked.message.type],
      ['http://www.opengis.net/def/rel/ogc/1.0/results', 'application/json'],
    );
  });

  test('/rec/core/job-results-async-many-json-prefer-none, /rec/core/job-results-async-many-json-prefer-minimal, /rec/core/job-results-async-many-json-prefer-representation: of a job likewise', async () => {
    const { json } = await small.execute(
      'echo',
      { inputs: { message, numbers: [1] } },
      { Prefer: 'respond-async' },
    );
    await small.ports.workflow.settled();
    const results = (prefer: string) => small.get(`/jobs/${json.jobID}/results`, { Prefer: prefer });
    assert.deepEqual((await results('')).json, { message, numbers: [1], pause: 0 });
    assert.match((await results('return=minimal')).json.message.href, /\/results\/message$/);
    const whole = await results('return=representation');
    assert.deepEqual(whole.json, { message, numbers: [1], pause: 0 });
    assert.equal(whole.headers.get('preference-applied'), 'return=representation');
  });

  test('a result over the threshold is a redirect to where it is', async () => {
    const { status, headers } = await small.execute('echo', {
      inputs: { message: large },
      outputs: { message: {} },
    });
    assert.equal(status, 303);
    assert.match(headers.get('location') ?? '', /^https:\/\/storage\.example\/sync\/.*\.json\?/);
  });
});
