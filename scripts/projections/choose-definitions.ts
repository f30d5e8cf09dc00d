import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { greatest } from '../../core/shared/arrays.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { comparable, sameDefinition } from '../../geo/crs/compare-definitions.ts';
import {
  type Definition,
  isGeographic,
  isWgs84Degrees,
  type Region,
  WGS84,
  withoutRegions,
  withShift,
} from '../../geo/crs/definition.ts';
import { findMetresPerUnit, transformBetween } from '../../geo/crs/transformer.ts';

/**
 * Second half of the making of definitions.json (candidates.py is the first): keeps the definitions with which the
 * service agrees with PROJ to a centimetre, there and back, everywhere in their area of use; and, with the distance,
 * those of the right projection on a datum whose shift proj4 can only come near to. Beside it geographic.json, the
 * names of datums.
 *
 *     node choose-definitions.ts epsg.json esri.json names.json ../../geo/crs/generated
 */
type Box = readonly [west: number, south: number, east: number, north: number];
type Sample = readonly [longitude: number, latitude: number, x: number, y: number];

interface Candidate {
  /** As PROJ writes it, without a datum shift. */
  readonly definition: string;
  /** Values of `+towgs84` with the areas where PROJ takes them; null for what is no such shift. */
  readonly shifts: readonly (readonly [shift: string | null, box: Box])[];
  readonly samples: readonly Sample[];
}

interface Candidates {
  readonly source: string;
  readonly candidates: Readonly<Record<string, Candidate | null>>;
  /** Codes of the geographic CRSs under them. */
  readonly bases: Readonly<Record<string, number | null>>;
  /** By the code of a hub and of a geographic CRS: with shifts to the hub. */
  readonly pairs: Readonly<Record<string, Readonly<Record<string, Candidate>>>>;
  /** Codes of CRSs with heights and of their horizontal parts. */
  readonly horizontal: Readonly<Record<string, number | null>>;
  readonly others: readonly number[];
  readonly geographic: Readonly<Record<string, GeographicNames>>;
  /** By the code of a geographic CRS: metres by which positions may be off, and the file that is not there. */
  /** Degrees in one unit of geographic CRSs. */
  readonly units: Readonly<Record<string, number>>;
  readonly withoutGrids: Readonly<Record<string, readonly [metres: number | null, file: string] | null>>;
  /** By the code of a geographic CRS: where PROJ knows no shift to WGS 84, everywhere (empty) or in parts of its area. */
  readonly withoutShift: Readonly<Record<string, '' | 'parts' | null>>;
}

interface GeographicNames {
  readonly datum: readonly string[];
  readonly crs: readonly string[];
  /** Semi-major axis in metres and inverse flattening. */
  readonly ellipsoid: readonly [axis: number, inverseFlattening: number];
  /** Degrees from Greenwich. */
  readonly meridian: number;
  readonly isDeprecated: boolean;
}

type Names = readonly [register: string, names: readonly string[], isDeprecated: boolean, eastFirst: boolean];

const TOLERANCE_METRES = 0.01;
/** Of 25. */
const MINIMUM_SAMPLES = 11;
const METRES_PER_DEGREE = 111_320;

/** Metres up to which a shift that comes near is better than none. */
const NEAR_METRES = 20;

const [epsgFile, esriFile, namesFile, target] = process.argv.slice(2);
const directory = requirePresent(target, 'The directory');
const parsed = <T>(file: string | undefined): T =>
  JSON.parse(readFileSync(requirePresent(file, 'A file'), 'utf8')) as T;
const [epsg, esri] = [parsed<Candidates>(epsgFile), parsed<Candidates>(esriFile)];
const names = parsed<Readonly<Record<string, Names>>>(namesFile);
const { source, pairs } = epsg;
const candidates = { ...epsg.candidates, ...esri.candidates };
const bases = { ...epsg.bases, ...esri.bases };
const horizontal = { ...epsg.horizontal, ...esri.horizontal };
const geographic = { ...epsg.geographic, ...esri.geographic };
const withoutGrids = { ...epsg.withoutGrids, ...esri.withoutGrids };
const withoutShift = { ...epsg.withoutShift, ...esri.withoutShift };
const units = { ...epsg.units, ...esri.units };
const others = [...epsg.others, ...esri.others];

/** Lists of shifts by region are shared: all zones of a grid have the same. */
const lists = new Map<string, number>();
const definitions: Record<string, string | readonly [base: string, list: number]> = {};
const chosenByHub = new Map<string, Definition>();
const unsupported = [...others];
/** By code: metres by which positions are off PROJ's. */
const near: Record<string, number> = {};
for (const [code, inUnit] of Object.entries(candidates)) {
  const candidate = inDegrees(code, inUnit);
  const exact = candidate
    ? listVariants(candidate).find((variant) => agrees(WGS84, variant, candidate.samples))
    : undefined;
  const nearest = exact === undefined && candidate ? nearestVariant(candidate) : undefined;
  if (nearest) near[code] = nearest.metres;
  const chosen = exact ?? nearest?.variant;
  if (chosen === undefined) {
    unsupported.push(Number(code));
    continue;
  }
  chosenByHub.set(code, chosen);
  definitions[code] = typeof chosen === 'string' ? chosen : [chosen[0], listed(chosen.slice(1))];
}

const links: Record<string, Record<string, number>> = {};
for (const [hub, others] of Object.entries(pairs)) {
  links[hub] = {};
  for (const [code, candidate] of Object.entries(others)) {
    const [hubDefinition, usual] = [chosenByHub.get(hub), chosenByHub.get(code)];
    // Without a shift of its own the hub can stand for WGS 84; where the way over WGS 84 is right, it is taken.
    if (typeof hubDefinition !== 'string' || !isWgs84Degrees(hubDefinition) || !usual) continue;
    if (agrees(hubDefinition, usual, candidate.samples)) continue;
    const regions = regionsTaken(candidate);
    if (regions.length === 0) continue;
    if (!agrees(hubDefinition, [candidate.definition, ...regions], candidate.samples)) continue;
    links[hub][code] = listed(regions);
  }
}
const codesOnBase = Object.groupBy(
  Object.keys(definitions)
    .filter((code) => bases[code])
    .map(Number)
    .sort((one, other) => byPreference(one, other)),
  (code) => String(bases[code]),
);
/** Names of the codes that share their definition with others. */
const shared: Record<string, string> = {};
for (const codes of Object.values(codesOnBase)) {
  const all = (codes ?? []).map((code) => {
    const chosen = requirePresent(chosenByHub.get(String(code)), `The definition of ${code}`);
    return { code, text: comparable(withoutRegions(chosen)) };
  });
  for (const one of all) {
    const { code } = one;
    const twin = all.some((other) => other !== one && sameDefinition(other.text, one.text));
    if (twin) shared[code] = (names[code]?.[1] ?? []).join(' ');
  }
}

const parts: Record<string, number> = {};
for (const [code, part] of Object.entries(horizontal)) {
  if (part !== null && definitions[part] !== undefined) parts[code] = part;
  else unsupported.push(Number(code));
}
unsupported.sort((one, other) => one - other);
const lines = Object.entries(definitions).map(([code, definition]) => {
  const [text, list] = typeof definition === 'string' ? [definition] : definition;
  return `${code} ${bases[code] ?? 0}${list === undefined ? '' : `@${list}`} ${text}`;
});
const esriCodes = Object.keys(esri.candidates).map(Number);
const off = Object.fromEntries(
  Object.entries(withoutGrids).filter(([code, entry]) => entry && definitions[code]),
);
// Lines in texts: engines read a text of a megabyte many times faster than objects with as many members.
const formatEntries = (entries: readonly string[]): string => `\n${entries.join('\n')}\n`;
writeFileSync(
  join(directory, 'definitions.json'),
  `${JSON.stringify(
    {
      source,
      definitions: formatEntries(lines),
      regions: formatEntries([...lists.keys()].map((list, index) => `${index} ${list}`)),
      bases: formatEntries(
        Object.entries(codesOnBase).map(([base, codes]) => `${base} ${(codes ?? []).join(' ')}`),
      ),
      shared: formatEntries(Object.entries(shared).map(([code, list]) => `${code} ${list}`)),
      unsupported: formatEntries(unsupported.map((code) => `${code} `)),
      esri: formatEntries(esriCodes.map((code) => `${code} `)),
      links,
      degreesPerUnit: Object.fromEntries(
        Object.entries(units)
          .filter(([code, unit]) => definitions[code] && Math.abs(unit - 1) > 1e-9)
          .map(([code, unit]) => [code, Number(unit.toPrecision(12))]),
      ),
      horizontal: parts,
      near,
      withoutGrids: off,
      withoutShift: formatEntries(
        Object.entries(withoutShift).flatMap(([code, where]) =>
          where !== null && (where === 'parts' || isUnshifted(code)) ? [`${code} ${where}`] : [],
        ),
      ),
    },
    null,
    1,
  )}\n`,
);
writeFileSync(join(directory, 'geographic.json'), geographicNames());
const regional = Object.values(definitions).filter((definition) => typeof definition !== 'string').length;
console.log(
  `${lines.length} of ${Object.keys(candidates).length} definitions, ${regional} of them with one of ${lists.size} lists of shifts by region`,
);

/** Longitudes and latitudes of other units than the degree, in degrees. */
function inDegrees(code: string, candidate: Candidate | null): Candidate | null {
  const unit = units[code] ?? 1;
  if (!candidate || Math.abs(unit - 1) < 1e-9) return candidate;
  const samples = candidate.samples.map(([lon, lat, x, y]): Sample => [lon, lat, x * unit, y * unit]);
  return { ...candidate, samples };
}

function listed(regions: readonly unknown[]): number {
  const text = JSON.stringify(regions);
  const list = lists.get(text) ?? lists.size;
  lists.set(text, list);
  return list;
}

/** The shifts by region as PROJ has them; one of them for all places where no list is needed. */
function listVariants(candidate: Candidate): Definition[] {
  const { definition } = candidate;
  // The definition of WGS 84 itself and of what says that it has no datum is complete.
  if (/datum=WGS84|nadgrids/.test(definition)) return [definition];
  const regions = regionsTaken(candidate);
  const distinct = [...new Set(regions.map(([shift]) => shift))];
  const regional: Definition[] = distinct.length > 1 ? [[definition, ...regions]] : [];
  return [...regional, ...distinct.map((shift) => everywhere(definition, shift))];
}

/** True of what has a definition, without a shift: some shifts are found by way of other datums. */
const isUnshifted = (code: string): boolean => {
  const definition = definitions[code];
  return typeof definition === 'string' && !definition.includes('+towgs84=');
};

/** A definition with one shift for all places. */
const everywhere = (definition: string, shift: string): Definition =>
  shift.startsWith('@') ? [definition, [shift, -180, -90, 180, 90]] : withShift(definition, shift);

/** Without those for which others leave no place, and without what is no shift. */
function regionsTaken({ shifts }: Candidate): Region[] {
  return shifts
    .filter(([, box], index) => !shifts.slice(0, index).some(([, earlier]) => covers(earlier, box)))
    .flatMap(([shift, box]): Region[] => (shift === null ? [] : [[shift, ...box]]));
}

/** True when no place in the second box is left for it by the first. */
function covers(one: Box, other: Box): boolean {
  return one[0] <= other[0] && one[1] <= other[1] && one[2] >= other[2] && one[3] >= other[3];
}

function agrees(hub: string, definition: Definition, samples: readonly Sample[]): boolean {
  return measureDistance(hub, definition, samples) < TOLERANCE_METRES;
}

/** The variant that comes nearest, where that is as near as shifts of datums are. */
function nearestVariant(candidate: Candidate): { variant: Definition; metres: number } | undefined {
  const [best] = listVariants(candidate)
    .map((variant) => ({ variant, metres: measureDistance(WGS84, variant, candidate.samples) }))
    .sort((one, other) => one.metres - other.metres);
  return best && best.metres <= NEAR_METRES
    ? { ...best, metres: Math.ceil(best.metres * 10) / 10 }
    : undefined;
}

/** EPSG before ESRI, what is not deprecated before what is, axes to the east, as is usual, before others. */
function byPreference(one: number, other: number, toEast = true): number {
  const rank = (code: number): number => {
    const [register, , isDeprecated = true, eastFirst = false] = names[code] ?? [];
    return (isDeprecated ? 4 : 0) + (register === 'EPSG' ? 0 : 2) + (eastFirst === toEast ? 0 : 1);
  };
  return rank(one) - rank(other) || one - other;
}

/** A line for each geographic CRS: names of the datum, those of the CRS, and its numbers. */
function geographicNames(): string {
  const plain = (name: string): string =>
    name
      .replaceAll('+', 'plus')
      .replace(/^(?:D_|GCS_)|\W|_/g, '')
      .toLowerCase();
  const unique = (texts: readonly string[]): string => [...new Set(texts.map(plain))].join(' ');
  const lines = Object.entries(geographic)
    .sort(([one], [other]) => byPreference(Number(one), Number(other), false))
    .map(([code, { datum, crs, ellipsoid, meridian }]) =>
      JSON.stringify([Number(code), unique(datum), unique(crs), ...ellipsoid, meridian]),
    );
  return `[\n${lines.join(',\n')}\n]\n`;
}

/** Metres from PROJ's positions, there, and half of those back; infinite where there are too few to tell. */
function measureDistance(hub: string, definition: Definition, samples: readonly Sample[]): number {
  if (samples.length < MINIMUM_SAMPLES) return Number.POSITIVE_INFINITY;
  const transforms = makeTransforms(hub, definition);
  if (!transforms) return Number.POSITIVE_INFINITY;
  const { forward, inverse, metresPerUnit } = transforms;
  const distances = samples.map(([longitude, latitude, x, y]) => {
    const [u, v] = forward([longitude, latitude]) as [number, number];
    const [lon, lat] = inverse([x, y]) as [number, number];
    const there = Math.hypot(u - x, v - y) * metresPerUnit;
    const turned = lon - longitude - 360 * Math.round((lon - longitude) / 360);
    const east = turned * Math.cos((latitude * Math.PI) / 180);
    const back = Math.hypot(east, lat - latitude) * METRES_PER_DEGREE;
    // What is fed back are PROJ's own coordinates, so the errors of both ways add up.
    return Math.max(there, back / 2);
  });
  const worst = greatest(distances);
  return Number.isNaN(worst) ? Number.POSITIVE_INFINITY : worst;
}

function makeTransforms(hub: string, definition: Definition) {
  try {
    return {
      forward: transformBetween(hub, definition),
      inverse: transformBetween(definition, hub),
      metresPerUnit: isGeographic(definition) ? METRES_PER_DEGREE : findMetresPerUnit(definition),
    };
  } catch {
    // proj4 does not have the projection.
    return undefined;
  }
}
