import type { Ports } from '../../core/ports.ts';
import { Env, isEnabled } from '../../core/shared/env.ts';
import { awsPorts } from '../aws/ports.ts';
import { RecentUsage } from '../usage/recent-usage.ts';
import { UsageWrittenOnce } from './usage-written-once.ts';
import { WorkersInRequest } from './workers-in-request.ts';

let ports: Ports | undefined;

/** The ports on AWS of functions that execute; small work is done where it was asked for, unless a deployment does not want it. */
export function executionPorts(): Ports {
  ports ??= isEnabled(Env.LightInRequest) ? portsInRequest(awsPorts()) : withRecentUsage(awsPorts());
  return ports;
}

/** Ports with which small work is done in the request. */
export function portsInRequest(given: Ports): Ports {
  const usage = new UsageWrittenOnce(given.usage);
  const counted = withRecentUsage({ ...given, usage });
  return { ...counted, workers: new WorkersInRequest(counted, usage) };
}

const withRecentUsage = (given: Ports): Ports => ({
  ...given,
  usage: new RecentUsage(given.usage, given.clock),
});
