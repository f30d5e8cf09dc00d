import { Crs84 } from '../../core/shared/uris.ts';
import type { Computable } from './definitions.ts';
import type { CrsModel } from './model.ts';

/** Name of a definition in a register: EPSG, ESRI or OGC. */
export interface CrsIdentifier {
  readonly authority: string;
  readonly code: string;
}

/**
 * A coordinate reference system. Its definition decides what it is, and a code is only a short name for one of a
 * register. A plain value, which may be sent to another thread; compare two with `sameCrs`.
 *
 * Coordinates are x/easting/longitude first in every CRS, whatever its authority says, and longitudes and latitudes are
 * degrees: what files and requests have in another unit is converted where it is read and written (angular-unit.ts).
 */
export interface Crs {
  /** For messages: the URI of CRS84, `EPSG:n`, `ESRI:n`, or what the definition calls itself. */
  readonly name: string;
  /** Absent where no register has this definition. */
  readonly identifier?: CrsIdentifier;
  /** The definition, and what positions are computed with; those of registers are looked up by their identifier. */
  readonly model?: CrsModel;
  readonly computable?: Computable;
  /** Equal for CRSs in which the same coordinates are the same place; not to be shown. */
  readonly meaning: string;
  /** True where coordinates are longitudes and latitudes. */
  readonly isGeographic: boolean;
  /** Metres in one unit of the axes; 1 for geographic CRSs. */
  readonly metresPerUnit: number;
  /** Degrees in one unit of a geographic CRS that has another, such as the grad; absent for degrees. */
  readonly degreesPerUnit?: number;
  /** Why positions in it cannot be computed, as the end of "a CRS, "; absent where they can be. */
  readonly fault?: string;
  /** True where the CRS is one like others, but positions in it are not computed here: with other software they are. */
  readonly isBeyond?: boolean;
  /** True where the CRS is one of another celestial body, whose degrees have other lengths. */
  readonly isElsewhere?: boolean;
  /** What was assumed against the letter of its definition, as a sentence for whoever sent it. */
  readonly guess?: string;
}

/** WGS 84 in degrees, longitude first: what data without a CRS is taken for. */
export const crs84: Crs = {
  name: Crs84,
  identifier: { authority: 'OGC', code: 'CRS84' },
  meaning: Crs84,
  isGeographic: true,
  metresPerUnit: 1,
};

/** True where coordinates need not be moved from one to the other because both are the same CRS. */
export const sameCrs = (one: Crs | undefined, other: Crs | undefined): boolean =>
  one === other || (one !== undefined && other !== undefined && one.meaning === other.meaning);

/** True for CRS84 and for EPSG:4326, which differ in the order of axes only, and here all are longitude first. */
export const isWgs84 = ({ meaning }: Crs): boolean => meaning === Crs84 || meaning === 'EPSG:4326';
