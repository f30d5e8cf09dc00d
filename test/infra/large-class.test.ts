import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { largeClass } from '../../core/processes/large-class.ts';
import { settingsFor } from '../../infra/config/config.ts';
import { findOnlyResource, findResources, type Json, synthesizeTemplates } from './support/service.ts';

const { large } = settingsFor('production', { LARGE: 'on', LARGE_SIZE: 'cpu=16,memory=120,disk=200' });
const { compute, api } = synthesizeTemplates('production', { large });
const task = findOnlyResource(compute, 'AWS::ECS::TaskDefinition').Properties;
const [container] = task.ContainerDefinitions;
const variables = Object.fromEntries(
  container.Environment.map(({ Name, Value }: Json) => [Name, Value]),
) as Record<string, Json>;

/** What the policies of a role of the template allow. */
function statementsOf(roleID: string): Json[] {
  return Object.values(findResources(compute, 'AWS::IAM::Policy'))
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }: Json) => Ref === roleID))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

describe('the large class', () => {
  test('is not there unless it is turned on: no network, no cluster, no variable', () => {
    const off = synthesizeTemplates('production').compute;
    assert.deepEqual(
      Object.values(off.toJSON().Resources as Record<string, Json>).filter(({ Type }) =>
        /^AWS::(EC2|ECS)::/.test(Type),
      ),
      [],
    );
    assert.doesNotMatch(JSON.stringify(off.toJSON()), /LARGE_CLASS|ecs:|WorkToHandOver/);
  });

  test('has nothing that costs while no task runs, and no way in', () => {
    for (const type of ['NatGateway', 'EIP', 'VPCEndpoint']) {
      const found = Object.values(findResources(compute, `AWS::EC2::${type}`));
      assert.ok(
        found.every(({ Properties }) => Properties.VpcEndpointType === 'Gateway'),
        type,
      );
    }
    assert.deepEqual(findResources(compute, 'AWS::ECS::Service'), {});
    const group = findOnlyResource(compute, 'AWS::EC2::SecurityGroup').Properties;
    assert.equal(group.SecurityGroupIngress, undefined);
    assert.deepEqual(findResources(compute, 'AWS::EC2::SecurityGroupIngress'), {});
    for (const { Properties } of Object.values(findResources(compute, 'AWS::EC2::Subnet')))
      assert.equal(Properties.MapPublicIpOnLaunch, false);
  });

  test('has the size that the settings say, on arm64 as the functions', () => {
    assert.deepEqual(
      [task.Cpu, task.Memory, task.EphemeralStorage.SizeInGiB, task.RuntimePlatform.CpuArchitecture],
      ['16384', '122880', 200, 'ARM64'],
    );
    assert.match(variables['NODE_OPTIONS'], /--max-old-space-size=92160$/);
    assert.deepEqual(JSON.parse(variables['LARGE_CLASS']), {
      ...largeClass,
      cpu: 16,
      memory: 122_880,
      disk: 200,
    });
  });

  test('runs a public image with the code that it fetches, as nobody in particular', () => {
    assert.match(container.Image, /^public\.ecr\.aws\/docker\/library\/node:24\.\d+\.\d+-slim$/);
    const [node, option, code] = container.Command;
    // Options besides would be inherited by threads, which refuse some.
    assert.deepEqual([node, option, container.Command.length], ['node', '--eval', 3]);
    assert.match(code, /BUNDLE_KEY/);
    assert.equal(container.User, '1000:1000');
    // 64 KiB are the limit of a definition.
    assert.ok(JSON.stringify(task).length < 40_000);
  });

  test('begins with a command that Node.js takes as it is, and that says what it lacks', () => {
    const { status, stderr } = spawnSync(process.execPath, container.Command.slice(1), { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stderr, /BUNDLE_BUCKET is not set/);
  });

  test('keeps its definition for executions that were started before a deployment', () => {
    const [definition] = Object.values(findResources(compute, 'AWS::ECS::TaskDefinition')) as Json[];
    assert.equal(definition.UpdateReplacePolicy, 'Retain');
  });

  test('may what a worker for rasters may, and read its own code', () => {
    const [name] = task.TaskRoleArn['Fn::GetAtt'];
    const [own, ...others] = statementsOf(name);
    assert.equal(own.Action, 's3:GetObject');
    assert.match(JSON.stringify(own.Resource), new RegExp(variables['BUNDLE_KEY']));
    const functions = Object.values(findResources(compute, 'AWS::Lambda::Function'));
    const worker = functions.find(({ Properties }) => Properties.Description.endsWith('class raster'));
    const ofWorker = statementsOf(worker?.Properties.Role['Fn::GetAtt'][0]).filter(
      ({ Action }) => !/^(logs|xray):/.test([Action].flat()[0]),
    );
    assert.deepEqual(others, ofWorker);
    for (const variable of ['JOBS_TABLE', 'BUCKET', 'SIGNING_SECRET_ARN'])
      assert.deepEqual(variables[variable], worker?.Properties.Environment.Variables[variable]);
  });

  test('the state machine may run and stop its tasks and no others', () => {
    const machine = findOnlyResource(compute, 'AWS::StepFunctions::StateMachine').Properties;
    const statements = statementsOf(machine.RoleArn['Fn::GetAtt'][0]);
    const of = (action: string) => statements.filter(({ Action }) => [Action].flat().includes(action));
    assert.match(
      JSON.stringify(of('ecs:RunTask')[0].Resource),
      new RegExp(`task-definition/${task.Family}:\\*`),
    );
    const [cluster] = Object.keys(findResources(compute, 'AWS::ECS::Cluster'));
    assert.match(
      JSON.stringify(of('ecs:StopTask')[0].Resource),
      new RegExp(`task/",{"Ref":"${cluster}"},"/\\*`),
    );
    const [pass] = of('iam:PassRole');
    assert.deepEqual(pass.Condition, {
      StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
    });
    assert.deepEqual(pass.Resource, [task.TaskRoleArn, task.ExecutionRoleArn]);
    for (const { Action, Resource } of statements)
      if (/^(ecs|iam|events):/.test([Action].flat()[0])) assert.notEqual(Resource, '*');
  });

  test('is known to the workers, which hand over, and to what says what a run costs', () => {
    for (const template of [compute, api])
      for (const { Properties } of Object.values(findResources(template, 'AWS::Lambda::Function')))
        if (Properties.Environment?.Variables.SERVICE_TITLE)
          assert.equal(Properties.Environment.Variables.LARGE_CLASS, variables['LARGE_CLASS']);
  });
});

describe('the settings of the large class', () => {
  test('are off by default', () => {
    for (const stage of ['dev', 'production', 'local']) assert.equal(settingsFor(stage).large.enabled, false);
  });

  test('come from the environment', () => {
    const { large: changed } = settingsFor('dev', {
      LARGE: 'on',
      LARGE_SIZE: 'cpu=8,memory=60',
      LARGE_HOURS: '12',
      LARGE_LIMITS: 'raster=20',
      LARGE_IMAGE: 'registry.example.org/node:24',
    });
    assert.deepEqual(changed, {
      enabled: true,
      image: 'registry.example.org/node:24',
      cpu: 8,
      memory: 61_440,
      disk: 100,
      timeout: 43_200,
      times: { light: 10, vector: 10, raster: 20 },
    });
  });

  for (const [variable, value, says] of [
    ['LARGE', 'yes', /use on or off/],
    ['LARGE_SIZE', 'cpu=3', /use one of 1, 2, 4, 8, 16/],
    ['LARGE_SIZE', 'cpu=8,memory=61', /16 to 60, in steps of 4/],
    ['LARGE_SIZE', 'memory=120', /8 to 30/],
    ['LARGE_SIZE', 'disk=500', /21 to 200/],
    ['LARGE_SIZE', 'gpu=1', /LARGE_SIZE has "gpu=1"/],
    ['LARGE_HOURS', '100', /1 to 24/],
    ['LARGE_HOURS', 'long', /1 to 24/],
    ['LARGE_LIMITS', 'raster=0', /1 to 100/],
  ] as const)
    test(`${variable}=${value} is refused, with what would be right`, () => {
      assert.throws(() => settingsFor('dev', { [variable]: value }), says);
    });
});
