import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ApiRequest } from '../../core/api/http.ts';
import { parseExecuteRequest } from '../../core/execution/parse.ts';
import { defineProcess, layerOutput } from '../../core/processes/define.ts';
import { executeToCollection } from '../../functions/execution/execute-to-collection.ts';
import { ExecutionClaim } from '../../functions/usage/execution-claim.ts';
import { memoryPorts } from '../support/memory/ports.ts';
import { memoryService } from '../support/memory-service.ts';

const service = memoryService();
const { get, call, execute, ports, baseUrl } = service;
const point = (longitude: number, latitude: number, properties: object, id?: string) => ({
  type: 'Feature',
  ...(id === undefined ? {} : { id }),
  properties,
  geometry: { type: 'Point', coordinates: [longitude, latitude] },
});
const layer = (...features: object[]) => ({ type: 'FeatureCollection', features });
const towns = [
  point(5.1, 52.1, { name: 'Utrecht', size: 3 }, 'u'),
  point(4.9, 52.4, { name: 'Amsterdam', size: 9 }, 'a'),
  point(179.9, -17, { name: 'Taveuni', size: 1 }, 't'),
];
const buffer = (features: object, query = '', headers: Record<string, string> = {}) =>
  call(`/processes/buffer/execution${query}`, {
    method: 'POST',
    body: { inputs: { features, distance: 10 } },
    headers,
  });
const listNames = (json: { features: { properties: { name: string } }[] }) =>
  json.features.map(({ properties }) => properties.name);

describe('collections that results become', () => {
  test('/req/collection-output/response-definition: response takes "collection" and nothing else', async () => {
    const { status, json } = await buffer(layer(...towns), '?response=raw');
    assert.deepEqual([status, json.errors[0].pointer], [400, '?response']);
    const none = await call('/processes/echo/execution?response=collection', {
      method: 'POST',
      body: { inputs: { message: 'x' } },
    });
    assert.deepEqual([none.status, none.json.errors[0].pointer], [400, '/outputs']);
  });

  test('/req/collection-output/response-response-one, /per/collection-output/static: one layer is a redirect to its collection', async () => {
    const { status, headers } = await buffer(layer(...towns), '?response=collection');
    assert.equal(status, 303);
    const { json } = await get(headers.get('location')!);
    assert.equal(json.itemType, 'feature');
    const items = json.links.find(({ rel }: { rel: string }) => rel === 'items').href;
    assert.deepEqual(listNames((await get(items)).json), ['Utrecht', 'Amsterdam', 'Taveuni']);
    assert.equal(json.extent.spatial.bbox[0].length, 4);
  });

  test('/req/collection-output/response-response-many, /per/collection-output/response-response-one: several layers are a map of links', async () => {
    const split = defineProcess({
      id: 'split',
      version: '1.0.0',
      title: 'Split',
      description: 'Made for tests.',
      computeClass: 'vector',
      inputs: {},
      outputs: { left: layerOutput({ title: 'Left' }), right: layerOutput({ title: 'Right' }) },
      examples: [],
    });
    const at = new Date().toISOString();
    const surroundings = memoryPorts({
      runJob: async ({ jobID }) => {
        await surroundings.jobs.change(jobID, { to: 'running', at });
        await surroundings.jobs.change(jobID, { to: 'successful', at });
      },
    });
    const request = { baseUrl, owner: 'anonymous', headers: {}, query: {} } as unknown as ApiRequest;
    const parsed = parseExecuteRequest({ inputs: {} }, split);
    const claim = new ExecutionClaim(request, split, surroundings);
    const preferences = { respondAsync: false };
    const answer = await executeToCollection(
      { request, process: split, parsed, preferences, claim },
      surroundings,
    );
    const { jobID } = surroundings.workflow.started[0]!;
    assert.equal(answer.status, 200);
    assert.deepEqual(
      Object.entries(answer.resource as Record<string, { href: string }>).map(([id, { href }]) => [id, href]),
      ['left', 'right'].map((id) => [id, `${baseUrl}/collections/${jobID}.${id}`]),
    );
  });

  test('/req/collection-output/data-access-mechanisms: features come in pages, within a box, one by one', async () => {
    const { headers } = await buffer(layer(...towns), '?response=collection');
    const items = `${headers.get('location')}/items`;
    const first = (await get(`${items}?limit=2`)).json;
    assert.deepEqual([first.numberMatched, first.numberReturned, first.features.length], [3, 2, 2]);
    const next = first.links.find(({ rel }: { rel: string }) => rel === 'next').href;
    assert.deepEqual(listNames((await get(next)).json), ['Taveuni']);
    assert.deepEqual(listNames((await get(`${items}?bbox=5,52,6,53`)).json), ['Utrecht']);
    assert.deepEqual(listNames((await get(`${items}?bbox=170,-20,-170,-10`)).json), ['Taveuni']);
    const id = items.split('/').at(-2)!;
    const one = await get(`/collections/${id}/items/a`);
    assert.deepEqual(
      [one.headers.get('content-type'), one.json.properties.name],
      ['application/geo+json', 'Amsterdam'],
    );
    assert.equal((await get(`${items}/nope`)).status, 404);
    for (const query of ['bbox=1,2,3', 'bbox=a,b,c,d', 'limit=0', 'nope=1', 'datetime=x', 'bbox=0,9,0,1']) {
      assert.equal((await get(`${items}?${query}`)).status, 400, query);
    }
    assert.match((await get(`${items}?f=html`)).text, /Utrecht/);
  });

  test('the list names them, newest first, and other results are none', async () => {
    await execute('echo', { inputs: { message: 'x' } }, { Prefer: 'respond-async' });
    await ports.workflow.settled();
    const { collections, links } = (await get('/collections')).json;
    assert.ok(collections.length >= 2 && links.length >= 3);
    assert.ok(collections.every(({ id }: { id: string }) => id.endsWith('.result')));
    for (const id of ['none', 'a.b', `${collections[0].id}x`, 'x.']) {
      assert.equal((await get(`/collections/${id}`)).status, 404, id);
    }
  });

  test('who prefers not to wait gets the job, whose layer is a collection afterwards', async () => {
    const { status, json } = await buffer(layer(...towns), '?response=collection', {
      Prefer: 'respond-async',
    });
    assert.equal(status, 201);
    await ports.workflow.settled();
    assert.equal((await get(`/collections/${json.jobID}.result`)).status, 200);
  });

  test('a failed execution answers as it would otherwise', async () => {
    const { status, json } = await buffer(
      { href: 'https://data.example/none.geojson' },
      '?response=collection',
    );
    assert.deepEqual([status, json.errors[0].pointer], [400, '/inputs/features']);
  });
});

describe('collections that are inputs', () => {
  const server = 'https://features.example/ogc';
  const requests: string[] = [];
  const { egress } = ports;
  const open = egress.open.bind(egress);
  // A server that knows pages and bounding boxes, and remembers what it was asked.
  egress.open = async (href, options) => {
    if (!href.startsWith(server)) return open(href, options);
    requests.push(href);
    const url = new URL(href);
    if (url.pathname.endsWith('/conformance')) egress.serve(href, '{"conformsTo":[]}', 'application/json');
    else if (url.pathname.endsWith('/collections/towns/items')) {
      const offset = Number(url.searchParams.get('offset') ?? 0);
      const limit = Math.min(Number(url.searchParams.get('limit')), 2);
      const following = new URL(href);
      following.searchParams.set('offset', String(offset + limit));
      const links = offset + limit < towns.length ? [{ rel: 'next', href: following.href }] : [];
      egress.serve(
        href,
        JSON.stringify({ ...layer(...towns.slice(offset, offset + limit)), links }),
        'application/geo+json',
      );
    } else if (url.pathname.endsWith('/collections/page/items')) egress.serve(href, '<html>', 'text/html');
    return open(href, options);
  };
  const collection = `${server}/collections/towns`;
  const buffered = async (members: object) => {
    const { status, json, text } = await buffer({ collection, ...members });
    assert.equal(status, 200, text);
    return listNames(json);
  };

  test('/req/remote-collections/referencing, /req/remote-collections/access: a collection of another server, all of its pages', async () => {
    requests.length = 0;
    assert.deepEqual(await buffered({}), ['Utrecht', 'Amsterdam', 'Taveuni']);
    assert.equal(requests.length, 2);
    assert.deepEqual(await buffered({ collection: `${collection}/items?x=1` }), [
      'Utrecht',
      'Amsterdam',
      'Taveuni',
    ]);
  });

  test('/req/collection-input/filtering: what is asked goes to the server as its parameters', async () => {
    requests.length = 0;
    await buffered({
      bbox: [4, 52, 6, 53],
      datetime: '2026-01-01T00:00:00Z/..',
      limit: 7,
      ids: ['u', 'a'],
      q: 'town',
    });
    const { searchParams } = new URL(requests[0]!);
    assert.deepEqual(
      ['bbox', 'datetime', 'limit', 'ids', 'q'].map((name) => searchParams.get(name)),
      ['4,52,6,53', '2026-01-01T00:00:00Z/..', '7', 'u,a', 'town'],
    );
  });

  test('/req/local-filtering: and is applied here where the server does not', async () => {
    assert.deepEqual(await buffered({ bbox: [4, 52, 6, 52.3] }), ['Utrecht']);
    assert.deepEqual(await buffered({ ids: ['a'] }), ['Amsterdam']);
    assert.deepEqual(await buffered({ limit: 1 }), ['Utrecht']);
    assert.deepEqual(await buffered({ filter: "size > 2 AND name <> 'Utrecht'" }), ['Amsterdam']);
    assert.deepEqual(await buffered({ filter: { op: '<', args: [{ property: 'size' }, 2] } }), ['Taveuni']);
  });

  test('/req/collection-input/property-selection: only the properties that are named', async () => {
    const { json } = await buffer({ collection, properties: ['name'], filter: 'size > 2' });
    assert.deepEqual(
      json.features.map(({ properties }: { properties: object }) => properties),
      [{ name: 'Utrecht' }, { name: 'Amsterdam' }],
    );
  });

  test('/req/collection-input/pass-through: further parameters go along as they are', async () => {
    requests.length = 0;
    await buffered({ passThroughParameters: { 'crs-hint': 'a b', lang: 'nl' } });
    assert.match(requests[0]!, /crs-hint=a\+b&lang=nl/);
  });

  test('/req/collection-input/referencing, /req/collection-input/collection-access: a collection of this service, by id or address', async () => {
    const { headers } = await buffer(layer(...towns), '?response=collection');
    const address = headers.get('location')!;
    const id = address.split('/').at(-1)!;
    for (const reference of [id, address, `../collections/${id}`]) {
      assert.deepEqual(
        await buffered({ collection: reference, bbox: [4, 52.3, 6, 53] }),
        ['Amsterdam'],
        reference,
      );
    }
    const { status, json } = await buffer({ collection: 'nope.result' });
    assert.deepEqual([status, json.errors[0].pointer], [400, '/inputs/features/collection']);
    assert.ok(address.startsWith(baseUrl));
  });

  test('/req/ogc-process-description/data-access-apis: descriptions say which inputs may be collections', async () => {
    const { inputs } = (await get('/processes/buffer')).json;
    assert.deepEqual(inputs.features.dataAccessAPIs, ['ogc-api-features']);
    assert.equal(inputs.distance.dataAccessAPIs, undefined);
    const { status, json } = await execute('echo', { inputs: { message: { collection } } });
    assert.deepEqual([status, json.errors[0].pointer], [400, '/inputs/message/collection']);
  });

  test('what is wrong is said member by member, before a job exists', async () => {
    const { status, json } = await buffer(
      { collection, bbox: [1], datetime: 'x', limit: 0, filter: 5, nope: 1, bboxCrs: 'EPSG:28992' },
      '',
      { Prefer: 'respond-async' },
    );
    assert.equal(status, 400);
    assert.deepEqual(
      json.errors.map(({ pointer }: { pointer: string }) => pointer.replace('/inputs/features/', '')),
      ['bbox', 'datetime', 'limit', 'filter', 'nope', 'bboxCrs'],
    );
  });

  test('what is no collection of features is refused at the input', async () => {
    for (const other of [`${server}/collections/page`, 'https://data.example/collections/none']) {
      const { status, json } = await buffer({ collection: other });
      assert.deepEqual([status, json.errors[0].pointer], [400, '/inputs/features/collection']);
    }
  });
});
