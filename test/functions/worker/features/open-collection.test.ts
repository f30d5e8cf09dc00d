import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { memorySource } from '../../../../core/execution/sources.ts';
import type { Egress } from '../../../../core/ports.ts';
import { InvalidInput, LimitExceeded } from '../../../../core/shared/errors.ts';
import { logger } from '../../../../functions/observe/logger.ts';
import { openCollection } from '../../../../functions/worker/features/open-collection.ts';
import { memoryPorts } from '../../../support/memory/ports.ts';

const collection = 'https://data.example/collections/towns';
const pointer = '/inputs/features';
const point = (id: number) => ({
  type: 'Feature',
  id,
  properties: { id },
  geometry: { type: 'Point', coordinates: [0, 0] },
});

interface Members {
  readonly features: unknown;
  readonly next?: string;
  readonly [member: string]: unknown;
}

/** A server whose pages a test makes up. */
function makeServer(pageAt: (page: number) => Members | string): Egress & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    open: async (href) => {
      asked.push(href);
      const answer = pageAt(Number(new URL(href).searchParams.get('page') ?? 0));
      const { next, ...members } = typeof answer === 'string' ? { next: undefined } : answer;
      const links = next === undefined ? [] : [{ rel: 'next', href: next }];
      const text =
        typeof answer === 'string'
          ? answer
          : JSON.stringify({ type: 'FeatureCollection', ...members, links });
      return memorySource('', () => Buffer.from(text));
    },
    check: async () => undefined,
    post: async () => 204,
  };
}

const open = (egress: Egress, members: object = {}, features?: number, warnings: string[] = []) =>
  openCollection(
    {
      input: { collection, ...members },
      pointer,
      processID: 'buffer',
      limits: { inlineBytes: 1, ...(features === undefined ? {} : { features }) },
      signal: new AbortController().signal,
      retrySeconds: 1,
      warn: (message) => warnings.push(message),
    },
    { owner: 'me', baseUrl: 'https://example.org/v1' },
    { ...memoryPorts(), egress },
  );
const countFeatures = async (egress: Egress, members: object = {}) =>
  ((await open(egress, members)).value as { features: unknown[] }).features.length;

const refused = (detail: RegExp) => (error: unknown) => {
  assert.ok(error instanceof InvalidInput, String(error));
  assert.equal(error.faults[0]?.pointer, `${pointer}/collection`);
  assert.match(error.detail ?? '', detail);
  return true;
};

describe('a collection of another server', () => {
  it('that does not say what it knows is filtered here, and the operator is told why', async ({ mock }) => {
    // Not the console, to which the Logger writes only with POWERTOOLS_DEV.
    const warn = mock.method(logger, 'warn', () => undefined);
    const egress: Egress = {
      ...makeServer(() => ({ features: [point(1), point(2)] })),
    };
    const count = await countFeatures(
      {
        ...egress,
        open: async (href, options) => {
          if (href.includes('/conformance')) throw new InvalidInput(pointer, 'answers with 500.');
          assert.doesNotMatch(href, /filter/);
          return egress.open(href, options);
        },
      },
      { filter: 'id = 2' },
    );
    assert.equal(count, 1);
    const told = warn.mock.calls.map((call) => inspect(call.arguments)).join();
    assert.match(told, /Collection:ConformanceUnknown.*answers with 500/s);
  });

  it('is read to its end, however many pages it has', async () => {
    const server = makeServer((page) => ({
      features: Array.from({ length: 10 }, (_, index) => point(page * 10 + index)),
      ...(page < 1499 ? { next: `${collection}/items?page=${page + 1}` } : {}),
    }));
    assert.equal(await countFeatures(server), 15_000);
    assert.equal(server.asked.length, 1500);
  });

  it('with pages without end is refused, never cut', async () => {
    const server = makeServer((page) => ({
      features: [point(page)],
      next: `${collection}/items?page=${page + 1}`,
    }));
    await assert.rejects(open(server), (error) => {
      assert.ok(error instanceof LimitExceeded);
      assert.match(error.detail ?? '', /more than 10000 pages/);
      return true;
    });
    assert.equal(server.asked.length, 10_000);
  });

  it('is read no further than to one feature more than the process takes', async () => {
    const server = makeServer((page) => ({
      features: [point(page)],
      next: `${collection}/items?page=${page + 1}`,
    }));
    const { value } = await open(server, {}, 3);
    assert.equal((value as { features: unknown[] }).features.length, 4);
  });

  it('with an empty page in the middle goes on after it', async () => {
    const server = makeServer((page) => ({
      features: page === 1 || page === 2 ? [] : [point(page)],
      ...(page < 3 ? { next: `${collection}/items?page=${page + 1}` } : {}),
    }));
    assert.equal(await countFeatures(server), 2);
  });

  it('that always names a next page ends after empty ones, at once where it says how many there are', async () => {
    const endless = (members: object) =>
      makeServer((page) => ({
        ...members,
        features: page === 0 ? [point(0)] : [],
        next: `${collection}/items?page=${page + 1}`,
      }));
    const unnumbered = endless({});
    assert.equal(await countFeatures(unnumbered), 1);
    assert.equal(unnumbered.asked.length, 4);
    const numbered = endless({ numberMatched: 1 });
    assert.equal(await countFeatures(numbered), 1);
    assert.equal(numbered.asked.length, 2);
  });

  it('that sends fewer features than it announces is read with a warning, unless no more were wanted', async () => {
    const read = async (members: object, numberMatched: number) => {
      const warnings: string[] = [];
      const server = makeServer((page) => ({
        features: [point(2 * page), point(2 * page + 1)],
        numberMatched,
        ...(page === 0 ? { next: `${collection}/items?page=1` } : {}),
      }));
      await open(server, members, undefined, warnings);
      return warnings;
    };
    assert.deepEqual(await read({}, 5), [
      'The server of the collection announced 5 features ("numberMatched"), but sent 4 and named no next page. The others are missing.',
    ]);
    assert.deepEqual(await read({}, 4), []);
    assert.deepEqual(await read({ limit: 2 }, 5), []);
  });

  it('whose pages go in a ring is refused', async () => {
    const server = makeServer((page) => ({
      features: [point(page)],
      next: `${collection}/items?page=${page === 3 ? 1 : page + 1}`,
    }));
    await assert.rejects(open(server), refused(/form a loop.*server is at fault/));
  });

  it('whose pages make no sense is refused, whatever is asked of it', async () => {
    const broken: [page: Members | string, detail: RegExp][] = [
      [
        { features: [null, 1] },
        /https:\/\/data\.example.*" has a member \/features\/0 that is not a GeoJSON Feature/,
      ],
      [{ features: [], next: 'http://[' }, /" names a next page that is not a URL/],
      [{ features: [{ ...point(1), geometry: { type: 'Polygon', coordinates: 5 } }] }, /no GeoJSON geometry/],
      ['{"type":"FeatureCollection","features":[]', /" is not JSON/],
      [`{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`, /" nests more than/],
      ['{"type":"FeatureCollection","features":[1e999]}', /" has a member \/features\/0 that is a number/],
      ['5', /" is not a GeoJSON FeatureCollection/],
    ];
    for (const [page, detail] of broken) {
      for (const members of [{}, { bbox: [0, 0, 1, 1] }, { filter: 'id > 0' }, { properties: ['id'] }]) {
        await assert.rejects(
          open(
            makeServer(() => page),
            members,
          ),
          refused(detail),
        );
      }
    }
  });
});

describe('a collection of this service', () => {
  it('whose id is not well encoded is not there', async () => {
    for (const id of ['%E0%A4%A', 'a%ZZ.result', '%', 'a.b']) {
      await assert.rejects(
        open(memoryPorts().egress, { collection: `https://example.org/v1/collections/${id}` }),
        refused(/You have no collection/),
        id,
      );
    }
  });
});
