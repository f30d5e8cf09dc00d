import type { Ports } from '../../core/ports.ts';
import { Env, isEnabled } from '../../core/shared/env.ts';
import { awsPorts } from '../aws/ports.ts';
import { WorkersInRequest } from './workers-in-request.ts';

let ports: Ports | undefined;

/** The ports on AWS of functions that execute; small work is done where it was asked for, unless a deployment does not want it. */
export function executionPorts(): Ports {
  if (ports) return ports;
  const given = awsPorts();
  ports = isEnabled(Env.LightInRequest) ? { ...given, workers: new WorkersInRequest(given) } : given;
  return ports;
}
