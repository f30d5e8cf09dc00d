import { readFileSync, writeFileSync } from 'node:fs';
import {
  type Definition,
  isGeographic,
  isWgs84Degrees,
  type Region,
  WGS84,
  withShift,
} from '../../geo/crs/definition.ts';
import { metresPerUnitOf, transformBetween } from '../../geo/crs/transformer.ts';

/**
 * Second half of the making of definitions.json (candidates.py is the first): keeps the definitions with which the
 * service agrees with PROJ to a centimetre, there and back, everywhere in their area of use.
 *
 *     node choose-definitions.ts candidates.json ../../geo/crs/generated/definitions.json
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
}

const TOLERANCE_METRES = 0.01;
/** Of 25. */
const MINIMUM_SAMPLES = 13;
const METRES_PER_DEGREE = 111_320;

const [candidatesFile, definitionsFile] = process.argv.slice(2);
const { source, candidates, bases, pairs, horizontal, others } = JSON.parse(
  readFileSync(candidatesFile!, 'utf8'),
) as Candidates;

/** Lists of shifts by region are shared: all zones of a grid have the same. */
const lists = new Map<string, number>();
const definitions: Record<string, string | readonly [base: string, list: number]> = {};
const chosenOf = new Map<string, Definition>();
const unsupported = [...others];
for (const [code, candidate] of Object.entries(candidates)) {
  const chosen = candidate
    ? variantsOf(candidate).find((variant) => agrees(WGS84, variant, candidate.samples))
    : undefined;
  if (chosen === undefined) {
    unsupported.push(Number(code));
    continue;
  }
  chosenOf.set(code, chosen);
  definitions[code] = typeof chosen === 'string' ? chosen : [chosen[0], listed(chosen.slice(1))];
}

const links: Record<string, Record<string, number>> = {};
const linked = new Set<number | null>();
for (const [hub, others] of Object.entries(pairs)) {
  links[hub] = {};
  for (const [code, candidate] of Object.entries(others)) {
    const [hubDefinition, usual] = [chosenOf.get(hub), chosenOf.get(code)];
    // Without a shift of its own the hub can stand for WGS 84; where the way over WGS 84 is right, it is taken.
    if (typeof hubDefinition !== 'string' || !isWgs84Degrees(hubDefinition) || !usual) continue;
    if (agrees(hubDefinition, usual, candidate.samples)) continue;
    const regions = regionsTaken(candidate);
    if (regions.length === 0) continue;
    if (!agrees(hubDefinition, [candidate.definition, ...regions], candidate.samples)) continue;
    links[hub][code] = listed(regions);
    linked.add(Number(hub)).add(Number(code));
  }
}
const codesOnBase = Object.groupBy(
  Object.keys(definitions)
    .filter((code) => linked.has(bases[code] ?? null))
    .map(Number),
  (code) => String(bases[code]),
);

const parts: Record<string, number> = {};
for (const [code, part] of Object.entries(horizontal)) {
  if (part !== null && definitions[part] !== undefined) parts[code] = part;
  else unsupported.push(Number(code));
}
unsupported.sort((one, other) => one - other);
// A line for each, so that changes can be read.
const lines = Object.entries(definitions).map(
  ([code, definition]) => `"${code}":${JSON.stringify(definition)}`,
);
const rest = JSON.stringify({ links, bases: codesOnBase, horizontal: parts, unsupported }).slice(1);
writeFileSync(
  definitionsFile!,
  `{"source":${JSON.stringify(source)},"regions":[\n${[...lists.keys()].join(',\n')}\n],
"definitions":{\n${lines.join(',\n')}\n},\n${rest}\n`,
);
const regional = Object.values(definitions).filter((definition) => typeof definition !== 'string').length;
console.log(
  `${lines.length} of ${Object.keys(candidates).length} definitions, ${regional} of them with one of ${lists.size} lists of shifts by region`,
);

function listed(regions: readonly unknown[]): number {
  const text = JSON.stringify(regions);
  if (!lists.has(text)) lists.set(text, lists.size);
  return lists.get(text)!;
}

/** The shifts by region as PROJ has them; one of them for all places where no list is needed. */
function variantsOf(candidate: Candidate): Definition[] {
  const { definition } = candidate;
  // The definition of WGS 84 itself and of what says that it has no datum is complete.
  if (/datum=WGS84|nadgrids/.test(definition)) return [definition];
  const regions = regionsTaken(candidate);
  const distinct = [...new Set(regions.map(([shift]) => shift))];
  const regional: Definition[] = distinct.length > 1 ? [[definition, ...regions]] : [];
  return [...regional, ...distinct.map((shift) => withShift(definition, shift))];
}

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
  if (samples.length < MINIMUM_SAMPLES) return false;
  const transforms = transformsOf(hub, definition);
  if (!transforms) return false;
  const { forward, inverse, metresPerUnit } = transforms;
  return samples.every(([longitude, latitude, x, y]) => {
    const [u, v] = forward([longitude, latitude]) as [number, number];
    const [lon, lat] = inverse([x, y]) as [number, number];
    const there = Math.hypot(u - x, v - y) * metresPerUnit;
    const turned = lon - longitude - 360 * Math.round((lon - longitude) / 360);
    const east = turned * Math.cos((latitude * Math.PI) / 180);
    const back = Math.hypot(east, lat - latitude) * METRES_PER_DEGREE;
    // What is fed back are PROJ's own coordinates, so the errors of both ways add up.
    return there < TOLERANCE_METRES && back < 2 * TOLERANCE_METRES;
  });
}

function transformsOf(hub: string, definition: Definition) {
  try {
    return {
      forward: transformBetween(hub, definition),
      inverse: transformBetween(definition, hub),
      metresPerUnit: isGeographic(definition) ? METRES_PER_DEGREE : metresPerUnitOf(definition),
    };
  } catch {
    // proj4 does not have the projection.
    return undefined;
  }
}
