import type { MethodDeploymentOptions } from 'aws-cdk-lib/aws-apigateway';
import { servedOperations } from '../../core/api/operations.ts';
import type { Settings } from '../config/config.ts';

/** The throttles of single methods: those that execute, upload or dismiss have their own; the others share the API's. */
export function methodThrottles({
  queryExecution,
  executionThrottle: { rate, burst },
}: Settings): Record<string, MethodDeploymentOptions> {
  const methods = servedOperations(queryExecution).filter(({ scope }) => scope === 'execute');
  return Object.fromEntries(
    methods.map(({ path, method }) => [
      `${path}/${method}`,
      { throttlingRateLimit: rate, throttlingBurstLimit: burst },
    ]),
  );
}
