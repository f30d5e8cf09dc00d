import { itemAt } from '../../core/shared/item-at.ts';
import type { IndexedFeature } from '../geos/valid-features.ts';
import type { Properties } from '../layer/layer.ts';
import { setProperty } from '../layer/properties.ts';
import type { PropertyBudget } from '../layer/property-budget.ts';

/** Properties with their names prefixed: those of the second layer, so that names never clash by chance. */
export const prefixed = (properties: Properties, prefix: string): Properties =>
  prefixNames(prefix)(properties);

/** The same for many features: most have the same names, each of which is made once. */
function prefixNames(prefix: string): (properties: Properties) => Properties {
  const names = new Map<string, string>();
  return (properties) => {
    const result: Properties = {};
    for (const name in properties) {
      let whole = names.get(name);
      if (whole === undefined) {
        whole = `${prefix}${name}`;
        names.set(name, whole);
      }
      setProperty(result, whole, properties[name]);
    }
    return result;
  };
}

/** The prefixed properties of features by their positions, made for those that are asked for. */
export function prefixedOnDemand(
  features: readonly IndexedFeature[],
  prefix: string,
): (position: number) => Properties {
  const known = new Array<Properties | undefined>(features.length);
  const named = prefixNames(prefix);
  return (position) => {
    known[position] ??= named(itemAt(features, position).feature.properties);
    return known[position];
  };
}

/** Counts rows that repeat the properties of features, by their positions. @param prefix of their names in the rows */
export const countedRows = (
  budget: PropertyBudget,
  features: readonly IndexedFeature[],
  prefix = '',
): ReturnType<PropertyBudget['ofFeatures']> =>
  budget.ofFeatures(features.length, (position) => itemAt(features, position).feature.properties, prefix);

/** Null for every property that any feature of a layer has, in order of first appearance: an absent partner. */
export function nullProperties(features: readonly IndexedFeature[]): Properties {
  const nulls: Properties = {};
  for (const { feature } of features) for (const name in feature.properties) setProperty(nulls, name, null);
  return nulls;
}
