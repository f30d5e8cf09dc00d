import {
  allRows,
  casesAbove,
  computeRatios,
  type KernelResults,
  profiledAbove,
} from '../../bench/kernel-results.ts';
import { targetRatio } from '../../bench/table.ts';
import { type Bar, barPlot } from './bar-plot.ts';

/** The file of the plot. */
export const COMPUTATIONS = 'computations-beside-others.svg';

/** What computations take beside GDAL, GEOS and others; the tables are on a page of their own. */
export function computationsSection(results: KernelResults): string {
  const { machine, cases } = results;
  const measured = allRows.flatMap((row) => {
    const result = cases[row.name];
    return result ? [{ name: row.name, target: targetRatio(row), ...computeRatios(result) }] : [];
  });
  const met = measured.filter(({ elapsed, target }) => elapsed <= target).length;
  const faster = measured.filter(({ elapsed }) => elapsed < 1).length;
  const above = casesAbove(results).map((name) => `\`${name}\``);
  return `
## Computations

${machine}. ${measured.length} computations, each beside the library or program that most people would use for it, on the same data: ${faster} take less time, ${met} meet their target (1 to 1.3 times the reference). The plot has the ratios of ours to the reference: of elapsed time, and of the time of all
processors together. [bench/results.md](../bench/results.md) has all times, and why targets are missed.

![Time of computations, as a multiple of the reference](images/${COMPUTATIONS})

${above.length === 0 ? 'None takes' : `${above.join(', ')} take`} more than ${profiledAbove.elapsed} times as long as the reference, or more than ${profiledAbove.cpu} times its processor time: [bench/profiles.md](../bench/profiles.md) says in which functions.
`;
}

/** The ratios as a plot. */
export function computationsPlot({ cases }: KernelResults): string {
  const bars = allRows.flatMap(({ name }): Bar[] => {
    const result = cases[name];
    if (!result) return [];
    const { elapsed, cpu } = computeRatios(result);
    return [{ title: name, values: [elapsed, cpu] }];
  });
  const names = ['elapsed time', 'processor time'];
  return barPlot('Time of computations, as a multiple of the reference', names, bars, {
    low: -3,
    high: 4,
    step: 1,
  });
}
