import type { Geometry, Position } from 'geojson';
import { listed, quote } from '../../../core/shared/quote.ts';
import { keptWkb } from '../../geometry/lazy-geometry.ts';
import { eachPosition } from '../../geometry/positions.ts';
import type { LayerFeature } from '../../layer/layer.ts';
import { areKeys } from './columns.ts';
import type { FormatLimits } from './format-limits.ts';

/**
 * What a format cannot hold of the features, in sentences that name the properties concerned: each is a warning of the
 * run. Empty for what comes back as it was.
 */
export const describeLosses = (features: readonly LayerFeature[], limits: FormatLimits): string[] => [
  ...describeGeometryLosses(features, limits),
  ...describeValueLosses(features, limits),
  ...describeIdLosses(features, limits),
];

const counted = (count: number, one: string, more: string): string =>
  count === 1 ? `One ${one}` : `${count} ${more}`;

/** Heights and measures of the positions of geometries, and geometries that have none. */
function describeGeometryLosses(features: readonly LayerFeature[], limits: FormatLimits): string[] {
  let [measured, filled, empty, flat, high] = [0, 0, 0, 0, 0];
  for (const { geometry } of features) {
    if (geometry === null) continue;
    const seen = lookAt(geometry);
    if (seen.most > 3) measured++;
    if (seen.most === 0) empty++;
    else if (seen.most < 3) flat++;
    else high++;
    if (seen.most > 2 && seen.least < 3) filled++;
  }
  if (limits.heights === 'layer' && high > 0) filled += flat;
  const { title } = limits;
  return [
    measured > 0 && !limits.measures
      ? `${title} cannot hold M values: those of ${counted(measured, 'feature', 'features').toLowerCase()} were dropped.`
      : '',
    filled > 0 && limits.heights !== 'position'
      ? `${counted(filled, 'feature has', 'features have')} vertices without a Z value, which was set to 0: ${title} holds Z values for all vertices or for none.`
      : '',
    empty > 0 && limits.empties === 'null'
      ? `${counted(empty, 'empty geometry', 'empty geometries')} became null: ${title} cannot hold empty geometries.`
      : '',
  ].filter(Boolean);
}

/** The least and the most numbers of a position of a geometry; zeros where it has none. */
function lookAt(geometry: Geometry): { readonly least: number; readonly most: number } {
  // What is kept as WKB is flat; it is empty in rare cases, and then has no more to lose.
  if (keptWkb(geometry)) return { least: 2, most: 2 };
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  eachPosition(geometry, (position: Position) => {
    if (position.length < least) least = position.length;
    if (position.length > most) most = position.length;
  });
  return { least: most === 0 ? 0 : least, most };
}

/** What there is in a property that its column, or the format, has no place for. */
interface Seen {
  notFinite: number;
  /** Integers beyond 2^53. */
  long: number;
  /** Integers beyond those of 64 bits with a sign. */
  unsigned: number;
  /** Numbers that are no integers of 64 bits. */
  fractions: number;
  /** Values that are no numbers. */
  others: Set<string>;
  numbers: boolean;
}

const LARGEST = 2n ** 63n - 1n;

function describeValueLosses(features: readonly LayerFeature[], limits: FormatLimits): string[] {
  const seen = new Map<string, Seen>();
  for (const { properties } of features) for (const name in properties) look(seen, name, properties[name]);
  const names = (found: (one: Seen) => boolean): string =>
    listed(
      [...seen].filter(([, one]) => found(one)).map(([name]) => quote(name)),
      10,
    );
  const isJson = ({ others, numbers, unsigned }: Seen) =>
    others.has('object') || others.size + (numbers ? 1 : 0) > 1 || unsigned > 0;
  const sentences: [names: string, sentence: (names: string) => string][] = [
    [
      limits.notFinite === 'kept' ? '' : names(({ notFinite }) => notFinite > 0),
      (found) => `NaN and infinite numbers became null in ${found}: ${limits.title} cannot hold them.`,
    ],
    [
      limits.mixed === 'kept' ? '' : names((one) => !isJson(one) && one.long > 0 && one.fractions > 0),
      (found) =>
        `Integers beyond 2^53 are rounded in ${found}: their column also has numbers that are not integers.`,
    ],
    [
      limits.mixed === 'json' ? names((one) => one.unsigned > 0 && one.others.size === 0) : '',
      (found) =>
        `Because of integers beyond 2^63, ${found} became a JSON column: ${limits.title} cannot hold them as numbers.`,
    ],
    [
      limits.mixed === 'text' ? names(isJson) : '',
      (found) =>
        `Values of ${found} were converted to text (JSON where they were not strings): ${limits.title} has one simple type per property.`,
    ],
  ];
  return sentences.flatMap(([found, sentence]) => (found === '' ? [] : [sentence(found)]));
}

function look(seen: Map<string, Seen>, name: string, value: unknown): void {
  if (value === null || value === undefined) return;
  let one = seen.get(name);
  if (!one) {
    one = { notFinite: 0, long: 0, unsigned: 0, fractions: 0, others: new Set(), numbers: false };
    seen.set(name, one);
  }
  if (typeof value === 'number') {
    one.numbers = true;
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) return;
    one.fractions++;
    if (!Number.isFinite(value)) one.notFinite++;
  } else if (typeof value === 'bigint') {
    one.numbers = true;
    one.long++;
    if (value > LARGEST) one.unsigned++;
  } else {
    one.others.add(typeof value);
    if (typeof value === 'object' && hasNotFinite(value)) one.notFinite++;
  }
}

const hasNotFinite = (value: unknown): boolean =>
  typeof value === 'number'
    ? !Number.isFinite(value)
    : typeof value === 'object' && value !== null && Object.values(value).some(hasNotFinite);

/** Ids become a column, unless a property has taken its name; where they are numbers and texts, they are texts. */
function describeIdLosses(features: readonly LayerFeature[], limits: FormatLimits): string[] {
  if (limits.ids === 'kept' || features.every(({ id }) => id === undefined)) return [];
  if (limits.ids === 'keys' && areKeys(features)) return [];
  if (!features.some(({ properties }) => Object.hasOwn(properties, 'id'))) {
    const types = new Set(features.map(({ id }) => (typeof id === 'bigint' ? 'number' : typeof id)));
    types.delete('undefined');
    return types.size > 1 && limits.mixed === 'text'
      ? [`The ids of the features were converted to text: ${limits.title} has one simple type per property.`]
      : [];
  }
  const lost = features.filter(
    ({ id, properties }) => id !== undefined && (properties['id'] ?? undefined) !== id,
  ).length;
  return lost === 0
    ? []
    : [
        `The ids of ${counted(lost, 'feature', 'features').toLowerCase()} were dropped: a property "id" already uses the name of their column.`,
      ];
}
