import { type Fault, Refusal, truncateFaults } from './errors.ts';
import { cut } from './quote.ts';
import { ExceptionType } from './uris.ts';
import { withVisibleTurns } from './visible.ts';

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
export function problemFromError(error: unknown, instance?: string): ProblemDocument {
  const where = instance === undefined ? {} : { instance };
  if (error instanceof Refusal) {
    return bounded({
      type: error.type,
      title: error.title,
      status: error.status,
      ...(error.detail === undefined ? {} : { detail: error.detail }),
      ...where,
      ...(error.faults.length === 0 ? {} : { errors: error.faults }),
    });
  }
  return {
    type: ExceptionType.blank,
    title: 'Internal server error',
    status: 500,
    detail:
      'The service failed. The request is not at fault; the operator can find the cause with this instance id.',
    ...where,
  };
}

/**
 * The problem as clients see it: types of this service's own are paths below its base URL until then.
 *
 * @param baseUrl without a trailing slash; undefined where the request was not understood
 */
export function withTypeUri(problem: ProblemDocument, baseUrl: string | undefined): ProblemDocument {
  if (!problem.type.startsWith('/')) return problem;
  return { ...problem, type: baseUrl === undefined ? ExceptionType.blank : `${baseUrl}${problem.type}` };
}

/** Characters of a detail or message that are told and kept. */
const LONGEST_TEXT = 4000;
/** Characters of a place, and of what is wrong there. */
const LONGEST_FAULT = 500;

/** The problem in a size that fits into a response and into the record of a job, however long what was sent is. */
export function bounded(problem: ProblemDocument): ProblemDocument {
  const { detail, errors } = problem;
  return {
    ...problem,
    ...(detail === undefined ? {} : { detail: shortened(detail) }),
    ...(errors === undefined
      ? {}
      : {
          errors: truncateFaults(errors).map(({ pointer, detail }) => ({
            pointer: upTo(pointer, LONGEST_FAULT),
            detail: shortened(detail, LONGEST_FAULT),
          })),
        }),
  };
}

/**
 * The text up to a length, a sign at its end saying that there was more; never cut inside of a surrogate pair. What it quotes of others
 * turns nothing around.
 */
export const shortened = (text: string, length = LONGEST_TEXT): string =>
  upTo(withVisibleTurns(text), length);

const upTo = (text: string, length: number): string =>
  text.length <= length ? text : `${cut(text, length - 1)}…`;
