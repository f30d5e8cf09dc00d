import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of a second, in which Linux counts the time of processes. */
const TICKS = 100;

interface Row {
  readonly pid: number;
  readonly parent: number;
  /** Of the process and of its children that have ended. */
  readonly ticks: number;
}

/** Milliseconds of processor time of a process and all that it started, as `/proc` has them. */
export function processorTime(root: number): number {
  const rows = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? readRow(name) : []));
  const family = new Set([root]);
  for (let grown = -1; grown !== family.size; ) {
    grown = family.size;
    for (const { pid, parent } of rows) if (family.has(parent)) family.add(pid);
  }
  const ticks = rows.reduce((sum, { pid, ticks: own }) => sum + (family.has(pid) ? own : 0), 0);
  return (ticks * 1000) / TICKS;
}

function readRow(name: string): Row[] {
  try {
    // The name of the program, in parentheses, may have spaces in it.
    const text = readFileSync(`/proc/${name}/stat`, 'utf8');
    const [, parent, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = rest.slice(9, 13).reduce((sum, value) => sum + Number(value), 0);
    return [{ pid: Number(name), parent: Number(parent), ticks }];
  } catch {
    // It has ended meanwhile.
    return [];
  }
}
