import type { Context } from 'aws-lambda';
import { type DescribedError, describeError } from '../../core/shared/describe-error.ts';
import { LineLogger } from './line-logger.ts';
import { mapStack } from './mapped-stack.ts';

/**
 * Lines for the operator: one JSON document each, by the Logger of Powertools for AWS Lambda, with the function, its
 * request id, the trace and whether it was a cold start. `message` is the name of what happened, as `Job:Failed`;
 * `jobID` is in every line that has to do with a job. Secrets are taken out.
 */
type Members = Readonly<
  Record<string, unknown> & { [name in 'level' | 'message' | 'service' | 'timestamp']?: never }
>;

let made: LineLogger | undefined;

/** Made with the first line, so that what is loaded but not called costs nothing. */
const getLogger = (): LineLogger => {
  made ??= new LineLogger(process.env['POWERTOOLS_SERVICE_NAME'] ?? 'ogc-processes');
  return made;
};

/** `error` becomes its text, stack and causes. */
const describe = ({ error, ...members }: Members): Record<string, unknown> =>
  error === undefined
    ? members
    : { ...members, ...(error instanceof Error ? withSources(describeError(error)) : { error }) };

/** With the places in the sources, also of the causes. */
const withSources = ({ stack, cause, ...error }: DescribedError): DescribedError => ({
  ...error,
  ...(stack === undefined ? {} : { stack: mapStack(stack) }),
  ...(cause === undefined ? {} : { cause: withSources(cause) }),
});

export const logger = {
  info: (message: string, members: Members = {}): void => getLogger().info(message, describe(members)),
  warn: (message: string, members: Members = {}): void => getLogger().warn(message, describe(members)),
  error: (message: string, members: Members = {}): void => getLogger().error(message, describe(members)),
  /** Lines from now on have the request of this invocation, and these members. */
  setContext: (context: Context, members: Members = {}): void => getLogger().begin(context, members),
};
