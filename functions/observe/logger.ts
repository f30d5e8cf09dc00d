import type { Context } from 'aws-lambda';
import { describeError } from '../../core/shared/describe-error.ts';
import { LineLogger } from './line-logger.ts';

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
    : { ...members, ...(error instanceof Error ? describeError(error) : { error }) };

export const logger = {
  info: (message: string, members: Members = {}): void => getLogger().info(message, describe(members)),
  warn: (message: string, members: Members = {}): void => getLogger().warn(message, describe(members)),
  error: (message: string, members: Members = {}): void => getLogger().error(message, describe(members)),
  /** Lines from now on have the request of this invocation. */
  setContext: (context: Context): void => getLogger().addContext(context),
};
