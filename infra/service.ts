import type { App, StackProps } from 'aws-cdk-lib/core';
import type { Settings } from './config/config.ts';
import type { LocateCode } from './constructs/service-function.ts';
import { ApiStack } from './stacks/api.ts';
import { ComputeStack } from './stacks/compute.ts';
import { StateStack } from './stacks/state.ts';
import { WatchStack } from './stacks/watch.ts';

export interface Service {
  readonly state: StateStack;
  readonly compute: ComputeStack;
  readonly api: ApiStack;
  /** Only where the setting says so. */
  readonly watch?: WatchStack;
}

/** Names of the stacks of a stage, in the order in which they are deployed. */
export const stackNames = (stage: string) => ({
  state: `ogc-processes-${stage}-state`,
  compute: `ogc-processes-${stage}-compute`,
  api: `ogc-processes-${stage}-api`,
  watch: `ogc-processes-${stage}-watch`,
});

/** Puts the stacks together: data outlives code, and code can be replaced without touching data. */
export function makeService(
  app: App,
  settings: Settings,
  locateCode: LocateCode,
  props: StackProps = {},
): Service {
  const names = stackNames(settings.stage);
  const withTermination = { ...props, terminationProtection: settings.onDelete === 'retain' };
  const state = new StateStack(app, names.state, settings, withTermination);
  const { table, bucket, signingSecret, keyAlias, executionSwitch, userPool } = state;
  const listsEveryone = settings.authorization.mode !== 'none';
  const data = { table, bucket, signingSecret, keyAlias, listsEveryone };
  const defaults = { settings, locateCode, targets: data };
  const compute = new ComputeStack(app, names.compute, defaults, props);
  const { workers, workflow } = compute;
  const targets = { ...data, workers, stateMachine: workflow.stateMachine, executionSwitch };
  const api = new ApiStack(app, names.api, { ...defaults, targets }, { ...props, userPool });
  if (!settings.watch.enabled) return { state, compute, api };
  const counted = {
    switchNotRead: api.executing,
    // Workers settle what they used, and executions what was never started.
    usageNotSettled: [
      ...api.executing,
      ...Object.values(workers).map(({ logGroup }) => logGroup.logGroupName),
    ],
  };
  const watched = { settings, apiName: names.api, table, counted, ...compute.watched };
  return { state, compute, api, watch: new WatchStack(app, names.watch, watched, props) };
}
