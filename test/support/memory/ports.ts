import type { Ports, Settings } from '../../../core/ports.ts';
import { classResources } from '../../../core/processes/class-resources.ts';
import { MemoryClock } from './memory-clock.ts';
import { MemoryEgress } from './memory-egress.ts';
import { MemoryJobStore } from './memory-job-store.ts';
import { MemoryLine } from './memory-line.ts';
import { MemoryStorage } from './memory-storage.ts';
import { MemorySwitch } from './memory-switch.ts';
import { MemoryUsage } from './memory-usage.ts';
import { MemoryWorkers, type RunTask } from './memory-workers.ts';
import { MemoryWorkflow, type RunJob } from './memory-workflow.ts';

/** All ports in memory, with the members that tests look at. */
export interface MemoryPorts extends Ports {
  readonly jobs: MemoryJobStore;
  readonly storage: MemoryStorage;
  readonly workflow: MemoryWorkflow;
  readonly workers: MemoryWorkers;
  readonly egress: MemoryEgress;
  readonly line: MemoryLine;
  readonly usage: MemoryUsage;
  readonly executionSwitch: MemorySwitch;
  readonly clock: MemoryClock;
}

export interface MemoryOptions {
  /** Runs the worker of a job that was started; without it jobs stay accepted. */
  readonly runJob?: RunJob;
  /** Answers synchronous executions. */
  readonly runTask?: RunTask;
  /** Stops the clock at this time. */
  readonly now?: Date | string;
  readonly settings?: Partial<Settings>;
}

const memorySettings: Settings = {
  title: 'Test service',
  retentionDays: 7,
  inlineResultBytes: 4 * 1024 * 1024,
  syncSeconds: 25,
  waits: true,
  quotas: {},
  workers: classResources,
};

/** A service's surroundings in memory. @param options may name single ports to use instead */
export function memoryPorts(options: MemoryOptions & Partial<Omit<Ports, 'settings'>> = {}): MemoryPorts {
  const { runJob, runTask, now, settings, ...overrides } = options;
  const clock = new MemoryClock(now);
  return {
    jobs: new MemoryJobStore(clock),
    storage: new MemoryStorage(),
    workflow: new MemoryWorkflow(runJob),
    workers: new MemoryWorkers(runTask),
    egress: new MemoryEgress(),
    line: new MemoryLine(),
    usage: new MemoryUsage(),
    executionSwitch: new MemorySwitch(),
    clock,
    settings: { ...memorySettings, ...settings },
    secrets: { signingKeys: async () => ({ current: 'secret of the tests' }) },
    ...overrides,
  } as MemoryPorts;
}
