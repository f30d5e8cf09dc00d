import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { Env, required } from '../../core/shared/env.ts';
import { processes } from '../../processes/index.ts';
import { provideCredentials } from '../aws/client/credentials.ts';
import { awsPorts } from '../aws/ports.ts';
import { logger } from '../observe/logger.ts';
import { allRuns } from './all-runs.ts';
import { runLarge } from './run-large.ts';
import { findThreadModule } from './threads/find-thread-module.ts';
import { ProcessThread } from './threads/process-thread.ts';

/** The program of a task of Fargate: runs the one job that the environment names, and ends. */
const jobID = required(Env.JobID);
// Those of a task are good for hours, as it may run for, and new ones come in time.
provideCredentials(defaultProvider());
const interrupting = new AbortController();
// The task is to stop: the job was dismissed, its execution stopped, or the machine is taken away. Half a minute is left.
process.on('SIGTERM', () => {
  logger.warn('Worker:Interrupted', { jobID });
  interrupting.abort();
});
const thread = new ProcessThread(findThreadModule('thread', 'large', import.meta.url));
const worker = { processes, runs: allRuns, ports: awsPorts(), thread, interrupted: interrupting.signal };
const code = await runLarge(worker, jobID);
await thread.close();
process.exit(code);
