import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { oracleEnvironment } from '../../scripts/lib/oracle.ts';
import { pythonWith } from '../../scripts/lib/python.ts';
import { readExpectations, surprises } from './support/expectations.ts';
import { countLines, totalLine } from './support/report.ts';
import { runRingFiles } from './support/ring.ts';
import type { Run } from './support/run-files.ts';

const AGAIN =
  'Whatever became better or worse is recorded with "npm run test:files -- --record"; say in expected.json why.';

describe("files of packages and of this project's own come through as GDAL reads them", () => {
  let run: Run;

  before(async () => {
    const python = await pythonWith(oracleEnvironment);
    run = await runRingFiles({ python });
    console.log(totalLine(run.rows, run.skipped));
  });

  test('there are enough of them', () => {
    assert.ok(run.rows.length >= 60, `only ${run.rows.length} files`);
    for (const driver of ['GTiff', 'ESRI Shapefile', 'GPKG', 'GeoJSON', 'LIBKML', 'CSV', 'Parquet'])
      assert.ok(
        run.rows.some(({ format }) => format === driver),
        `no file is read by ${driver}`,
      );
  });

  test('none fails, and none is wrong that was not known to be', () => {
    const known = new Set(Object.keys(readExpectations().known));
    const bad = run.rows.filter(
      ({ file, verdict }) => (verdict === 'wrong' || verdict === 'error') && !known.has(file),
    );
    assert.deepEqual(bad.flatMap(countLines), []);
  });

  test('each verdict is the one that is recorded', () => {
    assert.deepEqual(surprises(run.rows, readExpectations()), [], AGAIN);
  });
});
