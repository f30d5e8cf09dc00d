import { type Baseline, tolerance } from '../../bench/guard/baseline.ts';

/** What is guarded against becoming slower, from the baseline. */
export function guardSection(baseline: Baseline): string {
  const lines = Object.entries(baseline).map(
    ([name, { ratio, kilobytes }]) => `| ${name} | ${ratio} | ${kilobytes.toFixed(0)} |`,
  );
  return `
\`npm run bench -- guard\` measures hot paths so that how fast the machine is hardly matters, and CI runs it: processor time as a multiple of that of a fixed computation in the same process, and kilobytes that JavaScript allocates, for one request or computation. It fails above ${tolerance.ratio} times the ratio or
${tolerance.kilobytes} times the allocations of \`bench/guard/baseline.json\`, which is ([ADR 0069](adr/0069-hot-paths-beside-a-fixed-computation.md)):

| path | processor time, multiple | KB |
| --- | ---: | ---: |
${lines.join('\n')}
`;
}
