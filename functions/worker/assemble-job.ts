import type { ResultManifest } from '../../core/execution/manifest.ts';
import { outputName } from '../../core/execution/perform.ts';
import type { AssembleTask } from '../../core/execution/worker-task.ts';
import { jobKeys } from '../../core/jobs/job.ts';
import type { StoredLog } from '../../core/jobs/log.ts';
import { WorkToDivide } from '../../core/run/context.ts';
import type { RunLog } from '../../core/run/run-log.ts';
import { Dismissed, NoSuchProcess } from '../../core/shared/errors.ts';
import type { StoredPart } from '../../geo/raster/formats/tiff/stored-part.ts';
import type { PartLosses } from '../../geo/raster/values/type-losses.ts';
import { divideJob, partsFormat } from './divide-job.ts';
import type { Worker, WorkerPorts } from './execute.ts';
import { progressReporter } from './progress-reporter.ts';
import { executeJob, type JobAnswer, succeed } from './run-job.ts';
import { foundBefore } from './run-part.ts';
import { storedRequest } from './stored-request.ts';
import { storedSource } from './stored-source.ts';
import { cleanUp, type Ending, noteFailure, type Running, runningJob, supervise } from './supervise.ts';

/** Parts that are read at the same time. */
const AT_ONCE = 16;

/** Does what is left when all parts of a round are done: ends the job, or says which round follows. */
export async function assembleJob(
  worker: Worker,
  task: AssembleTask,
  remainingMilliseconds: () => number,
): Promise<JobAnswer> {
  const { ports } = worker;
  const job = await runningJob(task.jobID, ports.jobs);
  if (!job) return cleanUp(ports, task.jobID);
  return supervise(worker, job, remainingMilliseconds, async (running): Promise<JobAnswer> => {
    running.onStore();
    try {
      return await finish(worker, task, running);
    } catch (error) {
      if (!(error instanceof WorkToDivide)) throw error;
      return await divideJob(worker, running, error, task.round + 1);
    }
  });
}

async function finish(worker: Worker, task: AssembleTask, running: Running): Promise<Ending> {
  const { ports } = worker;
  const { job, log } = running;
  const { processID } = job;
  const parts = worker.processes.find(({ id }) => id === processID)?.parts;
  if (!parts) throw new NoSuchProcess(processID);
  await takeLogs(task, log, ports);
  const manifest =
    parts.give === 'summary'
      ? await mergeSummaries(worker, task, running)
      : { processID, outputs: [await assemble(worker, task, running)] };
  await running.writeLog();
  const isLeft = !(await removeParts(job.jobID, ports));
  return succeed(ports, job, manifest, log.warnings, isLeft);
}

/** The process makes its result of what the parts have found, which it reads one after the other. */
async function mergeSummaries(
  worker: Worker,
  { jobID, round, count }: AssembleTask,
  running: Running,
): Promise<ResultManifest> {
  const { storage } = worker.ports;
  const summaries = await eachPart(count, async (part) => {
    const key = jobKeys.part(jobID, part, round);
    const source = await storedSource(key, key, 'part', { pointer: '' }, storage);
    if (!source) throw new Error(`Part ${part} of job ${jobID} is missing`);
    return source;
  });
  return executeJob(worker, running, { summaries, ...(await foundBefore(jobID, round, storage)) });
}

/** Puts the parts of a file together, without holding more than a row of tiles. */
async function assemble({ processes, ports }: Worker, { count }: AssembleTask, { job, stopping }: Running) {
  const { jobs, storage, clock } = ports;
  const { jobID, processID } = job;
  const process = processes.find(({ id }) => id === processID);
  if (!process?.parts) throw new NoSuchProcess(processID);
  const { outputs } = await storedRequest(jobID, storage);
  const mediaType = partsFormat(process, process.parts, outputs);
  const ask = async (_: number, message: string | undefined) => {
    const isRunning = await jobs.progress(jobID, 99, message, clock.now().toISOString());
    if (!isRunning) stopping.abort(new Dismissed(jobID));
  };
  const progress = progressReporter({
    now: () => clock.now().getTime(),
    signal: stopping.signal,
    write: ask,
    failed: noteFailure('Job:ProgressNotWritten', jobID),
  });
  const spool = async (name: string, bytes: AsyncIterable<Uint8Array>) => {
    const key = jobKeys.partOverview(jobID, name);
    await storage.compose(key, bytes, 'application/octet-stream');
    return key;
  };
  const { joinParts } = await import('../../geo/raster/formats/tiff/join-parts.ts');
  const { pieces, size } = await joinParts(await openParts(jobID, count, storage), spool, progress);
  const { output } = process.parts;
  const key = jobKeys.output(jobID, outputName(output, mediaType));
  const observed = async function* () {
    for (const [done, piece] of pieces.entries()) {
      await progress(done, pieces.length, 'Assembling the parts');
      yield piece;
    }
  };
  await storage.compose(key, observed(), mediaType);
  return { id: output, mediaType, size, encoding: 'base64', key } as const;
}

/** The indexes of all parts, in order. */
async function openParts(
  jobID: string,
  count: number,
  storage: WorkerPorts['storage'],
): Promise<StoredPart[]> {
  const { readPartIndex } = await import('../../geo/raster/formats/tiff/part-index.ts');
  return eachPart(count, async (part) => {
    const key = jobKeys.part(jobID, part);
    const read = (offset: number, length: number) => storage.range(key, offset, length);
    return { key, ...(await readPartIndex(read)), read };
  });
}

/** What the parts have said, each line once. */
async function takeLogs(
  { jobID, count, round }: AssembleTask,
  log: RunLog,
  { storage }: Pick<WorkerPorts, 'storage'>,
): Promise<void> {
  const logs = await eachPart(count, async (part): Promise<StoredLog> => {
    const stored = await storage.get(jobKeys.partLog(jobID, part, round));
    if (!stored) throw new Error(`Part ${part} of job ${jobID} is missing`);
    return JSON.parse(new TextDecoder().decode(stored.body)) as StoredLog;
  });
  const { PART_LOSSES, joinPartLosses } = await import('../../geo/raster/values/type-losses.ts');
  const lines = logs.flatMap(({ logs: entries }) => entries);
  const losses = lines.flatMap(({ details }) =>
    details && PART_LOSSES in details ? [details[PART_LOSSES]] : [],
  );
  for (const { level, message, details } of lines)
    if (details && PART_LOSSES in details) continue;
    else if (level === 'warning') log.warn(message, details);
    else log.log(message, details);
  const lost = joinPartLosses(losses as PartLosses[]);
  if (lost !== undefined) log.warn(lost);
}

/** Does something for each part, for some at the same time. */
async function eachPart<T>(count: number, action: (part: number) => Promise<T>): Promise<T[]> {
  const results: T[] = Array.from({ length: count });
  const waiting = results.keys();
  const work = async () => {
    for (const part of waiting) results[part] = await action(part);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

/** @returns false where it failed: then the sweep does it */
async function removeParts(jobID: string, { storage }: Pick<WorkerPorts, 'storage'>): Promise<boolean> {
  try {
    await storage.removeAll(jobKeys.parts(jobID));
    return true;
  } catch (error) {
    noteFailure('Job:LeftToSweep', jobID)(error);
    return false;
  }
}
