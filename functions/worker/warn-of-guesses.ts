import type { CrsInput } from '../../core/run/bounding-box.ts';
import type { RunContext } from '../../core/run/context.ts';
import { findCrs } from '../../geo/crs/find-crs.ts';

/** Says which CRSs of a request are taken for others than those that it names. */
export function warnOfGuesses(
  named: readonly (readonly [crs: CrsInput, pointer: string])[],
  warn: RunContext['warn'],
): void {
  for (const [crs, pointer] of named) {
    const guess = findCrs(crs)?.guess;
    if (guess !== undefined) warn(guess, { input: pointer });
  }
}
