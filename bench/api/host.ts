/**
 * A process that has the handler of one function, as Lambda runs it: one event at a time. `node host.ts BUNDLE`; it is asked over
 * the channel of its parent.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Ask {
  /** Events as JSON, given in turn. */
  readonly events: readonly string[];
  /** Events of a round, and rounds. */
  readonly count: number;
  readonly rounds: number;
}

export interface Told {
  /** Milliseconds of processor time of all threads for one event, by round. */
  readonly cpu: readonly number[];
  /** Milliseconds until the answer, of each event; of several rounds without the first. */
  readonly elapsed: readonly number[];
  /** The last answer, as JSON. */
  readonly answer: string;
}

const context = {
  awsRequestId: '1',
  functionName: 'f',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:f',
  getRemainingTimeInMillis: () => 29_000,
};

const atFirst = process.cpuUsage();
const { handler } = (await import(pathToFileURL(join(process.argv[2] ?? '', 'index.mjs')).href)) as {
  handler: (event: unknown, context: unknown) => Promise<unknown>;
};

const { user: importUser, system: importSystem } = process.cpuUsage(atFirst);

async function run({ events, count, rounds }: Ask): Promise<Told> {
  const cpu: number[] = [];
  const elapsed: number[] = [];
  let answer = '';
  let number = 0;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    for (let index = 0; index < count; index++) {
      const started = performance.now();
      // What Lambda's runtime does around a handler belongs to it.
      const event: unknown = JSON.parse(events[number++ % events.length] ?? '{}');
      answer = JSON.stringify((await handler(event, context)) ?? null);
      if (round > 0 || rounds === 1) elapsed.push(performance.now() - started);
    }
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000 / count);
  }
  return { cpu, elapsed, answer };
}

process.on('message', (ask: Ask | 'usage') => {
  if (ask === 'usage') process.send?.(process.cpuUsage());
  else
    run(ask).then(
      (told) => process.send?.(told),
      (error) => process.send?.({ error: String(error?.stack ?? error) }),
    );
});
// Also where the parent has died.
process.on('disconnect', () => process.exit());
process.send?.({ importCpu: (importUser + importSystem) / 1000 });
