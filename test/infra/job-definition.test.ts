import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WorkToHandOver } from '../../core/execution/worker-task.ts';
import { computeClasses } from '../../core/processes/declaration.ts';
import { jobDefinition } from '../../infra/constructs/job-definition.ts';
import type { Json } from './support/service.ts';

const callee = (name: string, timeout: number) => ({ arn: `arn:${name}`, timeout });
const timeouts = { light: 120, vector: 900, raster: 900 };
const callees = {
  workers: {
    light: callee('light', timeouts.light),
    vector: callee('vector', timeouts.vector),
    raster: callee('raster', timeouts.raster),
  },
  failJob: callee('fail', 60),
  notifySubscriber: callee('notify', 60),
};
const definition = jobDefinition(callees, 'aws') as Json;

/** Walks the workflow as Step Functions would. @param fails names of states whose task fails for good */
function walk(input: Record<string, unknown>, fails: readonly string[] = []) {
  const path: string[] = [];
  let name: string | undefined = definition.StartAt;
  while (name !== undefined) {
    path.push(name);
    assert.ok(path.length < 20, 'the workflow does not end');
    const state: Json = definition.States[name];
    assert.ok(state, `there is no state ${name}`);
    name = findNext(name, state, input, fails);
  }
  return { path, end: definition.States[path.at(-1) ?? ''].Type as string };
}

function findNext(name: string, state: Json, input: Record<string, unknown>, fails: readonly string[]) {
  if (state.Type === 'Choice') {
    const matches = ({ Variable, StringEquals, BooleanEquals, IsPresent, And }: Json): boolean => {
      if (And) return And.every(matches);
      const value = input[Variable.slice(2)];
      return IsPresent ? value !== undefined : value === (StringEquals ?? BooleanEquals);
    };
    return state.Choices.find(matches)?.Next ?? state.Default;
  }
  if (state.Type === 'Task' && fails.includes(name)) {
    const [handler] = state.Catch ?? [];
    assert.deepEqual(handler?.ErrorEquals, ['States.ALL'], `${name} catches everything`);
    return handler.Next;
  }
  return state.Next;
}

const tasks = Object.entries<Json>(definition.States).filter(([, { Type }]) => Type === 'Task');
const runs = tasks.filter(([name]) => name.startsWith('Run'));

describe('the workflow of a job', () => {
  for (const computeClass of computeClasses) {
    test(`a job of class ${computeClass} takes 2 transitions, 3 with a subscriber, and calls its worker`, () => {
      const { path } = walk({ computeClass, hasSubscriber: false });
      assert.equal(path.length, 2);
      const { Parameters } = definition.States[path[1] ?? ''];
      assert.equal(Parameters.FunctionName, `arn:${computeClass}`);
      assert.deepEqual(Parameters.Payload, { kind: 'job', 'jobID.$': '$.jobID' });

      const notified = walk({ computeClass, hasSubscriber: true });
      assert.equal(notified.path.length, 3);
      assert.equal(definition.States[notified.path[1] ?? ''].Parameters.FunctionName, `arn:${computeClass}`);
      assert.equal(notified.path[2], 'NotifyOfSuccess');
    });

    test(`a worker of class ${computeClass} that fails leaves a failed job, and the subscriber is told`, () => {
      const names = runs.map(([name]) => name);
      const silent = walk({ computeClass, hasSubscriber: false }, names);
      assert.deepEqual(silent.path.slice(2), ['FailJob', 'HasSubscriber', 'Failed']);
      assert.equal(silent.end, 'Fail');
      const told = walk({ computeClass, hasSubscriber: true }, names);
      assert.deepEqual(told.path.slice(2), ['FailJob', 'HasSubscriber', 'NotifyOfFailure', 'Failed']);
    });

    test(`the task of class ${computeClass} outlasts its function by a little, so that a hung call ends`, () => {
      for (const [, { TimeoutSeconds, Parameters }] of runs) {
        if (Parameters.FunctionName !== `arn:${computeClass}`) continue;
        assert.ok(TimeoutSeconds > timeouts[computeClass]);
        assert.ok(TimeoutSeconds <= timeouts[computeClass] + 60);
      }
    });
  }

  test('a subscriber that cannot be reached does not fail the job', () => {
    const { path, end } = walk({ computeClass: 'light', hasSubscriber: true }, ['NotifyOfSuccess']);
    assert.equal(end, 'Succeed');
    assert.equal(path.at(-2), 'NotifyOfSuccess');
  });

  test('a worker is run again only when it certainly did not run', () => {
    const didNotRun = [
      'Lambda.TooManyRequestsException',
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
    ];
    assert.equal(runs.length, 6);
    for (const [, { Retry }] of runs)
      assert.deepEqual(
        Retry.flatMap((rule: Json) => rule.ErrorEquals),
        didNotRun,
      );
  });

  test('a job waits for hours when all workers are busy, instead of failing', () => {
    for (const [name, { Retry }] of runs) {
      const busy = Retry.find((rule: Json) => rule.ErrorEquals.includes('Lambda.TooManyRequestsException'));
      // Full jitter waits half of the delay on average.
      assert.ok((busy.MaxAttempts * busy.MaxDelaySeconds) / 2 > 4 * 3600, name);
    }
  });

  test('every repetition backs off with jitter and ends', () => {
    for (const [name, { Retry }] of tasks) {
      for (const rule of Retry) {
        assert.ok(rule.BackoffRate > 1, name);
        assert.equal(rule.JitterStrategy, 'FULL');
        assert.ok(rule.MaxAttempts > 0 && rule.MaxAttempts <= 200, name);
        assert.ok(rule.MaxDelaySeconds > rule.IntervalSeconds, name);
      }
    }
  });

  test('the error of the worker reaches what records it, beside the input', () => {
    for (const [, { Catch }] of runs) assert.equal(Catch[0].ResultPath, '$.error');
    const { Payload } = definition.States.FailJob.Parameters;
    assert.deepEqual(Payload, { 'jobID.$': '$.jobID', 'error.$': '$.error' });
    assert.deepEqual(definition.States.FailJob.Retry[0].ErrorEquals, ['States.ALL']);
  });

  test('no task lets its result into the state: only identifiers travel', () => {
    for (const [name, { ResultPath }] of tasks) assert.equal(ResultPath, null, name);
  });
});

describe('the workflow of a job that may be divided', () => {
  const divided = jobDefinition(callees, 'aws', { bucketName: 'objects', maxConcurrency: 7 }) as Json;
  const { States } = divided;
  const names = ['RunRaster', 'RunRasterThenNotify'];
  const outer = (name: string): Json => States[`PartsOf${name}`];
  const inner = (name: string): Json => outer(name).ItemProcessor.States[`EachPartOf${name}`];

  test('takes 3 transitions where nothing is divided: the map over what is left has no items', () => {
    assert.equal(States.RunRaster.Next, 'PartsOfRunRaster');
    assert.deepEqual(States.RunRaster.ResultSelector, { 'fanOut.$': '$.Payload.fanOut' });
    assert.equal(outer('RunRaster').ItemsPath, '$.answer.fanOut');
    assert.equal(outer('RunRaster').End, true);
    assert.equal(outer('RunRasterThenNotify').Next, 'NotifyOfSuccess');
  });

  test('is as before for other classes', () => {
    for (const computeClass of ['Light', 'Vector'])
      assert.deepEqual(States[`Run${computeClass}`], definition.States[`Run${computeClass}`]);
  });

  for (const name of names)
    test(`${name}: reads its parts from the bucket and runs each as an execution of its own`, () => {
      const { ItemReader, MaxConcurrency, ItemProcessor } = inner(name);
      assert.deepEqual(ItemReader, {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON' },
        Parameters: { Bucket: 'objects', 'Key.$': '$.key' },
      });
      assert.equal(MaxConcurrency, 7);
      assert.deepEqual(ItemProcessor.ProcessorConfig, { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' });
      const part = ItemProcessor.States[`PartOf${name}`];
      assert.deepEqual(part.Parameters, { FunctionName: 'arn:raster', 'Payload.$': '$' });
      // A part whose worker was lost is tried once more, by itself.
      const [lost, ...retries] = part.Retry.toReversed();
      assert.deepEqual(retries.toReversed(), definition.States.RunRaster.Retry);
      assert.deepEqual([lost.ErrorEquals, lost.MaxAttempts], [['States.ALL'], 1]);
      assert.equal(part.TimeoutSeconds, definition.States.RunRaster.TimeoutSeconds);
    });

  for (const name of names)
    test(`${name}: a part that is not finished fails the job, and then nothing is left to put together`, () => {
      const { ItemProcessor, Next } = inner(name);
      const [{ Next: handler, ErrorEquals }] = ItemProcessor.States[`PartOf${name}`].Catch;
      assert.deepEqual(ErrorEquals, ['States.ALL']);
      assert.equal(ItemProcessor.States[handler].Parameters.FunctionName, 'arn:fail');
      assert.equal(Next, `Assemble${name}`);
      assert.deepEqual(outer(name).ItemProcessor.States[Next].Parameters.Payload, {
        kind: 'assemble',
        'jobID.$': '$.jobID',
        'round.$': '$.round',
        'count.$': '$.count',
      });
    });

  for (const name of names)
    test(`${name}: goes through the parts again while the worker says that the job runs on`, () => {
      const { States: states } = outer(name).ItemProcessor;
      const { OutputPath, Next } = states[`Assemble${name}`];
      assert.equal(OutputPath, '$.Payload');
      const { Choices, Default } = states[Next];
      assert.deepEqual(Choices, [
        { Variable: '$.status', StringEquals: 'running', Next: `EachPartOf${name}` },
      ]);
      assert.equal(states[Default].Type, 'Succeed');
    });

  test('whatever else goes wrong fails the job', () => {
    for (const name of names)
      assert.deepEqual(
        outer(name).Catch.map(({ ErrorEquals, Next }: Json) => [ErrorEquals, Next]),
        [[['States.ALL'], 'FailJob']],
      );
  });

  test('no name is used twice, and labels are short', () => {
    const found: string[] = [];
    const collect = (states: Json) => {
      for (const [name, { ItemProcessor, Label }] of Object.entries<Json>(states)) {
        found.push(name);
        if (Label) assert.ok(Label.length <= 40);
        if (ItemProcessor) collect(ItemProcessor.States);
      }
    };
    collect(States);
    assert.equal(new Set(found).size, found.length);
  });
});

describe('the workflow of a job that may wait for its turn', () => {
  const waiting = jobDefinition(
    {
      workers: {
        light: callee('light', timeouts.light),
        vector: callee('vector', timeouts.vector),
        raster: callee('raster', timeouts.raster),
      },
      failJob: callee('fail', 60),
      notifySubscriber: callee('notify', 60),
      waitForTurn: callee('wait', 60),
    },
    'aws',
    { bucketName: 'objects', maxConcurrency: 7 },
  ) as Json;
  const { Route, WaitForTurn, ...states } = waiting.States as Record<string, Json>;
  const workers = Object.entries(states).filter(([name]) => /^Run/.test(name));

  test('takes no transition more where it does not wait', () => {
    const { Choices } = Route;
    assert.equal(Choices[0].Next, 'WaitForTurn');
    assert.deepEqual(Choices.slice(1), definition.States.Route.Choices);
    for (const [name, { Next, End }] of workers.filter(([name]) => !/Raster/.test(name)))
      assert.deepEqual([Next, End], [definition.States[name].Next, definition.States[name].End]);
  });

  test('waits where its worker is busy, after a moment, instead of failing', () => {
    assert.equal(workers.length, 6);
    for (const [name, { Retry, Catch }] of workers) {
      const [busy] = Retry;
      assert.deepEqual(busy.ErrorEquals, ['Lambda.TooManyRequestsException'], name);
      assert.ok(busy.MaxAttempts * busy.MaxDelaySeconds < 10, name);
      assert.deepEqual(Catch[0], { ErrorEquals: busy.ErrorEquals, ResultPath: null, Next: 'WaitForTurn' });
      assert.equal(Catch[1].Next, 'FailJob');
    }
  });

  test('waits with a token until it is let in, then tries its worker; longer than the sweep lets it', () => {
    assert.equal(WaitForTurn.Resource, 'arn:aws:states:::lambda:invoke.waitForTaskToken');
    assert.deepEqual(WaitForTurn.Parameters, {
      FunctionName: 'arn:wait',
      Payload: { 'jobID.$': '$.jobID', 'computeClass.$': '$.computeClass', 'token.$': '$$.Task.Token' },
    });
    assert.deepEqual([WaitForTurn.ResultPath, WaitForTurn.Next], ['$.waits', 'Route']);
    assert.ok(WaitForTurn.TimeoutSeconds > 24 * 3600);
    assert.equal(WaitForTurn.Catch[0].Next, 'FailJob');
  });

  test('a job that asks for it waits at once; one that was let in does not again', () => {
    const choose = (input: Record<string, unknown>) => findNext('Route', Route, input, []);
    const of = { computeClass: 'light', hasSubscriber: false };
    assert.equal(choose({ ...of, waits: true }), 'WaitForTurn');
    assert.equal(choose({ ...of, waits: false }), 'RunLight');
    assert.equal(choose(of), 'RunLight');
  });

  test('parts and putting together are tried again for hours: their job has had its turn', () => {
    const part = states['PartsOfRunRaster'].ItemProcessor.States;
    const [busy] = part.AssembleRunRaster.Retry;
    assert.ok(busy.MaxAttempts * busy.MaxDelaySeconds > 8 * 3600);
    assert.equal(part.AssembleRunRaster.Catch, undefined);
  });
});

describe('the workflow of a job that may be handed over', () => {
  const large = {
    clusterArn: 'arn:cluster',
    taskDefinitionArn: 'arn:task:1',
    container: 'worker',
    subnetIds: ['subnet-1', 'subnet-2'],
    securityGroupId: 'sg-1',
    timeout: 14_400,
  };
  const fanOut = { bucketName: 'objects', maxConcurrency: 7 };
  const { States } = jobDefinition(callees, 'aws', fanOut, large) as Json;
  const runsOf = (suffix: string) => computeClasses.map((name) => `Run${capitalise(name)}${suffix}`);
  const capitalise = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

  test('costs nothing where none is: what was there is as before, but for what it catches', () => {
    const without = jobDefinition(callees, 'aws', fanOut) as Json;
    for (const [name, state] of Object.entries<Json>(without.States)) {
      const { Catch: _, ...rest } = States[name];
      const { Catch: __, ...before } = state;
      assert.deepEqual(rest, before, name);
    }
    assert.deepEqual(
      Object.keys(States).filter((name) => !(name in without.States)),
      [
        'RunLarge',
        'Crashed',
        'CrashedGoesOn',
        'RunLargeThenNotify',
        'CrashedThenNotify',
        'CrashedThenNotifyGoesOn',
      ],
    );
  });

  for (const suffix of ['', 'ThenNotify'])
    test(`goes on as a task, by the error of the worker or where its memory was full (${suffix || 'plain'})`, () => {
      for (const name of runsOf(suffix)) {
        const [first, second, third, ...others] = States[name].Catch;
        assert.deepEqual(first, {
          ErrorEquals: ['WorkToHandOver'],
          ResultPath: null,
          Next: `RunLarge${suffix}`,
        });
        assert.deepEqual(second, {
          ErrorEquals: ['Runtime.OutOfMemory', 'Runtime.ExitError'],
          ResultPath: '$.error',
          Next: `Crashed${suffix}`,
        });
        assert.deepEqual([third.ErrorEquals, third.Next, others], [['States.ALL'], 'FailJob', []]);
      }
      const { End, Next } = States[`RunLarge${suffix}`];
      assert.deepEqual([End, Next], suffix ? [undefined, 'NotifyOfSuccess'] : [true, undefined]);
    });

  for (const suffix of ['', 'ThenNotify'])
    test(`of a crashed worker it is asked first whether the job has ended (${suffix || 'plain'})`, () => {
      const { Parameters, Next, ResultPath } = States[`Crashed${suffix}`];
      assert.equal(Parameters.Payload.mayGoOn, true);
      assert.deepEqual([Next, ResultPath], [`Crashed${suffix}GoesOn`, '$.crashed']);
      const { Choices, Default } = States[Next];
      assert.deepEqual(Choices, [
        { Variable: '$.crashed.goesOn', BooleanEquals: true, Next: `RunLarge${suffix}` },
      ]);
      assert.equal(Default, 'HasSubscriber');
    });

  test('the error has the name that the worker gives it', () => {
    assert.equal(new WorkToHandOver('1').name, 'WorkToHandOver');
  });

  test('the task is waited for and told its job; it has a public address, and no way in', () => {
    const { Resource, Parameters, ResultPath, TimeoutSeconds } = States.RunLarge;
    assert.equal(Resource, 'arn:aws:states:::ecs:runTask.sync');
    assert.deepEqual(Parameters.NetworkConfiguration.AwsvpcConfiguration, {
      Subnets: ['subnet-1', 'subnet-2'],
      SecurityGroups: ['sg-1'],
      AssignPublicIp: 'ENABLED',
    });
    assert.deepEqual(Parameters.Overrides.ContainerOverrides, [
      { Name: 'worker', Environment: [{ Name: 'JOB_ID', 'Value.$': '$.jobID' }] },
    ]);
    assert.equal(ResultPath, null);
    assert.ok(TimeoutSeconds > large.timeout);
  });

  test('a task that did not start is tried for a while, less than the hour after which the sweep ends a silent job', () => {
    const [{ ErrorEquals, MaxAttempts, MaxDelaySeconds }, ...others] = States.RunLarge.Retry;
    assert.deepEqual(others, []);
    assert.ok(ErrorEquals.every((name: string) => /^(Amazon)?ECS\./.test(name)));
    // Full jitter waits half of the delay on average.
    assert.ok((MaxAttempts * MaxDelaySeconds) / 2 >= 1800);
    assert.ok((MaxAttempts * MaxDelaySeconds) / 2 <= 2700);
  });

  test('a task that failed fails the job, with the reason', () => {
    for (const name of ['RunLarge', 'RunLargeThenNotify'])
      assert.deepEqual(States[name].Catch, [
        { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'FailJob' },
      ]);
  });
});
