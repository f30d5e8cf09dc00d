import { serialize } from 'node:v8';
import type { FanOut, PartTask } from '../../core/execution/worker-task.ts';
import type { ExecuteRequest } from '../../core/jobs/execute-request.ts';
import { jobKeys } from '../../core/jobs/job.ts';
import { listMediaTypes } from '../../core/processes/alternatives.ts';
import { findOutput, type Parts, type ProcessDeclaration } from '../../core/processes/declaration.ts';
import type { Division, WorkSize, WorkToDivide } from '../../core/run/context.ts';
import { countRowParts, listRowParts, MOST_PARTS } from '../../core/run/row-parts.ts';
import { LimitExceeded, NoSuchProcess } from '../../core/shared/errors.ts';
import { MediaType } from '../../core/shared/uris.ts';
import type { Worker } from './execute.ts';
import type { Ending, Running } from './supervise.ts';

/** Media type of what is kept until the parts are put together. */
export const BYTES = 'application/octet-stream';

/** Formats that are put together from parts. */
const DIVISIBLE: readonly string[] = [MediaType.cog, MediaType.geotiff];

/** How the work of a job may be divided: above which size, where its process says so and its result can be put together. */
export function findDivision(
  { processes, ports: { settings } }: Pick<Worker, 'processes' | 'ports'>,
  { processID, outputs }: Pick<ExecuteRequest, 'processID' | 'outputs'>,
): Division | undefined {
  const process = processes.find(({ id }) => id === processID);
  if (!process?.parts || settings.divideAbove === undefined) return undefined;
  if (!outputs.some(({ id }) => id === process.parts?.output)) return undefined;
  const { give } = process.parts;
  if (give === 'pixels' && !DIVISIBLE.includes(partsFormat(process, process.parts, outputs)))
    return undefined;
  return { divideAbove: Math.min(settings.divideAbove, process.limits.pixels ?? Infinity) };
}

/** Media type of the result that is put together. */
export const partsFormat = (
  process: ProcessDeclaration,
  { output }: Parts,
  outputs: ExecuteRequest['outputs'],
): string =>
  outputs.find(({ id }) => id === output)?.mediaType ?? listMediaTypes(findOutput(process, output).schema)[0];

/**
 * Writes the list of parts of a job, each as the task of the worker that computes it.
 *
 * @param round from 0 on: how often the parts have been gone through already
 * @returns the job as it runs on, with what the workflow is to do
 * @throws LimitExceeded when a part would be too large for a worker, or there would be too many
 */
export async function divideJob(
  { processes, ports }: Pick<Worker, 'processes' | 'ports'>,
  { job: { jobID, processID }, onStore }: Pick<Running, 'job' | 'onStore'>,
  { size, found }: Pick<WorkToDivide, 'size' | 'found'>,
  round = 0,
): Promise<Ending & { readonly fanOut: readonly FanOut[] }> {
  const process = processes.find(({ id }) => id === processID);
  if (!process?.parts) throw new NoSuchProcess(processID);
  const { pixels = Infinity } = process.limits;
  const { halo, input } = process.parts;
  const { width, height, rounds } = size;
  const divideAbove = Math.min(ports.settings.divideAbove ?? pixels, pixels);
  const { count, pixels: most } = countRowParts(size, divideAbove, halo);
  if (!(count <= MOST_PARTS && most <= pixels)) {
    const why =
      most > pixels
        ? `A part of it would have ${most} pixels${inFourBytes(size)}; a worker can process up to ${pixels}.`
        : `It would be divided into ${count} parts; a job may have up to ${MOST_PARTS}.`;
    throw new LimitExceeded(
      `/inputs/${input}`,
      `The raster would be processed as ${width} by ${height} pixels. ${why}`,
    );
  }
  const parts = listRowParts(size, divideAbove, halo);
  const tasks = parts.map(
    (rows, part): PartTask => ({ kind: 'part', jobID, round, rounds, part, count: parts.length, ...rows }),
  );
  const key = jobKeys.partList(jobID, round);
  onStore();
  if (found !== undefined) await ports.storage.put(jobKeys.found(jobID, round), serialize(found), BYTES);
  await ports.storage.put(key, JSON.stringify(tasks), MediaType.json);
  return { jobID, status: 'running', fanOut: [{ jobID, key, round, count: tasks.length }] };
}

const inFourBytes = ({ weight }: WorkSize): string =>
  weight === 1 ? '' : ` (each counts as ${weight} pixels of four bytes)`;
