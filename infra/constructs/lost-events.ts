import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** Days for which what was lost can be looked at: the longest that SQS keeps anything. */
const KEPT = Duration.days(14);

/**
 * Queue for the events that a function could not be given, or failed with each time. Nothing reads it but the operator, whom
 * the alarm `events-lost` calls.
 */
export function lostEvents(scope: Construct, id: string): Queue {
  return new Queue(scope, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: KEPT,
  });
}
