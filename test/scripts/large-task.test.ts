import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settingsFor } from '../../infra/config/config.ts';
import { findOnlyResource, synthesizeTemplates } from '../infra/support/service.ts';
import { dockerArguments } from '../integration/support/large-task.ts';

test('a container of the large class has what is deployed, and its variables by name alone: their values are no arguments', () => {
  const { large } = settingsFor('local', { LARGE: 'on' });
  const { compute } = synthesizeTemplates('local', { large });
  const { ContainerDefinitions, Memory } = findOnlyResource(compute, 'AWS::ECS::TaskDefinition').Properties;
  const [{ Image: image, User: user, Command: command }] = ContainerDefinitions;
  const container = { image, user, memory: Number(Memory), command };
  const given = dockerArguments('large-1', container, { JOB_ID: 'a secret' });
  assert.deepEqual(given.slice(0, 7), [
    'run',
    '--rm',
    '--name=large-1',
    '--network=host',
    '--user=1000:1000',
    `--memory=${large.memory}m`,
    '--env=JOB_ID',
  ]);
  assert.deepEqual(given.slice(7), [image, ...command]);
  assert.match(image, /node/);
});
