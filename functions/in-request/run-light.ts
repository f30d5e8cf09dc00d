import type { SyncTask } from '../../core/execution/worker-task.ts';
import type { Ports } from '../../core/ports.ts';
import { parseExact } from '../../core/shared/exact-json.ts';
import { processes } from '../../processes/index.ts';
import { runs } from '../worker/runs/light.ts';
import { ProcessThread } from '../worker/threads/process-thread.ts';
import { removeScratch } from '../worker/threads/scratch-directory.ts';
import { work } from '../worker/worker.ts';

removeScratch();

/** In the sources the thread's module lies beside this one; in a bundle, where this is a chunk, beside the folder of chunks. */
const module = import.meta.url.endsWith('.ts') ? './light-thread.ts' : '../thread.mjs';
const thread = new ProcessThread(new URL(module, import.meta.url));

/** Runs a task of the class light as its worker does, and answers what would come from there. */
export async function runLight(task: SyncTask, ports: Ports): Promise<unknown> {
  const answer = await work({ processes, runs, ports, thread }, task, () => task.seconds * 1000);
  return parseExact(JSON.stringify(answer), true);
}

/** Ends the thread; for tests. */
export const closeThread = (): Promise<void> => thread.close();
