/** A profile as V8 writes it: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  /** Microseconds of the clock of the machine. */
  readonly startTime: number;
  readonly endTime: number;
  /** Node of each sample, and microseconds since the one before it, or since the start. */
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Time of a function itself, without what it calls. */
export interface SelfTime {
  readonly name: string;
  /** File of the project, package, or what else runs there. */
  readonly where: string;
  /** Of the time of all threads in which they did something. */
  readonly share: number;
}

/** Not work: a thread that waits. */
const WAITING = new Set(['(idle)', '(root)']);

/**
 * Self times of functions over all threads, the longest first.
 *
 * @param profiles one of each thread
 * @param from @param until microseconds of the clock of the machine: what is before is the way there
 * @param root file URL of the project, with a slash at its end
 */
export function selfTimes(
  profiles: readonly CpuProfile[],
  { from, until, root }: { readonly from: number; readonly until: number; readonly root: string },
): SelfTime[] {
  const times = new Map<string, { name: string; where: string; microseconds: number }>();
  for (const { nodes, samples, timeDeltas, startTime, endTime } of profiles) {
    const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
    let at = startTime;
    for (const [index, sample] of samples.entries()) {
      at += timeDeltas[index] ?? 0;
      const next = index + 1 < samples.length ? at + (timeDeltas[index + 1] ?? 0) : endTime;
      const microseconds = Math.min(next, until) - Math.max(at, from);
      const frame = frames.get(sample);
      if (microseconds <= 0 || !frame || WAITING.has(frame.functionName)) continue;
      const [name, where] = placeOf(frame, root);
      const key = `${name} ${where}`;
      const time = times.get(key) ?? { name, where, microseconds: 0 };
      time.microseconds += microseconds;
      times.set(key, time);
    }
  }
  const total = [...times.values()].reduce((sum, { microseconds }) => sum + microseconds, 0);
  return [...times.values()]
    .toSorted((one, other) => other.microseconds - one.microseconds)
    .map(({ name, where, microseconds }) => ({ name, where, share: microseconds / total }));
}

/** What V8 calls what is no function of a file. */
const special: Readonly<Record<string, readonly [name: string, where: string]>> = {
  '(garbage collector)': ['garbage collection', 'V8'],
  '(program)': ['code outside of JavaScript', 'Node.js'],
};

function placeOf(
  { functionName, url }: CpuProfile['nodes'][number]['callFrame'],
  root: string,
): readonly [name: string, where: string] {
  const known = special[functionName];
  if (known) return known;
  const name = functionName || '(anonymous)';
  if (url.startsWith('wasm:') || /^wasm-/.test(functionName)) return [name, 'WebAssembly'];
  if (url === '') return [name, 'V8'];
  if (url.startsWith('node:')) return [name, url];
  const path = url.startsWith(root) ? url.slice(root.length) : url;
  const [, owner] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return [name, owner ?? path];
}
