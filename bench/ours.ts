import { createInterface } from 'node:readline';
import { requirePresent } from '../core/shared/require-present.ts';
import { helperThreads } from '../geo/parallel/helper-threads.ts';
import type { Case } from './case.ts';
import { ourKernels } from './our-kernels.ts';
import { ourProcesses } from './our-processes.ts';
import { readWindow } from './our-window.ts';

/** Our side of the benchmark: runs a case per line that it reads, and answers with a line each. */
helperThreads.use(new URL('../geo/helper.ts', import.meta.url));
const directory = requirePresent(process.argv[2], 'The directory');
const cases: Readonly<Record<string, Case>> = { ...ourProcesses(directory), ...ourKernels(directory) };

interface Request {
  readonly case: string;
  readonly url: string;
  readonly column: number;
  readonly row: number;
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as Request;
  const run =
    request.case === 'window'
      ? () => readWindow(request)
      : requirePresent(cases[request.case], `The case ${request.case}`);
  const used = process.cpuUsage();
  const started = performance.now();
  const check = await run();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(used);
  console.log(JSON.stringify({ seconds, cpu: (user + system) / 1e6, check }));
}
// Threads that end of themselves write their profiles, where any are taken.
await helperThreads.end();
