import { ClassLimitExceeded, LimitExceeded } from '../../../core/shared/errors.ts';

/**
 * Fields that a table may have, columns times rows: each takes its bytes in memory, also where the file has hardly any for
 * it. 500 000 features have a hundred each.
 */
const MOST_VALUES = 50_000_000;

/** Refuses a table that would take too much memory, before it is read. @throws LimitExceeded */
export function checkValues(values: number, pointer: string): void {
  if (values <= MOST_VALUES) return;
  throw new LimitExceeded(
    pointer,
    `The table has ${values} values (columns times rows); the service accepts up to ${MOST_VALUES}.`,
  );
}

/** Refuses what unfolds to more than a process takes, before it is unpacked. @throws LimitExceeded */
export function checkUnpacked(bytes: number, limit: number, pointer: string): void {
  if (bytes <= limit) return;
  throw new ClassLimitExceeded(
    pointer,
    `The file has more than ${limit} bytes when uncompressed, which is the limit of the process.`,
  );
}
