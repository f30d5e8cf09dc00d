import type { Ports } from '../../core/ports.ts';
import { ExecutionsStopped } from '../../core/usage/quota-exceeded.ts';

/** Refuses whatever begins work while the operator has stopped it. @throws ExecutionsStopped with the operator's words */
export async function refuseWhileStopped({ executionSwitch }: Pick<Ports, 'executionSwitch'>): Promise<void> {
  const message = await executionSwitch.stopped();
  if (message !== undefined) throw new ExecutionsStopped(message);
}
