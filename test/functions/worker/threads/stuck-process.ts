import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { jobKeys } from '../../../../core/jobs/job.ts';
import { ProcessThread } from '../../../../functions/worker/threads/process-thread.ts';
import { work } from '../../../../functions/worker/worker.ts';
import { memoryPorts } from '../../../support/memory/ports.ts';
import { accept, jobID, makeWorker, repeat } from '../support/job-worker.ts';

/**
 * A worker with a job that is stuck in native code, in a process of its own as it ends with it. It is dismissed, or its time
 * is over; the last line tells what was left when the process ended.
 */
const [, , kind] = process.argv;
const ports = memoryPorts();
const sticks = { ...repeat, id: 'sticks' };
await accept(ports, { members: { processID: 'sticks' } });
const request = ports.storage.json(jobKeys.request(jobID)) as object;
await ports.storage.put(
  jobKeys.request(jobID),
  JSON.stringify({ ...request, processID: 'sticks' }),
  'application/json',
);
const worker = {
  ...makeWorker(ports),
  processes: [sticks],
  // They are run in the thread.
  runs: { sticks: async () => ({ run: async () => ({}) }) },
  thread: new ProcessThread(new URL('./fixture-thread.ts', import.meta.url)),
};
if (kind === 'dismissed') {
  setTimeout(() => void ports.jobs.change(jobID, { to: 'dismissed', at: new Date().toISOString() }), 500);
}
const kill = process.kill.bind(process);
process.kill = (pid, signal) => {
  const stored = ports.jobs.items.get(jobID) as { status: string; exception?: { detail?: string } };
  const scratches = readdirSync(tmpdir()).filter((name) => name.startsWith(`process-${process.pid}-`)).length;
  const { status, exception } = stored;
  const kept = kind === 'dismissed' ? { keys: ports.storage.keys() } : { detail: exception?.detail };
  console.log(JSON.stringify({ status, ...kept, scratches }));
  return kill(pid, signal);
};
await work(worker, { kind: 'job', jobID }, () => (kind === 'late' ? 7000 : 900_000));
console.log(JSON.stringify({ status: 'the process was left running' }));
