/**
 * What a number of jobs costs: `npm run cost -- --jobs 10000 --class raster --seconds 40`. By the table of prices of
 * `core/cost/prices.ts`; see docs/operate/cost.md. With
 * `--parts 40` each job is divided into so many parts, and the seconds are those of all of them together. With
 * `--large 7200` each goes on as a task of the large class for so many seconds, of the size that `LARGE_SIZE` says.
 */
import { parseArgs } from 'node:util';
import { PRICES_OF, REFERENCE_REGION } from '../core/cost/prices.ts';
import { computeClasses } from '../core/processes/declaration.ts';
import { defaultLarge, largeFrom } from '../infra/config/large.ts';
import { titles } from './generate/cost.ts';
import { type CostCase, costOfIdleMonth, costOfJobs, dollars } from './lib/cost-case.ts';

const USAGE = `Usage: npm run cost -- [--jobs 1000] [--class vector] [--seconds 10] [--parts 0] [--large 0]
  --jobs     number of jobs
  --class    compute class: ${computeClasses.join(', ')}
  --seconds  run time of each job
  --parts    number of parts per job; --seconds is then that of all parts together
  --large    run time of each job in the large class, in seconds, on tasks of the size LARGE_SIZE`;

/** Undefined where help is asked for. */
function readCase(): CostCase | undefined {
  const { values } = parseArgs({
    options: {
      jobs: { type: 'string', default: '1000' },
      class: { type: 'string', default: 'vector' },
      seconds: { type: 'string', default: '10' },
      parts: { type: 'string', default: '0' },
      large: { type: 'string', default: '0' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const computeClass = computeClasses.find((name) => name === values.class);
  const [jobs, seconds, parts] = [Number(values.jobs), Number(values.seconds), Number(values.parts)];
  const large = largeFrom(process.env, defaultLarge);
  const taskSeconds = Number(values.large);
  if (!computeClass) throw new Error(`--class is one of ${computeClasses.join(', ')}`);
  if (!Number.isInteger(jobs) || jobs < 0) throw new Error('--jobs is a number of jobs');
  if (!Number.isInteger(parts) || parts < 0) throw new Error('--parts is a number of parts of a job');
  if (!(seconds >= 0 && seconds <= 900 * Math.max(1, parts)))
    throw new Error('--seconds is from 0 to 900, the time limit of a worker, or as much for each part');
  if (!(taskSeconds >= 0 && taskSeconds <= large.timeout))
    throw new Error(`--large is from 0 to ${large.timeout} seconds, the time limit of a task (LARGE_HOURS)`);
  if (taskSeconds > 0 && parts > 0)
    throw new Error('--large and --parts exclude each other: a job that is divided is not handed over');
  return {
    jobs,
    computeClass,
    seconds,
    parts,
    ...(taskSeconds > 0 && { large: { size: large, seconds: taskSeconds } }),
  };
}

function tellCost(asked: CostCase): void {
  const { parts, tasks, total } = costOfJobs(asked);
  console.log(`${asked.jobs} jobs of the class ${asked.computeClass}, ${asked.seconds} s each:\n`);
  for (const [name, usd] of Object.entries(parts))
    console.log(`  ${titles[name as keyof typeof titles].padEnd(44)} ${dollars(usd).padStart(10)} USD`);
  if (tasks !== undefined)
    console.log(`  ${'Tasks of Fargate'.padEnd(44)} ${dollars(tasks).padStart(10)} USD`);
  console.log(`  ${'Total'.padEnd(44)} ${dollars(total).padStart(10)} USD`);
  console.log(
    `\nIn addition, every month costs ${dollars(costOfIdleMonth().total)} USD, whether it is used or not.`,
  );
  console.log(
    `List prices of ${REFERENCE_REGION} on ${PRICES_OF}, without free tiers, storage and data transfer to clients.`,
  );
}

try {
  const asked = readCase();
  if (asked) tellCost(asked);
  else console.log(USAGE);
} catch (error) {
  console.error(`${(error as Error).message}\n\n${USAGE}`);
  process.exitCode = 1;
}
