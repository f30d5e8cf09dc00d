import { type Fault, InvalidRequest, LimitExceeded } from '../../core/shared/errors.ts';
import { absentProperty, numericFieldFault } from '../layer/field-faults.ts';
import type { LayerContent, LayerFeature, Properties } from '../layer/layer.ts';
import { readProperty } from '../layer/properties.ts';
import { computeExactStatistic } from './integer-statistics.ts';
import { computeAnyStatistic, isNumeric, type Statistic } from './statistics.ts';

export interface Aggregate {
  readonly field: string;
  readonly statistic: Statistic;
  /** Property of the result; `<field>_<statistic>` where absent. */
  readonly name?: string;
}

/** Values of all groups together: a group for each feature and thousands of aggregates would fill the memory. */
const MOST_VALUES = 5_000_000;

/** Values of all features that are looked at, one for each aggregate: the time of a job is over after some billions. */
const MOST_LOOKS = 500_000_000;

const aggregateName = ({ field, statistic, name }: Aggregate): string => name ?? `${field}_${statistic}`;

/** Names of the properties of a group, in order. */
export const aggregateNames = (groupBy: readonly string[], aggregates: readonly Aggregate[]): string[] => [
  ...groupBy,
  'count',
  ...aggregates.map(aggregateName),
];

/**
 * Checks groups and aggregates against a layer.
 *
 * @returns the properties of a group of features: the values grouped by, `count`, and the aggregates.
 * @throws InvalidRequest listing properties that no feature has, values that are no numbers where a statistic
 *   needs them, and names that are given twice
 * @throws LimitExceeded by what it returns, when all groups together have too many values
 */
export function aggregateReader(
  { features }: LayerContent,
  groupBy: readonly string[],
  aggregates: readonly Aggregate[],
): (members: readonly LayerFeature[]) => Properties {
  const looks = features.length * aggregates.length;
  if (looks > MOST_LOOKS) {
    const detail = `${aggregates.length} aggregates of ${features.length} features are ${looks} values to look at; the process looks at up to ${MOST_LOOKS}. Ask for fewer aggregates.`;
    throw new LimitExceeded('/inputs/aggregates', detail);
  }
  const faults = features.length === 0 ? [] : findFaults(features, groupBy, aggregates);
  if (faults.length > 0) throw new InvalidRequest(faults, 'An input is not valid');
  const valuesOfGroup = groupBy.length + 1 + aggregates.length;
  let values = 0;
  return (members) => {
    values += valuesOfGroup;
    if (values > MOST_VALUES) throw tooManyValues(valuesOfGroup);
    const [first] = members;
    return Object.fromEntries([
      ...groupBy.map((name) => [name, first ? readProperty(first.properties, name) : null]),
      ['count', members.length],
      ...aggregates.map((aggregate) => [aggregateName(aggregate), computeAggregate(aggregate, members)]),
    ]);
  };
}

const tooManyValues = (valuesOfGroup: number): LimitExceeded =>
  new LimitExceeded(
    '/inputs/aggregates',
    `The result would have more than ${MOST_VALUES} values, ${valuesOfGroup} in each group, which is the limit of the process. Ask for fewer aggregates, or group by properties with fewer distinct values.`,
  );

function computeAggregate({ field, statistic }: Aggregate, members: readonly LayerFeature[]): unknown {
  const values = members
    .map(({ properties }) => readProperty(properties, field))
    .filter((value) => value !== null && value !== undefined);
  if (!isNumeric(statistic)) return computeAnyStatistic(statistic, values);
  return computeExactStatistic(statistic, values as (number | bigint)[]);
}

function findFaults(
  features: readonly LayerFeature[],
  groupBy: readonly string[],
  aggregates: readonly Aggregate[],
): Fault[] {
  const faults: Fault[] = [];
  const isThere = (name: string) => features.some(({ properties }) => Object.hasOwn(properties, name));
  for (const [index, name] of groupBy.entries()) {
    if (!isThere(name)) {
      faults.push({
        pointer: `/inputs/groupBy/${index}`,
        detail: absentProperty(name, features),
      });
    }
  }
  const taken = new Set(['count', ...groupBy]);
  for (const [index, aggregate] of aggregates.entries()) {
    const pointer = `/inputs/aggregates/${index}`;
    const name = aggregateName(aggregate);
    if (taken.has(name)) {
      faults.push({
        pointer: `${pointer}/name`,
        detail: `would write the property "${name}" a second time; give another name.`,
      });
    }
    taken.add(name);
    const detail = fieldFault(features, aggregate, isThere);
    if (detail) faults.push({ pointer: `${pointer}/field`, detail });
  }
  return faults;
}

function fieldFault(
  features: readonly LayerFeature[],
  { field, statistic }: Aggregate,
  isThere: (name: string) => boolean,
): string | undefined {
  if (isNumeric(statistic)) return numericFieldFault(features, field, statistic);
  return isThere(field) ? undefined : absentProperty(field, features);
}
