import { awsPorts } from '../../shared/aws/ports.ts';
import { type ExecutionEvent, reconcileExecution } from './reconcile-execution.ts';

export const handler = (event: ExecutionEvent) => reconcileExecution(event, awsPorts());
