import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
  ValidationException,
} from '@aws-sdk/client-sfn';
import type { ExecutionState } from '../../core/jobs/failures.ts';
import type { Workflow } from '../../core/ports.ts';
import type { ComputeClass } from '../../core/processes/declaration.ts';

/** Jobs as executions of a Step Functions state machine, named by the id of the job. */
export class StateMachine implements Workflow {
  readonly #client: SFNClient;
  readonly #arn: string;

  constructor(client: SFNClient, arn: string) {
    this.#client = client;
    this.#arn = arn;
  }

  async start(
    jobID: string,
    computeClass: ComputeClass,
    hasSubscriber: boolean,
    waits = false,
  ): Promise<void> {
    const input = JSON.stringify({ jobID, computeClass, hasSubscriber, ...(waits ? { waits } : {}) });
    try {
      await this.#client.send(new StartExecutionCommand({ stateMachineArn: this.#arn, name: jobID, input }));
    } catch (error) {
      // An attempt whose answer was lost has started it.
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  }

  async goOn(taskToken: string): Promise<boolean> {
    try {
      // What the workflow puts in the place of `waits`.
      await this.#client.send(new SendTaskSuccessCommand({ taskToken, output: 'false' }));
      return true;
    } catch (error) {
      if (isNobodys(error)) return false;
      throw error;
    }
  }

  async describe(jobID: string): Promise<ExecutionState | undefined> {
    try {
      const { status, error, cause } = await this.#client.send(
        new DescribeExecutionCommand({ executionArn: this.#executionArn(jobID) }),
      );
      return { status: status ?? 'RUNNING', error, cause };
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return undefined;
      throw error;
    }
  }

  async stop(jobID: string): Promise<void> {
    const executionArn = this.#executionArn(jobID);
    try {
      await this.#client.send(
        new StopExecutionCommand({ executionArn, error: 'Dismissed', cause: 'The job was dismissed.' }),
      );
    } catch (error) {
      // It has ended already, or was never started.
      if (error instanceof ExecutionDoesNotExist || error instanceof ValidationException) return;
      throw error;
    }
  }

  #executionArn(jobID: string): string {
    return `${this.#arn.replace(':stateMachine:', ':execution:')}:${jobID}`;
  }
}

/** Whether nothing waits with a token: its task has ended, or there was none. */
const isNobodys = (error: unknown): boolean =>
  [TaskDoesNotExist, TaskTimedOut, InvalidToken].some((kind) => error instanceof kind);

/** The state machine that the environment names. */
export const workflow = (arn: string): Workflow => new StateMachine(new SFNClient({ maxAttempts: 4 }), arn);
