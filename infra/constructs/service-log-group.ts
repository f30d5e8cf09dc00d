import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Settings } from '../config/config.ts';
import { removalPolicy } from './removal.ts';

/** A log group that forgets, named by CloudFormation so that a stack can be made again. */
export function serviceLogGroup(
  scope: Construct,
  id: string,
  settings: Settings,
  logGroupName?: string,
): LogGroup {
  return new LogGroup(scope, id, {
    retention: settings.logRetentionDays,
    removalPolicy: removalPolicy(settings),
    ...(logGroupName === undefined ? {} : { logGroupName }),
  });
}
