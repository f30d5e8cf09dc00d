import { type RecordedLoad, readRecordedLoads } from '../../test/load/support/recorded-load.ts';

/** What `npm run test:load` has found, as far as it was recorded. */
export function loadSection(): string {
  const runs = Object.entries(readRecordedLoads());
  const told = runs.map(([jobs, run]) => sectionOf(Number(jobs), run)).join('\n');
  const counts = runs.map(([jobs]) => Number(jobs));
  const missing = [1000, 10_000].filter((jobs) => !counts.includes(jobs)).map(formatted);
  return `## A thousand jobs on the emulator

\`npm run test:load\` sends a thousand jobs over HTTP, four of five to \`echo\` and one to \`buffer\`, from six owners; one of them sends half of all, before anybody else. Clients that are refused (429) try again after \`Retry-After\`. It proves that every job that was accepted is listed and ends, and that who
floods the service does not hold up others. An emulator on two cores says nothing of how fast AWS is. \`LOAD_JOBS=10000 npm run test:load\` sends ten thousand, which have to end within an hour; \`LOAD_RECORD=1\` records the figures here.

${told}${missing.length === 0 ? '' : `No run with ${missing.join(' or ')} jobs has been recorded.\n`}`;
}

const formatted = (count: number): string => count.toLocaleString('en');

function sectionOf(jobs: number, run: RecordedLoad): string {
  const { on, running, sendingSeconds, refused, unavailable, ended, later, owners } = run;
  const rows = Object.entries(owners).map(
    ([owner, { jobs: own, medianWait, longestWait, ended: end, together, overtaken }]) =>
      `| ${owner} | ${own} | ${medianWait.toFixed(0)} | ${longestWait.toFixed(0)} | ${end.toFixed(0)} | ${together} | ${overtaken} |`,
  );
  return `${formatted(jobs)} jobs on ${on}, of each owner up to ${running} running: sent within ${sendingSeconds} s, with ${refused} answers 429 and ${unavailable} answers 503; all have ended after ${ended.toFixed(0)} s, none was lost. ${later} jobs of the owner who floods began after the last of all others.

| Owner | Jobs | Median wait (s) | Longest wait (s) | Last end (s) | Running at once, at most | Overtaken by, at most |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}
`;
}
