import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseListQuery } from '../../../core/jobs/list-query.ts';
import { parseDatetime } from '../../../core/shared/datetime.ts';
import { InvalidQuery, NoSuchProcess } from '../../../core/shared/errors.ts';

describe('datetime', () => {
  const at = (text: string) => ({ from: text, to: text });
  const read: [text: string, expected: object][] = [
    ['2026-01-31T12:00:00Z', at('2026-01-31T12:00:00.000Z')],
    ['2026-01-31t12:00:00z', at('2026-01-31T12:00:00.000Z')],
    ['2026-01-31T13:00:00+01:00', at('2026-01-31T12:00:00.000Z')],
    ['2026-01-31T13:00:00 01:00', at('2026-01-31T12:00:00.000Z')],
    ['2026-01-31T00:30:00-11:30', at('2026-01-31T12:00:00.000Z')],
    ['2026-02-28T23:59:59-00:01', at('2026-03-01T00:00:59.000Z')],
    ['2016-12-31T23:59:60Z', at('2017-01-01T00:00:00.000Z')],
    ['2017-01-01T00:59:60+01:00', at('2017-01-01T00:00:00.000Z')],
    ['2024-02-29T00:00:00Z', at('2024-02-29T00:00:00.000Z')],
    ['2026-01-31T12:00:00.5Z', at('2026-01-31T12:00:00.500Z')],
    ['2026-01-31T12:00:00.1239Z', { from: '2026-01-31T12:00:00.124Z', to: '2026-01-31T12:00:00.123Z' }],
    ['2026-01-31T12:00:00Z/..', { from: '2026-01-31T12:00:00.000Z' }],
    ['2026-01-31T12:00:00Z/', { from: '2026-01-31T12:00:00.000Z' }],
    ['../2026-01-31T12:00:00Z', { to: '2026-01-31T12:00:00.000Z' }],
    ['/2026-01-31T12:00:00Z', { to: '2026-01-31T12:00:00.000Z' }],
  ];
  for (const [text, expected] of read) {
    test(`"${text}"`, () => assert.deepEqual(parseDatetime(text), expected));
  }

  for (const text of [
    '',
    '..',
    '/',
    '../..',
    '2026-01-31',
    '2026-01-31T12:00:00',
    '2026-01-31T12:00Z',
    '2026-02-30T12:00:00Z',
    '2025-02-29T12:00:00Z',
    '2026-13-01T12:00:00Z',
    '2026-01-31T24:00:00Z',
    '2026-01-31T12:60:00Z',
    '2026-01-31T12:00:61Z',
    '2026-01-31T12:00:00+24:00',
    '0000-01-01T00:00:00+01:00',
    '2026-01-31T12:00:00Z/2026-01-30T12:00:00Z',
    '2026-01-31T12:00:00Z/2026-01-31T12:00:00Z/..',
    'now',
  ]) {
    test(`"${text}" is none, and it is said what would be one`, () => {
      assert.match(parseDatetime(text) as string, /2026-01-31T12:00:00Z|ends before/);
    });
  }

  test('any instant in any zone is that instant', () => {
    const dates = fc.date({ min: new Date(0), max: new Date('9999-12-30'), noInvalidDate: true });
    const property = fc.property(dates, fc.integer({ min: -1439, max: 1439 }), (date, minutes) => {
      const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1);
      const two = (number: number) => String(number).padStart(2, '0');
      const size = Math.abs(minutes);
      const zone = `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
      fc.pre(!local.startsWith('-') && !local.startsWith('+'));
      assert.deepEqual(parseDatetime(`${local}${zone}`), at(date.toISOString()));
    });
    fc.assert(property);
  });
});

describe('the query of the job list', () => {
  const parse = (query: Record<string, string[]>) => parseListQuery(query, ['echo', 'buffer']);

  test('lists may be repeated, separated by commas, or both; equal ones look equal', () => {
    const expected = { filter: { statuses: ['failed', 'running'] }, limit: 10, ofProcesses: true };
    for (const status of [
      ['running,failed'],
      ['failed', 'running'],
      ['running, failed', 'failed'],
      [',running,,failed'],
    ]) {
      assert.deepEqual(parse({ status }), expected);
    }
  });

  test('every fault is told', () => {
    assert.throws(
      () =>
        parse({ status: ['foo,bar'], minDuration: ['1', '2'], limit: ['0'], datetime: ['now'], type: [''] }),
      (error: InvalidQuery) => {
        assert.deepEqual(
          error.faults.map(({ pointer }) => pointer),
          ['?type', '?status', '?status', '?datetime', '?minDuration', '?limit'],
        );
        return error instanceof InvalidQuery;
      },
    );
  });

  test('a process that there is not is not found, even beside one that there is', () => {
    assert.throws(() => parse({ processID: ['echo,nope'] }), NoSuchProcess);
  });

  test('all bounds are kept as they are given, also when nothing lies between them', () => {
    assert.deepEqual(parse({ minDuration: ['5'], maxDuration: ['1'], limit: ['99999'] }), {
      filter: { minDuration: 5, maxDuration: 1 },
      limit: 1000,
      ofProcesses: true,
    });
  });
});

describe('what is wrong with a query of the job list', () => {
  const catchFaults = (query: Record<string, string[]>): Record<string, string> => {
    let found: InvalidQuery['faults'] = [];
    assert.throws(
      () => parseListQuery(query, []),
      (error: InvalidQuery) => {
        found = error.faults;
        return true;
      },
    );
    return Object.fromEntries(found.map(({ pointer, detail }) => [pointer, detail]));
  };

  test('is said of each parameter, with what would be right', () => {
    assert.deepEqual(
      catchFaults({ type: [''], status: ['foo'], limit: ['0'], minDuration: ['1.5'], cursor: ['a', 'b'] }),
      {
        '?type': 'has no value; give one or omit the parameter.',
        '?status': '"foo" is not a status. Statuses: accepted, running, successful, failed, dismissed.',
        '?limit': '"0" is not an integer of at least 1.',
        '?minDuration': '"1.5" is not an integer of at least 0.',
        '?cursor': 'may be given only once.',
      },
    );
  });

  for (const text of ['', 'x1', '1x', '-1', '1 ', '1e3']) {
    test(`"${text}" is no number of seconds`, () => {
      assert.deepEqual(Object.keys(catchFaults({ maxDuration: [text] })), ['?maxDuration']);
    });
  }

  test('of a time is said as that of a date-time', () => {
    assert.match(catchFaults({ datetime: ['now'] })['?datetime'] ?? '', /^"now" is not a date-time\. Use/);
  });
});

describe('what a query of the job list asks for', () => {
  const parse = (query: Record<string, string[]>) => parseListQuery(query, ['echo', 'buffer']);

  test('is everything, ten at a time, where it names nothing', () => {
    assert.deepEqual(parse({}), { filter: {}, limit: 10, ofProcesses: true });
  });

  test('is kept as it is named', () => {
    const query = {
      processID: ['echo'],
      datetime: ['2026-01-31T12:00:00Z/2026-01-31T13:00:00Z'],
      minDuration: ['0'],
      maxDuration: ['60'],
      limit: ['1'],
      cursor: ['abc'],
    };
    assert.deepEqual(parse(query), {
      filter: {
        processIDs: ['echo'],
        createdFrom: '2026-01-31T12:00:00.000Z',
        createdTo: '2026-01-31T13:00:00.000Z',
        minDuration: 0,
        maxDuration: 60,
      },
      limit: 1,
      ofProcesses: true,
      cursor: 'abc',
    });
  });

  test('may be jobs of a kind that there is not', () => {
    assert.equal(parse({ type: ['other'] }).ofProcesses, false);
    assert.equal(parse({ type: ['other', 'process'] }).ofProcesses, true);
  });

  test('may be of processes that there are, and tells which there is not', () => {
    assert.deepEqual(parse({ processID: ['echo', 'buffer'] }).filter, { processIDs: ['buffer', 'echo'] });
    assert.throws(() => parse({ processID: ['nope'] }), /nope/);
  });
});

describe('what is wrong with a datetime', () => {
  const example = 'Use an RFC 3339 date-time such as 2026-01-31T12:00:00Z, or an interval of two';
  for (const [text, reason] of [
    ['a/b/c', '"a/b/c" has more than two parts.'],
    ['../..', '"../.." does not contain a date-time.'],
    ['x/..', '"x" is not a date-time.'],
    ['../y', '"y" is not a date-time.'],
  ] as const) {
    test(`"${text}": ${reason}`, () => {
      assert.ok((parseDatetime(text) as string).startsWith(`${reason} ${example}`));
    });
  }

  test('an interval that ends before it starts', () => {
    const text = '2026-01-31T12:00:01Z/2026-01-31T12:00:00Z';
    assert.equal(parseDatetime(text), `The interval "${text}" ends before it starts.`);
    const moment = '2026-01-31T12:00:00Z';
    assert.equal(typeof parseDatetime(`${moment}/${moment}`), 'object');
  });

  test('a year that is none', () => {
    assert.equal(typeof parseDatetime('9999-12-31T23:59:59-00:01'), 'string');
    assert.equal(typeof parseDatetime('9999-12-31T23:59:59Z'), 'object');
    assert.equal(typeof parseDatetime('0000-01-01T00:00:00Z'), 'object');
  });
});
