import type { Report } from './report.ts';
import { GIVEN, type GivenFiles } from './virtual-files.ts';

/**
 * Tries the files that may be the main one, in their order.
 *
 * @param open gives what it made of the file at a path, or undefined where GDAL knows no such file
 * @returns what was made of the first that opens; undefined where GDAL knows none of them
 * @throws FormatError in GDAL's words, where it has said what is wrong with one
 */
export function firstThatOpens<T>(
  { candidates }: GivenFiles,
  report: Report,
  open: (path: string) => T | undefined,
): T | undefined {
  for (const candidate of candidates) {
    const made = open(`${GIVEN}/${candidate}`);
    if (made) return made;
    report.next();
  }
  return report.conclude();
}
