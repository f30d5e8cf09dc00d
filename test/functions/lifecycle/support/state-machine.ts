import type { ExecutionState, RuntimeError } from '../../../../core/jobs/failures.ts';
import { jobDefinition } from '../../../../infra/constructs/job-definition.ts';
import type { End, World } from './world.ts';

/** What the definition calls, by the names that stand for ARNs here. */
export type Callee = 'worker' | 'large' | 'failJob' | 'notifySubscriber' | 'waitForTurn';

interface State {
  readonly Type: 'Choice' | 'Task' | 'Succeed' | 'Fail';
  readonly Resource?: string;
  readonly ResultPath?: string | null;
  readonly ResultSelector?: Readonly<Record<string, string>>;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Default?: string;
  readonly Choices?: readonly (Condition & { readonly Next: string })[];
  readonly Parameters?: {
    readonly FunctionName: Callee;
    readonly Payload: Readonly<Record<string, unknown>>;
  };
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly {
    readonly ErrorEquals: readonly string[];
    readonly ResultPath?: string | null;
    readonly Next: string;
  }[];
  readonly Error?: string;
}
interface Condition {
  readonly And?: readonly Condition[];
  readonly Variable?: string;
  readonly StringEquals?: string;
  readonly BooleanEquals?: boolean;
  readonly IsPresent?: boolean;
}
interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly MaxAttempts: number;
}

const callee = (arn: Callee) => ({ arn, timeout: 900 });
const worker = callee('worker');
const callees = {
  workers: { light: worker, vector: worker, raster: worker },
  failJob: callee('failJob'),
  notifySubscriber: callee('notifySubscriber'),
  waitForTurn: callee('waitForTurn'),
};
const largeTasks = {
  clusterArn: 'cluster',
  taskDefinitionArn: 'task',
  container: 'worker',
  subnetIds: ['subnet'],
  securityGroupId: 'group',
  timeout: 14_400,
};

interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}
const plain = jobDefinition(callees, 'aws') as Definition;
const withLarge = jobDefinition(callees, 'aws', undefined, largeTasks) as Definition;

export interface Execution {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Whether there is a large class. */
  readonly hasLarge: boolean;
  /** Calls a function as an actor of its own. */
  readonly call: (callee: Callee, payload: unknown, ended: (end: End<unknown>) => void) => string;
  /** Resolves when somebody answers with a token. Each attempt has one of its own; those before are good for nothing any more. */
  readonly token: (token: string, before?: string) => Promise<void>;
  /** What Step Functions says of a worker that died: one that it is not to call again, unless it is told that none has run. */
  readonly deathOfWorker?: string;
  /** Told when the execution has ended. */
  readonly ended: (state: ExecutionState) => void;
}

/** Runs the deployed definition of the workflow as an actor of a world. */
export function execute(
  world: World,
  { name, input, hasLarge, call, token, deathOfWorker, ended }: Execution,
): void {
  const { StartAt, States } = hasLarge ? withLarge : plain;
  let tokens = 0;
  let answered: Promise<void> | undefined;
  world.spawn(name, run, (end) => {
    // An execution that is lost stays as it is for ever.
    if (end.kind === 'answered') ended(end.value);
  });

  /** Whoever is called may let somebody answer before it has answered itself. */
  function nextToken(): string {
    const nameOf = (number: number) => `${name}-token-${number}`;
    answered = token(nameOf(++tokens), nameOf(tokens - 1));
    return nameOf(tokens);
  }

  async function run(): Promise<ExecutionState> {
    let data: Record<string, unknown> = { ...input };
    let current = StartAt;
    for (;;) {
      const state = States[current]!;
      if (state.Type === 'Succeed') return { status: 'SUCCEEDED' };
      if (state.Type === 'Fail') return { status: 'FAILED', error: state.Error };
      if (state.Type === 'Choice') {
        const chosen = state.Choices?.find((choice) => holds(choice, data));
        current = chosen?.Next ?? state.Default ?? '';
        continue;
      }
      const waits = state.Resource?.endsWith('.waitForTaskToken');
      const { error, answer } = await perform(current, state, data);
      if (!error && state.ResultSelector && state.ResultPath)
        data = { ...data, [state.ResultPath.slice(2)]: select(state.ResultSelector, answer) };
      if (!error && waits) {
        await answered;
        data = { ...data, waits: false };
      }
      if (error) {
        const caught = state.Catch?.find(({ ErrorEquals }) => matches(ErrorEquals, error));
        if (!caught) return { status: 'FAILED', error: error.Error, cause: error.Cause };
        if (caught.ResultPath !== null) data = { ...data, error };
        current = caught.Next;
      } else if (state.End) return { status: 'SUCCEEDED' };
      else current = state.Next ?? '';
    }
  }

  async function perform(label: string, state: State, data: Record<string, unknown>) {
    const { Retry = [] } = state;
    const tried = Retry.map(() => 0);
    for (;;) {
      const waits = state.Resource?.endsWith('.waitForTaskToken');
      const given = waits ? { ...data, own: nextToken() } : data;
      const outcome = await attempt(label, calledBy(state), given);
      const { error } = outcome;
      const place = error ? Retry.findIndex(({ ErrorEquals }) => matches(ErrorEquals, error)) : -1;
      const retrier = Retry[place];
      if (!error || !retrier || tried[place]! >= retrier.MaxAttempts) return outcome;
      tried[place]!++;
      world.clock.advance(retrier.IntervalSeconds);
    }
  }

  /** Calls a function once: it may be refused because none is free, and its time may be over before it answers. */
  async function attempt(
    label: string,
    { FunctionName, Payload }: NonNullable<State['Parameters']>,
    data: Record<string, unknown>,
  ): Promise<Outcome> {
    const payload = Object.fromEntries(
      Object.entries(Payload).map(([key, value]) =>
        key.endsWith('.$') ? [key.slice(0, -2), resolvePath(String(value), data)] : [key, value],
      ),
    );
    return await new Promise<Outcome>((resolve) => {
      const begin = async () => {
        let isOver = false;
        const called = call(FunctionName, payload, (end) => {
          isOver = true;
          const isLost = FunctionName === 'worker' && end.kind === 'died' && deathOfWorker;
          if (isLost) return resolve({ error: { Error: deathOfWorker } });
          const error = FunctionName === 'large' ? toTaskError(end) : toError(end);
          resolve({ error, ...(end.kind === 'answered' && { answer: end.value }) });
        });
        if (FunctionName !== 'worker' && FunctionName !== 'large') return;
        const options = { outcomes: ['done'], cost: 1, isPossible: () => !isOver && world.isAlive(called) };
        void world
          .step(name, `stops waiting for ${called}`, async () => undefined, options)
          .then(() => resolve({ error: { Error: 'States.Timeout' } }));
      };
      const outcomes = ['done', 'failed', 'died'];
      world
        .step(name, `calls ${label}`, begin, { outcomes })
        .catch(() =>
          resolve({ error: { Error: refusals[FunctionName] ?? 'Lambda.TooManyRequestsException' } }),
        );
    });
  }
}

/** What came of a call. */
interface Outcome {
  readonly error?: RuntimeError | undefined;
  readonly answer?: unknown;
}

/** What a selector takes of an answer: members of its payload. */
const select = (selector: Readonly<Record<string, string>>, answer: unknown): object =>
  Object.fromEntries(
    Object.entries(selector).map(([key, path]) => [
      key.slice(0, -2),
      (answer as Record<string, unknown>)[path.replace('$.Payload.', '')],
    ]),
  );

/** What a state calls: a function, or a task with the job in its environment. */
const calledBy = ({ Resource = '', Parameters }: State): NonNullable<State['Parameters']> =>
  Resource.endsWith(':ecs:runTask.sync')
    ? { FunctionName: 'large', Payload: { 'jobID.$': '$.jobID' } }
    : Parameters!;

/** What is said where there is no room; of functions that Lambda is busy. */
const refusals: Readonly<Partial<Record<Callee, string>>> = { large: 'ECS.AmazonECSException' };

/** What Step Functions makes of a task of Fargate, by the code with which it ends. */
function toTaskError(end: End<unknown>): RuntimeError | undefined {
  if (end.kind === 'answered' && end.value === 0) return undefined;
  return { Error: 'States.TaskFailed', Cause: '{"StoppedReason":"Essential container in task exited"}' };
}

const resolvePath = (path: string, data: Record<string, unknown>): unknown =>
  data[path === '$$.Task.Token' ? 'own' : path.slice(2)];

/** What Step Functions makes of a call that did not go well. */
function toError(end: End<unknown>): RuntimeError | undefined {
  if (end.kind === 'answered') return undefined;
  if (end.kind === 'threw') {
    const name = end.error instanceof Error ? end.error.name : 'Error';
    return { Error: name, Cause: String(end.error) };
  }
  return {
    Error: 'Runtime.ExitError',
    Cause: 'RequestId: 1 Error: Runtime exited with error: signal: killed',
  };
}

const matches = (errors: readonly string[], { Error: name = '' }: RuntimeError): boolean =>
  errors.includes('States.ALL') || errors.includes(name);

function holds(
  { And, Variable = '', StringEquals, BooleanEquals, IsPresent }: Condition,
  data: object,
): boolean {
  if (And) return And.every((condition) => holds(condition, data));
  const value = Variable.slice(2)
    .split('.')
    .reduce<unknown>((of, name) => (of as Record<string, unknown> | undefined)?.[name], data);
  if (IsPresent !== undefined) return (value !== undefined) === IsPresent;
  return value === (StringEquals ?? BooleanEquals);
}
