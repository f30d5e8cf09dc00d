import { existsSync, statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeExpectations } from '../test/files/support/expectations.ts';
import type { Kind } from '../test/files/support/judge-file.ts';
import { computeTotals, countLines, totalLine } from '../test/files/support/report.ts';
import { runRingFiles } from '../test/files/support/ring.ts';
import { runFiles } from '../test/files/support/run-files.ts';
import type { Row } from '../test/files/support/verdicts.ts';
import { oracleEnvironment } from './lib/oracle.ts';
import { stopSignal } from './lib/processes.ts';
import { main, Problem } from './lib/progress.ts';
import { pythonWith } from './lib/python.ts';
import { conclude, filesRing, runRing } from './lib/tests.ts';

const USAGE = `Runs the layers and rasters of a folder through the processes and compares them with GDAL:
  npm run test:files -- DIRECTORY [--limit N] [--only vector|raster] [--json FILE] [--seconds N] [--megabytes N]
Without a folder: the project's own ring, on data that packages carry.
  npm run test:files -- --record     keeps what the ring finds now as what is known`;

interface Asked {
  readonly directory: string | undefined;
  readonly limit: number | undefined;
  readonly only: Kind | undefined;
  readonly json: string | undefined;
  readonly seconds: number;
  readonly megabytes: number;
  readonly record: boolean;
}

function parsed(args: readonly string[]): Asked {
  const options = {
    limit: { type: 'string' },
    only: { type: 'string' },
    json: { type: 'string' },
    seconds: { type: 'string', default: '120' },
    megabytes: { type: 'string', default: '3008' },
    record: { type: 'boolean', default: false },
  } as const;
  const { values, positionals } = (() => {
    try {
      return parseArgs({ args: [...args], options, allowPositionals: true });
    } catch (error) {
      throw new Problem(`${(error as Error).message}\n${USAGE}`);
    }
  })();
  const { only, json, record } = values;
  const [directory, ...more] = positionals;
  if (more.length > 0) throw new Problem(`One folder at a time.\n${USAGE}`);
  if (only !== undefined && only !== 'vector' && only !== 'raster')
    throw new Problem(`--only is vector or raster.\n${USAGE}`);
  if (directory !== undefined && !(existsSync(directory) && statSync(directory).isDirectory()))
    throw new Problem(`There is no folder ${directory}.`);
  const limit = values.limit === undefined ? undefined : parseNumber('limit', values.limit);
  const seconds = parseNumber('seconds', values.seconds);
  const megabytes = parseNumber('megabytes', values.megabytes);
  return { directory, limit, only, json, seconds, megabytes, record };
}

function parseNumber(name: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Problem(`--${name} is a whole number above 0.\n${USAGE}`);
}

/** `npm run test:files`: whether the files of a folder come through the processes as GDAL reads them. */
await main(async () => {
  const { directory, limit, only, json, seconds, megabytes, record } = parsed(process.argv.slice(2));
  const signal = stopSignal();
  if (directory === undefined && !record) return conclude([await runRing({ ...filesRing, signal })]);
  const python = await pythonWith(oracleEnvironment, signal);
  const settings = {
    python,
    limit,
    only,
    signal,
    bounds: { seconds, megabytes },
    onRow: (row: Row) => console.log(countLines(row).join('\n')),
  };
  const { rows, skipped } =
    directory === undefined ? await runRingFiles(settings) : await runFiles(directory, settings);
  if (json)
    writeFileSync(
      json,
      `${JSON.stringify({ totals: computeTotals(rows), skipped, files: rows }, null, 2)}\n`,
    );
  if (record) {
    writeExpectations(rows);
    await runRing({ name: 'damage', files: ['files/damage.test.ts'], env: { RECORD_DAMAGE: '1' }, signal });
  }
  console.log(`\n${totalLine(rows, skipped)}`);
  return rows.some(({ verdict }) => verdict === 'wrong' || verdict === 'error') && !record ? 1 : 0;
});
