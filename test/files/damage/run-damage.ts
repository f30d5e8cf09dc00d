import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bounds, ChildEnded, LineChild } from '../support/line-child.ts';
import { type Case, formatName } from './cases.ts';

/** For all that are read at the same time; a worker reads one. */
const bounds: Bounds = { seconds: 30, megabytes: 2048 };
/** Files that are read at the same time by one process. */
const TOGETHER = 8;
const PROCESSES = 2;

/** Faults by the names of their cases. */
export type Faults = ReadonlyMap<string, string>;

interface Answer {
  readonly faults: readonly (string | null)[];
  readonly rejections: readonly string[];
}

/** Has all cases read, many at the same time. What goes wrong for several together is looked for one by one. */
export async function runDamage(cases: readonly Case[]): Promise<Faults> {
  const found = new Map<string, string>();
  let next = 0;
  const work = async (child: LineChild): Promise<void> => {
    while (next < cases.length) {
      const batch = cases.slice(next, next + TOGETHER);
      next += TOGETHER;
      for (const [name, fault] of await catchFaults(batch, child)) found.set(name, fault);
    }
  };
  const directory = mkdtempSync(join(tmpdir(), 'damage-'));
  const children = Array.from({ length: PROCESSES }, () => startChild(directory));
  try {
    await Promise.all(children.map(work));
  } finally {
    await Promise.all(children.map((child) => child.stop()));
    rmSync(directory, { recursive: true, force: true });
  }
  return found;
}

const startChild = (directory: string): LineChild =>
  new LineChild(
    process.execPath,
    [`--max-old-space-size=${bounds.megabytes}`, join(import.meta.dirname, 'damage-child.ts')],
    bounds,
    directory,
  );

async function catchFaults(batch: readonly Case[], child: LineChild): Promise<[string, string][]> {
  const together = await askForAnswer(batch, child);
  if (typeof together !== 'string' && together.rejections.length === 0)
    return batch.flatMap((one, index) => {
      const fault = together.faults[index];
      return fault ? [[formatName(one), fault] as [string, string]] : [];
    });
  const alone: [string, string][] = [];
  for (const one of batch) {
    const answer = await askForAnswer([one], child);
    const fault = typeof answer === 'string' ? answer : (rejected(answer) ?? answer.faults[0]);
    if (fault) alone.push([formatName(one), fault]);
  }
  if (alone.some(([, fault]) => /^(?:ends|rejects)/.test(fault))) return alone;
  const text = typeof together === 'string' ? together : rejected(together)!;
  return [...alone, [batch.map(formatName).join(' + '), `${text}, but only together`]];
}

/** A text where the process that reads had to be ended, or ended by itself. */
async function askForAnswer(batch: readonly Case[], child: LineChild): Promise<Answer | string> {
  try {
    return (await child.ask(batch)) as Answer;
  } catch (error) {
    if (error instanceof ChildEnded) return `ends: the process ${error.message}`;
    throw error;
  }
}

const rejected = ({ rejections: [first] }: Answer): string | undefined =>
  first && `rejects, awaited by nobody: ${first.split('\n').slice(0, 3).join(' | ')}`;
