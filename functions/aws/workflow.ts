import type { ExecutionState } from '../../core/jobs/failures.ts';
import type { Workflow } from '../../core/ports.ts';
import type { ComputeClass } from '../../core/processes/declaration.ts';
import { isNamed } from './client/aws-error.ts';
import { JsonService } from './client/json-service.ts';

/** Jobs as executions of a Step Functions state machine, named by the id of the job. */
export class StateMachine implements Workflow {
  readonly #service: Pick<JsonService, 'call'>;
  readonly #arn: string;

  constructor(service: Pick<JsonService, 'call'>, arn: string) {
    this.#service = service;
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
      await this.#service.call('StartExecution', { stateMachineArn: this.#arn, name: jobID, input });
    } catch (error) {
      // An attempt whose answer was lost has started it.
      if (!isNamed(error, 'ExecutionAlreadyExists')) throw error;
    }
  }

  async goOn(taskToken: string): Promise<boolean> {
    try {
      // What the workflow puts in the place of `waits`.
      await this.#service.call('SendTaskSuccess', { taskToken, output: 'false' });
      return true;
    } catch (error) {
      if (isNamed(error, 'TaskDoesNotExist', 'TaskTimedOut')) return false;
      throw error;
    }
  }

  async describe(jobID: string): Promise<ExecutionState | undefined> {
    try {
      const executionArn = this.#executionArn(jobID);
      const { status, error, cause } = await this.#service.call<Partial<ExecutionState>>(
        'DescribeExecution',
        { executionArn },
      );
      return { status: status ?? 'RUNNING', error, cause };
    } catch (error) {
      if (isNamed(error, 'ExecutionDoesNotExist')) return undefined;
      throw error;
    }
  }

  async stop(jobID: string): Promise<void> {
    const executionArn = this.#executionArn(jobID);
    try {
      const cause = 'The job was dismissed.';
      await this.#service.call('StopExecution', { executionArn, error: 'Dismissed', cause });
    } catch (error) {
      // It has ended already, or was never started.
      if (isNamed(error, 'ExecutionDoesNotExist', 'ValidationException')) return;
      throw error;
    }
  }

  #executionArn(jobID: string): string {
    return `${this.#arn.replace(':stateMachine:', ':execution:')}:${jobID}`;
  }
}

/** The state machine that the environment names. */
export const workflow = (arn: string): Workflow =>
  new StateMachine(new JsonService('states', { attempts: 4 }), arn);
