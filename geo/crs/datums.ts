import generated from './generated/geographic.json' with { type: 'json' };
import type { BaseCrs } from './model.ts';

type Row = readonly [
  code: number,
  datumNames: string,
  crsNames: string,
  axis: number,
  inverseFlattening: number,
  meridian: number,
];

// The compiler takes tuples in JSON for arrays of any length.
const rows = generated as unknown as readonly Row[];

/** Metres of an axis, and units of an inverse flattening, by which ellipsoids of one datum are written differently. */
const AXIS = 0.01;
const FLATTENING = 1e-3;
/** Degrees. */
const MERIDIAN = 1e-6;

/**
 * The code of longitudes and latitudes on a datum, by its name or by that of the CRS, in the spellings of EPSG, ESRI,
 * GDAL and others, where the ellipsoid and the meridian are the same.
 *
 * @returns undefined where no register has it
 */
export function findBase(base: BaseCrs): number | undefined {
  const { axis, inverseFlattening } = base.ellipsoid;
  const fitting = rows.filter(
    ([, , , ownAxis, ownFlattening, ownMeridian]) =>
      Math.abs(ownAxis - axis) < AXIS &&
      Math.abs(ownFlattening - inverseFlattening) < FLATTENING &&
      Math.abs(ownMeridian - base.meridian.longitude) < MERIDIAN,
  );
  const [datum, name] = [plainDatum(base.datum), plainDatum(base.name)];
  const sameDatum = fitting.filter(([, names]) => has(names, datum));
  const stated = Number(base.identifier?.code ?? Number.NaN);
  const chosen =
    sameDatum.find(([code]) => code === stated) ??
    sameDatum.find(([, , names]) => has(names, name)) ??
    sameDatum[0] ??
    fitting.find(([code]) => code === stated) ??
    (UNKNOWN.test(datum) || UNKNOWN.test(name) ? undefined : fitting.find(([, , names]) => has(names, name)));
  return chosen?.[0];
}

/** Names under which programs say that they do not know the datum. */
const UNKNOWN = /unknown|notspecified|undefined|unnamed|userdefined/;

const synonyms: Readonly<Record<string, string>> = {
  wgs84: 'wgs1984',
  worldgeodeticsystem84: 'worldgeodeticsystem1984',
  nad83: 'northamerican1983',
  nad27: 'northamerican1927',
  etrs89: 'etrs1989',
  ed50: 'european1950',
  pulkovo1942: 'pulkovo1942',
};

/** Without what ESRI puts before it. */
function plainDatum(name: string): string {
  const plain = name
    .replaceAll('+', 'plus')
    .replace(/^(?:D_|GCS_)|\W|_/g, '')
    .toLowerCase();
  return synonyms[plain] ?? plain;
}

const has = (names: string, name: string): boolean => name !== '' && ` ${names} `.includes(` ${name} `);
