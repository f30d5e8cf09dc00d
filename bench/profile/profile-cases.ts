import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { requirePresent } from '../../core/shared/require-present.ts';
import { oracleEnvironment } from '../../scripts/lib/oracle.ts';
import { root } from '../../scripts/lib/paths.ts';
import { pythonWith } from '../../scripts/lib/python.ts';
import { askFor, prepareData } from '../compare.ts';
import { allRows } from '../kernel-results.ts';
import { serveRanges } from '../range-server.ts';
import { describeMachine, today } from '../results-files.ts';
import { ours } from '../side.ts';
import type { Row } from '../table.ts';
import { type CpuProfile, type SelfTime, selfTimes } from './self-times.ts';

/** Where the time of a case goes. */
export interface CaseProfile {
  /** The day. */
  readonly on: string;
  /** How often the case was run, and seconds of each on average. */
  readonly runs: number;
  readonly seconds: number;
  /** The functions that take most. */
  readonly functions: readonly SelfTime[];
  /** The same by where: all functions of a file or package, of WebAssembly, of V8. */
  readonly places: readonly Omit<SelfTime, 'name'>[];
}

/** `bench/results/profiles.json`. */
export interface Profiles {
  readonly machine: string;
  readonly cases: Readonly<Record<string, CaseProfile>>;
}

/** Microseconds between two samples. */
const INTERVAL = 500;
/** A case is run until so many seconds have passed, after the first time, and so often at least and at most. */
const SECONDS = 2;
const [LEAST_RUNS, MOST_RUNS] = [3, 40];
/** Functions and places that are kept. */
const [FUNCTIONS, PLACES] = [10, 6];

/**
 * Profiles our side of some cases, each in a process of its own.
 *
 * @param earlier profiles that are kept
 * @param save is told all profiles after each case
 */
export async function profileCases(
  names: readonly string[],
  earlier: Profiles | undefined,
  save: (profiles: Profiles) => void,
): Promise<void> {
  const data = await prepareData(await pythonWith(oracleEnvironment));
  const server = await serveRanges(join(data, 'cog.tif'));
  let profiles: Profiles = { cases: {}, ...earlier, machine: describeMachine() };
  try {
    for (const name of names) {
      const row = requirePresent(
        allRows.find((each) => each.name === name),
        `The case ${name}`,
      );
      const profile = await profileCase(row, data, server.url);
      const [most] = profile.functions;
      console.log(`  ${name}: ${((most?.share ?? 0) * 100).toFixed(0)} % ${most?.name} (${most?.where})`);
      profiles = { ...profiles, cases: { ...profiles.cases, [name]: profile } };
      save(profiles);
    }
  } finally {
    await server.stop();
  }
}

async function profileCase(row: Row, data: string, url: string): Promise<CaseProfile> {
  const directory = mkdtempSync(join(tmpdir(), 'profile-'));
  try {
    const side = ours(data, ['--cpu-prof', `--cpu-prof-dir=${directory}`, `--cpu-prof-interval=${INTERVAL}`]);
    await side.run(askFor(row, 0, url));
    const from = microseconds();
    let runs = 0;
    while (runs < LEAST_RUNS || (runs < MOST_RUNS && microseconds() < from + SECONDS * 1e6))
      await side.run(askFor(row, ++runs, url));
    const until = microseconds();
    await side.stop();
    const profiles = readdirSync(directory).map(
      (file) => JSON.parse(readFileSync(join(directory, file), 'utf8')) as CpuProfile,
    );
    const times = selfTimes(profiles, { from, until, root: `${pathToFileURL(root).href}/` });
    return {
      on: today(),
      runs,
      seconds: (until - from) / 1e6 / runs,
      functions: times.slice(0, FUNCTIONS),
      places: byPlace(times).slice(0, PLACES),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Of the clock that all processes of the machine have, profiles as well. */
const microseconds = (): number => Number(process.hrtime.bigint() / 1000n);

function byPlace(times: readonly SelfTime[]): Omit<SelfTime, 'name'>[] {
  const places = Object.groupBy(times, ({ where }) => where);
  return Object.entries(places)
    .map(([where, some = []]) => ({ where, share: some.reduce((sum, { share }) => sum + share, 0) }))
    .toSorted((one, other) => other.share - one.share);
}
