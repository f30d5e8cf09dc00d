import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InvalidRequest } from '../../../core/shared/errors.ts';
import { statisticNames } from '../../../geo/statistics/statistic-names.ts';
import process from '../../../processes/summary-statistics/process.ts';
import { run } from '../../../processes/summary-statistics/run.ts';
import { execute } from '../support/execute.ts';
import { collection, feature } from '../support/layers.ts';
import { oracle } from '../support/oracle.ts';

type Row = Record<string, unknown>;
const csv = { result: { format: { mediaType: 'text/csv' } } };
const computeRows = async (inputs: object) =>
  (await execute(process, run, { inputs })).outputs['result'] as Row[];
const computeText = async (inputs: object) =>
  String((await execute(process, run, { inputs, outputs: csv })).outputs['result']);

describe('the table', () => {
  const { features, tables } = oracle('summary_statistics');
  const aggregates = [
    ...statisticNames.map((statistic) => ({ field: 'value', statistic })),
    { field: 'n', statistic: 'sum' },
  ];

  for (const [names, expected] of Object.entries(tables) as [string, Row[]][]) {
    it(`has the statistics of numpy, grouped by "${names}"`, async () => {
      const rows = await computeRows({ features, aggregates, groupBy: names === '' ? [] : names.split(',') });
      assert.equal(rows.length, expected.length);
      for (const [index, row] of rows.entries()) {
        assert.deepEqual(Object.keys(row), Object.keys(expected[index]!));
        for (const [name, value] of Object.entries(row)) {
          const wanted = expected[index]![name];
          if (typeof wanted !== 'number') assert.equal(value, wanted);
          else assert.ok(Math.abs((value as number) - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)), name);
        }
      }
    });
  }

  it('counts features without a geometry, and needs no aggregates', async () => {
    const few = collection(feature(null, { a: 1 }), feature(null, { a: 1 }), feature(null, { a: '1' }));
    assert.deepEqual(await computeRows({ features: few, aggregates: [], groupBy: ['a'] }), [
      { a: 1, count: 2 },
      { a: '1', count: 1 },
    ]);
  });

  it('is CSV when that is asked for, quoted where it must be', async () => {
    const few = collection(
      feature(null, { name: 'a, "b"', value: 1.5 }),
      feature(null, { name: null, value: null }),
      feature(null, { name: '007', value: 2 }),
    );
    const inputs = {
      features: few,
      groupBy: ['name'],
      aggregates: [{ field: 'value', statistic: 'max', name: 'most' }],
    };
    assert.equal(await computeText(inputs), 'name,count,most\r\n"a, ""b""",1,1.5\r\n,1,\r\n"007",1,2\r\n');
    assert.equal(await computeText({ ...inputs, features: collection() }), 'name,count,most\r\n');
  });
});

describe('the inputs', () => {
  it('may be an empty layer', async () => {
    const aggregates = [{ field: 'any', statistic: 'sum' }];
    assert.deepEqual(await computeRows({ features: collection(), aggregates }), []);
  });

  it('must name properties that exist, and numbers where they are needed', async () => {
    const features = collection(feature(null, { name: 'a' }));
    const inputs = {
      features,
      groupBy: ['nam'],
      aggregates: [
        { field: 'name', statistic: 'mean' },
        { field: 'size', statistic: 'first' },
        { field: 'name', statistic: 'first', name: 'count' },
      ],
    };
    await assert.rejects(computeRows(inputs), (error) => {
      assert.ok(error instanceof InvalidRequest);
      assert.deepEqual(
        error.faults.map(({ pointer }) => pointer),
        [
          '/inputs/groupBy/0',
          '/inputs/aggregates/0/field',
          '/inputs/aggregates/1/field',
          '/inputs/aggregates/2/name',
        ],
      );
      return true;
    });
    await assert.rejects(computeRows({ features }), /aggregates/i);
  });

  it('run as the examples of the declaration', async () => {
    const [byExample, asCsv] = await Promise.all(
      process.examples.map(async ({ request }) => (await execute(process, run, request)).outputs['result']),
    );
    assert.deepEqual(byExample, [
      { species: 'oak', count: 2, height_mean: 18.5, tallest: 18.5 },
      { species: 'elm', count: 1, height_mean: 22, tallest: 22 },
      { species: 'ash', count: 1, height_mean: 9.1, tallest: 9.1 },
    ]);
    assert.equal(asCsv, 'count,value_sum\r\n3,550\r\n');
  });
});
