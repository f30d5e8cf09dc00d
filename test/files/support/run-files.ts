import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Candidate, findFiles } from './find-files.ts';
import { judgeFile, type Kind, type Lane } from './judge-file.ts';
import { type Bounds, LineChild } from './line-child.ts';
import type { Row } from './verdicts.ts';

export interface Settings {
  /** Interpreter with the packages of the oracle ring. */
  readonly python: string;
  readonly limit?: number | undefined;
  readonly only?: Kind | undefined;
  readonly bounds?: Bounds;
  /** Files at the same time. */
  readonly lanes?: number;
  readonly signal?: AbortSignal;
  /** Called for each file as soon as it is judged. */
  readonly onRow?: (row: Row) => void;
}

export interface Run {
  /** In the order of the files. */
  readonly rows: readonly Row[];
  /** Files that are no geodata. */
  readonly skipped: number;
}

/** About what a worker of the service has. */
const defaultBounds: Bounds = { seconds: 120, megabytes: 3008 };

/** Shows all geodata below a folder to the product and to GDAL, a few files at the same time. */
export async function runFiles(root: string, settings: Settings): Promise<Run> {
  const { python, limit, only, bounds = defaultBounds, lanes: count = 2, signal, onRow } = settings;
  const { candidates, skipped } = findFiles(root);
  const directory = mkdtempSync(join(tmpdir(), 'files-'));
  const lanes = Array.from({ length: count }, (_, index) =>
    openLane(join(directory, String(index)), python, bounds),
  );
  const rows = new Map<Candidate, Row>();
  let other = 0;
  let next = 0;
  const work = async (lane: Lane): Promise<void> => {
    while (next < candidates.length && rows.size < (limit ?? Infinity)) {
      signal?.throwIfAborted();
      const candidate = candidates[next++]!;
      const row = await judgeFile(candidate, lane, root, only);
      if (!row) other++;
      else if (rows.size < (limit ?? Infinity)) {
        rows.set(candidate, row);
        onRow?.(row);
      }
    }
  };
  try {
    await Promise.all(lanes.map(work));
  } finally {
    await Promise.all(lanes.flatMap(({ product, judge }) => [product.stop(), judge.stop()]));
    rmSync(directory, { recursive: true, force: true });
  }
  return { rows: candidates.flatMap((candidate) => rows.get(candidate) ?? []), skipped: skipped + other };
}

function openLane(directory: string, python: string, bounds: Bounds): Lane {
  mkdirSync(directory, { recursive: true });
  const product = [`--max-old-space-size=${bounds.megabytes}`, join(import.meta.dirname, 'product-child.ts')];
  const judge = ['-B', join(import.meta.dirname, '..', 'judge', 'judge.py')];
  return {
    product: new LineChild(process.execPath, product, bounds, directory),
    // GDAL reads what it likes: what it takes is no fault of the product.
    judge: new LineChild(
      python,
      judge,
      { seconds: 2 * bounds.seconds, megabytes: 2 * bounds.megabytes },
      directory,
    ),
    directory,
  };
}
