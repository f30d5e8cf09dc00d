import { LimitExceeded } from '../../core/shared/errors.ts';

/** A feature that no page can have; says which file has it. */
export function featureTooLarge(
  id: string | number | undefined,
  baseUrl: string,
  jobID: string,
  outputID: string,
): LimitExceeded {
  const file = `${baseUrl}/jobs/${jobID}/results/${encodeURIComponent(outputID)}`;
  return new LimitExceeded('', `The feature "${id}" is too large for a response. It is in the file: ${file}`);
}
