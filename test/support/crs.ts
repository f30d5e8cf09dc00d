import type { CrsInput } from '../../core/run/bounding-box.ts';
import type { Crs } from '../../geo/crs/crs.ts';
import { parseCrs } from '../../geo/crs/find-crs.ts';

/** The CRS that an identifier or a definition stands for. */
export const crsFrom = (input: CrsInput): Crs => parseCrs(input, '');
