import { type Fault, Refusal } from '../errors.ts';
import { ExceptionType } from './uris.ts';

/** RFC 9457 problem document, which is also the standard's `exception.yaml`. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance?: string;
  /** Every fault of the request with its place. */
  readonly errors?: readonly Fault[];
}

/**
 * The one mapper of errors. Anything that is not a Refusal becomes a plain 500: the cause is for the log.
 *
 * @param instance what the problem happened to, for example `urn:uuid:...` of the request.
 */
export function problemOf(error: unknown, instance?: string): ProblemDocument {
  const where = instance === undefined ? {} : { instance };
  if (error instanceof Refusal) {
    return {
      type: error.type,
      title: error.title,
      status: error.status,
      ...(error.detail === undefined ? {} : { detail: error.detail }),
      ...where,
      ...(error.faults.length === 0
        ? {}
        : { errors: error.faults.map(({ pointer, detail }) => ({ pointer, detail })) }),
    };
  }
  return {
    type: ExceptionType.noApplicableCode,
    title: 'Internal server error',
    status: 500,
    detail:
      'The service failed. It is not the fault of the request; the operator finds the cause by this instance id.',
    ...where,
  };
}
