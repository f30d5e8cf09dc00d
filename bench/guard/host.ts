/**
 * A process that measures one handler beside the reference work: `node host.ts MODULE`, with `--expose-gc`. It is asked once, over
 * the channel of its parent, and answers what it has measured.
 */
import { pathToFileURL } from 'node:url';
import { least } from '../../core/shared/arrays.ts';
import { quantile } from '../statistics.ts';
import type { GuardedAsk, Measured } from './guarded-process.ts';
import { doReferenceWork } from './reference-work.ts';

/** Milliseconds of processor time of a sample, on each side: so long that the clock of the processor is exact enough. */
const SAMPLE = 60;
/** Samples at least and at most, and how far the middle half of the ratios may spread before no more are taken. */
const [LEAST_SAMPLES, MOST_SAMPLES, SPREAD] = [8, 24, 0.08];
/** Milliseconds of the path, and of the reference, before anything counts: what is used often is compiled by then. */
const [WARM_UP, REFERENCE_WARM_UP] = [1200, 400];
/** Times that allocations are counted, of which the middle one is taken. */
const COUNTS = 5;

const [, , module = ''] = process.argv;
const { handler } = (await import(pathToFileURL(module).href)) as {
  handler: (event: unknown, context: unknown) => Promise<unknown>;
};
const context = { awsRequestId: '1', getRemainingTimeInMillis: () => 29_000 };

/** Milliseconds of processor time of all threads for doing something so many times. */
async function processorTime(work: () => unknown, times: number): Promise<number> {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** How often something has to be done for a sample, after it was done for some time. */
async function timesOfSample(work: () => unknown, warmUp: number): Promise<number> {
  let times = 0;
  let spent = 0;
  while (spent < warmUp) {
    spent += await processorTime(work, 1);
    times++;
  }
  return Math.max(1, Math.round((SAMPLE / spent) * times));
}

async function measure({ event }: GuardedAsk): Promise<Measured> {
  const work = async () => {
    const answer = (await handler(JSON.parse(event), context)) as { statusCode?: number } | undefined;
    if ((answer?.statusCode ?? 200) >= 300) throw new Error(`The answer is ${JSON.stringify(answer)}`);
  };
  const times = await timesOfSample(work, WARM_UP);
  const referenceTimes = await timesOfSample(doReferenceWork, REFERENCE_WARM_UP);
  const samples: { readonly ours: number; readonly theirs: number }[] = [];
  const isStable = () => {
    const ratios = samples.map(({ ours, theirs }) => ours / theirs);
    const spread = quantile(ratios, 0.75) - quantile(ratios, 0.25);
    return ratios.length >= LEAST_SAMPLES && spread <= SPREAD * quantile(ratios, 0.5);
  };
  while (samples.length < MOST_SAMPLES && !(samples.length > 0 && isStable())) {
    const ours = (await processorTime(work, times)) / times;
    samples.push({ ours, theirs: (await processorTime(doReferenceWork, referenceTimes)) / referenceTimes });
  }
  // Other programs only ever add to the time of a processor.
  const ratio = least(samples.map(({ ours }) => ours)) / least(samples.map(({ theirs }) => theirs));
  const counts: number[] = [];
  for (let count = 0; count < COUNTS; count++) counts.push(await allocated(work));
  return { ratio, kilobytes: quantile(counts, 0.5) / 1024 };
}

/** Bytes that JavaScript takes for doing something once: nothing is collected meanwhile, as the young generation has room. */
async function allocated(work: () => Promise<void>): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  await work();
  return process.memoryUsage().heapUsed - before;
}

process.on('message', (ask: GuardedAsk) => {
  measure(ask).then(
    (measured) => process.send?.(measured),
    (error) => process.send?.({ error: String(error?.stack ?? error) }),
  );
});
// Also where the parent has died.
process.on('disconnect', () => process.exit());
process.send?.('ready');
