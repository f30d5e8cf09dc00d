import type { RunContext } from '../../../core/run/context.ts';
import type { DataType } from '../raster.ts';
import { findTypeRange } from './data-types.ts';

/** Integers up to this are exact in single precision. */
export const EXACT_SINGLES = 2 ** 24;

/** How many values were not kept as they were. */
export interface TypeLosses {
  /** Beyond the range of an integer type, whose nearest end they became. */
  clipped: number;
  /** Of integer types those with a fraction; of single precision those beyond 2^24 with more digits. */
  rounded: number;
  /** Beyond the range of single precision. */
  beyond: number;
  /** Results of a computation that are no finite numbers, which no type is to hold. */
  notFinite: number;
}

/** Counts to begin with. */
export const noLosses = (): TypeLosses => ({ clipped: 0, rounded: 0, beyond: 0, notFinite: 0 });

/** Counts what becomes of a value; the number that is stored is made elsewhere. */
export function countLoss(losses: TypeLosses, dataType: DataType, value: number): void {
  const range = findTypeRange(dataType);
  if (range) {
    const rounded = Math.floor(value + 0.5);
    if (rounded < range[0] || rounded > range[1]) losses.clipped++;
    else if (rounded !== value) losses.rounded++;
  } else if (dataType === 'float32' && Math.abs(value) > EXACT_SINGLES && Math.fround(value) !== value) {
    if (Number.isFinite(Math.fround(value))) losses.rounded++;
    else losses.beyond++;
  }
}

export interface TellOptions {
  /** What is counted, one and several: pixels where nothing else is said. */
  readonly of?: readonly [one: string, more: string];
  /** What became of values beyond single precision. */
  readonly beyond?: 'missing' | 'infinite';
}

/** What is told of one part of the work, so that all of it can be told together. */
export interface PartLosses {
  readonly losses: TypeLosses;
  readonly dataType: DataType;
  readonly options: TellOptions;
}

/** Name of the detail of a warning that has {@link PartLosses}. */
export const PART_LOSSES = 'lossesOfPart';

/** Tells the client what a data type could not hold. */
export function tellLosses(
  all: readonly TypeLosses[],
  dataType: DataType,
  { warn, division }: Pick<RunContext, 'warn' | 'division'>,
  options: TellOptions = {},
): void {
  const losses = sumLosses(all);
  const said = describeLosses({ losses, dataType, options });
  if (said === undefined) return;
  if (division?.rows) warn(said, { [PART_LOSSES]: { losses, dataType, options } satisfies PartLosses });
  else warn(said);
}

/** The same of all parts, in one sentence. */
export function joinPartLosses(parts: readonly PartLosses[]): string | undefined {
  const [first] = parts;
  return first && describeLosses({ ...first, losses: sumLosses(parts.map(({ losses }) => losses)) });
}

const sumLosses = (all: readonly TypeLosses[]): TypeLosses => {
  const sum = (member: keyof TypeLosses) => all.reduce((total, losses) => total + losses[member], 0);
  return {
    clipped: sum('clipped'),
    rounded: sum('rounded'),
    beyond: sum('beyond'),
    notFinite: sum('notFinite'),
  };
};

/** What a data type could not hold in a sentence; undefined where that is nothing. */
function describeLosses({
  losses: { clipped, rounded, beyond, notFinite },
  dataType,
  options: { of = ['pixel', 'pixels'], beyond: became = 'infinite' },
}: PartLosses): string | undefined {
  const counted = (count: number, verb: readonly [one: string, more: string]) =>
    count === 1 ? `1 ${of[0]} ${verb[0]}` : `${count} ${of[1]} ${verb[1]}`;
  const rounding = findTypeRange(dataType)
    ? 'rounded to integers'
    : 'rounded to float32, which holds integers exactly only up to 2^24; float64 keeps them exact';
  const parts = [
    [clipped, ['was', 'were'], `clamped to the range of ${dataType}`],
    [rounded, ['was', 'were'], rounding],
    [
      beyond,
      ['became', 'became'],
      `${became}: they exceed 3.4e38, the largest number of float32; float64 can hold them`,
    ],
  ] as const;
  const said = parts.flatMap(([count, verb, what]) => (count > 0 ? [`${counted(count, verb)} ${what}`] : []));
  const fitting =
    said.length > 0 ? [`Values do not fit into the data type ${dataType}: ${said.join('; ')}.`] : [];
  const undefinedResults =
    notFinite > 0
      ? [
          `${counted(notFinite, ['is', 'are'])} missing because the result is not a finite number, as after a division by zero, the logarithm or root of a negative number, or an overflow.`,
        ]
      : [];
  const sentences = [...fitting, ...undefinedResults];
  return sentences.length > 0 ? sentences.join(' ') : undefined;
}
