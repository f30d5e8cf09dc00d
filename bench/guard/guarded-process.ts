import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What is measured of a path, none of which depends on how fast the machine is. */
export interface Measured {
  /** Processor time of one event, as a multiple of that of the reference work in the same process. */
  readonly ratio: number;
  /** Kilobytes that JavaScript allocates for one event. */
  readonly kilobytes: number;
}

export interface GuardedAsk {
  /** As JSON. */
  readonly event: string;
}

/** So much memory for young objects that none is collected while allocations of one event are counted. */
const FLAGS = ['--expose-gc', '--max-semi-space-size=256', '--min-semi-space-size=256'];

/** Measures the handler of a module in a process of its own. @param env all that it gets of the environment but the path */
export async function measureGuarded(
  module: string,
  ask: GuardedAsk,
  env: Readonly<Record<string, string>>,
): Promise<Measured> {
  const child = fork(join(import.meta.dirname, 'host.ts'), [module], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    execArgv: FLAGS,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The process that measures ${module} ended with ${code}`);
  });
  // It ends when it has answered, too.
  ended.catch(() => undefined);
  try {
    await Promise.race([once(child, 'message'), ended]);
    child.send(ask);
    const [told] = (await Promise.race([once(child, 'message'), ended])) as [Measured | { error: string }];
    if ('error' in told) throw new Error(told.error);
    return told;
  } finally {
    if (child.connected) child.disconnect();
    await ended.catch(() => undefined);
  }
}
