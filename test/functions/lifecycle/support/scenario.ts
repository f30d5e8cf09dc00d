import type { ApiRequest } from '../../../../core/api/http.ts';
import { operations } from '../../../../core/api/operations.ts';
import type { ExecutionState } from '../../../../core/jobs/failures.ts';
import type { Ticket } from '../../../../core/jobs/waiting-line.ts';
import type { JobStore, Ports, Storage } from '../../../../core/ports.ts';
import { largeClass } from '../../../../core/processes/large-class.ts';
import { ClassLimitExceeded } from '../../../../core/shared/errors.ts';
import type { ApiResponse } from '../../../../core/shared/response.ts';
import { dismissJob } from '../../../../functions/api/dismiss-job.ts';
import { admitJob } from '../../../../functions/events/admit-job.ts';
import { reconcileExecution } from '../../../../functions/events/reconcile-execution.ts';
import { sweepJobs } from '../../../../functions/events/sweep-jobs.ts';
import { executeBody } from '../../../../functions/execution/execute-body.ts';
import { failJob } from '../../../../functions/tasks/fail-job.ts';
import { notifySubscriber } from '../../../../functions/tasks/notify-subscriber.ts';
import { type WaitEvent, waitForTurn } from '../../../../functions/tasks/wait-for-turn.ts';
import { runJob } from '../../../../functions/worker/run-job.ts';
import { runLarge } from '../../../../functions/worker/run-large.ts';
import { type MemoryPorts, memoryPorts } from '../../../support/memory/ports.ts';
import { type Algorithm, makeWorker, NOW, repeat } from '../../worker/support/job-worker.ts';
import type { Scenario } from './explore.ts';
import { makeLaws } from './laws.ts';
import { type Callee, execute } from './state-machine.ts';
import { type End, type StepOptions, timeless, World } from './world.ts';

export interface Cast {
  /** How often the client sends its request: again only where it got no job for it. */
  readonly requests?: number;
  /** How many do that at the same time. */
  readonly atOnce?: number;
  /** Headers of the request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Clients who dismiss the job at any time. */
  readonly dismissals?: number;
  /** Sweeps at any time, each six minutes later. */
  readonly sweeps?: number;
  readonly subscriber?: boolean;
  /** The job waits for its turn: others do when it comes. */
  readonly waits?: boolean;
  /** Whoever calls a worker that dies is told that none has run, and calls one again. */
  readonly losesWorkers?: boolean;
  /** Kinds of actors whose work is one step, as others explore it call by call: `client`, `worker` and so on. */
  readonly asOneStep?: readonly string[];
  /** What the process does: usually it reports progress and makes two outputs, one of which is an object. */
  readonly process?: 'succeeds' | 'refuses' | 'is too large for its worker';
}

const OWNER = 'owner';
const baseUrl = 'https://service.example/v1';
const successUri = 'https://client.example/success';
const failedUri = 'https://client.example/failed';
const inProgressUri = 'https://client.example/running';
/** Characters that make the output an object of its own. */
const LARGE = 40_000;

const request = (members: Partial<ApiRequest>): ApiRequest => ({
  operation: operations.executeProcess,
  method: 'POST',
  path: '/processes/repeat/execution',
  pathParameters: {},
  query: {},
  headers: {},
  body: undefined,
  baseUrl,
  authorization: { mode: 'none' },
  principal: { owner: OWNER, scopes: ['read', 'execute'] },
  owner: OWNER,
  requestId: 'request',
  ...members,
});

/** Where the jobs and their objects are; usually in memory alone. */
export interface Stage {
  /** In the ids of its jobs, where several share a table. */
  readonly label: string;
  readonly jobs: (twin: JobStore) => JobStore;
  readonly storage: (twin: Storage) => Storage;
}

/** A scenario that says what it has left in its stores. */
export interface StoredScenario extends Scenario {
  readonly left: () => {
    readonly ids: readonly string[];
    readonly keys: readonly string[];
    readonly statuses: readonly string[];
  };
}

const inMemory: Stage = { label: '', jobs: (twin) => twin, storage: (twin) => twin };

/**
 * One request for a job, and all who have to do with it: the functions are the real ones, on ports whose calls are steps.
 * @param stage other stores beside those in memory, which the laws look at
 */
export function makeScenario(cast: Cast, stage = inMemory): StoredScenario {
  const world = new World(NOW);
  const hasLarge = cast.process === 'is too large for its worker';
  const service = memoryPorts({ settings: hasLarge ? { large: largeClass } : {} });
  let ids = 0;
  const clock = { now: () => world.clock.now(), newID: () => `job-${stage.label}${++ids}` };
  const memory = { ...service, clock: world.clock } as MemoryPorts;
  const jobs = memoryPorts({ now: NOW }).jobs;
  Object.assign(memory, { jobs });
  const store = { jobs: stage.jobs(memory.jobs), storage: stage.storage(memory.storage) };
  const executions = new Map<string, ExecutionState>();
  const computed: string[] = [];
  const clients: string[] = [];
  /** What is made up for: a ticket that is lost, a worker that is busy, a function that is called again, a worker that has not run. */
  const isMadeUpFor = () =>
    cast.process === undefined &&
    world.wrong.every(
      ({ actor, name, outcome }) =>
        /^(ticket|waitForTurn)-/.test(actor) ||
        (/^machine-/.test(actor) && /calls (Run|WaitForTurn)/.test(name) && outcome === 'failed') ||
        (/^worker-/.test(actor) && name === 'computes' && outcome === 'died' && cast.losesWorkers === true),
    );
  const laws = makeLaws({ world, memory, executions, computed, failedUri, successUri, isMadeUpFor });
  const count = new Map<string, number>();
  /** Functions that tell subscribers. */
  const notifiers: string[] = [];
  const nameAnother = (kind: string) => {
    const number = (count.get(kind) ?? 0) + 1;
    count.set(kind, number);
    return `${kind}-${number}`;
  };

  const tokens = new Map<string, () => void>();
  const comings = new Map<string, number>();
  const line: Ports['line'] = { enter: async (ticket, seconds) => comeUp(ticket, seconds) };
  const workflow: Ports['workflow'] = {
    start: async (jobID, computeClass, hasSubscriber) => {
      if (executions.has(jobID)) return;
      executions.set(jobID, { status: 'RUNNING' });
      execute(world, {
        name: `machine-${jobID}`,
        input: { jobID, computeClass, hasSubscriber, ...(cast.waits ? { waits: true } : {}) },
        hasLarge,
        call: (callee, payload, ended) => callFunction(callee, payload as WaitEvent, ended),
        token: (token, before = '') => {
          tokens.delete(before);
          return new Promise((resolve) => tokens.set(token, resolve));
        },
        ...(cast.losesWorkers ? { deathOfWorker: 'Lambda.ServiceException' } : {}),
        ended: (state) => endExecution(jobID, state),
      });
    },
    goOn: async (token) => {
      const resolve = tokens.get(token);
      resolve?.();
      return tokens.delete(token);
    },
    describe: async (jobID) => executions.get(jobID),
    stop: async (jobID) => {
      if (executions.get(jobID)?.status !== 'RUNNING') return;
      world.stop(`machine-${jobID}`);
      tokens.clear();
      endExecution(jobID, { status: 'ABORTED' });
    },
  };

  const isOneStep = (actor: string) => cast.asOneStep?.includes(actor.replace(/-\d+$/, '')) ?? false;
  const portsFor = (actor: string): Ports => ({
    ...memory,
    clock,
    ...(isOneStep(actor) ? { ...store, workflow, line } : steppedPorts(actor)),
  });
  const steppedPorts = (actor: string) => ({
    jobs: world.port(actor, 'jobs', store.jobs),
    storage: world.port(actor, 'storage', store.storage),
    egress: world.port(actor, 'egress', memory.egress),
    workflow: world.port(actor, 'workflow', workflow),
    line: world.port(actor, 'line', line),
    workers: world.port(actor, 'workers', memory.workers),
  });

  function callFunction(callee: Callee, event: WaitEvent, ended: (end: End<unknown>) => void): string {
    const name = nameAnother(callee);
    if (callee === 'notifySubscriber') notifiers.push(name);
    const ports = portsFor(name);
    const functions: Readonly<Record<Callee, () => Promise<unknown>>> = {
      worker: () => runJob(makeWorker(ports as MemoryPorts, algorithm(name)), event.jobID, () => 900_000),
      large: () => runLarge(makeWorker(ports as MemoryPorts, algorithm(name)), event.jobID),
      failJob: () => failJob(event, ports),
      waitForTurn: () => waitForTurn(event, ports),
      notifySubscriber: () => notifySubscriber(event.jobID, ports),
    };
    world.spawn(name, functions[callee], ended, true);
    return name;
  }

  /** A ticket comes up late, never or, once more, twice; what fails is tried again, as SQS does. */
  function comeUp(ticket: Ticket, seconds: number): void {
    // The first times at any moment, as others may be that slow; then not before its time, which for ever would be without an end.
    const times = (comings.get(ticket.jobID) ?? 0) + 1;
    comings.set(ticket.jobID, times);
    const from = times > 2 ? world.seconds + Math.max(1, seconds) : 0;
    const isPossible = () => world.seconds >= from;
    const attempt = (what: string, options: StepOptions, left: number) => {
      const name = nameAnother('ticket');
      world.spawn(
        name,
        async () => {
          await world.step(name, what, async () => undefined, options);
          return admitJob(ticket, portsFor(name), () => 60_000, 0);
        },
        (end) => {
          if (end.kind !== 'answered' && left > 0) attempt('comes up again', options, left - 1);
        },
      );
    };
    attempt('comes up', { outcomes: ['done', 'died'], isPossible }, 1);
    if (times === 1) attempt('comes up twice', { outcomes: ['done'], cost: 1 }, 0);
  }

  const algorithm =
    (name: string): Algorithm =>
    async ({ text, times = 1 }, context) => {
      const compute = async () => void world.clock.advance(3);
      await world.step(name, 'computes', compute, { outcomes: ['done', 'failed', 'died'], isPrivate: true });
      await context.progress(1, 2, 'Half');
      if (hasLarge && !name.startsWith('large'))
        throw new ClassLimitExceeded('/inputs/text', 'It is too long');
      if (cast.process === 'refuses') throw new Error('It cannot be computed');
      computed.push(name);
      return { text: text.repeat(times), length: text.length * times };
    };

  /** Events come late, twice or never; what fails is tried twice more, as Lambda does. */
  function endExecution(jobID: string, state: ExecutionState): void {
    executions.set(jobID, state);
    if (state.status === 'SUCCEEDED') return;
    const event = { detail: { ...state, name: jobID } };
    const attempt = (left: number) => {
      const name = nameAnother('reconcile');
      world.spawn(
        name,
        async () => {
          await world.step(name, 'gets the event', async () => undefined, { outcomes: ['done', 'died'] });
          return reconcileExecution(event, portsFor(name));
        },
        (end) => {
          if (end.kind !== 'answered' && left > 0 && world.seconds < 3600) attempt(left - 1);
        },
      );
    };
    attempt(2);
  }

  function send(left: number): void {
    const name = nameAnother('client');
    clients.push(name);
    const subscriber = cast.subscriber ? { subscriber: { successUri, failedUri, inProgressUri } } : {};
    const body = { inputs: { text: 'x', times: LARGE }, ...subscriber };
    const headers = { prefer: 'respond-async', ...cast.headers };
    const sent = request({ headers, body: Buffer.from(JSON.stringify(body)) });
    world.spawn(
      name,
      () => executeBody(sent, repeat, body, portsFor(name)),
      (end: End<ApiResponse>) => {
        laws.answered(end);
        if (end.kind !== 'answered' && left > 1) send(left - 1);
      },
      left > 1,
    );
  }

  function dismiss(): void {
    const name = nameAnother('dismissal');
    const jobID = () => [...memory.jobs.items.keys()].find((id) => id.startsWith('job-')) ?? '';
    world.spawn(
      name,
      async () => {
        const isPossible = () => jobID() !== '';
        await world.step(name, 'begins', async () => undefined, { outcomes: ['done'], isPossible });
        return dismissJob(request({ method: 'DELETE', pathParameters: { jobID: jobID() } }), portsFor(name));
      },
      (end: End<ApiResponse>) => laws.dismissed(end),
    );
  }

  function sweep(): void {
    const name = nameAnother('sweep');
    const wait = async () => void world.clock.advance(360);
    world.spawn(name, async () => {
      // No job is due before the function that makes it has ended, whose time is half a minute; one that tells a subscriber has a minute.
      const isPossible = () =>
        memory.jobs.items.size > 0 && [...clients, ...notifiers].every((other) => !world.isAlive(other));
      await world.step(name, 'begins six minutes later', wait, { outcomes: ['done'], isPossible });
      return sweepJobs(portsFor(name));
    });
  }

  /** What goes on for ever: a sweep now and then, until there is nothing more to do. */
  async function conclude(): Promise<void> {
    for (let round = 0; round < 200; round++) {
      world.clock.advance(600);
      // A sweep that finds nothing does nothing.
      if (!laws.isSettled() && (await memory.jobs.due(world.clock.now(), 1)).length === 0) continue;
      const name = nameAnother('late-sweep');
      world.spawn(name, () => sweepJobs(portsFor(name)));
      await world.begin();
      for (let step = world.possible[0]; step; step = world.possible.find(({ cost }) => cost === 0)) {
        await world.take(step, step.outcomes[0]!);
        laws.check();
      }
      if (laws.isSettled()) break;
    }
    laws.conclude();
  }

  for (let number = 0; number < (cast.atOnce ?? 1); number++) send(cast.requests ?? 1);
  for (let number = 0; number < (cast.dismissals ?? 0); number++) dismiss();
  for (let number = 0; number < (cast.sweeps ?? 0); number++) sweep();
  const state = () =>
    timeless([...memory.jobs.items]) +
    timeless([
      memory.storage.keys(),
      [...memory.jobs.claims.values()],
      [...executions],
      computed,
      laws.told(),
    ]);
  return { world, state, check: laws.check, conclude, left: laws.left };
}
