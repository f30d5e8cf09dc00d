import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { InvalidInput, LimitExceeded } from '../../../core/shared/errors.ts';
import { explained } from '../../../functions/egress/explain.ts';
import { UrlRefused } from '../../../functions/egress/follow-redirects.ts';
import { AddressRefused, guardedLookup } from '../../../functions/egress/lookup.ts';

const href = 'https://data.example/a';
const pointer = '/inputs/features';
const failure = (code: string) => Object.assign(new Error('connect 10.1.2.3:443'), { code });
const explain = (error: unknown, signal?: AbortSignal) => explained(error, href, pointer, signal);

describe('what goes wrong on the way to a URL', () => {
  const cases: [error: unknown, sentence: RegExp][] = [
    [new UrlRefused(href, 'has the port 22.'), /^"https:\/\/data\.example\/a" has the port 22\.$/],
    [
      new UrlRefused('http://10.0.0.1/', 'is private.'),
      /is redirected to "http:\/\/10\.0\.0\.1\/", which is private\./,
    ],
    [new AddressRefused('data.example'), /not on the public internet/],
    [failure('ENOTFOUND'), /does not exist/],
    [failure('ECONNREFUSED'), /refuses the connection/],
    [failure('CERT_HAS_EXPIRED'), /certificate has expired/],
    [failure('EWHATEVER'), /does not respond in time/],
    ['text', /does not respond in time/],
  ];
  for (const [error, sentence] of cases) {
    test(`${String(error)}: is an error of the input that has the URL`, () => {
      const told = explain(error) as InvalidInput;
      assert.ok(told instanceof InvalidInput);
      assert.equal(told.faults[0]!.pointer, pointer);
      assert.match(told.faults[0]!.detail, sentence);
    });
  }

  test("says how files of one's own are given, for inputs alone", () => {
    const refused = new AddressRefused('data.example');
    assert.match(
      (explain(refused) as Error).message,
      /internet\. Send your own files by POST \/uploads; .*EGRESS_ALLOW_HOSTS\.$/,
    );
    const ofSubscriber = explained(refused, href, '/subscriber/successUri', undefined) as Error;
    assert.match(ofSubscriber.message, /internet\.$/);
  });

  test('never tells what the service knows of the network', () => {
    for (const code of ['ECONNREFUSED', 'EHOSTUNREACH', 'EWHATEVER'])
      assert.doesNotMatch((explain(failure(code)) as Error).message, /10\.1\.2\.3/);
  });

  test('is passed on where it is a refusal already, or where the run was ended', () => {
    const refusal = new LimitExceeded('/inputs/a', 'is too much.');
    assert.equal(explain(refusal), refusal);
    const reason = new Error('dismissed');
    assert.equal(explain(failure('ECONNRESET'), AbortSignal.abort(reason)), reason);
  });
});

describe('names', () => {
  const lookUp = (name: string, all: boolean) =>
    new Promise<unknown>((resolve) => {
      guardedLookup(name, { all }, (error, addresses) => resolve(error ?? addresses));
    });

  for (const name of ['localhost', '127.0.0.1', '::1', '169.254.169.254', '10.0.0.1']) {
    test(`"${name}" is not connected to`, async () => {
      for (const all of [true, false]) assert.ok((await lookUp(name, all)) instanceof AddressRefused);
    });
  }

  test('an address of the public internet is', async () => {
    assert.deepEqual(await lookUp('8.8.8.8', true), [{ address: '8.8.8.8', family: 4 }]);
    assert.equal(await lookUp('8.8.8.8', false), '8.8.8.8');
  });
});
