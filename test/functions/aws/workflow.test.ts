import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { InvalidToken, type SFNClient, TaskDoesNotExist, TaskTimedOut } from '@aws-sdk/client-sfn';
import { StateMachine } from '../../../functions/aws/workflow.ts';

const answering = (error?: Error) => {
  const send = async () => {
    if (error) throw error;
  };
  return new StateMachine({ send } as unknown as SFNClient, 'arn:aws:states:eu-west-1:1:stateMachine:jobs');
};
const described = { message: 'no', $metadata: {} };

describe('an execution that waits for its turn', () => {
  test('goes on by its token', async () => {
    assert.equal(await answering().goOn('token'), true);
  });

  test('is not there any more, or never was, where Step Functions does not take the token', async () => {
    for (const error of [
      new TaskDoesNotExist(described),
      new TaskTimedOut(described),
      new InvalidToken(described),
    ])
      assert.equal(await answering(error).goOn('token'), false, error.name);
  });

  test('may still be there where Step Functions fails', async () => {
    await assert.rejects(answering(new Error('throttled')).goOn('token'), /throttled/);
  });
});
