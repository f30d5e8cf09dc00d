import { Type } from 'typebox';
import { parseExecuteRequest } from '../../../../core/execution/parse.ts';
import { type Job, jobKeys } from '../../../../core/jobs/job.ts';
import type { InputsOf } from '../../../../core/processes/declaration.ts';
import { defineProcess, json, optional, required } from '../../../../core/processes/define.ts';
import type { RunContext } from '../../../../core/run/context.ts';
import type { Worker } from '../../../../functions/worker/execute.ts';
import { type MemoryPorts, memoryPorts } from '../../../support/memory/ports.ts';

export const NOW = '2026-03-01T12:00:00.000Z';
export const BASE_URL = 'https://service.example/v1';
export const jobID = '0b0a7a4e-8f0c-4c0e-9a53-0d5e7e0b1a11';

/** A process whose algorithm each test brings along. */
export const repeat = defineProcess({
  id: 'repeat',
  version: '1.0.0',
  title: 'Repeat',
  description: 'A text several times. Made for tests.',
  computeClass: 'light',
  inputs: {
    text: required(Type.String(), { title: 'Text' }),
    times: optional(Type.Integer(), { title: 'Times' }),
  },
  outputs: {
    text: json(Type.String(), { title: 'Text' }),
    length: json(Type.Integer(), { title: 'Length' }),
  },
  examples: [],
});

export type Algorithm = (
  inputs: InputsOf<typeof repeat>,
  context: RunContext,
) => Promise<{ readonly text?: string; readonly length?: number }>;

export const repeated: Algorithm = async ({ text, times = 1 }) => {
  const result = text.repeat(times);
  return { text: result, length: result.length };
};

/** A worker that has one process. */
export const makeWorker = (ports: MemoryPorts, run: Algorithm = repeated): Worker => ({
  processes: [repeat],
  runs: { repeat: async () => ({ run }) },
  ports,
});

export interface AcceptedOptions {
  readonly body?: object;
  readonly members?: Partial<Job>;
}

/** Surroundings with a job that was accepted, and its execute request. */
export async function withAcceptedJob({ body, members }: AcceptedOptions = {}): Promise<MemoryPorts> {
  const ports = memoryPorts({ now: NOW });
  await accept(ports, { ...(body ? { body } : {}), ...(members ? { members } : {}) });
  return ports;
}

export async function accept(ports: MemoryPorts, { body, members = {} }: AcceptedOptions = {}): Promise<Job> {
  const parsed = parseExecuteRequest(body ?? { inputs: { text: 'ab', times: 2 } }, repeat);
  const { inputs: _, ...request } = parsed;
  const created = ports.clock.now();
  const job: Job = {
    jobID,
    owner: 'public',
    processID: repeat.id,
    status: 'accepted',
    created: created.toISOString(),
    updated: created.toISOString(),
    request,
    baseUrl: BASE_URL,
    ...(parsed.subscriber ? { notifications: {} } : {}),
    expires: created.getTime() / 1000 + 86_400,
    ...members,
  };
  await ports.storage.put(jobKeys.request(job.jobID), JSON.stringify(parsed), 'application/json');
  await ports.jobs.create(job);
  return job;
}

/** The job as it is stored; fails for one that is not there. */
export async function storedJob({ jobs }: MemoryPorts, id = jobID): Promise<Job> {
  const job = await jobs.get(id);
  if (job === undefined || job === 'removed') throw new Error(`Job ${id} is ${job ?? 'unknown'}`);
  return job;
}
