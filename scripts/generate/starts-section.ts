import type { Start } from '../../bench/start/measure-starts.ts';
import { barPlot } from './bar-plot.ts';
import { milliseconds, times } from './numbers.ts';

/** `bench/results/start.json`. */
export interface StartResults {
  readonly machine: string;
  readonly starts: Readonly<Record<string, Start>>;
}

/** The file of the plot. */
export const STARTS = 'starts-of-functions.svg';

/** What starts of functions take. */
export function startsSection({ machine, starts }: StartResults): string {
  const lines = Object.entries(starts).map(([name, { kilobytes, imported, answered, bareAnswered }]) =>
    [
      `| ${name}`,
      kilobytes,
      milliseconds(imported),
      milliseconds(answered),
      milliseconds(bareAnswered),
      `${bareAnswered < WITH_CLIENTS ? '' : times(answered / bareAnswered)} |`,
    ].join(' | '),
  );
  return `
## Starts

${machine}. A fresh Node.js process imports the bundle, with the environment of the function on AWS, and answers its first event. *Bare* is a function that creates the same AWS clients and does nothing else, measured alternately. CPU
time without the start of Node.js itself, the lower quartile of seven starts; KB is the JavaScript that is loaded before the first request. A bare function without clients takes next to no time, so it has no ratio.

| function | KB | import, ms | first response, ms | bare, ms | ratio |
| --- | ---: | ---: | ---: | ---: | ---: |
${lines.join('\n')}

![CPU time of the first response, and of a bare function](images/${STARTS})

*First response* includes the import. A bare function asks AWS for nothing, whereas the first responses of these have one request to DynamoDB (get-job), two or more (list-jobs), or one to Systems Manager and the start of a thread (execute-process).
Workers start their thread and are asked for nothing. What was tried, and what it bought or would have bought, is in [ADR 0056](adr/0056-functions-start-with-little-work.md) and [ADR 0060](adr/0060-short-names-and-one-stack-of-middleware.md).
`;
}

/** Milliseconds above which a bare function has clients. */
const WITH_CLIENTS = 10;

/** The first responses, and those of bare functions, as a plot. */
export function startsPlot({ starts }: StartResults): string {
  const bars = Object.entries(starts).map(([title, { answered, bareAnswered }]) => ({
    title,
    values: [answered, bareAnswered],
  }));
  const names = ['first response', 'bare function'];
  return barPlot('CPU time of a start, in milliseconds', names, bars, { low: 0, high: 9, step: 1 });
}
